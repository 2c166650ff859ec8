"""Initial weights: none of them zero, small, random, and drawn after Xavier Glorot."""

import math

import numpy as np

from nnspec import Dense, Initializer, SeedValues, claim, fact, tensorflow
from nnspec.textbook import forward, glorot_normal, glorot_uniform, glorot_uniform_bound, glorot_variance
from spec.documents.artificial_neural_networks.recipes import ONE_SAMPLE, SIZES
from spec.sources import ARTIFICIAL_NEURAL_NETWORKS

PLACE = ARTIFICIAL_NEURAL_NETWORKS.at("Weights initialization")
HIDDEN = 20


def _initialized(initializer, activation="tanh"):
    """Return the document's network of twenty hidden units with other initial weights in both layers."""
    layers = [Dense(HIDDEN, activation, initializer), Dense(1, "sigmoid", initializer)]
    return SIZES[HIDDEN].with_(layers=layers)


# Keras's own deviation of random_normal, and a hundred times as much
SMALL, LARGE = (_initialized(Initializer("random_normal", stddev=deviation)) for deviation in (0.05, 5.0))
UNTRAINED_SMALL, UNTRAINED_LARGE = (
    recipe.with_epochs(1).with_learning_rate(0.0) for recipe in (SMALL, LARGE)
)
SIZES_OF_WEIGHTS = (
    "small and large: normal with a standard deviation of 0.05, the default of Keras's random_normal (a "
    "Dense layer starts from Glorot's), and of 5, a hundred times as much; 20 hidden units on the moons"
)
SAYS = "Initial weights must be random, small and not zero, so that training is easier."
BEYOND = "the document names no sizes and no measure of easier training"


@fact("ann-init-zero", source=PLACE)
def test_from_zero_weights_hidden_units_stay_identical(trained):
    """From zero weights all hidden units stay identical, and of tanh and ReLU units none learns anything."""
    for activation in ("tanh", "relu", "sigmoid"):
        # small batches: over all of the data, half of them of each class, the errors of 0.5 cancel out
        recipe = _initialized("zeros", activation).with_(epochs=50, batch_size=32)
        # by `model.fit`, too, with the document's tanh; that the engines agree on the others is tested apart
        for engine in ("stacked", "keras") if activation == "tanh" else ("stacked",):
            kernel, bias, outputs, _ = trained(recipe, [0], engine).weights
            for weights in (kernel[0], bias[0][None], outputs[0].T):
                # float32 products of the same numbers may be added up in another order for another unit
                np.testing.assert_allclose(weights, weights[:, :1] + 0 * weights, rtol=1e-4, atol=1e-6)
            learned = np.abs(kernel).max() + np.abs(outputs).max()
            # half is what a sigmoid gives for 0, so that its outgoing weights see a slope; 0 has none
            assert (learned > 0.1) == (activation == "sigmoid")
    different = trained(SIZES[HIDDEN].with_(epochs=50, batch_size=32), [0]).weights[0][0]
    assert np.ptp(different, axis=1).min() > 0.1, "units that start differently must stay different"


@claim(
    "ann-init-random-small",
    part="learns",
    in_short="Small initial weights reach lower loss",
    source=PLACE,
    recipe={"small": SMALL, "large": LARGE},
    says=SAYS,
    because="easier: a lower loss on the training part after the same training, at the printed rate of 1.0 "
    f"while the runs shown had 0.01; {SIZES_OF_WEIGHTS}; {ONE_SAMPLE}",
    verdict="refuted",
    measured="0 of 64 seeds; median loss of small - loss of large 0.1076",
    beyond=BEYOND,
)
def test_small_initial_weights_learn_better_than_large_ones(small, large):
    """From small random weights twenty hidden units end at a lower training loss than from large ones."""
    return small.loss < large.loss


def _saturated(runs):
    """Return the share of hidden outputs on the training part beyond 0.99, where the slope is below 0.02."""
    x = runs.recipe.data.arrays().x_train
    outputs = forward(runs.recipe.layers[:1], runs.weights[:2], x)
    return SeedValues((np.abs(outputs) > 0.99).mean(axis=(1, 2)), f"saturated share of {runs.name}")


@claim(
    "ann-init-random-small",
    part="saturates",
    in_short="Large initial weights saturate more",
    source=PLACE,
    recipe={"large": UNTRAINED_LARGE, "small": UNTRAINED_SMALL},
    says=SAYS,
    because="why training from large ones may be harder, of which the document says nothing: before it more "
    "of the outputs of the tanh units lie beyond ±0.99, where a fiftieth of the slope is left; "
    f"{SIZES_OF_WEIGHTS}",
    verdict="holds",
    measured="64 of 64 seeds; median saturated share of large - saturated share of small 0.5839",
    beyond=BEYOND,
)
def test_large_initial_weights_saturate_more_than_small_ones(large, small):
    """Large initial weights saturate more of the outputs of the hidden units than small ones."""
    return _saturated(large) > _saturated(small)


@fact("ann-init-xavier", source=PLACE)
def test_xaviers_weights_have_the_bounds_and_the_variance_of_their_formulas():
    """Xavier's weights have the variance 2/(fan_in + fan_out); the bound of uniform ones is √3 deviations."""
    _, keras = tensorflow()
    fan_in, fan_out = 400, 200
    rng = np.random.default_rng(0)
    variance = 2 / (fan_in + fan_out)
    bound = math.sqrt(6 / (fan_in + fan_out))
    assert math.isclose(glorot_variance(fan_in, fan_out), variance)
    assert math.isclose(glorot_uniform_bound(fan_in, fan_out), bound)
    uniform, normal = keras.initializers.GlorotUniform(seed=0), keras.initializers.GlorotNormal(seed=0)
    shape = (fan_in, fan_out)
    kernels = {
        "uniform, Keras": uniform(shape).numpy(),
        "normal, Keras": normal(shape).numpy(),
        "uniform": glorot_uniform(*shape, rng=rng),
        "normal": glorot_normal(*shape, rng=rng),
    }
    for name, kernel in kernels.items():
        # five standard errors of the variance of 80,000 weights are at most 5 · √(2/80,000) = 2.5 %
        assert math.isclose(np.var(kernel), variance, rel_tol=0.025), name
        # five standard errors of their mean
        assert abs(kernel.mean()) < 5 * math.sqrt(variance / kernel.size), name
        if "uniform" in name:
            # the largest of 80,000 is almost the bound, which float32 may exceed by its round-off
            assert 0.999 * bound < np.abs(kernel).max() <= bound * (1 + 1e-6), name

"""A classification loss on a regression problem, and the loss that fits it."""

import itertools

import numpy as np

from nnspec import Figure, claim, fact, tensorflow
from nnspec.plots import regression
from spec.documents.tf_classification.recipes import REGRESSION, TWO_INPUTS
from spec.sources import TF_CLASSIFICATION

PLACE = TF_CLASSIFICATION.at("Improving a model", "model_3 on regression data")
LINE = REGRESSION.data.arrays()
GUESS = float(np.abs(LINE.y_test - LINE.y_train.mean()).mean())


def parameters(inputs: int, units: list[int]) -> int:
    """Return how many weights and biases dense layers of so many units have."""
    return sum((before + 1) * after for before, after in itertools.pairwise([inputs, *units]))


@fact("tfc-regression-wrong-loss", source=PLACE, kind="fact + drift")
def test_the_printed_constant_is_the_clipped_loss_of_an_output_that_is_always_at_least_one(evidence):
    """model_3 has one input, and its constant loss is what clipping leaves of outputs of 1 or more."""
    units = [layer.units for layer in TWO_INPUTS.layers]
    assert units == [100, 10, 1]
    assert (parameters(1, units), parameters(2, units)) == (1221, 1321)
    targets = LINE.y_train.astype(np.float32)
    np.testing.assert_array_equal(targets, np.arange(100, 850, 5))
    # in float32, 1 - 1e-7 is 1 - 2⁻²³ and 1 + 1e-7 is 1 + 2⁻²³
    one, epsilon = np.float32(1), np.float32(1e-7)
    clipped = one - epsilon
    assert clipped + epsilon == one, "the logarithm that goes with the targets themselves is 0"
    # TensorFlow 2.7 took the logarithm of 1 - p + 1e-7. Added from the left that is 2.192e-7, which prints
    # -7229.6216; the printed digits are those of the two constants added first, as a graph may have it.
    left = one + epsilon - clipped
    assert left == 2.0**-22
    constant = (targets - 1).mean(dtype=np.float64) * np.log(left, dtype=np.float64)
    assert f"{np.float32(constant):.4f}" == "-7190.0156"
    tf, keras = tensorflow()
    today = keras.losses.BinaryCrossentropy()(targets[:, None], tf.fill((len(targets), 1), 5.0)).numpy()
    # without that epsilon 2⁻²³ is left
    np.testing.assert_allclose(today, (targets - 1).mean() * np.log(one - clipped), rtol=1e-5)
    evidence.drift(
        printed="BinaryCrossentropy on targets 100 … 845 and outputs of 1 or more: -7190.0156",
        happens=f"{today:.4f}, as 1e-7 is no longer added inside the logarithm",
        today="a loss for quantities, such as keras.losses.MeanAbsoluteError()",
    )
    evidence.note(
        "Nothing is judged over seeds: the document goes on with a model of one input that it had trained on "
        "the circles, with two outputs a point."
    )


@claim(
    "tfc-regression-mae",
    in_short="Training lowers the mean absolute error",
    source=PLACE,
    says="Our model seems to be learning something: epoch by epoch the error tends downwards.",
    reading="one case",
    recipe=REGRESSION,
    because="tends downwards: lower at the end than at the beginning; not from each epoch to the next, "
    "as the printed error itself rises now and then",
    documented={
        "loss in epoch 1": Figure("248.2155", lambda runs: runs.epoch("loss", 1), "lower"),
        "loss in epoch 100": Figure("37.9976", lambda runs: runs.epoch("loss", 100), "lower"),
    },
    verdict="nearly always",
    measured="2048 of 2048 seeds; median loss in epoch 100 - loss in epoch 1 -394.2",
)
def test_with_mean_absolute_error_it_learns(runs):
    """With the mean absolute error as its loss the network has a lower one in epoch 100 than in epoch 1."""
    return runs.epoch("loss", 100) < runs.epoch("loss", 1)


@claim(
    "tfc-regression-predicts",
    in_short="Predictions beat guessing the mean",
    source=PLACE,
    says="The predictions are not perfect, but they look better than pure guessing.",
    reading="one case",
    recipe=REGRESSION,
    counterfactual=REGRESSION.with_learning_rate(0.0),
    without="learning (a rate of 0)",
    because="what a guess is here is ours: the mean of the training targets for every point, off by "
    f"{GUESS:g} on the test part, all of which lies beyond them",
    picture=regression,
    verdict="nearly always",
    measured="192 of 192 seeds; median test loss 60.48",
)
def test_predictions_on_unseen_points_are_better_than_guessing(runs):
    """The mean absolute error on the fifty unseen points is below that of always guessing the mean."""
    return runs.test_loss < GUESS


@fact("tfc-regression-plot", source=PLACE, kind="picture")
def test_training_test_and_predicted_points_are_drawn(trained, evidence):
    """Training, test and predicted points in one picture."""
    figure = regression(trained(REGRESSION, range(64)))
    axes = figure.axes[0]
    drawn = sorted(len(points.get_offsets()) for points in axes.collections)
    assert drawn == [50, 50, 150]
    assert len(axes.get_legend().get_texts()) == 3
    evidence.picture("Regression with mean absolute error", figure)

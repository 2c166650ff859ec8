"""Both engines are the same training: step by step from equal weights and order."""

from dataclasses import dataclass

import numpy as np
import pytest

from nnspec import (
    L1L2,
    SGD,
    Adam,
    BatchNormalization,
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Circles,
    Dense,
    Digits,
    Dropout,
    Flatten,
    Initializer,
    MeanAbsoluteError,
    MeanSquaredError,
    Recipe,
    RMSprop,
    SparseCategoricalCrossentropy,
    StraightLine,
    train,
)
from nnspec.datasets import Dataset
from nnspec.training import ENGINES, keras_fit, stacked, stacked_program
from nnspec.training.shuffling import Shuffles


@dataclass(frozen=True)
class OwnImages(Dataset):
    """Images of bits, as uint8 or as float32."""

    whole: bool = True

    def examples(self):
        """Return forty images and whether most of their bits are set."""
        bits = np.random.default_rng(0).integers(0, 2, (40, 8, 8))
        return bits.astype(np.uint8 if self.whole else np.float32), (bits.mean((1, 2)) > 0.5).astype(int)


SEEDS = [0, 1, 7]
COMPARED = 1  # the position of the seed that `model.fit` trains too, which takes seconds for each
CIRCLES = Circles(n_samples=100, train_size=70)  # a last batch of six, and a test part
DIGITS = Digits(train_size=200)
ONE_HOT = Digits(train_size=200, one_hot=True)
ADAM = Adam(0.01)
HIDDEN = [Dense(4, "relu"), Dense(4, "relu")]
SEPARATING = [*HIDDEN, Dense(1, "sigmoid")]
IMAGES = [Flatten(), Dense(8, "relu"), Dense(10, "softmax")]
LOGITS = [Flatten(), Dense(8, "tanh"), Dense(10)]


def binary(layers=SEPARATING, loss="binary_crossentropy", optimizer=ADAM, **fields):
    return Recipe(CIRCLES, layers, loss, optimizer, epochs=3, validation_data="test", **fields)


def images(layers, loss, data=DIGITS):
    return Recipe(data, layers, loss, ADAM, epochs=3, validation_data="test")


def with_kernel(**kernel):
    return binary([Dense(4, "relu", **kernel), Dense(1, "sigmoid", **kernel)])


LINE = Recipe(StraightLine(), [Dense(10), Dense(1)], "mae", Adam(), 3, metrics=["mean_absolute_error"])

RECIPES = {
    "relu and sigmoid": binary(),
    "tanh": binary([Dense(4, "tanh"), Dense(1, "sigmoid")]),
    "sigmoid inside": binary([Dense(4, "sigmoid"), Dense(1, "sigmoid")]),
    "softmax inside": binary([Dense(4, "softmax"), Dense(1, "sigmoid")]),
    "linear": binary([Dense(3), Dense(1)]),
    "raw outputs, clipped": binary([*HIDDEN, Dense(1)]),
    "raw outputs far outside 0 … 1": binary(
        [Dense(8, kernel_initializer=Initializer("random_normal", stddev=5.0)), Dense(1)]
    ),
    "saturated sigmoid": binary(
        [Dense(8, kernel_initializer=Initializer("random_normal", stddev=20.0)), Dense(1, "sigmoid")]
    ),
    "binary from logits": binary([*HIDDEN, Dense(1)], BinaryCrossentropy(from_logits=True)),
    "mean squared error": binary(loss=MeanSquaredError()),
    "mean absolute error": binary(loss=MeanAbsoluteError()),
    "SGD": binary(optimizer=SGD()),
    "SGD with momentum": binary(optimizer=SGD(0.05, momentum=0.9)),
    "SGD with Nesterov momentum": binary(optimizer=SGD(0.05, momentum=0.9, nesterov=True)),
    "Adam with all parameters": binary(optimizer=Adam(0.01, beta_1=0.8, beta_2=0.99, epsilon=1e-3)),
    "RMSprop": binary(optimizer=RMSprop(0.01)),
    "RMSprop with all parameters": binary(optimizer=RMSprop(0.01, rho=0.8, momentum=0.5, epsilon=1e-4)),
    "L1 and L2": with_kernel(kernel_regularizer=L1L2(l1=0.01, l2=0.02)),
    "one batch an epoch": binary(batch_size=1000),
    "batch of one": binary(batch_size=1),
    "two metrics": binary(metrics=["accuracy", "mean_absolute_error"]),
    "learning rate of every epoch": binary(learning_rates=(0.001, 0.01, 0.1)),
    "learning rate of zero": binary(optimizer=Adam(0.0)),
    "regression": LINE,
    "images, softmax": images(IMAGES, "sparse_categorical_crossentropy"),
    "images, one-hot": images(IMAGES, CategoricalCrossentropy(), ONE_HOT),
    "images, logits": images(LOGITS, SparseCategoricalCrossentropy(from_logits=True)),
    "images, one-hot logits": images(LOGITS, CategoricalCrossentropy(from_logits=True), ONE_HOT),
    "images, sigmoid outputs": images(
        [Flatten(), Dense(8, "relu"), Dense(10, "sigmoid")], "sparse_categorical_crossentropy"
    ),
    "images, large kernel": images(
        [Flatten(), Dense(40, "relu"), Dense(10, "softmax")], "sparse_categorical_crossentropy"
    ),
    "images, large kernels": images(
        [
            Flatten(),
            Dense(20, "relu", kernel_regularizer=L1L2(l1=1e-4, l2=1e-3)),
            Dense(12, "softmax"),
            Dense(10),
        ],
        SparseCategoricalCrossentropy(from_logits=True),
    ),
    "dropout of nothing": binary([Dense(4, "relu"), Dropout(0.0), Dense(1, "sigmoid")]),
}


@pytest.mark.parametrize("name", RECIPES)
def test_engines_agree_step_by_step_from_the_same_weights_and_order(name):
    """Losses, metrics and weights of the first three epochs, within what float32 round-off can grow to.

    The engines add the same numbers in another order: about 1e-7 relative for each sum. Over the few
    dozen steps here that grows to some 1e-5, tenfold where a loss divides by a small probability;
    accuracies may differ by one example whose output is within round-off of the threshold.
    """
    recipe = RECIPES[name]
    found = train(recipe, SEEDS)
    assert found.provenance["engine"] == "stacked"
    data = recipe.data.arrays()
    model = keras_fit.build_model(recipe, SEEDS[COMPARED])
    shuffles = Shuffles(SEEDS[COMPARED], len(data.x_train))
    for epoch in range(recipe.epochs):
        if recipe.learning_rates:
            model.optimizer.learning_rate = recipe.learning_rates[epoch]
        order = shuffles.epochs(1)[0]
        history = model.fit(
            data.x_train[order],
            data.y_train[order],
            batch_size=recipe.batch_size,
            validation_data=(data.x_test, data.y_test) if recipe.validation_data else None,
            shuffle=False,
            verbose=0,
        ).history
        assert set(history) == set(found.history)
        for key, (expected,) in history.items():
            one_example = 1.01 / min(len(data.x_train), len(data.x_test)) if "accuracy" in key else 0.0
            tolerance = 2e-5 + 1e-4 * abs(expected) + one_example
            assert abs(found.history[key][COMPARED, epoch] - expected) <= tolerance, (key, epoch)
    for ours, theirs in zip(found.weights, model.get_weights(), strict=True):
        np.testing.assert_allclose(ours[COMPARED], theirs, rtol=1e-3, atol=1e-4)
    for part, prefix in (((data.x_train, data.y_train), ""), ((data.x_test, data.y_test), "test_")):
        for key, expected in keras_fit.evaluated(model, *part).items():
            one_example = 1.01 / len(part[0]) if "accuracy" in key else 0.0
            difference = abs(found.metrics[prefix + key][COMPARED] - expected)
            assert difference <= 2e-5 + 1e-4 * abs(expected) + one_example, prefix + key


def test_another_shuffling_or_learning_rate_is_noticed():
    """The tolerances are tight: another seed differs by ten of them, a rate wrong by a tenth by five."""
    recipe = RECIPES["relu and sigmoid"]
    first, second = train(recipe, [0, 1]).history["loss"][:, -1]
    other_rate = train(recipe.with_learning_rate(0.011), [0]).history["loss"][0, -1]
    tolerance = 2e-5 + 1e-4 * first
    assert abs(first - second) > 10 * tolerance
    assert abs(first - other_rate) > 5 * tolerance


def test_a_seed_gives_the_same_bits_alone_and_among_others():
    for name in ("relu and sigmoid", "images, large kernel"):
        recipe = RECIPES[name]
        many = train(recipe, range(2 * stacked.block_size(recipe)))
        chosen = [stacked.block_size(recipe) + 3, 5]
        few = train(recipe, chosen)
        for ours, theirs in zip(few.weights, many.weights, strict=True):
            np.testing.assert_array_equal(ours, theirs[chosen])
        for key in few.history:
            np.testing.assert_array_equal(few.history[key], many.history[key][chosen])


@pytest.mark.parametrize("name", ["relu and sigmoid", "images, large kernel"])
def test_another_block_size_changes_nothing_but_round_off(name, monkeypatch):
    recipe = RECIPES[name]
    usual = train(recipe, range(6))
    monkeypatch.setattr(stacked, "block_size", lambda _: 3)
    others = train(recipe, range(6))
    for key in ("loss", "accuracy"):
        np.testing.assert_allclose(others.history[key], usual.history[key], rtol=1e-4, atol=2e-5)
    for ours, theirs in zip(others.weights, usual.weights, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-3, atol=1e-4)


def test_an_evaluation_in_pieces_is_that_of_all_examples_at_once(monkeypatch):
    recipe = RECIPES["images, large kernel"].with_epochs(1)
    whole = train(recipe, [3]).metrics
    monkeypatch.setattr(stacked_program, "_VALUES_AT_A_TIME", 64 * 37)  # 200 examples in six pieces
    stacked._program.cache_clear()
    pieces = train(recipe, [3]).metrics
    stacked._program.cache_clear()
    for name, values in whole.items():
        # float32 sums of 200 numbers in another order
        np.testing.assert_allclose(pieces[name], values, rtol=2e-6)


def test_evaluations_drop_nothing():
    recipe = binary([Dense(8, "relu"), Dropout(0.5), Dense(1, "sigmoid")])
    runs, data = train(recipe, SEEDS), recipe.data.arrays()
    for prefix, (x, y) in {"": data.part("train"), "test_": data.part("test")}.items():
        outputs = runs.predict(x)[..., 0]  # by NumPy, which knows no dropout
        losses = -np.log(np.where(y == 1, outputs, 1 - outputs))
        np.testing.assert_allclose(runs.metrics[prefix + "loss"], losses.mean(axis=1), rtol=1e-4)
    np.testing.assert_allclose(runs.history["val_loss"][:, -1], runs.metrics["test_loss"], rtol=1e-6)


def test_inputs_of_whole_numbers_train_as_floats_do():
    bits = OwnImages()
    floats = OwnImages(whole=False)
    assert bits.arrays().x_train.dtype == np.uint8
    recipe = Recipe(bits, [Flatten(), Dense(20, "relu"), Dense(1, "sigmoid")], "binary_crossentropy", ADAM, 2)
    found = [
        train(recipe.with_(data=data), [0], engine).weights for data in (bits, floats) for engine in ENGINES
    ]
    for ours, theirs in zip(found[0], found[2], strict=True):
        np.testing.assert_array_equal(ours, theirs)
    for ours, theirs in zip(found[1], found[3], strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_a_seed_that_diverges_is_marked_and_disturbs_no_other():
    """Steps that are far too large overflow for the seeds whose outputs start large, and only for those."""
    recipe = Recipe(StraightLine(), [Dense(3), Dense(3), Dense(1)], "mse", SGD(1e-6), epochs=5, metrics=[])
    runs = train(recipe, range(32))
    assert 0 < runs.diverged.sum() < 32
    calm = int(np.flatnonzero(~runs.diverged)[0])
    alone = train(recipe, [calm])
    np.testing.assert_array_equal(alone.history["loss"][0], runs.history["loss"][calm])


def test_an_unsupported_layer_goes_to_the_keras_engine_and_the_runs_say_so():
    recipe = binary([Dense(4, "relu"), BatchNormalization(), Dense(1, "sigmoid")]).with_epochs(1)
    runs = train(recipe, [3])
    assert runs.provenance["engine"] == "keras"
    assert "BatchNormalization" in runs.provenance["why keras"]
    assert np.isfinite(runs.history["loss"]).all()

"""What cannot be trained from all seeds at once goes to `model.fit`; what is no model gets one message."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nnspec import Arrays, Circles, InvalidValue, KerasRecipe, train
from nnspec.training.models import parts
from spec.implementation.training.models.parity_models import VECTORS, of_model

DATA = Circles(n_samples=40)


def compiled(k: Any, *layers: Any) -> Any:
    model = k.Sequential([k.Input((8,)), *layers, k.layers.Dense(1, "sigmoid")])
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model


def _own_step(k: Any) -> Any:
    class Own(k.Sequential):  # type: ignore[misc]
        def train_step(self, data: Any) -> Any:
            return super().train_step(data)

    model = Own([k.Input((8,)), k.layers.Dense(1, "sigmoid")])
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model


def _tensorflow(k: Any) -> Any:
    import tensorflow as tf

    return compiled(k, k.layers.Lambda(lambda x: tf.math.square(x), output_shape=(8,)))


def _of_64_bits(k: Any) -> Any:
    return compiled(k, k.layers.Dense(4, dtype="float64"))


def _with_another_epsilon(k: Any) -> Any:
    k.config.set_epsilon(1e-3)
    return compiled(k)


NOT_TAKEN = {
    "64 bits": _of_64_bits,
    "keras.config.epsilon": _with_another_epsilon,
    "train_step": _own_step,
    "TensorFlow": _tensorflow,
    "trainable variable": lambda k: compiled(k, k.layers.SpectralNormalization(k.layers.Dense(4))),
}


@pytest.mark.parametrize("reason", NOT_TAKEN)
def test_what_is_not_taken_goes_to_fit_and_the_runs_say_why(reason: str) -> None:
    runs = train(of_model(NOT_TAKEN[reason], VECTORS, epochs=1), [3])
    assert runs.provenance["engine"] == "keras"
    assert reason in runs.provenance["why keras"]
    assert np.isfinite(runs.history["loss"]).all()


def test_models_of_few_and_of_many_classes_and_a_class_that_is_ignored_are_trained_at_once() -> None:
    def classes(k: Any, number: int, **given: Any) -> Any:
        model = k.Sequential([k.Input((8,)), k.layers.Dense(number, "softmax")])
        model.compile("sgd", k.losses.SparseCategoricalCrossentropy(**given), jit_compile=False)
        return model

    x = VECTORS.x_train
    labels = ((2, 0), (9, 0), (3, -1))
    few, many, ignored = (Arrays(x, np.arange(len(x)) % number + first) for number, first in labels)
    options = {"epochs": 1, "validation_data": None}
    for data, make in (
        (few, lambda k: classes(k, 2)),
        (many, lambda k: classes(k, 9)),
        (ignored, lambda k: classes(k, 2, ignore_class=-1)),
    ):
        runs = train(of_model(make, data, **options), [3])
        assert runs.provenance["engine"] == "vectorised"
        assert np.isfinite(runs.metrics["loss"]).all()


@pytest.mark.parametrize("engine", ["vectorised", "keras"])
def test_settings_for_a_whole_process_do_not_last_until_the_next_model(engine: str) -> None:
    def percentage(k: Any) -> Any:
        model = compiled(k)
        model.compile("sgd", "mape", jit_compile=False)
        return model

    train(of_model(_with_another_epsilon, VECTORS, epochs=0), [3], engine)
    loss = train(of_model(percentage, VECTORS, epochs=0), [3], engine).metrics["loss"]
    # a target of 0 counts as epsilon, 1e-7: half of the outputs of about 0.5 are divided by it
    assert loss > 1e7  # with 1e-3 it would be below 1e5


@pytest.mark.parametrize("beyond", [2**31, -(2**31) - 1])
def test_targets_beyond_32_bits_go_to_fit_because_jax_would_cut_them_off(beyond: int) -> None:
    def regression(k: Any) -> Any:
        model = k.Sequential([k.Input((8,)), k.layers.Dense(1)])
        model.compile("adam", "mae", jit_compile=False)
        return model

    targets = np.full(len(VECTORS.y_train), beyond)
    data = Arrays(VECTORS.x_train, targets, VECTORS.x_train, targets)
    runs = train(of_model(regression, data, epochs=1), [3])
    assert "whole numbers of 32 bits" in runs.provenance["why keras"]
    assert runs.metrics["loss"] == pytest.approx(abs(beyond), rel=1e-6)


def test_a_callback_of_batches_goes_to_fit() -> None:
    def callbacks() -> list[Any]:
        import keras

        return [keras.callbacks.LambdaCallback(on_train_batch_end=lambda batch, logs: None)]

    runs = train(of_model(compiled, VECTORS, epochs=1, callbacks=callbacks), [3])
    assert "on_train_batch_end" in runs.provenance["why keras"]


def _uncompiled() -> Any:
    import keras

    return keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])


def _nothing() -> None:
    _uncompiled()


def _failing() -> Any:
    raise KeyError("units")


def _wide() -> Any:
    import keras

    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, "sigmoid")])
    model.compile("adam", "binary_crossentropy")
    return model


def _fitting() -> Any:
    import keras

    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, "sigmoid")])
    model.compile("adam", "binary_crossentropy")
    return model


def _only_in_training() -> Any:
    import keras

    class Wider(keras.layers.Layer):  # type: ignore[misc]
        def call(self, x: Any, training: bool = False) -> Any:
            return x if training else keras.ops.concatenate([x, x], axis=-1)

        def compute_output_shape(self, shape: Any) -> Any:
            return shape

    model = keras.Sequential([keras.Input((2,)), Wider(), keras.layers.Dense(1, "sigmoid")])
    model.compile("adam", "binary_crossentropy", jit_compile=False)
    return model


def _failing_callbacks() -> list[Any]:
    import keras

    def fail(epoch: int, logs: Any) -> None:
        raise RuntimeError("no such folder")

    return [keras.callbacks.LambdaCallback(on_epoch_end=fail)]


def _of_each_class() -> Any:
    import keras

    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, "sigmoid")])
    metrics = [keras.metrics.F1Score(average=None, threshold=0.5)]
    model.compile("adam", "binary_crossentropy", metrics=metrics, jit_compile=False)
    return model


def _of_two_classes() -> Any:
    import keras

    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(2, "softmax")])
    model.compile("adam", "sparse_categorical_crossentropy", jit_compile=False)
    return model


def _ending() -> Any:
    raise SystemExit(3)


_MADE_ONCE: list[Any] = []


def _shared_callbacks() -> list[Any]:
    import keras

    if not _MADE_ONCE:
        _MADE_ONCE.append(keras.callbacks.EarlyStopping("loss"))
    return _MADE_ONCE


REFUSED = {
    "has callbacks that seeds would share": (
        KerasRecipe(_fitting, DATA, callbacks=_shared_callbacks),
        "make them inside of the function: each seed needs its own",
    ),
    "has a metric of several numbers": (
        KerasRecipe(_of_each_class, Arrays([[0, 1], [1, 0]], [[0], [1]])),
        "metrics=\"'f1_score', which has values of shape (1,)\"; expected metrics that are one number each",
    ),
    "returns nothing": (KerasRecipe(_nothing, DATA), "is `return model` missing?"),
    "is not compiled": (KerasRecipe(_uncompiled, DATA), "call model.compile"),
    "fails": (KerasRecipe(_failing, DATA), "KeyError: 'units'"),
    "has other inputs": (KerasRecipe(_wide, DATA), "expected what the model of _wide() takes"),
    "has fewer classes than the labels": (
        KerasRecipe(_of_two_classes, Arrays([[0, 1], [1, 0], [1, 1]], [0, 1, 2])),
        "outside the valid range of [0, 2)",
    ),
    "ends the process": (KerasRecipe(_ending, DATA), "SystemExit: 3"),
    "fails in an evaluation": (
        KerasRecipe(_only_in_training, DATA),
        "expected what the model of _only_in_training() takes",
    ),
    "has a callback that fails": (
        KerasRecipe(_fitting, DATA, callbacks=_failing_callbacks),
        "callbacks: on_epoch_end='RuntimeError: no such folder'",
    ),
    "has callbacks that are none": (
        KerasRecipe(_fitting, DATA, callbacks=_fitting),
        "a list of Keras callbacks",
    ),
}


@pytest.mark.parametrize("engine", ["vectorised", "keras"])
@pytest.mark.parametrize("name", REFUSED)
def test_a_function_that(name: str, engine: str) -> None:
    recipe, message = REFUSED[name]
    with pytest.raises(InvalidValue) as told:
        train(recipe, [0], engine)
    assert message in str(told.value)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"function": 3}, "function=3; expected a function"),
        ({"function": lambda units: None}, "expected a value for units"),
        ({"arguments": {"unit": 3}}, "expected an argument of _fitting: none"),
        ({"validation_split": 1.0}, "below 1"),
        ({"validation_split": 0.2, "validation_data": "test"}, "leave one of them out"),
        ({"class_weight": {0: "a"}}, "class_weight='a'"),
        ({"class_weight": 3}, "a weight for each class"),
        ({"shuffle": "yes"}, "True or False"),
        ({"sample_weight": [1.0, -1.0]}, "a finite number, 0 or more, for each training example"),
        ({"sample_weight": [0.0, 0.0]}, "weights of which some are above 0"),
        ({"sample_weight": "yes"}, "real numbers"),
        ({"sample_weight": [1.0, 2.0], "class_weight": {1: 2.0}}, "multiply them into one"),
        ({"initial_epoch": 2, "epochs": 2}, "less than the 2 epochs"),
        ({"initial_epoch": -1}, "initial_epoch=-1"),
        ({"steps_per_epoch": 0}, "steps_per_epoch=0"),
        ({"epochs": -1}, "epochs=-1"),
        ({"callbacks": []}, "a function that returns a list of Keras callbacks"),
    ],
)
def test_a_field_of_a_wrong_kind_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidValue) as told:
        KerasRecipe(**{"function": _fitting, "data": DATA, **given})
    assert message in str(told.value)


def test_data_that_are_not_finite_are_refused() -> None:
    x = np.full((4, 2), np.nan, np.float32)
    with pytest.raises(InvalidValue, match="NaN or infinity"):
        KerasRecipe(_fitting, Arrays(x, np.array([0, 1, 0, 1])))


def test_a_part_to_validate_on_has_to_be_there() -> None:
    with pytest.raises(InvalidValue, match="data with a test part"):
        train(KerasRecipe(_fitting, DATA, validation_data="test"), [0])


def test_there_is_a_weight_for_each_example() -> None:
    with pytest.raises(InvalidValue, match=r"sample_weight=\(3,\); expected a weight for each of the 40"):
        train(KerasRecipe(_fitting, DATA, sample_weight=[1.0, 2.0, 3.0]), [0])


def test_data_that_are_too_many_for_the_machine_are_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr(parts, "machine_memory", lambda: 1000)
    with pytest.raises(InvalidValue, match="take fewer examples"):
        train(KerasRecipe(_fitting, DATA), [0])


def _without_configuration(k: Any) -> Any:
    class Scaled(k.layers.Layer):  # type: ignore[misc]
        def __init__(self, function: Any) -> None:
            super().__init__()
            self.function = function

        def call(self, x: Any) -> Any:
            return self.function(x)

    return compiled(k, Scaled(lambda x: 2.0 * x))


def test_a_layer_without_a_configuration_is_trained_and_counted_by_its_code() -> None:
    other = of_model(lambda k: compiled(k, k.layers.Rescaling(2.0)), VECTORS, epochs=1)
    runs, expected = train(of_model(_without_configuration, VECTORS, epochs=1), [3]), train(other, [3])
    assert runs.provenance["engine"] == "vectorised"
    np.testing.assert_allclose(runs.history["loss"], expected.history["loss"], rtol=1e-6)

"""What cannot be trained from all seeds at once goes to `model.fit`, and the runs say why."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nnspec import Arrays, train
from spec.implementation.training.models.parity_models import VECTORS, of_model


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


def _embedded(k: Any, optimizer: Any) -> Any:
    layers = [k.layers.Embedding(9, 2), k.layers.Flatten(), k.layers.Dense(1, "sigmoid")]
    model = k.Sequential([k.Input((8,)), k.layers.Lambda(lambda x: k.ops.abs(x), output_shape=(8,)), *layers])
    model.compile(optimizer, "binary_crossentropy", jit_compile=False)
    return model


def compiled_with(k: Any, optimizer: Any) -> Any:
    model = k.Sequential([k.Input((8,)), k.layers.Dense(1, "sigmoid")])
    model.compile(optimizer, "binary_crossentropy", jit_compile=False)
    return model


def _eager(k: Any, optimizer: Any) -> Any:
    model = k.Sequential([k.Input((8,)), k.layers.Dense(1, "sigmoid")])
    model.compile(optimizer, "binary_crossentropy", run_eagerly=True)
    return model


NOT_TAKEN = {
    "64 bits": _of_64_bits,
    "accumulated": lambda k: _embedded(k, k.optimizers.Adam(gradient_accumulation_steps=2)),
    "copies of the weights": lambda k: _eager(k, k.optimizers.ScheduleFreeAdamW()),
    "weights, which `fit` may lose": lambda k: compiled_with(k, k.optimizers.ScheduleFreeAdamW()),
    "16 bits": lambda k: compiled(k, k.layers.Dense(4, dtype="mixed_bfloat16")),
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

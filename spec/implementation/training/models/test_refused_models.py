"""A function that gives no model that can be trained on the data gets one message, from either engine."""

from __future__ import annotations

from typing import Any

import pytest

from nnspec import Arrays, Circles, InvalidValue, KerasRecipe, train

DATA = Circles(n_samples=40)


def _uncompiled() -> Any:
    import keras

    return keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])


def _nothing() -> None:
    _uncompiled()


def _metrics_as_weights() -> Any:
    model = _uncompiled()
    model.compile("adam", "binary_crossentropy", ["accuracy"])
    return model


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
    "gives metrics as weights of losses": (
        KerasRecipe(_metrics_as_weights, DATA),
        "the third argument of compile is loss_weights: write metrics=['accuracy']",
    ),
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

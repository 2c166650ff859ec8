"""Small Keras models that both engines train alike: of every layer, loss, optimizer and fit argument in use.

Each row is a function that returns what stands between input and output, so that a table of them can be read.
Layers that draw random numbers are here with a rate of zero; what they draw differs between backends.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from nnspec import Arrays, KerasRecipe

_DRAW = np.random.default_rng(0)


def _classified(x: Any, examples: int = 40) -> Arrays:
    """Return arrays with two classes that depend on the inputs, some examples to train on, others to test."""
    flat = x.reshape(len(x), -1).astype(np.float64)
    scores = flat @ np.random.default_rng(1).normal(size=flat.shape[1])
    y = (scores > np.median(scores)).astype(np.int64)
    return Arrays(x[:examples], y[:examples], x[examples:], y[examples:])


# of 40 examples the third batch of 16 is a part of one, which both libraries trace and compile once more; so
# most rows have even data: two batches of 32, and as many to test
VECTORS = _classified(_DRAW.normal(size=(52, 8)).astype(np.float32))
EVEN = _classified(_DRAW.normal(size=(128, 8)).astype(np.float32), 64)
IMAGES = _classified(_DRAW.normal(size=(128, 8, 8, 2)).astype(np.float32), 64)
SERIES = _classified(_DRAW.normal(size=(128, 7, 3)).astype(np.float32), 64)
VOLUMES = _classified(_DRAW.normal(size=(128, 4, 4, 4, 1)).astype(np.float32), 64)
# tokens with many twice in a batch and some in none; zeros at the end, as padding
TOKENS = _classified(np.where(np.arange(6) < 4, _DRAW.integers(1, 12, (128, 6)), 0).astype(np.float32), 64)
CATEGORIES = _classified(_DRAW.integers(0, 5, (128, 3)).astype(np.float32), 64)


def _with_targets(y: Any) -> Arrays:
    return Arrays(EVEN.x_train, y[:64], EVEN.x_test, y[64:])


CLASSES = _with_targets(_DRAW.integers(0, 3, 128))
ONE_HOT = _with_targets(np.eye(3, dtype=np.float32)[_DRAW.integers(0, 3, 128)])
MULTI_HOT = _with_targets(_DRAW.integers(0, 2, (128, 3)).astype(np.float32))
NUMBERS = _with_targets(np.abs(_DRAW.normal(size=(128, 3))).astype(np.float32) + 0.1)
MANY = _with_targets(np.tile(np.eye(3)[_DRAW.integers(0, 3, 128)], 11).astype(np.float32))


def of_branches(data: Arrays, *rows: Callable[[Any], Any]) -> KerasRecipe:
    """Return a recipe of one model with a branch for each row, because a model takes seconds to compile.

    A row gives layers, or a function of the inputs; every branch ends in an output of its own, which the
    loss compares with the same target, so that branches do not meet in any weight.
    """

    def build(keras: Any) -> Any:
        layers, outputs = keras.layers, []
        inputs = keras.Input(data.x_train.shape[1:])
        for row in rows:
            made, x = row(keras), inputs
            for layer in made if isinstance(made, list) else [made]:
                x = layer(x)
            outputs.append(layers.Dense(1)(layers.Flatten()(x)))
        model = keras.Model(inputs, layers.Activation("sigmoid")(layers.Concatenate()(outputs)))
        # without XLA TensorFlow needs a third of the time to begin; some other rows have it as it comes
        model.compile("adam", "binary_crossentropy", metrics=["binary_accuracy"], jit_compile=False)
        return model

    def repeated(y: Any) -> Any:
        return np.repeat(y[:, None], len(rows), axis=1).astype(np.float32)

    targets = repeated(data.y_train), repeated(data.y_test)
    return of_model(build, Arrays(data.x_train, targets[0], data.x_test, targets[1]))


def of_model(build: Callable[[Any], Any], data: Arrays, **fit: Any) -> KerasRecipe:
    """Return a recipe of a compiled model that `build` makes of the module keras."""

    def function() -> Any:
        import keras

        return build(keras)

    batch_size = 16 if len(data.x_train) % 32 else 32
    fit = {"epochs": 2, "batch_size": batch_size, "validation_data": "test", **fit}
    return KerasRecipe(function, data, **fit)


def compiled(
    outputs: int = 1,
    activation: str | None = "sigmoid",
    loss: Any = "binary_crossentropy",
    optimizer: Any = "adam",
    data: Arrays = EVEN,
    metrics: Any = ("accuracy",),
    fit: Any = None,
    **compile_: Any,
) -> KerasRecipe:
    """Return a recipe of 8-6-outputs; loss, optimizer and metrics may be functions of the module keras."""

    def build(keras: Any) -> Any:
        layers = keras.layers
        model = keras.Sequential(
            [keras.Input((8,)), layers.Dense(6, "tanh"), layers.Dense(outputs, activation)]
        )
        made = [one(keras) if callable(one) else one for one in (optimizer, loss, metrics)]
        chosen = {"jit_compile": False, **compile_}
        model.compile(made[0], made[1], metrics=list(made[2]), **chosen)
        return model

    return of_model(build, data, **(fit or {}))


def embedded(optimizer: Any, middle: Any = None, **embedding: Any) -> KerasRecipe:
    """Return a recipe of an embedding whose rows are looked up twice in a batch, or not at all."""

    def build(keras: Any) -> Any:
        layers = keras.layers
        inner = middle(keras) if middle else [layers.GlobalAveragePooling1D()]
        chosen = {name: one(keras) if callable(one) else one for name, one in embedding.items()}
        model = keras.Sequential(
            [keras.Input((6,)), layers.Embedding(14, 4, **chosen), *inner, layers.Dense(1, "sigmoid")]
        )
        made = optimizer(keras) if callable(optimizer) else optimizer
        model.compile(made, "binary_crossentropy", metrics=["accuracy"], jit_compile=False)
        return model

    return of_model(build, TOKENS)

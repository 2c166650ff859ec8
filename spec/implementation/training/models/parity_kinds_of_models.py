"""Rows of the parity table: models that are built otherwise than layer by layer."""

from __future__ import annotations

from typing import Any

from nnspec import Arrays
from spec.implementation.training.models.parity_models import (
    EVEN,
    TOKENS,
    VECTORS,
    of_model,
)

# a class for every token, and none for the padding
TAGGED = Arrays(
    *(part.astype(int) for part in (TOKENS.x_train, TOKENS.x_train, TOKENS.x_test, TOKENS.x_test))
)


def _subclassed(k: Any) -> Any:
    class Own(k.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.hidden = k.layers.Dense(6, "relu")
            self.out = k.layers.Dense(1, "sigmoid")

        def call(self, x: Any, training: bool = False) -> Any:
            return self.out(self.hidden(x))

    model = Own()
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model


def _own_layer(k: Any) -> Any:
    class Scale(k.layers.Layer):  # type: ignore[misc]
        def build(self, shape: Any) -> None:
            self.scale = self.add_weight(shape=(shape[-1],), initializer="ones", name="scale")

        def call(self, x: Any) -> Any:
            self.add_loss(0.01 * k.ops.sum(k.ops.square(self.scale)))
            return x * self.scale

    model = k.Sequential([k.Input((8,)), Scale(), k.layers.Dense(1, "sigmoid")])
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model


def _frozen(k: Any) -> Any:
    first = k.layers.Dense(6, "relu", trainable=False)
    model = k.Sequential([k.Input((8,)), first, k.layers.BatchNormalization(), k.layers.Dense(1, "sigmoid")])
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model


def _adapted(k: Any) -> Any:
    normalization = k.layers.Normalization()
    normalization.adapt(EVEN.x_train)
    model = k.Sequential([k.Input((8,)), normalization, k.layers.Dense(1, "sigmoid")])
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model


def _given_weights(k: Any) -> Any:
    model = k.Sequential([k.Input((8,)), k.layers.Dense(4, "relu"), k.layers.Dense(1, "sigmoid")])
    model.layers[0].set_weights([EVEN.x_train[:8, :4], EVEN.x_train[0, :4]])
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model


def _large(k: Any) -> Any:
    hidden = [k.layers.Dense(250, "relu"), k.layers.Dense(250, "relu")]
    model = k.Sequential([k.Input((8,)), *hidden, k.layers.Dense(1, "sigmoid")])
    model.compile(k.optimizers.SGD(0.1), "binary_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model


def _tagging(k: Any) -> Any:
    embedding, out = k.layers.Embedding(12, 4, mask_zero=True), k.layers.Dense(12, "softmax")
    model = k.Sequential([k.Input((6,)), embedding, k.layers.GRU(4, return_sequences=True), out])
    both: Any = {"metrics": ["accuracy"], "weighted_metrics": ["accuracy"]}
    model.compile("sgd", "sparse_categorical_crossentropy", **both, jit_compile=False)
    return model


# two batches of 16 and one of 8, whose losses are reported as means over batches
_X = VECTORS.x_train, VECTORS.x_test
TWO = Arrays(
    _X[0],
    {"kind": VECTORS.y_train, "count": (9 * _X[0][:, :1]).round().astype(int)},
    _X[1],
    {"kind": VECTORS.y_test, "count": (9 * _X[1][:, :1]).round().astype(int)},
)


def _two_outputs(k: Any, *, listed: bool = False) -> Any:
    inputs = k.Input((8,))
    hidden = k.layers.Dense(6, "tanh", activity_regularizer="l2")(inputs)
    kind = k.layers.Dense(2, "softmax", name="kind")(hidden)
    count = k.layers.Dense(1, name="count")(hidden)
    losses = {"kind": "sparse_categorical_crossentropy", "count": "mse"}
    weights, metrics = {"kind": 0.3, "count": 2.0}, {"kind": ["accuracy"], "count": ["mae"]}
    if listed:
        model = k.Model(inputs, [kind, count])
        chosen = [list(one.values()) for one in (losses, weights, metrics)]
    else:
        model = k.Model(inputs, {"kind": kind, "count": count})
        chosen = [losses, weights, metrics]
    both: Any = {"loss_weights": chosen[1], "weighted_metrics": chosen[2], "jit_compile": False}
    model.compile("adam", chosen[0], **both)
    return model


def _eager(k: Any) -> Any:
    model = k.Sequential([k.Input((8,)), k.layers.Dense(4, "relu"), k.layers.Dense(1, "sigmoid")])
    model.compile("adam", "binary_crossentropy", weighted_metrics=["accuracy"], run_eagerly=True)
    return model


MODELS = {
    "weights of losses, a class beside a count": of_model(_two_outputs, TWO),
    "the same in a list": of_model(lambda k: _two_outputs(k, listed=True), TWO),
    "run_eagerly": of_model(_eager, EVEN),
    "a mask that reaches loss and metrics": of_model(_tagging, TAGGED),
    "a large model, whose seeds are trained in turn": of_model(_large, EVEN),
    "a subclassed model": of_model(_subclassed, VECTORS),
    "a layer of one's own that adds a loss": of_model(_own_layer, EVEN),
    "a frozen layer": of_model(_frozen, EVEN),
    "Normalization, adapted": of_model(_adapted, EVEN),
    "weights that the function sets": of_model(_given_weights, EVEN),
}

"""A model, and what its stages do to it between two fits."""

from __future__ import annotations

from typing import Any

import numpy as np


def frozen(k: Any) -> Any:
    hidden = k.layers.Dense(6, "tanh", trainable=False, name="hidden")
    model = k.Sequential([k.Input((8,)), hidden, k.layers.BatchNormalization(), k.layers.Dense(1, "sigmoid")])
    model.compile(k.optimizers.Adam(0.05), "binary_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model


def free(model: Any) -> None:
    import keras

    model.get_layer("hidden").trainable = True
    model.compile(keras.optimizers.SGD(0.1), "binary_crossentropy", metrics=["accuracy"], jit_compile=False)


def freeze_all_but_the_last(model: Any) -> None:
    import keras

    for layer in model.layers[:-1]:
        layer.trainable = False
    model.compile(keras.optimizers.RMSprop(0.01), "mse", metrics=["mae"], jit_compile=False)


def free_and_forget_to_compile(model: Any) -> None:
    model.get_layer("hidden").trainable = True


def set_weights(model: Any) -> None:
    hidden = model.get_layer("hidden")
    hidden.set_weights([np.ones_like(one) for one in hidden.get_weights()])


def head(model: Any) -> Any:
    """Return another model on the frozen hidden layer, with a head of its own, and no batch normalization."""
    import keras

    model.get_layer("hidden").trainable = False
    out = keras.layers.Dense(1, "sigmoid")(keras.layers.Dense(3, "relu")(model.get_layer("hidden").output))
    other = keras.Model(model.inputs, out)
    other.compile(keras.optimizers.Adam(0.02), "binary_crossentropy", metrics=["mae"], jit_compile=False)
    return other


def clone_with_dropout(model: Any) -> Any:
    """Return a model that is not built yet, with copies of all layers but the last, and random numbers."""
    import keras

    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    last = [keras.layers.Dropout(0.0), keras.layers.Dense(1, "sigmoid")]
    other = keras.Sequential([*copy.layers[:-1], *last])
    other.compile(keras.optimizers.SGD(0.1), "binary_crossentropy", metrics=["accuracy"], jit_compile=False)
    return other


def of_layers(model: Any) -> Any:
    import keras

    other = keras.Sequential([keras.Input((8,)), *model.layers[1:-1], keras.layers.Dense(1, "sigmoid")])
    other.compile(keras.optimizers.SGD(0.1), "binary_crossentropy", metrics=["mae"], jit_compile=False)
    return other


def free_head(model: Any) -> None:
    import keras

    model.get_layer("hidden").trainable = True
    model.compile(keras.optimizers.SGD(0.05), "binary_crossentropy", metrics=["mae"], jit_compile=False)


def half_of_the_weights(model: Any) -> Any:
    import keras

    other = keras.models.clone_model(model)
    other.set_weights([one / 2 for one in model.get_weights()])
    other.compile("sgd", "mse")
    return other


def no_head(model: Any) -> Any:
    return model.get_layer("hidden")


def same_optimizer(model: Any) -> Any:
    import keras

    other = keras.models.clone_model(model)
    other.compile(model.optimizer, "mse")
    return other


def slow_down(model: Any) -> None:
    model.optimizer.learning_rate = 1e-4


def slow_down_by_half(model: Any) -> None:
    model.optimizer.learning_rate.assign(model.optimizer.learning_rate / 2)


def another_activation(model: Any) -> None:
    import keras

    model.get_layer("hidden").activation = keras.activations.relu


def begin_to_count_again(model: Any) -> None:
    model.optimizer.iterations.assign(0)


def reducing() -> list[Any]:
    import keras

    return [keras.callbacks.ReduceLROnPlateau("loss", factor=0.5, patience=0, min_delta=1.0)]


def stopping() -> list[Any]:
    import keras

    return [keras.callbacks.EarlyStopping("loss", patience=0, min_delta=0.05)]

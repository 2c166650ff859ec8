"""The reference engine: plain `model.fit`, one seed after another, nothing clever.

A `fit` that nobody seeds draws a new order of the examples in every epoch. After `tf.random.set_seed`, or
`keras.utils.set_random_seed`, Keras 3 on TensorFlow draws one order and keeps it: the operation that
permutes is begun anew, from the same seed, in every epoch. That is another training. So nothing is seeded
globally here: the examples are given to `fit` epoch by epoch in an order of the run's own seed, and layers
have seeds of their own.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.recipes.layers import L1L2, BatchNormalization, Dense, Dropout, Flatten, Layer
from nnspec.recipes.recipe import Recipe
from nnspec.runs.runs import Runs, concatenate
from nnspec.training.initial_weights import initializer, initializer_seed
from nnspec.training.models import fit as models_fit
from nnspec.training.shapes import kernel_shapes
from nnspec.training.shuffling import Shuffles


def build_model(recipe: Recipe, seed: int) -> Any:
    """Return the compiled `keras.Sequential` that the recipe describes, with this seed's weights."""
    _, keras = tensorflow()
    shapes = kernel_shapes(recipe)
    model = keras.Sequential([keras.Input(recipe.data.arrays().x_train.shape[1:])])
    dense = 0
    for position, layer in enumerate(recipe.layers):
        layer_seed = initializer_seed(seed, (0, position), 0)
        if isinstance(layer, Dense):
            layer_seed = initializer_seed(seed, shapes[dense], shapes[:dense].count(shapes[dense]))
            dense += 1
        model.add(_keras_layer(layer, layer_seed))
    model.compile(optimizer=keras_optimizer(recipe), loss=keras_loss(recipe), metrics=list(recipe.metrics))
    return model


def keras_optimizer(recipe: Recipe) -> Any:
    """Return the recipe's optimizer, with Keras's defaults for what the recipe leaves open."""
    _, keras = tensorflow()
    return getattr(keras.optimizers, type(recipe.optimizer).__name__)(**recipe.optimizer.given())


def keras_loss(recipe: Recipe, **kwargs: object) -> Any:
    """Return the recipe's loss as a Keras loss object."""
    _, keras = tensorflow()
    return getattr(keras.losses, type(recipe.loss).__name__)(**recipe.loss.given(), **kwargs)


def keras_regularizer(penalty: L1L2 | None) -> Any:
    """Return the Keras regularizer, or None where there is no penalty."""
    _, keras = tensorflow()
    return penalty and keras.regularizers.L1L2(l1=penalty.l1, l2=penalty.l2)


def train(
    recipe: Recipe | KerasRecipe, seeds: Sequence[int], progress: Callable[[float], None] = lambda _: None
) -> Runs:
    """Train the recipe once for every seed with `model.fit` and return the runs.

    `progress` is called with the number of seeds that are done.
    """
    parts = []
    for number, seed in enumerate(seeds, start=1):
        one = models_fit.train_one if isinstance(recipe, KerasRecipe) else _train_one
        parts.append(one(recipe, int(seed)))  # type: ignore[arg-type]  # each its own kind
        progress(number)
    return concatenate(parts)


def _train_one(recipe: Recipe, seed: int) -> Runs:
    tf, keras = tensorflow()
    keras.backend.clear_session()
    data = recipe.data.arrays()
    model = build_model(recipe, seed)
    shuffles = Shuffles(seed, len(data.x_train))
    start = time.perf_counter()
    epochs: list[dict[str, list[float]]] = []
    for epoch in range(recipe.epochs):
        if recipe.learning_rates:
            model.optimizer.learning_rate = recipe.learning_rates[epoch]
        order = shuffles.epochs(1)[0]
        fitted = model.fit(
            data.x_train[order],
            data.y_train[order],
            batch_size=recipe.batch_size,
            validation_data=data.part(recipe.validation_data) if recipe.validation_data else None,
            shuffle=False,
            verbose=0,
        )
        epochs.append(fitted.history)
    seconds = time.perf_counter() - start
    history = {k: np.asarray([[v for e in epochs for v in e[k]]], np.float32) for k in epochs[0]}
    metrics = evaluated(model, data.x_train, data.y_train)
    if len(data.x_test):
        metrics |= {f"test_{k}": v for k, v in evaluated(model, data.x_test, data.y_test).items()}
    return Runs(
        recipe=recipe,
        seeds=np.asarray([seed], np.int64),
        history=history,
        metrics={k: np.asarray([v], np.float32) for k, v in metrics.items()},
        weights=tuple(w[None] for w in model.get_weights()),
        provenance={"engine": "keras", "keras": keras.__version__, "tensorflow": tf.__version__},
        seconds=seconds,
    )


def evaluated(model: Any, x: Any, y: Any) -> dict[str, float]:
    """Return what `model.evaluate` gives, by name."""
    result: dict[str, float] = model.evaluate(x, y, verbose=0, return_dict=True)
    return result


def _keras_layer(layer: Layer, seed: int) -> Any:
    _, keras = tensorflow()
    if isinstance(layer, Dense):
        return keras.layers.Dense(
            layer.units,
            activation=layer.activation,
            kernel_initializer=initializer(layer, seed),
            kernel_regularizer=keras_regularizer(layer.kernel_regularizer),
        )
    if isinstance(layer, Dropout):
        return keras.layers.Dropout(layer.rate, seed=seed)
    if isinstance(layer, Flatten | BatchNormalization):
        return getattr(keras.layers, type(layer).__name__)()
    raise TypeError(f"no Keras layer for {layer!r}")

"""The network of a recipe with a seeds axis in every weight, built from real Keras functions.

Hidden values are (batch, features, seeds). Losses and metrics see Keras's own order with the seeds
as a second batch axis, (batch, seeds, outputs), where they work unchanged.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from nnspec.layers import Dense, Dropout, Flatten
from nnspec.losses import SparseCategoricalCrossentropy
from nnspec.recipe import Recipe
from nnspec.training.dropout_masks import dropout
from nnspec.training.initial_weights import kernel_shapes
from nnspec.training.keras_fit import keras_loss, keras_regularizer
from nnspec.training.products import dense
from nnspec.training.tensorflow_setup import tensorflow


def unsupported(recipe: Recipe) -> str | None:
    """Return why the stacked engine cannot train this recipe, or None if it can."""
    for layer in recipe.layers:
        if not isinstance(layer, Dense | Dropout | Flatten):
            return f"the stacked engine has no {type(layer).__name__} layer"
    if not isinstance(recipe.layers[-1], Dense):
        return "the stacked engine needs a Dense layer at the end"
    if recipe.data.arrays().x_train.ndim > 2 and not isinstance(recipe.layers[0], Flatten):
        return "the stacked engine needs Flatten in front of examples that are not vectors"
    return None


class StackedNetwork:
    """The layers, loss and metrics of a recipe for a fixed number of seeds.

    All weights of a seed stand in one column of a (parameters, seeds) array, kernels and biases in
    the order of `Model.get_weights()`: optimizers work element by element, so one array is enough.
    """

    def __init__(self, recipe: Recipe, seeds: int) -> None:
        self.layers = recipe.layers
        self.seeds = seeds
        self.shapes = [s for inputs, units in kernel_shapes(recipe) for s in ((inputs, units), (units,))]
        self.sizes = [int(np.prod(shape)) for shape in self.shapes]
        self._penalties = [
            keras_regularizer(layer.kernel_regularizer) for layer in recipe.layers if isinstance(layer, Dense)
        ]
        self._loss = keras_loss(recipe, reduction=None)
        self._outputs = recipe.layers[-1].units if isinstance(recipe.layers[-1], Dense) else 0
        self._sparse = isinstance(recipe.loss, SparseCategoricalCrossentropy)
        self._one_value = recipe.data.arrays().y_train.ndim == 1 and not self._sparse
        self._metrics = {name: self._metric(name, recipe) for name in recipe.metrics}

    @property
    def metric_names(self) -> tuple[str, ...]:
        """Names of the metrics, as in the history of `fit`."""
        return tuple(self._metrics)

    def weights(self, parameters: Any) -> list[Any]:
        """Return kernels (inputs, units, seeds) and biases (units, seeds) of all layers."""
        tf, _ = tensorflow()
        parts = tf.split(parameters, self.sizes)
        return [tf.reshape(p, (*shape, self.seeds)) for p, shape in zip(parts, self.shapes, strict=True)]

    def outputs(self, weights: list[Any], inputs: Any, dropout_state: tuple[Any, Any] | None) -> Any:
        """Return the outputs (batch, seeds, outputs) for inputs (batch, features, seeds or 1).

        `dropout_state` is (counter, keys) in training and None at inference.
        """
        tf, keras = tensorflow()
        values, remaining = inputs, iter(weights)
        for position, layer in enumerate(self.layers):
            if isinstance(layer, Dropout) and dropout_state is not None and layer.rate > 0:
                counter, keys = dropout_state
                uses = tf.constant(len(self.layers), tf.uint32)
                values = dropout(values, layer.rate, counter * uses + tf.constant(position, tf.uint32), keys)
            elif isinstance(layer, Dense):
                activation = keras.activations.get(layer.activation)
                values = dense(values, next(remaining), next(remaining))
                if position == len(self.layers) - 1:
                    # nothing may come between activation and loss: Keras's losses look for the
                    # logits that its sigmoid and softmax leave on their result
                    return activation(tf.transpose(values, (0, 2, 1)))
                values = self._activated(activation, layer, values)
        raise AssertionError("unsupported() lets only networks pass that end in a dense layer")

    def losses(self, targets: Any, outputs: Any) -> Any:
        """Return the loss of every example, (batch, seeds), without penalties."""
        return self._loss(self._as_outputs(targets), outputs)

    def penalty(self, weights: list[Any]) -> Any:
        """Return the regularization penalty of every seed, (seeds,), or None if there is none."""
        tf, _ = tensorflow()
        pairs = [(p, k) for p, k in zip(self._penalties, weights[::2], strict=True) if p is not None]
        if not pairs:
            return None
        return sum(tf.vectorized_map(p, tf.transpose(kernel, (2, 0, 1))) for p, kernel in pairs)

    def metrics(self, targets: Any, outputs: Any) -> dict[str, Any]:
        """Return the metrics of every example, (batch, seeds) each."""
        return {name: metric(self._as_outputs(targets), outputs) for name, metric in self._metrics.items()}

    def _as_outputs(self, targets: Any) -> Any:
        return targets[..., None] if self._one_value else targets

    def _activated(self, activation: Any, layer: Dense, values: Any) -> Any:
        tf, _ = tensorflow()
        if layer.activation == "softmax":  # the only one that is not element by element
            return tf.transpose(activation(tf.transpose(values, (0, 2, 1))), (0, 2, 1))
        return activation(values)

    def _metric(self, name: str, recipe: Recipe) -> Any:
        """Return the function that Keras would choose for this metric, per example."""
        tf, keras = tensorflow()
        if name == "accuracy" and self._outputs == 1:
            name = "binary_accuracy"
        elif name == "accuracy":
            name = "sparse_categorical_accuracy" if self._sparse else "categorical_accuracy"
        function = getattr(keras.metrics, name)

        def per_example(targets: Any, outputs: Any) -> Any:
            values = tf.cast(function(targets, outputs), tf.float32)
            return tf.reduce_mean(values, axis=-1) if len(values.shape) == 3 else values

        return per_example

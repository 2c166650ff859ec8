"""The network of a recipe with a seeds axis in every weight, built from real Keras functions.

Where the seeds axis stands in weights and hidden values is up to the layout. Losses and metrics see
Keras's own order with the seeds as a second batch axis, (batch, seeds, outputs), where they work
unchanged.
"""

from __future__ import annotations

from typing import Any

from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.recipes.layers import Dense, Dropout
from nnspec.recipes.losses import SparseCategoricalCrossentropy
from nnspec.recipes.recipe import Recipe
from nnspec.training.model_fit import keras_loss, keras_regularizer
from nnspec.training.stacked.stacking import stacking


class StackedNetwork:
    """The layers, loss and metrics of a recipe for a fixed number of seeds."""

    def __init__(self, recipe: Recipe, seeds: int) -> None:
        self.layers = recipe.layers
        self.seeds = seeds
        self._stacking = stacking(recipe)
        shapes: list[tuple[int, ...]] = []
        for inputs, units in self._stacking.kernels:
            shapes += [(inputs, units), (units,)]
        self.layout = self._stacking.layout(shapes, seeds)
        self._penalties = [
            keras_regularizer(layer.kernel_regularizer) for layer in recipe.layers if isinstance(layer, Dense)
        ]
        self._loss = keras_loss(recipe, reduction=None)
        self._outputs = recipe.layers[-1].units if isinstance(recipe.layers[-1], Dense) else 0
        self._sparse = isinstance(recipe.loss, SparseCategoricalCrossentropy)
        self._one_value = recipe.data.arrays().y_train.ndim == 1 and not self._sparse
        self._metrics = {name: self._metric(name, recipe) for name in recipe.metrics}

    @property
    def values_per_example(self) -> int:
        """How many numbers the widest layer of all seeds holds for one example that all of them see."""
        kernels = self._stacking.kernels
        return max(kernels[0][0], self.seeds * max(units for _, units in kernels))

    @property
    def metric_names(self) -> tuple[str, ...]:
        """Names of the metrics, as in the history of `fit`."""
        return tuple(self._metrics)

    def outputs(self, weights: list[Any], inputs: Any, dropout_state: tuple[Any, Any] | None) -> Any:
        """Return the outputs (batch, seeds, outputs) for the layout's `batch_inputs` or `shared_inputs`.

        `dropout_state` is (counter, keys) in training and None at inference.
        """
        tf, keras = tensorflow()
        values, remaining = inputs, iter(weights)
        for position, layer in enumerate(self.layers):
            if isinstance(layer, Dropout) and dropout_state is not None and layer.rate > 0:
                counter, keys = dropout_state
                uses = tf.constant(len(self.layers), tf.uint32)
                use = counter * uses + tf.constant(position, tf.uint32)
                values = self.layout.dropped(values, layer.rate, use, keys)
            elif isinstance(layer, Dense):
                activation = keras.activations.get(layer.activation)
                values = self.layout.dense(values, next(remaining), next(remaining))
                if position == len(self.layers) - 1:
                    # nothing may come between activation and loss: Keras's losses look for the
                    # logits that its sigmoid and softmax leave on their result
                    return activation(self.layout.features_last(values))
                values = self._activated(activation, layer, values)
        raise AssertionError("why_not() lets only networks pass that end in a dense layer")

    def losses(self, targets: Any, outputs: Any) -> Any:
        """Return the loss of every example, (batch, seeds), without penalties."""
        return self._loss(self._as_outputs(targets), outputs)

    def penalty(self, weights: list[Any]) -> Any:
        """Return the regularization penalty of every seed, (seeds,), or None if there is none."""
        tf, _ = tensorflow()
        pairs = [(p, k) for p, k in zip(self._penalties, weights[::2], strict=True) if p is not None]
        if not pairs:
            return None
        # Keras sums over all it is given; its regularizer mapped over the seeds takes a hundred times as long
        axes = self.layout.kernel_axes
        return sum(
            p.l1 * tf.reduce_sum(abs(kernel), axes) + p.l2 * tf.reduce_sum(tf.square(kernel), axes)
            for p, kernel in pairs
        )

    def metrics(self, targets: Any, outputs: Any) -> dict[str, Any]:
        """Return the metrics of every example, (batch, seeds) each."""
        return {name: metric(self._as_outputs(targets), outputs) for name, metric in self._metrics.items()}

    def _as_outputs(self, targets: Any) -> Any:
        return targets[..., None] if self._one_value else targets

    def _activated(self, activation: Any, layer: Dense, values: Any) -> Any:
        if layer.activation == "softmax":  # the only one that is not element by element
            return self.layout.features_last(activation(self.layout.features_last(values)))
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

"""One step of training, and of evaluation, as functions of a seed's state.

They are those of Keras's trainer on JAX, with the gradients of embeddings as TensorFlow has them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from nnspec.machine.jax_setup import jax_keras
from nnspec.training.engine import NotTrained
from nnspec.training.models.histories import check_numbers
from nnspec.training.vectorised.lookups import Lookups, slices, tables


class State(NamedTuple):
    """The values of all variables of a seed, or of many, in lists: those of metrics begin anew each epoch."""

    trainable: list[Any]
    non_trainable: list[Any]
    optimizer: list[Any]
    metrics: list[Any]


class Steps:
    """The steps of a compiled and built model."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._tables = tables(model)
        if self._tables and model.optimizer.gradient_accumulation_steps:
            raise NotTrained("gradients of an embedding are accumulated, which are rows and no array")
        variables = [id(variable) for variable in model.trainable_variables]
        self._places = [variables.index(id(table)) for table in self._tables]

    def train(self, state: State, x: Any, y: Any, weights: Any) -> State:
        """Return the state after one batch; `weights` (batch,) may be None."""
        jax, _ = jax_keras()
        model = self._model
        data = {"x": x, "y": y, "sample_weight": weights}
        zeros: list[Any] = []
        noted = Lookups(self._tables)
        if self._tables:  # how many places are looked up, and where, only a pass forward tells

            def forward(trainable: Any) -> Any:
                noted.begin()
                with noted.noting():
                    return self._loss(trainable, state, **data)[0]

            jax.eval_shape(forward, state.trainable)
            zeros = [jax.numpy.zeros(shape) for shape in noted.shapes]

        def loss(trainable: Any, zeros: Any) -> Any:
            lookups = Lookups(self._tables, zeros)
            with lookups.noting():
                scaled, kept = self._loss(trainable, state, **data)
            return scaled, (*kept, lookups.indices, _masks(kept[1]))

        gradient = jax.value_and_grad(loss, argnums=(0, 1), has_aux=True)
        (_, kept), (gradients, of_places) = gradient(state.trainable, zeros)
        unscaled, outputs, non_trainable, metrics, indices, masks = kept
        _set_masks(outputs, masks)
        gradients = list(gradients)
        for number, place in enumerate(self._places):
            mine = [at for at, table in enumerate(noted.places) if table == number]
            if mine:
                rows, values = [indices[at] for at in mine], [of_places[at] for at in mine]
                gradients[place] = slices(tuple(state.trainable[place].shape), rows, values)
        trainable, optimizer = model.optimizer.stateless_apply(state.optimizer, gradients, state.trainable)
        _, metrics = model._update_metrics_variables(metrics, unscaled, x, y, outputs, weights)
        return State(trainable, non_trainable, optimizer, metrics)

    def evaluate(self, state: State, x: Any, y: Any, weights: Any) -> State:
        """Return the state after one batch was evaluated, which changes its metrics alone."""
        model = self._model
        _, (loss, outputs, _, metrics) = model.compute_loss_and_updates(
            state.trainable, state.non_trainable, state.metrics, x, y, weights, training=False
        )
        _, metrics = model._update_metrics_variables(metrics, loss, x, y, outputs, weights)
        return state._replace(metrics=metrics)

    def predict(self, state: State, x: Any) -> Any:
        """Return the outputs for x."""
        return self._model.stateless_call(state.trainable, state.non_trainable, x, training=False)[0]

    def results(self, metrics: list[Any]) -> dict[str, Any]:
        """Return loss and metrics by their names in `fit`'s history; errors as in `check_numbers`."""
        _, keras = jax_keras()
        model = self._model
        pairs = list(zip(model.metrics_variables, metrics, strict=True))
        with keras.StatelessScope(state_mapping=pairs):
            found = dict(model.get_metrics_result())
        check_numbers(found)
        return found

    def _loss(self, trainable: Any, state: State, **data: Any) -> Any:
        return self._model.compute_loss_and_updates(
            trainable,
            state.non_trainable,
            state.metrics,
            training=True,
            optimizer_variables=state.optimizer,
            **data,
        )


def _masks(outputs: Any) -> list[Any]:
    """Return the masks of a model's outputs, None where one has none: JAX forgets them with a gradient."""
    jax, keras = jax_keras()
    return [keras.src.backend.get_keras_mask(one) for one in jax.tree.leaves(outputs)]


def _set_masks(outputs: Any, masks: list[Any]) -> None:
    jax, keras = jax_keras()
    for one, mask in zip(jax.tree.leaves(outputs), masks, strict=True):
        if mask is not None:
            keras.src.backend.set_keras_mask(one, mask)

"""A recipe's model as compiled functions of many seeds: an epoch, an evaluation, predictions."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.machine.jax_setup import jax_keras
from nnspec.machine.reads import Record
from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.training.engine import NotTrained
from nnspec.training.models.built import noting_draws
from nnspec.training.models.copied import begins_with_copies
from nnspec.training.models.parts import fit_data, number_of
from nnspec.training.vectorised import crossentropies
from nnspec.training.vectorised.counting import counted
from nnspec.training.vectorised.losses import losses_by_output
from nnspec.training.vectorised.one_for_all import one_for_all
from nnspec.training.vectorised.sizes import MOST_IN_TURN, in_turn, over_seeds, seeds_at_once
from nnspec.training.vectorised.stages import Changed, changed
from nnspec.training.vectorised.step import State, Steps
from nnspec.training.vectorised.untraceable import told
from nnspec.training.vectorised.whole_numbers import check_held, check_labels

_OWN_STEPS = ("train_step", "test_step", "predict_step")
_EVALUATED = 32  # examples in a batch, as `evaluate` takes them where nobody says otherwise


class Program:
    """All that a recipe's seeds have in common; `size` seeds are trained together.

    `read` is what the author's functions have read for it, `count` what a step of a seed computes, and `made`
    how many there were in this process.

    Raises
    ------
    InvalidValue
        If the function returns no model for these data.
    NotTrained
        If the model cannot be trained like this.
    """

    made = 0

    def __init__(self, recipe: KerasRecipe, most: int, stage: int = 0) -> None:
        Program.made += 1
        self.read: Record = {}
        jax, keras = jax_keras()
        first, *later = fits = recipe.fits()
        self.recipe = fits[stage]
        self.data = fit_data(self.recipe)
        check_held(self.data)
        self._built = found = one_for_all(first, fit_data(first))
        self.facts, self.changed = found.facts, Changed(found.model)
        for one, fit in zip(recipe.stages[:stage], later, strict=False):
            self.changed = changed(found, self.changed.model, fit, fit_data(fit), one.change)
        self.model = self.changed.model
        for step in _OWN_STEPS:
            if getattr(type(self.model), step) is not getattr(keras.Model, step):
                raise NotTrained(f"the model has a {step} of its own")
        if any(getattr(layer, "stateful", False) for layer in self.model._flatten_layers()):
            raise NotTrained("a layer is stateful")
        if begins_with_copies(self.model):
            raise NotTrained("the optimizer begins with copies of the weights, which `fit` may lose")
        batch = min(self.recipe.batch_size, self.data.examples)
        example = jax.tree.map(lambda values: values[:batch], self._training)
        try:
            crossentropies.forget()
            with noting_draws() as draws:
                self.model._symbolic_build(data_batch=example)
                losses_by_output(self.model)
                crossentropies.forget()  # losses that did not know of which output they are
                self.model.reset_metrics()
                self.steps = Steps(self.model)
                self._metrics = [np.asarray(one.value) for one in self.model.metrics_variables]
                one = jax.tree.map(lambda values: values[0], self.start([0]))
                self._step = jax.jit(self.steps.train, inline=True)  # which is traced once for every shape
                step = jax.make_jaxpr(self._step)(one, *example)
            check_labels(self.data, self.model, crossentropies.fewest_classes())
            if draws():
                raise NotTrained("a layer or a loss draws from NumPy's random numbers")
        except NotTrained:
            raise
        except Exception as error:  # `fit` tells whether it can be trained at all
            raise NotTrained(told(error)) from error
        finally:
            crossentropies.forget()
        self.count = counted(step.jaxpr)
        self.in_turn = in_turn(self.model)
        self.size = min(most, seeds_at_once(step, one), *[MOST_IN_TURN] * self.in_turn)
        self._compiled()

    def start(self, seeds: Sequence[int]) -> State:
        """Return the state in which seeds begin, the seeds as the first axis of every array."""
        initial, number = self._built.initial, len(seeds)

        def drawn(variables: Any) -> list[Any]:
            return [
                np.stack([initial.of(variable, seed).astype(variable.dtype) for seed in seeds])
                for variable in variables
            ]

        def repeated(values: Any) -> list[Any]:
            return [np.broadcast_to(one, (number, *np.shape(one))) for one in values]

        model = self.model
        held = [np.asarray(variable.value) for variable in model.optimizer.variables]
        trainable, others = drawn(model.trainable_variables), drawn(model.non_trainable_variables)
        return State(trainable, others, repeated(held), repeated(self._metrics))

    def epoch(self, state: State, orders: NDArray[np.int32], active: Any, *, to_nan: bool) -> Any:
        """Return state and results after an epoch in these orders (seeds, examples).

        Seeds that are not `active`, (seeds,) bool or None for all, stay as they are. With `to_nan` a seed
        ends its epoch at a loss that is not finite; which did, (seeds,) bool, is the third value.
        """
        batch = min(self.recipe.batch_size, self.data.examples)
        steps = orders.shape[1] // batch
        whole = orders[:, : steps * batch].reshape(len(orders), steps, batch)
        rest = orders[:, steps * batch :]
        return self._epoch(state, *self._training, whole, rest, active, to_nan)

    def evaluate(
        self, state: State, x: Any, y: Any, weights: Any = None, *, batch: int = _EVALUATED
    ) -> dict[str, NDArray[Any]]:
        """Return loss and metrics of some examples by name, each (seeds,); they may have weights."""
        found = self._evaluate(state, (x, y, weights), batch=min(batch, number_of(x)))
        return {name: np.asarray(value) for name, value in found.items()}

    def predict(self, state: State, x: Any) -> Any:
        """Return the outputs for x, (seeds, examples, …)."""
        return self._predict(state, x)

    def weights(self, state: State) -> list[Any]:
        """Return the values of all weights in the order of `Model.get_weights()`, each (seeds, …)."""
        return [getattr(state, group)[at] for group, at in self.places]

    def continued(self, before: Program, state: State, fresh: State) -> State:
        """Return the state in which a stage begins: a fresh one, with what the one before ended with."""
        groups = {"trainable": list(fresh.trainable), "non_trainable": list(fresh.non_trainable)}
        for (group, at), source in zip(self._everywhere, self.changed.sources, strict=True):
            if source is not None:
                held, place = before._everywhere[source]
                groups[group][at] = getattr(state, held)[place]
        optimizer = list(state.optimizer if self.changed.goes_on else fresh.optimizer)
        if self.changed.sets_rate and self.rate_place is not None:
            optimizer[self.rate_place] = fresh.optimizer[self.rate_place]
        return fresh._replace(**groups, optimizer=optimizer)

    @functools.cached_property
    def places(self) -> list[tuple[str, int]]:
        """Where in a state the weights stand, in the order of `Model.get_weights()`."""
        return self._places(self.model.weights)

    @functools.cached_property
    def _everywhere(self) -> list[tuple[str, int]]:
        """Where in a state all variables of the model stand, those of random layers too."""
        return self._places(self.model.variables)

    def _places(self, variables: list[Any]) -> list[tuple[str, int]]:
        groups = {
            "trainable": self.model.trainable_variables,
            "non_trainable": self.model.non_trainable_variables,
        }
        found = {id(one): (name, at) for name, group in groups.items() for at, one in enumerate(group)}
        return [found[id(variable)] for variable in variables]

    @functools.cached_property
    def rate_place(self) -> int | None:
        """Where among the optimizer's variables the learning rate stands; None where it has a schedule."""
        rate = self.model.optimizer._learning_rate
        places = [at for at, one in enumerate(self.model.optimizer.variables) if one is rate]
        return places[0] if places else None

    @functools.cached_property
    def _training(self) -> tuple[Any, Any, Any]:
        jax, _ = jax_keras()
        data = self.data
        return jax.tree.map(jax.numpy.asarray, (data.x, data.y, data.weights))  # type: ignore[no-any-return]

    def _compiled(self) -> None:
        jax, _ = jax_keras()
        steps, over = self.steps, over_seeds(self.in_turn)

        def train(state: Any, x: Any, y: Any, weights: Any, batch: Any) -> Any:
            return self._step(state, *jax.tree.map(lambda values: values[batch], (x, y, weights)))

        def epoch(
            state: Any, x: Any, y: Any, weights: Any, whole: Any, rest: Any, active: Any, to_nan: bool
        ) -> Any:
            jnp = jax.numpy

            def of_seed(arguments: Any) -> Any:
                before, whole, rest, active = arguments
                first = before._replace(metrics=[jnp.asarray(one) for one in self._metrics])

                def one(carried: Any, batch: Any) -> Any:
                    state, stopped = carried
                    after = train(state, x, y, weights, batch)
                    if to_nan:
                        after = _chosen(stopped, state, after)
                        stopped = stopped | ~jnp.isfinite(steps.results(after.metrics)["loss"])
                    return (after, stopped), None

                found, _ = jax.lax.scan(one, (first, jnp.asarray(False)), whole)
                if rest.shape[0]:
                    found, _ = one(found, rest)
                after, stopped = found
                results = steps.results(after.metrics)
                after = after._replace(metrics=before.metrics)
                return (after if active is None else _chosen(active, after, before)), results, stopped

            return over(of_seed)((state, whole, rest, active))

        def evaluate(state: Any, data: Any, batch: int) -> Any:
            examples = number_of(data[0])
            whole, rest = divmod(examples, batch)

            def of_seed(state: Any) -> Any:
                first = state._replace(metrics=[jax.numpy.asarray(one) for one in self._metrics])

                def one(metrics: Any, start: Any) -> Any:
                    cut = jax.tree.map(lambda part: jax.lax.dynamic_slice_in_dim(part, start, batch), data)
                    return steps.evaluate(state._replace(metrics=metrics), *cut).metrics, None

                metrics, _ = jax.lax.scan(one, first.metrics, jax.numpy.arange(whole) * batch)
                if rest:
                    last = state._replace(metrics=metrics)
                    end = jax.tree.map(lambda part: part[examples - rest :], data)
                    metrics = steps.evaluate(last, *end).metrics
                return steps.results(metrics)

            return over(of_seed)(state)

        def predict(state: Any, x: Any) -> Any:
            return over(lambda one: steps.predict(one, x))(state)

        self._epoch = jax.jit(epoch, static_argnames=("to_nan",))
        self._evaluate = jax.jit(evaluate, static_argnames=("batch",))
        self._predict = jax.jit(predict)


def _chosen(condition: Any, one: Any, other: Any) -> Any:
    jax, _ = jax_keras()
    return jax.tree.map(lambda a, b: jax.numpy.where(condition, a, b), one, other)

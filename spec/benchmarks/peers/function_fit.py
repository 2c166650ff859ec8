"""A function's model: all seeds at once, and by `model.fit`, one seed at a time."""

from __future__ import annotations

from nnspec import KerasRecipe, tensorflow
from nnspec.training.models.built import built
from nnspec.training.models.parts import fit_data
from spec.benchmarks.interleaved import Round, timed
from spec.benchmarks.peers.keras_fit import KerasFit
from spec.benchmarks.peers.stacked import Stacked


class Vectorised(Stacked):
    """The vectorised engine, on every core; its time holds all that `train` does, evaluation included."""

    libraries = ("jax", "keras", "nnspec")
    engine = "vectorised"

    def compile(self) -> float:
        """Train so many seeds, twice, that every worker gets some, and return the difference.

        Not for an epoch alone: of cheaper trainings a block has more seeds.
        """
        first, again = (timed(self._train_all)[0] for _ in range(2))
        return max(0.0, first - again)

    def _train_all(self) -> None:
        if self._workers is not None:
            self._workers.train(self._recipe, range(4 * self._seeds), "stacked", lambda _: None)


class FunctionFit(KerasFit):
    """`model.fit` of one model of a function that begins anew with every seed; tracing is paid apart."""

    def __init__(self, recipe: KerasRecipe) -> None:
        tensorflow()
        self._recipe, self._data = recipe, recipe.data.arrays()
        self._built = built(recipe, fit_data(recipe))
        self._model = self._built.model
        self._fresh = [variable.numpy() for variable in self._model.optimizer.variables]

    def train(self, number: int) -> Round:
        """Train the seed of a round."""
        for variable in self._model.variables:
            variable.assign(self._built.initial.of(variable, number))
        for variable, value in zip(self._model.optimizer.variables, self._fresh, strict=True):
            variable.assign(value)
        seconds, _ = timed(self._fit, None, self._recipe.epochs)
        evaluation, accuracy = timed(self._evaluate, None)
        return Round(seconds, 1, self._recipe.epochs, (accuracy,), {"evaluation_seconds": evaluation})

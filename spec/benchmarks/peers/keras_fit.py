"""`model.fit`, one seed at a time."""

from __future__ import annotations

from nnspec import Recipe, train
from nnspec.training.model_fit import build_model
from spec.benchmarks.interleaved import Round, timed


class KerasFit:
    """`model.fit` of one model that begins anew with every seed; its tracing is paid once and apart.

    The time is that of `fit`; what `evaluate` takes for the parts that the stacked engine evaluates
    within its own time stands aside.
    """

    libraries = ("tensorflow", "keras")

    def __init__(self, recipe: Recipe) -> None:
        self._recipe, self._data = recipe, recipe.data.arrays()
        self._model = build_model(recipe, 0)
        self._model.optimizer.build(self._model.trainable_variables)
        self._fresh = [variable.numpy() for variable in self._model.optimizer.variables]

    def compile(self) -> float:
        """Return the time of `fit` and `evaluate` on a batch and the rest of a batch: tracing, mostly."""
        few = self._recipe.batch_size + len(self._data.x_train) % self._recipe.batch_size

        def first() -> None:
            self._fit(few, epochs=1)
            self._evaluate(few)

        return timed(first)[0]

    def train(self, number: int) -> Round:
        """Train the seed of a round."""
        self._model.set_weights(build_model(self._recipe, number).get_weights())
        for variable, value in zip(self._model.optimizer.variables, self._fresh, strict=True):
            variable.assign(value)
        seconds, _ = timed(self._fit, None, self._recipe.epochs)
        evaluation, accuracy = timed(self._evaluate, None)
        return Round(seconds, 1, self._recipe.epochs, (accuracy,), {"evaluation_seconds": evaluation})

    def _fit(self, examples: int | None, epochs: int) -> None:
        part = self._recipe.validation_data
        validation = tuple(array[:examples] for array in self._data.part(part)) if part else None
        self._model.fit(
            self._data.x_train[:examples],
            self._data.y_train[:examples],
            epochs=epochs,
            batch_size=self._recipe.batch_size,
            validation_data=validation,
            verbose=0,
        )

    def _evaluate(self, examples: int | None) -> float:
        found = {}
        for part in ("train", "test"):
            x, y = self._data.part(part)
            if len(x):
                found[part] = self._model.evaluate(x[:examples], y[:examples], verbose=0, return_dict=True)
        return float(found["train"]["accuracy"])


class KerasFitAnew:
    """The reference engine: a new model for every seed, traced anew, and that within the time of `fit`."""

    libraries = KerasFit.libraries

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe

    def compile(self) -> float:
        """Train an epoch, so that nothing is done for the first time; nothing stays compiled."""
        train(self._recipe.with_epochs(1), [0], engine="keras")
        return 0.0

    def train(self, number: int) -> Round:
        """Train the seed of a round."""
        runs = train(self._recipe, [number], engine="keras")
        return Round(runs.seconds, 1, self._recipe.epochs, (float(runs.accuracy[0]),))

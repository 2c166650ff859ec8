"""What a seed of all that a session trains costs: counted of recipes, measured of other experiments.

The model of a function is built for it, by who would train it; how it counts is kept as runs are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nnspec.recipes.experiment import Experiment
from nnspec.recipes.identity import Key, key_of
from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.recipes.trainable import Trainable
from nnspec.session.outcomes import ENGINE, Outcomes
from nnspec.session.plan import checked_level
from nnspec.session.work import rounded, seconds_of
from nnspec.store.store import Store
from nnspec.training import Runs
from nnspec.training.cost import level_of, seconds_of_fit
from nnspec.training.counted import Counted, seconds_of_counted
from nnspec.workers.pool import Workers

_LEVELS = (0.1, 1.0)  # seconds of an outcome, rounded, from which it counts as a medium and as a high cost


class Costs:
    """Knows the level of cost and the seconds of a core of a seed of experiments, each checked once.

    Workers build the models of functions, and the store keeps what they find; `engine` is the one to train.
    """

    def __init__(self, outcomes: Outcomes, store: Store, workers: Workers, engine: str) -> None:
        self._outcomes, self._store, self._workers, self._engine = outcomes, store, workers, engine
        self._known: dict[Key, tuple[int, float]] = {}

    def level(self, experiment: Experiment) -> int:
        """Return 0 for what takes next to nothing, 1 for a medium and 2 for a high cost of a seed.

        Raises
        ------
        InvalidValue
            If data, layers and loss of a recipe do not fit one another.
        """
        return self._checked(experiment)[0]

    def seconds(self, experiment: Experiment) -> float:
        """Return about how many seconds of a core a seed takes; errors as in `level`."""
        return self._checked(experiment)[1]

    def of_all(self, experiments: Iterable[Experiment]) -> tuple[int, float]:
        """Return the highest level and the sum of the seconds, each experiment once; errors as in `level`."""
        known = [self._checked(one) for one in {key_of(one): one for one in experiments}.values()]
        return max(level for level, _ in known), sum(seconds for _, seconds in known)

    def _checked(self, experiment: Experiment) -> tuple[int, float]:
        name = key_of(experiment)
        if name not in self._known:
            level = checked_level(experiment)
            if not isinstance(experiment, Trainable):
                seconds = rounded(self._outcomes.seconds(experiment))
                level = sum(seconds >= limit for limit in _LEVELS)
            elif self._engine == "keras":
                seconds = seconds_of(experiment) + seconds_of_fit(experiment)
                level = max(level, level_of(seconds))
            elif isinstance(experiment, KerasRecipe):
                seconds = seconds_of_counted(experiment, self._counted(experiment))
                level = level_of(seconds)
            else:
                seconds = seconds_of(experiment)
            self._known[name] = level, seconds
        return self._known[name]

    def _counted(self, recipe: KerasRecipe) -> Mapping[str, float]:
        """Return what training a seed computes, as a worker tells that has built the model."""
        counted, seeds = Counted(recipe), [0]

        def told() -> Runs:
            return self._workers.train(counted, seeds, self._engine, lambda done: None)

        runs, _ = self._store.runs(counted, seeds, ENGINE, told)
        return {name: float(values[0]) for name, values in runs.metrics.items()}

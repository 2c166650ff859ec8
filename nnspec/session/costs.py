"""What a seed of all that a session trains costs: counted of recipes, measured of other experiments."""

from __future__ import annotations

from collections.abc import Iterable

from nnspec.recipes.experiment import Experiment
from nnspec.recipes.identity import Key, key_of
from nnspec.recipes.trainable import Trainable
from nnspec.session.outcomes import Outcomes
from nnspec.session.plan import checked_level
from nnspec.session.work import rounded, seconds_of

_LEVELS = (0.1, 1.0)  # seconds of an outcome, rounded, from which it counts as a medium and as a high cost


class Costs:
    """Knows the level of cost and the seconds of a core of a seed of experiments, each checked once."""

    def __init__(self, outcomes: Outcomes) -> None:
        self._outcomes = outcomes
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
            if isinstance(experiment, Trainable):
                self._known[name] = level, seconds_of(experiment)
            else:
                seconds = rounded(self._outcomes.seconds(experiment))
                self._known[name] = sum(seconds >= limit for limit in _LEVELS), seconds
        return self._known[name]

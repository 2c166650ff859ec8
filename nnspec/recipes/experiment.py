"""Experiment: whatever is repeated from a seed and gives a number or several."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.arrays import as_array
from nnspec.basics.description import Description
from nnspec.basics.errors import InvalidValue
from nnspec.data import Dataset

SEED = "seed "  # how the note begins that an error in an outcome bears


class Experiment(Description):
    """Base of what a claim may repeat over seeds; a subclass is a frozen dataclass with `outcome()`.

    Where many seeds at once are faster than one after the other it has `outcomes()` in its place. Its `Runs`
    hold what these return as their metrics. A `Recipe` is the experiment that the
    engines train; others are for what is no training by an optimizer, such as the perceptron rule.
    """

    data: Dataset

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        # the same methods with their results checked
        if "outcome" in vars(cls):
            cls.outcome = _checked(cls.outcome)  # type: ignore[method-assign, assignment]
        if "outcomes" in vars(cls):
            cls.outcomes = _checked_all(cls.outcomes)  # type: ignore[method-assign, assignment]

    def outcome(self, seed: int) -> Mapping[str, float]:
        """Return the numbers that this seed gives, by name; the same names for every seed.

        Raises
        ------
        InvalidValue
            If the subclass does not define this method, or its method gives anything else.
        """
        if many_at_once(self):
            (found,) = self.outcomes([seed])
            return found
        raise InvalidValue("outcome", type(self).__name__, "an experiment with a method outcome(seed)")

    def outcomes(self, seeds: Sequence[int]) -> Sequence[Mapping[str, float]]:
        """Return the outcome of every seed, in their order; what one gives must not depend on the others.

        Raises
        ------
        InvalidValue
            As `outcome`, or if there is not one outcome for every seed.
        """
        return [self.outcome(seed) for seed in seeds]

    def __str__(self) -> str:
        return type(self).__name__


def many_at_once(experiment: Experiment) -> bool:
    """Return whether an experiment makes the outcomes of many seeds faster together."""
    return type(experiment).outcomes is not Experiment.outcomes


def by_name(
    experiment: Experiment, seeds: Sequence[int], outcomes: Sequence[Mapping[str, float]]
) -> dict[str, NDArray[np.float32]]:
    """Return the outcomes of all seeds by their names, each (seeds,) float32.

    Raises
    ------
    InvalidValue
        If a seed's names are not those of the first seed.
    """
    names = outcomes[0].keys()
    for seed, outcome in zip(seeds, outcomes, strict=True):
        if outcome.keys() != names:
            name = f"names of {type(experiment).__name__}.outcome({seed})"
            expected = f"the names of seed {seeds[0]}: {', '.join(sorted(names))}"
            remedy = f"they differ in {', '.join(sorted(names ^ outcome.keys()))}"
            raise InvalidValue(name, ", ".join(sorted(outcome)), expected, remedy)
    return {name: np.asarray([outcome[name] for outcome in outcomes], np.float32) for name in names}


def _checked(outcome: Callable[[Any, int], Any]) -> Callable[[Any, int], Mapping[str, float]]:
    """Return the method that refuses any other outcome than numbers by name."""

    @functools.wraps(outcome)
    def checked(self: Any, seed: int) -> Mapping[str, float]:
        try:
            found = outcome(self, seed)
        except Exception as error:
            error.add_note(f"{SEED}{seed}")
            raise
        return _numbers_by_name(f"{type(self).__name__}.outcome({seed})", found)

    return checked


def _checked_all(outcomes: Callable[[Any, Sequence[int]], Any]) -> Callable[[Any, Sequence[int]], Any]:
    """Return the method that refuses anything else than numbers by name for every seed."""

    @functools.wraps(outcomes)
    def checked(self: Any, seeds: Sequence[int]) -> Sequence[Mapping[str, float]]:
        found, name = outcomes(self, seeds), f"{type(self).__name__}.outcomes"
        if not isinstance(found, Sequence) or len(found) != len(seeds):
            expected = f"a list with an outcome for each of the {len(seeds)} seeds"
            raise InvalidValue(name, found, expected, "is `return` missing?" if found is None else "")
        return [_numbers_by_name(f"{name}([{s}])", one) for s, one in zip(seeds, found, strict=True)]

    return checked


def _numbers_by_name(name: str, found: Any) -> Mapping[str, float]:
    if not isinstance(found, Mapping) or not found or not all(map(_is_named_number, found.items())):
        remedy = "is `return` missing?" if found is None else ""
        raise InvalidValue(name, found, "names with numbers, such as {'accuracy': 0.98}", remedy)
    for key, value in found.items():
        _check_held(f"{name}[{key!r}]", value)
    return found


def _is_named_number(item: tuple[object, Any]) -> bool:
    name, value = item
    is_number = isinstance(value, int) or (np.ndim(value) == 0 and np.asarray(value).dtype.kind in "biuf")
    return isinstance(name, str) and is_number


def _check_held(name: str, given: Any) -> None:
    """Refuse a number that float32 makes infinite, as if it had diverged, and a count that it changes.

    Real numbers are rounded, as all measurements are; a whole number that is not kept is another count.
    """
    value = given if isinstance(given, int) else as_array(name, given).item()  # Python's int is of any size
    most = float(np.finfo(np.float32).max)
    if most < abs(value) < np.inf:
        expected = f"a number that is not too large for float32, at most {most:.2g}"
        raise InvalidValue(name, value, expected, "scale it")
    if isinstance(value, int) and int(np.float32(value)) != value:
        expected = "a whole number that float32 holds exactly, as all up to 2**24"
        raise InvalidValue(name, value, expected, "give float(…) of it if it may be rounded")

"""Figures that a document prints, and the value per seed that each is compared with."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nnspec.basics.errors import InvalidValue, real_number
from nnspec.runs.runs import Runs


@dataclass(frozen=True)
class Figure:
    """A number that a document prints, and the value per seed that it is compared with.

    `of` is a function of the runs: of all arms by their names, of one arm alone by position.
    """

    documented: float
    of: Callable[..., Any]

    def __post_init__(self) -> None:
        object.__setattr__(self, "documented", real_number("documented", self.documented))
        if not callable(self.of):
            raise InvalidValue("of", self.of, "a function of the runs, as lambda runs: runs.accuracy")

    def values(self, runs: Mapping[str, Runs]) -> Any:
        """Return what `of` says of the runs of all arms."""
        return self.of(**runs) if _takes_by_name(self.of, list(runs)) else self.of(*runs.values())


def figures(claim: str, arms: list[str], documented: Mapping[str, float | Figure]) -> dict[str, Figure]:
    """Return the documented figures of a claim; a number is compared with the metric of its name.

    Raises
    ------
    InvalidValue
        If there are no names, no numbers, or a function that does not take the arms.
    """
    if not isinstance(documented, Mapping) or not all(isinstance(key, str) for key in documented):
        raise InvalidValue(f"{claim}: documented", documented, "a mapping of names to printed figures")

    def metric(name: str) -> Callable[..., Any]:
        return lambda **runs: runs[arms[0]].metric(name)

    for name, figure in documented.items():
        label = f"{claim}: documented {name}"
        if isinstance(figure, Figure) and not _takes(figure.of, arms):
            expected = f"a function of {', '.join(arms)}, as lambda {', '.join(arms)}: {arms[0]}.accuracy"
            raise InvalidValue(label, figure.of, expected)
    return {
        name: figure
        if isinstance(figure, Figure)
        else Figure(real_number(f"{claim}: documented {name}", figure), metric(name))
        for name, figure in documented.items()
    }


def _takes(function: Callable[..., Any], arms: list[str]) -> bool:
    if _takes_by_name(function, arms):
        return True
    try:
        inspect.signature(function).bind(*arms)
    except ValueError:  # a function whose parameters are not known
        return True
    except TypeError:
        return False
    return len(arms) == 1


def _takes_by_name(function: Callable[..., Any], arms: list[str]) -> bool:
    try:
        inspect.signature(function).bind(**dict.fromkeys(arms))
    except ValueError:
        return len(arms) > 1
    except TypeError:
        return False
    return True

"""Figures that a document prints, and the value per seed that each is compared with."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from nnspec.basics.errors import InvalidValue, one_of, real_number
from nnspec.runs.runs import Runs
from nnspec.statistics.figures import BETTER, MOST_DECIMALS


@dataclass(frozen=True)
class Figure:
    """A number that a document prints, and the value per seed that it is compared with.

    `documented` as a text, "0.5000", says in how many decimals it was printed; values are compared in them.
    A number is compared to six digits. `of` is a function of the runs: of all arms by their names, of one arm
    alone by position. `better` says which values do at least as well, "higher" or "lower" ones. `explained`
    names the claim or fact about a change of the library that explains where the figure lies.
    """

    documented: float | str
    of: Callable[..., Any]
    better: str
    explained: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "documented", _printed("documented", self.documented))
        if not callable(self.of):
            raise InvalidValue("of", self.of, "a function of the runs, as lambda runs: runs.accuracy")
        one_of("better", self.better, BETTER)
        if not isinstance(self.explained, str):
            raise InvalidValue("explained", self.explained, "the name of a claim or fact, or nothing")

    @property
    def number(self) -> float:
        """The figure as a number."""
        return float(self.documented)

    @property
    def decimals(self) -> int | None:
        """In how many decimals it was printed; None where that is not known."""
        return _decimals(self.documented) if isinstance(self.documented, str) else None

    def values(self, runs: Mapping[str, Runs]) -> Any:
        """Return what `of` says of the runs of all arms."""
        return self.of(**runs) if _takes_by_name(self.of, list(runs)) else self.of(*runs.values())


def figures(claim: str, arms: list[str], documented: Mapping[str, float | str | Figure]) -> dict[str, Figure]:
    """Return the documented figures of a claim; a number is compared with the metric of its name.

    Of losses and errors, which their names tell, lower ones do as well, of other metrics higher ones.

    Raises
    ------
    InvalidValue
        If there are no names, no numbers, or a function that does not take the arms.
    """
    if not isinstance(documented, Mapping) or not all(isinstance(key, str) for key in documented):
        raise InvalidValue(f"{claim}: documented", documented, "a mapping of names to printed figures")

    def metric(name: str) -> Callable[..., Any]:
        return lambda **runs: runs[arms[0]].metric(name)

    found = {}
    for name, figure in documented.items():
        label = f"{claim}: documented {name}"
        if isinstance(figure, Figure):
            if not _takes(figure.of, arms):
                expected = f"a function of {', '.join(arms)}, as lambda {', '.join(arms)}: {arms[0]}.accuracy"
                raise InvalidValue(label, figure.of, expected)
            found[name] = figure
        else:
            found[name] = Figure(_printed(label, figure), metric(name), lower_or_higher(name))
    return found


def lower_or_higher(metric: str) -> str:
    """Return which values of a metric are the better ones, by its name: of losses and errors the lower."""
    return "lower" if any(word in metric.lower() for word in ("loss", "error")) else "higher"


def _printed(label: str, number: object) -> float | str:
    """Return a number, or one as it is printed."""
    if not isinstance(number, str):
        return real_number(label, number)
    if not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", number):
        raise InvalidValue(label, number, "a number, or one as it is printed, such as '0.5000'")
    decimals = _decimals(number)
    # what a float does not hold would be told with other digits, or as infinity
    if decimals > MOST_DECIMALS or Decimal(f"{float(number):.{decimals}f}") != Decimal(number):
        raise InvalidValue(label, number, "no more digits than a float tells apart, about sixteen")
    return number


def _decimals(printed: str) -> int:
    return len(printed.partition(".")[2])


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

"""The place of a printed figure among the runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnspec.basics.arrays import real_numbers
from nnspec.basics.errors import InvalidValue, one_of, real_number
from nnspec.statistics.order_statistics import CONFIDENCE, quantile
from nnspec.statistics.scales import as_well, middle
from nnspec.statistics.shares import share_interval

Better = Literal["higher", "lower"]
BETTER: tuple[Better, ...] = ("higher", "lower")
_FEWEST = 16  # seeds among which one may speak of groups
_CENTRAL = (2.5, 25.0, 50.0, 75.0, 97.5)
_SIX_DIGITS, _ROUND_OFF = 1e-6, 1e-9  # of a number itself
MOST_DECIMALS = 100  # a text of as many as a file may ask for would fill the memory


@dataclass(frozen=True)
class Placed:
    """A documented figure among the values of the seeds.

    `as_well` of `seeds` do at least as well, which is `better` "higher" or "lower", and `equal` of these give
    the figure itself; `interval` holds the share of all seeds that do as well, valid at every stopping point
    at the error rate of a verdict. `places` are the words for it, of which several are left open; they count
    seeds that give the figure itself in its favour (`nnspec.statistics.scales.middle`). `quantiles` are the
    2.5, 25, 50, 75 and 97.5 % points of the finite seeds, and `median_interval` is a 95 % interval for every
    distribution, None where so few seeds cannot give it; it takes no part in the error rate. `gap` are the
    two seeds' figures on either side of the figure, where more than half of the central 95 % lies between
    them, so that no seed comes near it. `decimals` is how many were printed, None where that is not known.
    `explained` names the claim or fact about a change of the library that moved it.
    """

    documented: float
    better: Better
    as_well: int
    seeds: int
    interval: tuple[float, float]
    places: tuple[str, ...]
    quantiles: tuple[float, float, float, float, float]
    median_interval: tuple[float, float] | None = None
    gap: tuple[float, float] | None = None
    decimals: int | None = None
    explained: str = ""
    equal: int = 0

    def __post_init__(self) -> None:
        if self.decimals is not None and not 0 <= self.decimals <= MOST_DECIMALS:
            raise InvalidValue("decimals", self.decimals, f"from 0 to {MOST_DECIMALS}")

    @property
    def middle(self) -> int:
        """How many seeds count as better than the figure where a share of them is asked for."""
        return middle(self.as_well, self.equal, self.seeds)

    @property
    def printed(self) -> str:
        """The figure as the document prints it."""
        return f"{self.documented:.6g}" if self.decimals is None else f"{self.documented:.{self.decimals}f}"


def does_as_well(
    documented: float, values: ArrayLike, better: str, decimals: int | None = None
) -> NDArray[np.bool_]:
    """Return which seeds do at least as well as a documented figure, (seeds,); what diverged does not.

    Values are compared in the `decimals` that were printed, as a value that rounds to the same does as
    well. Where they are not known, values that agree to six digits are alike.

    Raises
    ------
    InvalidValue
        If the values are not real numbers (seeds,), or `better` is neither "higher" nor "lower".
    """
    numbers = real_numbers("values", values).astype(np.float64)
    if numbers.ndim != 1:
        raise InvalidValue("values.shape", numbers.shape, "one value per seed, (seeds,)")
    documented, better = real_number("documented", documented), one_of("better", better, BETTER)
    near = slack(documented, decimals)
    with np.errstate(invalid="ignore"):
        reached = numbers >= documented - near if better == "higher" else numbers <= documented + near
    return np.asarray(reached & np.isfinite(numbers))


def gives_itself(documented: float, values: ArrayLike, decimals: int | None = None) -> NDArray[np.bool_]:
    """Return which seeds give a documented figure as it is told, (seeds,); errors as `does_as_well`."""
    higher, lower = (does_as_well(documented, values, better, decimals) for better in BETTER)
    return higher & lower


def place(
    documented: float,
    values: ArrayLike,
    better: str,
    error_rate: float,
    decimals: int | None = None,
    explained: str = "",
) -> Placed:
    """Return where a documented figure lies among the values of the seeds.

    Raises
    ------
    InvalidValue
        As `does_as_well`, or if no value is finite.
    """
    reached = does_as_well(documented, values, better, decimals)
    finite = np.asarray(values, np.float64)
    finite = finite[np.isfinite(finite)]
    if not len(finite):
        raise InvalidValue("values", values, "at least one finite value to compare the figure with")
    count, seeds = int(reached.sum()), len(reached)
    equal = int(gives_itself(documented, values, decimals).sum())
    low, lower, half, upper, high = (float(q) for q in np.percentile(finite, _CENTRAL))
    central = quantile(finite)
    return Placed(
        documented=real_number("documented", documented),
        better="lower" if better == "lower" else "higher",
        as_well=count,
        seeds=seeds,
        interval=share_interval(count, seeds, error_rate),
        places=as_well(middle(count, equal, seeds), seeds, error_rate),
        quantiles=(low, lower, half, upper, high),
        median_interval=(central.low, central.high) if central.confidence >= CONFIDENCE else None,
        gap=_gap(np.sort(finite), documented, high - low, slack(documented, decimals)),
        decimals=decimals,
        explained=explained,
        equal=equal,
    )


def slack(documented: float, decimals: int | None) -> float:
    """Return how far from a documented figure a value may be and still be told as the same."""
    if decimals is None:
        return _SIX_DIGITS * abs(documented)
    return 10.0**-decimals / 2 + _ROUND_OFF * abs(documented)


def _gap(
    ordered: NDArray[np.float64], documented: float, width: float, near: float
) -> tuple[float, float] | None:
    """Return the values on either side of a figure, if over half of `width` is between them.

    There is no gap around a figure that a value within `near` of it has.
    """
    ties = np.abs(ordered - documented) <= near
    below = int((ordered < documented).sum())
    if ties.any() or len(ordered) < _FEWEST or not 0 < below < len(ordered):
        return None
    low, high = float(ordered[below - 1]), float(ordered[below])
    return (low, high) if high - low > width / 2 else None

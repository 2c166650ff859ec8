"""All printed figures of a fit together, and whether they are such as the runs of today's code give.

One figure is lucky in one of twenty runs, and a notebook prints dozens. Whether the library, the data or the
recipe has changed is asked of all of them at once: the printed figures of a fit, its log in epochs 1, 2, 4,
8 … and the last, and what was evaluated after it, are one row among the same figures of every run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.notebook.figures import Figure
from nnspec.notebook.repeating.asked import Asked
from nnspec.notebook.repeating.claims import documented
from nnspec.notebook.repeating.quantities import Quantity
from nnspec.notebook.repeating.recipes import Repeated
from nnspec.notebook.static import Static
from nnspec.runs.runs import Runs
from nnspec.statistics.outlying import p_outlying, smallest

# Of saying of a notebook that is unchanged that it has changed. Fewer than 1 % is asked for, and p-values
# among 400 runs are multiples of 1/401. Four of them, 0.998 %, would be measured as 1 % or more in every
# other study. Three, 0.748 %, stay below 1 % in 91 of 100 studies of ten notebooks with 400 draws each, and
# in 96 of 100 with twenty: the chance of a draw has, given the runs of a notebook, a Beta(3, 398) law.
LEVEL = 0.0075


@dataclass(frozen=True)
class FitTogether:
    """The figures of a fit among those of `seeds` runs, with the p-value that they were made alike."""

    fit: int
    figures: int
    seeds: int
    p: float


@dataclass(frozen=True)
class Together:
    """The figures of all fits; p-values are multiplied by the number of fits (Bonferroni)."""

    fits: tuple[FitTogether, ...] = ()

    @property
    def changed(self) -> tuple[FitTogether, ...]:
        """The fits whose figures are not such as runs give: of an unchanged notebook one in `LEVEL` times."""
        return tuple(one for one in self.fits if one.p * len(self.fits) <= LEVEL)

    @property
    def can_tell(self) -> bool:
        """Whether every fit has seeds enough to be found changed."""
        return bool(self.fits) and all(len(self.fits) * smallest(one.seeds) <= LEVEL for one in self.fits)


@dataclass(frozen=True)
class Column:
    """A printed figure, and the same of every run (seeds,), in the digits that were printed."""

    printed: float
    values: NDArray[np.float64]


class Gathered:
    """Gathers the figures of fits as they are judged; `columns` has them by the number of the fit.

    Values of runs are in the digits that were printed, or in all where `as_printed` is false.
    """

    def __init__(self, static: Static, as_printed: bool = True) -> None:
        self.columns: dict[int, list[Column]] = {}
        self._static, self._as_printed = static, as_printed

    def add(self, asked: Asked, repeated: Repeated, quantity: Quantity, runs: Runs) -> None:
        """Take a figure with its runs, and of a log its earlier epochs."""
        columns = self.columns.setdefault(asked.fit, [])
        columns += column(asked.figure, quantity.of(runs), self._as_printed)
        for figure in earlier(self._static, asked):
            values = runs.epoch(asked.key, repeated.before + (figure.epoch or 1))
            columns += column(figure, values, self._as_printed)

    def together(self) -> Together:
        """Return what all that was taken says."""
        return Together(
            tuple(_of_fit(fit, columns) for fit, columns in sorted(self.columns.items()) if columns)
        )


def column(figure: Figure, values: Any, as_printed: bool = True) -> Iterator[Column]:
    """Yield a figure with the same of every run; nothing of one that is no number."""
    written = documented(figure)
    if written is None:
        return
    numbers = np.asarray(values, np.float64)
    if isinstance(written, str) and as_printed:
        numbers = np.round(numbers, len(written.partition(".")[2]))
    yield Column(float(written), numbers)


def earlier(static: Static, asked: Asked) -> Iterator[Figure]:
    """Yield the figures of the same metric in epochs 1, 2, 4, 8 … of the same log, before the last."""
    last = asked.figure
    if asked.evaluation is not None or last.order is None:
        return
    for one in static.figures:
        same = (one.cell, one.kind, one.order, one.metric) == (last.cell, "fit", last.order, last.metric)
        if same and one.epoch is not None and one.epoch < (last.epoch or 0) and one.epoch.bit_count() == 1:
            yield one


def _of_fit(fit: int, columns: Sequence[Column]) -> FitTogether:
    seeds = min(len(one.values) for one in columns)
    row = [one.printed for one in columns]
    rows = np.stack([one.values[:seeds] for one in columns], axis=1)
    return FitTogether(fit, len(columns), seeds, p_outlying(row, rows))

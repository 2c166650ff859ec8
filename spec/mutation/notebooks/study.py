"""What the test of a notebook notices of a change, and how often it calls an unchanged notebook changed.

A notebook is called changed where its test of all figures together fails
(`nnspec.notebook.guarding.verdict.of_all`): where what is printed is no longer done, or among the runs of
the seeds 0 to 399 of today's code, which are enough for one fit at the level of 0.0075. All that was
tried:

1. A first rule, fixed before anything was run, looked at the nearest neighbours of a row alone. On five of
   the notebooks of `sources` it noticed 27 of 60 changes, and not a learning rate three times as high for
   digits, whose figures lie far beyond all runs: in twenty columns without correlation a shift of all of
   them is lost. The ranks of single figures were added, and the notebooks were run anew.
2. That rule noticed 55 of 120 changes of ten notebooks at a level of 0.005. The checks without statistics
   and the level of 0.0075 came after it, each from its own reasons.
3. Then sixteen scores were tried on 21 changes of three of those notebooks (circles, moons, blobs) that
   take statistics, over epochs 1, 2, 4, 8 … and over all epochs: ranks, one, five and twenty neighbours,
   Mahalanobis distances with two ridges, with Ledoit and Wolf's shrinkage and of normal scores, a kernel
   density, the logarithms of figures, and two or three of these by the larger rank. The rule as it was
   noticed 13 of 21 over epochs 1, 2, 4, 8 … and 12 over all; the best ones 14 (its ranks and neighbours of
   logarithms over epochs 1, 2, 4, 8 …; ranks and Mahalanobis distance over all), the worst one 5. One
   change more is no reason: the rule stayed, and the notebooks of `fresh`, which were written before that,
   were judged by it.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnspec.claims.budget import parse
from nnspec.notebook.captured import Captured
from nnspec.notebook.guarding import verdict
from nnspec.notebook.guarding.guard import found_of
from nnspec.notebook.guarding.guarded import Guarded
from nnspec.notebook.guarding.listed import listed
from nnspec.notebook.repeating.placing import ERROR_RATE
from nnspec.notebook.repeating.prepared import prepare
from nnspec.notebook.repeating.together import LEVEL, Gathered, column, earlier
from nnspec.notebook.running.cell_run import CellRun
from nnspec.notebook.static import Static, read_static
from nnspec.session.session import Session
from nnspec.statistics.outlying import p_outlying
from nnspec.statistics.scales import OUT_OF_REACH, as_well
from nnspec.store.store import Store
from nnspec.studies.notebook_mutation.record import Mutated, Unchanged
from nnspec.workers.pool import Workers
from spec.mutation.notebooks.in_process import InProcess
from spec.mutation.notebooks.mutants import NotebookMutant
from spec.mutation.notebooks.printing import printed
from spec.mutation.notebooks.sets import NOTEBOOKS
from spec.mutation.notebooks.sources import Cells

SEEDS, DRAWN = 400, 400
REAL = 4  # further runs of every notebook by Keras itself


class Study:
    """Keeps Keras, the processes that train and the store over all notebooks."""

    def __init__(self, workers: Workers, store: Store) -> None:
        self._cells, self._workers, self._store = InProcess(), workers, store
        self._unchanged: dict[str, NDArray[np.float64]] = {}  # figures of the runs, by the notebook

    def mutant(self, name: str, mutant: NotebookMutant | None) -> Mutated:
        """Return what the tests of a notebook say of a mutant, whose cells are run; None is the control."""
        started = time.perf_counter()
        cells = NOTEBOOKS[name] if mutant is None else mutant.mutated(NOTEBOOKS[name])
        static = _with_cells(name, cells)
        with tempfile.TemporaryDirectory() as folder:
            runs, captured = self._cells.run(cells, Path(folder))
            found = self._found(static, runs, captured)
            exactly = bool(found.gone) or any(one.changed for one in found.found.values())
            same = mutant is not None and not exactly and self._is_same(name, static, captured)
        together = verdict.of_all(found)
        endings = {
            **{one.name: verdict.of_figure(one, found, "ordinary").ending for one in listed(static).figures},
            **{one.name: verdict.of_order(one, found, "ordinary").ending for one in listed(static).orders},
        }
        return Mutated(
            notebook=name,
            name="unchanged" if mutant is None else mutant.name,
            statement="nothing is changed" if mutant is None else mutant.statement,
            noticed=together.ending == "failed",
            exactly=exactly,
            equivalent=same,
            told=together.told,
            p=min((one.p for one in found.together.fits), default=None),
            figures=len(endings),
            figures_failed=sum(ending == "failed" for ending in endings.values()),
            figures_skipped=sum(ending == "skipped" for ending in endings.values()),
            seconds=round(time.perf_counter() - started, 1),
        )

    def _is_same(self, name: str, static: Static, captured: Captured) -> bool:
        """Return whether each seed gives the figures that it gives for the unchanged notebook, bit by bit."""
        if name not in self._unchanged:
            with tempfile.TemporaryDirectory() as folder:
                _, own = self._cells.run(NOTEBOOKS[name], Path(folder))
                self._unchanged[name] = self._rows(_with_cells(name, NOTEBOOKS[name]), own, 0, SEEDS, False)
        rows = self._rows(static, captured, 0, SEEDS, False)
        return np.array_equal(rows, self._unchanged[name], equal_nan=True)

    def _found(self, static: Static, runs: Sequence[CellRun], captured: Captured) -> Guarded:
        rate = ERROR_RATE / max(1, len(listed(static).figures))
        budget = parse("standard", str(SEEDS))
        return found_of(static, runs, captured, budget, rate, self._workers, self._store)

    def unchanged(self, name: str) -> Unchanged:
        """Return how often a notebook is called changed whose figures are those of other seeds."""
        static = _with_cells(name, NOTEBOOKS[name])
        with tempfile.TemporaryDirectory() as folder:
            _, captured = self._cells.run(NOTEBOOKS[name], Path(folder))
            rows = self._rows(static, captured, 0, SEEDS)
            drawn = self._rows(static, captured, SEEDS, SEEDS + DRAWN)
        ps = [p_outlying(row, rows) for row in drawn]
        real = [p_outlying(row, rows) for row in self._real(static)]
        return Unchanged(
            notebook=name,
            figures=rows.shape[1],
            drawn=len(ps),
            drawn_changed=sum(p <= LEVEL for p in ps),
            drawn_strange=sum(_has_strange(row, rows) for row in drawn),
            real=len(real),
            real_changed=sum(p <= LEVEL for p in real),
        )

    def _rows(
        self, static: Static, captured: Captured, begin: int, end: int, as_printed: bool = True
    ) -> NDArray[np.float64]:
        """Return the figures of runs of the seeds from `begin` to `end`, (seeds, figures).

        They have the digits that are printed, or all.
        """
        prepared, gathered = prepare(static, captured), Gathered(static, as_printed)
        session = Session(parse("standard", str(SEEDS)), 1e-3, self._store, workers=self._workers)
        for asked, _ in prepared.claims:
            repeated, quantity = prepared.trained[id(asked)]
            runs = session.runs(repeated.recipe, range(begin, end))
            gathered.add(asked, repeated, quantity, runs)
        columns = [one.values for found in gathered.columns.values() for one in found]
        return np.stack(columns, axis=1) if columns else np.empty((end - begin, 0))

    def _real(self, static: Static) -> Iterator[NDArray[np.float64]]:
        """Yield the figures that further runs of a notebook by Keras itself print."""
        for _ in range(REAL):
            with tempfile.TemporaryDirectory() as folder:
                _, captured = self._cells.run([cell.source for cell in static.notebook.code], Path(folder))
                row = []
                for asked, _ in prepare(static, captured).claims:
                    history = captured.fits[asked.fit].history
                    for figure in (asked.figure, *earlier(static, asked)):
                        given = asked.evaluation.result[asked.key] if asked.evaluation else None
                        value = history[asked.key][(figure.epoch or 1) - 1] if given is None else given
                        row += [one.values for one in column(figure, value)]
                yield np.array(row)


def _has_strange(row: NDArray[np.float64], rows: NDArray[np.float64]) -> bool:
    """Return whether one of the figures of a run alone is lucky, unlucky or out of reach among the others."""
    rate = ERROR_RATE / len(row)
    for value, column_of_runs in zip(row, rows.T, strict=True):
        places = as_well(int((column_of_runs >= value).sum()), len(column_of_runs), rate)
        if set(places) <= {"lucky", "unlucky", OUT_OF_REACH}:
            return True
    return False


def _with_cells(name: str, cells: Cells) -> Static:
    """Return a printed notebook with other code in its cells."""
    notebook = printed(name)
    changed = (replace(cell, source=source) for cell, source in zip(notebook.cells, cells, strict=True))
    return read_static(replace(notebook, cells=tuple(changed)))

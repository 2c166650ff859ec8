"""A notebook run once, trained from many seeds and judged, for all of its tests together."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from nnspec.basics.errors import NnspecError
from nnspec.claims.budget import Budget
from nnspec.notebook.after_run.all_found import found_after_run
from nnspec.notebook.captured import Captured, read_captured
from nnspec.notebook.figures import Figure
from nnspec.notebook.findings.all_findings import findings_of
from nnspec.notebook.guarding.guarded import Found, Guarded, OtherData
from nnspec.notebook.guarding.listed import ListedOrder, listed, printed_order
from nnspec.notebook.guarding.verdict import suspects
from nnspec.notebook.repeating.evaluated_names import EvaluatedNames
from nnspec.notebook.repeating.joined import told_again
from nnspec.notebook.repeating.other_data import differing
from nnspec.notebook.repeating.placing import PlacedOrder, Placing, place_figures
from nnspec.notebook.rests_on import stale_cells, without_stale
from nnspec.notebook.running.cell_run import CellRun
from nnspec.notebook.running.limits import Limits
from nnspec.notebook.running.run import run_notebook
from nnspec.notebook.static import Static
from nnspec.store.store import Store
from nnspec.workers.pool import Workers


def guard(
    static: Static,
    budget: Budget,
    error_rate: float,
    limits: Limits | None = None,
    workers: Workers | None = None,
    store: Store | None = None,
) -> Guarded:
    """Run a notebook, train what printed its figures, and return what was found of each and of each order.

    `error_rate` is that of one verdict. What cannot be run at all is told as `error`.
    """
    with tempfile.TemporaryDirectory(prefix="nnspec-notebook-") as name:
        try:
            runs = run_notebook(static.notebook, Path(name), limits)
            captured = without_stale(static, runs, read_captured(Path(name)))
            found = found_of(static, runs, captured, budget, error_rate, workers, store)
            return _with_other_data(static, captured, found, limits)
        except (NnspecError, OSError) as error:
            return Guarded(error=str(error))


def found_of(
    static: Static,
    runs: Sequence[CellRun],
    captured: Captured,
    budget: Budget,
    error_rate: float,
    workers: Workers | None = None,
    store: Store | None = None,
) -> Guarded:
    """Return what was found of a notebook whose cells came out so, and of which this was captured.

    Raises
    ------
    NnspecError
        If the store cannot be used, or what was captured cannot be read.
    """
    wanted = listed(static)
    pairs = [(one.first, one.second) for one in wanted.orders]
    placing = place_figures(
        *(static, captured, budget, store), pairs=pairs, error_rate=error_rate, workers=workers
    )
    failed = {run.cell: run for run in runs if run.outcome != "ran"}
    by_figure = _of_figures(static, captured, placing, failed, stale_cells(static, runs))
    found = {one.name: by_figure[id(one.figure)] for one in wanted.figures}
    for order in wanted.orders:
        found[order.name] = _of_order(order, placing, by_figure)
    listed_pairs = {(id(one), id(other)) for one, other in pairs}
    others = {
        printed_order(*_figures(placed)): Found(placed.result, fit=placed.order.first.fit)
        for placed in placing.orders
        if tuple(map(id, _figures(placed))) not in listed_pairs
    }
    return Guarded(
        found,
        placing.together,
        others,
        tuple(one.sentence for one in failed.values()),
        tuple(one.sentence for one in findings_of(static)),
        tuple(one.sentence for one in found_after_run(static, captured, runs)),
        placing.results.seeds_trained,
        tuple(OtherData(fit, why) for fit, why in placing.other_data.items()),
    )


def _with_other_data(static: Static, captured: Captured, found: Guarded, limits: Limits | None) -> Guarded:
    """Return what was found, and where a fit is suspect, whether a second run of the notebook has its data.

    Before a notebook is said to have changed it is run once more: data that differ between the two runs
    differ from those of the printed figures, too.
    """
    known = {one.fit for one in found.other_data}
    if not suspects(found) - known:
        return found
    with tempfile.TemporaryDirectory(prefix="nnspec-notebook-") as name:
        run_notebook(static.notebook, Path(name), limits)
        differ = differing(captured, read_captured(Path(name)))
    more = [OtherData(fit, why) for fit, why in differ.items() if fit not in known]
    return replace(found, other_data=(*found.other_data, *more))


def _of_figures(
    static: Static, captured: Captured, placing: Placing, failed: dict[int, CellRun], stale: set[int]
) -> dict[int, Found]:
    """Return what was found of every figure, by its id()."""
    found: dict[int, Found] = {}
    for placed in placing.placed:
        found[id(placed.asked.figure)] = Found(placed.result, fit=placed.asked.fit, reader=placed.reader)
    behind = EvaluatedNames(static)
    for refused in placing.not_placed:
        cells = {refused.figure.cell, *behind.cells_behind(refused.figure.cell)}
        broken = [failed[cell] for cell in sorted(cells & set(failed))]
        why = "; ".join([refused.why, *(one.sentence for one in broken)])
        # what did not come to its end within the limits may be as it was
        late = any(one.outcome != "failed" for one in (broken or failed.values()))
        changed = refused.changed or bool(broken or cells & stale)
        found[id(refused.figure)] = Found(why=why, changed=changed and not (late and cells & stale))
    again = told_again(static, captured)
    return found | {one: found[id(main)] for one, main in again.items()}


def _figures(placed: PlacedOrder) -> tuple[Figure, Figure]:
    """Return the figures of an order, the better one first."""
    return placed.pair[0].figure, placed.pair[1].figure


def _of_order(order: ListedOrder, placing: Placing, figures: dict[int, Found]) -> Found:
    asked = [id(order.first), id(order.second)]
    for placed in placing.orders:
        if [id(one.figure) for one in placed.pair] == asked:
            return Found(placed.result, fit=placed.order.first.fit)
    for refused in placing.not_ordered:
        if [id(one.figure) for one in refused.pair] == asked:
            return Found(why=refused.why)
    missing = [figures[id(one)] for one in (order.first, order.second) if figures[id(one)].result is None]
    if missing:
        return Found(why=missing[0].why, changed=any(one.changed for one in missing))
    return Found(why="one of its figures says again what another one says")

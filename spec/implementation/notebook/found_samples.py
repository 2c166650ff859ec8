"""What is found of a small notebook, put together without a kernel and without training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from nnspec.notebook.captured import Captured
from nnspec.notebook.figures import Where, figure
from nnspec.notebook.findings.all_findings import findings_of
from nnspec.notebook.found import Found
from nnspec.notebook.not_captured import NotCaptured
from nnspec.notebook.repeating.asked import Asked, NotPlaced
from nnspec.notebook.repeating.placing import PlacedFigure, PlacedOrder, Placing
from nnspec.notebook.running.cell_run import CellRun
from nnspec.results.claim_result import ClaimResult
from nnspec.results.order import Model, Order
from nnspec.results.reading import results_of
from spec.implementation.notebook.captured_samples import captured, evaluation, fit
from spec.implementation.notebook.notebook_samples import code, read
from spec.implementation.notebook.test_findings import log
from spec.implementation.report.report_samples import figure as place
from spec.implementation.report.report_samples import placed, results

NASTY = '<script>alert("1")</script> & | `ärger` \x1b[31m'


def found(tmp_path: Path, nasty: str = "", orders: Sequence[ClaimResult] = (), **changes: Any) -> Found:
    """Return a notebook of five cells with a lucky figure, an open one, one without a place and findings."""
    static = read(
        tmp_path,
        f"# Circles {nasty}\n\nThe accuracy is 91.5 %. {nasty}",
        code("model.fit(x, y, epochs=7)", log("0.5", "0.4"), count=4),
        code(f"model.evaluate(x, y)  # {nasty}", "accuracy: 0.99\n", count=3),
        code("confusion_matrix(y, model.predict(x))", count=5),
        code("print('nothing')", "nothing\n", count=6),
    )
    ran = [CellRun(number, "ran", 1.0) for number in (1, 2, 4)]
    failed = CellRun(3, "failed", 1.0, "ValueError", f"a mix {nasty}", 1, "labels", ("installs nothing",))
    run: Captured = captured(fit(0, 1, arguments={"epochs": 7}), evaluation(0, 2), folder=tmp_path)
    values: dict[str, Any] = {
        "runs": (*ran[:2], failed, ran[2]),
        "captured": run,
        "missing": (NotCaptured(3, "evaluate", f"x: a generator, see [4] {nasty}"),),
        "placing": replace(placing(run, nasty), orders=tuple(map(_order, orders))),
    }
    return Found(static, findings_of(static), **{**values, **changes})


def placing(run: Captured, nasty: str = "") -> Placing:
    """Return a place for the figure that was evaluated, none for one of the fit, and a figure on offer."""
    where, more = Where(2, 0, 1), {"data": "test"}
    lucky = figure(where, "sentence", "sentence", "accuracy", "0.99", **more)
    unclear = figure(Where(2, 0, 2), "sentence", "sentence", "loss", "0.1")
    rows = [
        _row("lucky", 2, ["lucky"], [0.0001, 0.02]),
        _row("open", 9, ["lucky", "better than most", "usual"], [0.01, 0.6]),
    ]
    told = results_of(results(*rows), "made up")
    first, second = told.claims
    asked = [Asked(one, 0, run.evaluations[0], "accuracy") for one in (lucky, unclear)]
    return Placing(
        (
            PlacedFigure(asked[0], first, (0.7, 0.8, 0.95), 42),
            PlacedFigure(asked[1], second, None, None),
        ),
        (NotPlaced(figure(Where(1, 0, 2), "fit", "bar", "loss", "0.4"), f"fit 0: no {nasty}"),),
        ("2:accuracy=91.5%",),
        told,
    )


def _order(result: ClaimResult) -> PlacedOrder:
    one, other = (
        Asked(figure(Where(2, 0, n), "sentence", "sentence", "accuracy", "0.9"), n, None, "accuracy")
        for n in (1, 2)
    )
    order = Order("accuracy", "higher", Model("model_2", 1, 2, "0.9"), Model("model_1", 0, 2, "0.9"), 100, 0)
    return PlacedOrder((one, other), order, replace(result, order=order))


def _row(name: str, as_well: int, places: list[str], interval: list[float]) -> dict[str, Any]:
    verdict = {"verdict": "undecided", "places": []} if len(places) > 2 else {}
    figures = {"accuracy": place(as_well=as_well, interval=interval, places=places)}
    counts = {"successes": as_well, "interval": interval, "figures": figures}
    return placed("figure", *places, id=f"made-{name}", document="made", title="made.ipynb", **counts) | {
        **{
            "section": "Cell [2]",
            "detail": "",
            "expected": "",
            "replay": "nnspec notebook made.ipynb --seeds 4",
        },
        **verdict,
    }

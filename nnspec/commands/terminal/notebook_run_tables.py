"""What `nnspec notebook` prints of the run: what did not run, what was captured, and what was not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nnspec.commands.terminal.console import console as console_of
from nnspec.commands.terminal.listing_table import say, table
from nnspec.notebook.captured import Captured, Fit
from nnspec.notebook.findings.finding import Finding
from nnspec.notebook.not_captured import NotCaptured
from nnspec.notebook.run_words import came_out
from nnspec.notebook.running.cell_run import CellRun

if TYPE_CHECKING:
    from rich.console import Console


def show(
    runs: Sequence[CellRun],
    captured: Captured,
    missing: Sequence[NotCaptured],
    console: Console | None = None,
    *,
    before: str = "",
) -> None:
    """Print how the cells came out and what was captured, `before` in a folder of this name."""
    out = console_of(console)
    ran = sum(run.outcome == "ran" for run in runs)
    seconds = sum(run.seconds for run in runs)
    when = f"Run before, as {before} has it" if before else "Run once"
    say(out, f"\n{when}: {ran} of {len(runs)} cells of code came to their end, in {seconds:.0f} s")
    for _, sentence in came_out(runs):
        say(out, f"- {sentence}")
    for cell, remark in captured.remarks:
        say(out, f"- {'' if cell is None else f'[{cell}] '}{remark}")
    for dataset in captured.served:
        say(out, f"- keras.datasets.{dataset} came from nnspec's data folder, verified")
    heads = ("cell", "fit", "model", "starts", "examples", "epochs", "this run")
    table(out, "Captured fits", heads, [_fit(fit) for fit in captured.fits if fit.ended and not fit.error])
    if missing:
        say(out, "\nNot captured, and so not repeated")
    for one in missing:
        say(out, f"- {'' if one.cell is None else f'[{one.cell}] '}{one.what}: {one.why}")


def show_gone(findings: Sequence[Finding], console: Console | None = None) -> None:
    """Print what is printed and no longer done; nothing where all is."""
    out = console_of(console)
    if findings:
        say(out, "\nWhat printed some figures is no longer done")
    for one in findings:
        say(out, f"- {one.sentence}")


def _fit(fit: Fit) -> tuple[str, ...]:
    start = fit.start.get("initial", "")
    if start == "continued":
        start = f"after fit {fit.start['after']}"
    elif start == "transferred":
        start = f"weights of fit {fit.start['after']}"
    elif start == "other":
        start = str(fit.start["why"])
    shape = (fit.data.get("x") or {}).get("shape")
    last = ", ".join(f"{name} {values[-1]:.4g}" for name, values in fit.history.items() if values)
    where = f"[{fit.cell}]" + (f" in {fit.functions[-1]}()" if fit.functions else "")
    epochs = str(fit.arguments.get("epochs", 1))
    return where, str(fit.number), str(fit.model["name"]), start, str(shape[0]) if shape else "", epochs, last

"""What `nnspec notebook` prints of the file: calls, figures, candidates and findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from nnspec.basics.files import shown
from nnspec.commands.terminal.console import console as console_of
from nnspec.commands.terminal.listing_table import say, table
from nnspec.notebook.calls import Call
from nnspec.notebook.figures import Figure
from nnspec.notebook.findings.finding import Finding
from nnspec.notebook.static import Static

if TYPE_CHECKING:
    from rich.console import Console

_MOST = 60  # rows of a table; --json has them all


def show(
    static: Static, findings: Sequence[Finding], console: Console | None = None, *, run: bool = False
) -> None:
    """Print the tables; of a fit the last epoch alone. `run` says whether the notebook is run besides."""
    out = console_of(console)
    notebook = static.notebook
    code = f"{len(notebook.code)} of {len(notebook.cells)} cells hold code"
    say(out, f"{shown(notebook.path)}: a {notebook.kind}, {code}" + ("" if run else "; nothing was run"))
    if static.code.unreadable:
        say(out, f"no Python of today: {_cells(static.code.unreadable)}")
    table(out, "Calls", ("cell", "line", "call", "arguments"), [_call(one) for one in static.calls], _MOST)
    last = {(log.cell, log.order): log.last_epoch for log in static.logs if log.kind == "fit"}
    rows = [_figure(one) for one in static.figures if _shown(one, last)]
    heads = ("cell", "line", "what", "metric", "printed", "Keras name", "note")
    table(out, "Printed figures", heads, rows, _MOST)
    if not static.figures:
        say(out, _why_none(static))
    table(
        out,
        "Candidates in the prose, which may be of other runs",
        ("cell", "metric", "figure", "of", "sentence"),
        [
            (f"[{c.cell}]", c.metric, c.printed + " %" * c.percent, c.data, c.sentence[:100])
            for c in static.candidates
        ],
        _MOST,
    )
    say(out, f"\nFindings: {len(findings)}")
    for finding in findings:
        say(out, f"- {finding.sentence}")


def _shown(one: Figure, last: dict[tuple[int, int], int | None]) -> bool:
    if one.kind != "fit":
        return True
    if one.order is None:
        return one.epoch == one.epochs  # of a History
    return one.epoch == last[one.cell, one.order]


def _why_none(static: Static) -> str:
    if static.notebook.kind == "script":
        return "\nno printed figures: a script holds no outputs"
    if not static.notebook.stored_outputs:
        return "\nno printed figures: the outputs were stripped, or the notebook was never run"
    return "\nno printed figures: no output names a metric"


def _call(call: Call) -> tuple[str, ...]:
    arguments = ", ".join(f"{name}={value}" for name, value in call.arguments.items())
    where = f" in {call.function}(), called in {_cells(call.called_in)}" if call.function else ""
    loop = " in a loop" if call.in_loop else ""
    return f"[{call.cell}]", str(call.line), f"{call.model}.{call.method}{where}{loop}", arguments


def _cells(numbers: Iterable[int]) -> str:
    return ", ".join(f"[{number}]" for number in numbers) or "no cell"


def _figure(one: Figure) -> tuple[str, ...]:
    what = one.kind if one.epoch is None else f"fit, epoch {one.epoch} of {one.epochs}"
    if one.kind == "sentence" and one.data:
        what = f"sentence, {one.data}"
    note = "the returned value counts" if one.outdone else "running mean" if one.running_mean else ""
    if one.kind == "evaluate" and one.form == "Keras 3 bar" and not one.outdone:
        note = "bars of Keras 3 can differ from what evaluate returns"
    printed = one.printed + " %" * one.percent
    return f"[{one.cell}]", str(one.line), what, one.metric, printed, one.name, note

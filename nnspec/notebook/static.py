"""All that can be read from a notebook without running it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nnspec.notebook.calls import Call, Code, calls_of, code_of
from nnspec.notebook.cells import Notebook
from nnspec.notebook.figures import Figure, Log
from nnspec.notebook.logs import logs_of
from nnspec.notebook.one_epoch import one_epoch_fits
from nnspec.notebook.printed_numbers import numbers_in_prints
from nnspec.notebook.printed_text import printed_lines
from nnspec.notebook.returned import Origins, returned_in
from nnspec.notebook.sentences import Candidate, candidates_in, sentences_in


@dataclass(frozen=True)
class Static:
    """Calls, logs, figures and candidates of a notebook, each in the order of the cells."""

    notebook: Notebook
    code: Code
    calls: tuple[Call, ...]
    logs: tuple[Log, ...]
    figures: tuple[Figure, ...]
    candidates: tuple[Candidate, ...]

    def figures_of(self, log: Log) -> list[Figure]:
        """Return the figures in the lines of a log."""
        return [
            one
            for one in self.figures
            if (one.cell, one.kind, one.order, one.form) == (log.cell, log.kind, log.order, log.form)
        ]

    def call_of(self, log: Log) -> Call | None:
        """Return the call that printed a log, where a cell has as many calls as logs, none repeated."""
        calls = [call for call in self.calls if call.cell == log.cell and call.method == log.kind]
        logs = [one for one in self.logs if one.cell == log.cell and one.kind == log.kind]
        once = all(not call.in_loop and not call.function for call in calls)
        return calls[log.order] if once and len(calls) == len(logs) else None


def read_static(notebook: Notebook) -> Static:
    """Return what a notebook says and shows."""
    code, origins = code_of(notebook), Origins()
    known = calls_of(code)
    logs: list[Log] = []
    figures: list[Figure] = []
    for cell in notebook.code:
        lines = printed_lines(cell)
        read = logs_of(cell.number, lines)
        if any(one.kind == "evaluate" for one in read.logs):
            one_epoch = one_epoch_fits(cell.number, known, read.logs, read.figures)
            read = logs_of(cell.number, lines, one_epoch)
        returned: list[Figure] = []
        if (tree := code.trees.get(cell.number)) is not None:
            origins.read(tree)
            bars = [one for one in read.figures if one.kind == "evaluate"]
            returned = list(returned_in(cell.number, tree, lines, bars, origins))
        taken = read.lines | {one.line for one in returned}
        said = list(sentences_in(cell.number, [line for line in lines if line.number not in taken]))
        taken |= {one.line for one in said}
        numbers = numbers_in_prints(code.trees, cell.number, lines, read.lines, origins)
        said += [one for one in numbers if one.line not in taken]
        logs += read.logs
        found = [*_outdone(read.figures, returned), *returned, *said]
        figures += sorted(found, key=lambda one: one.line)
    candidates = [c for cell in notebook.cells if cell.kind == "markdown" for c in candidates_in(cell)]
    return Static(
        notebook,
        code,
        calls_of(code, {one.cell for one in logs if one.kind == "fit"}),
        tuple(logs),
        tuple(figures),
        tuple(candidates),
    )


def _outdone(bars: Sequence[Figure], returned: Sequence[Figure]) -> list[Figure]:
    """Return the figures of logs, those marked beside which `evaluate` shows what it returned."""
    told = {(one.order, one.name) for one in returned if one.kind == "evaluate" and one.order is not None}
    return [
        replace(bar, outdone=True) if bar.kind == "evaluate" and (bar.order, bar.name) in told else bar
        for bar in bars
    ]

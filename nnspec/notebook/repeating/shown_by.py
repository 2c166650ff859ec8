"""Which expression of a cell printed a figure, and what the same expression printed at the run."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from nnspec.notebook.captured import Captured
from nnspec.notebook.cells import Cell
from nnspec.notebook.figures import Figure
from nnspec.notebook.print_templates import Template, is_print
from nnspec.notebook.printed_by import printed_by
from nnspec.notebook.printed_text import printed_lines
from nnspec.notebook.static import Static


@dataclass(frozen=True)
class Shown:
    """The expression whose value a figure is, a constant where the text of the code holds it itself.

    `cell` is that of the code and `function` the helper in which it stands. `today` are the numbers that the
    same expression printed when the notebook was run, as text, where it printed as many lines as are stored;
    `place` is that of the figure among them. They are empty where that is not known.
    """

    cell: int
    function: ast.FunctionDef | None
    expression: ast.expr
    today: tuple[str, ...] = ()
    place: int = 0


def shown_by(static: Static, figure: Figure, captured: Captured | None = None) -> Shown | None:
    """Return the expression whose value a figure is.

    None where that cannot be told: what no `print` of the cell, or more than one of them, may have printed.
    """
    tree = static.code.trees.get(figure.cell)
    if tree is None:
        return None
    if figure.form == "returned number":
        return _returned(tree, figure, captured)
    cell = next(one for one in static.notebook.code if one.number == figure.cell)
    lines = {one.number: one.text for one in printed_lines(cell)}
    text = lines.get(figure.line, "")
    place = _place(static, figure, text)
    if figure.kind != "sentence" or place is None:
        return None
    printed = printed_by(static.code.trees, figure.cell, printed_lines(cell))
    template = printed.get(figure.line)
    match = None if template is None else _matched(template, text)
    if template is None or match is None:
        return None
    holes = template.holes
    hole = next((at for at in range(len(holes)) if match.start(at + 1) <= place < match.end(at + 1)), None)
    if hole is None:
        return Shown(template.cell, template.function, ast.Constant(text))
    expression = holes[hole]
    if expression is None or match[hole + 1].strip(" %") != figure.printed:
        return None
    same = [number for number, one in printed.items() if one is template or one == template]
    today = _today(static, captured, cell, template, hole)
    known = len(today) == len(same)
    at = same.index(figure.line)
    return Shown(template.cell, template.function, expression, today if known else (), at if known else 0)


def is_held(static: Static, figure: Figure) -> bool:
    """Return whether the line of a sentence stands in the code as it is, in a callback for example."""
    cell = next(one for one in static.notebook.code if one.number == figure.cell)
    line = next((one.text.strip() for one in printed_lines(cell) if one.number == figure.line), "")
    texts = (
        node.value
        for tree in static.code.trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return figure.kind == "sentence" and bool(line) and any(line in text for text in texts)


def _returned(tree: ast.Module, figure: Figure, captured: Captured | None) -> Shown | None:
    """Return the last expression of a cell, whose value the notebook shows by itself."""
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr) or is_print(last.value):
        return None
    shown = () if captured is None else captured.shown.get(figure.cell, ())
    return Shown(
        figure.cell, None, last.value, tuple(one.text.strip() for one in shown if one.kind == "result")
    )


def _today(
    static: Static, captured: Captured | None, cell: Cell, template: Template, hole: int
) -> tuple[str, ...]:
    """Return what an expression printed at the run, line by line."""
    if captured is None or cell.number not in captured.shown:
        return ()
    lines = printed_lines(Cell(cell.number, "code", cell.source, None, captured.shown[cell.number]))
    printed = printed_by(static.code.trees, cell.number, lines)
    found: list[str] = []
    for line in lines:
        if printed.get(line.number) == template and (match := _matched(template, line.text)) is not None:
            found.append(match[hole + 1].strip(" %"))
    return tuple(found)


def _matched(template: Template, text: str) -> re.Match[str] | None:
    return template.pattern.fullmatch(text) or template.pattern.fullmatch(text.rstrip())


def _place(static: Static, figure: Figure, text: str) -> int | None:
    """Return where in its line a figure begins; None where its digits stand there more often than figures."""
    alike = [
        one
        for one in static.figures
        if (one.cell, one.line, one.printed) == (figure.cell, figure.line, figure.printed)
    ]
    number = rf"(?<![\w.]){re.escape(figure.printed)}(?![\w])(?!\.\d)"
    starts = [found.start() for found in re.finditer(number, text)]
    at = next((at for at, one in enumerate(alike) if one is figure), None)
    return starts[at] if at is not None and len(starts) == len(alike) else None

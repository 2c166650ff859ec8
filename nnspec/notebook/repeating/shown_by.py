"""Which expression of a cell printed a figure, and what the same expression printed at the run."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
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


class ShownBy:
    """Knows of every cell which of its lines which `print` printed, as they are stored and at the run."""

    def __init__(self, static: Static, captured: Captured) -> None:
        self._static, self._captured = static, captured
        self._stored: dict[int, _Printed] = {}
        self._today: dict[int, _Printed] = {}
        self._alike: dict[tuple[int, int, str], list[Figure]] = {}
        for one in static.figures:
            self._alike.setdefault((one.cell, one.line, one.printed), []).append(one)
        nodes = (node for tree in static.code.trees.values() for node in ast.walk(tree))
        texts = [
            node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        self._held = "\n".join(texts)

    def expression(self, figure: Figure) -> Shown | None:
        """Return the expression whose value a figure is.

        None where that cannot be told: what no `print` of the cell, or more than one of them, may have
        printed.
        """
        tree = self._static.code.trees.get(figure.cell)
        if tree is None:
            return None
        if figure.form == "returned number":
            return self._returned(tree, figure)
        printed = self._of(figure.cell)
        text = printed.lines.get(figure.line, "")
        place = self._place(figure, text)
        if figure.kind != "sentence" or place is None:
            return None
        template = printed.by.get(figure.line)
        match = None if template is None else _matched(template, text)
        if template is None or match is None:
            return None
        holes = range(len(template.holes))
        hole = next((at for at in holes if match.start(at + 1) <= place < match.end(at + 1)), None)
        if hole is None:
            return Shown(template.cell, template.function, ast.Constant(text))
        expression = template.holes[hole]
        if expression is None or match[hole + 1].strip(" %") != figure.printed:
            return None
        same, today = printed.of(template), self._of(figure.cell, today=True)
        numbers = tuple(today.shown(line, template, hole) for line in today.of(template))
        known = len(numbers) == len(same)
        at = same.index(figure.line) if known else 0
        return Shown(template.cell, template.function, expression, numbers if known else (), at)

    def is_held(self, figure: Figure) -> bool:
        """Return whether the line of a sentence stands in the code as it is, in a callback for example."""
        line = self._of(figure.cell).lines.get(figure.line, "").strip()
        return figure.kind == "sentence" and bool(line) and line in self._held

    def _of(self, number: int, today: bool = False) -> _Printed:
        kept = self._today if today else self._stored
        if number not in kept:
            cell = next(one for one in self._static.notebook.code if one.number == number)
            outputs = self._captured.shown.get(number, ()) if today else cell.outputs
            lines = printed_lines(Cell(number, "code", cell.source, None, outputs))
            by = printed_by(self._static.code.trees, number, lines)
            kept[number] = _Printed({one.number: one.text for one in lines}, by)
        return kept[number]

    def _returned(self, tree: ast.Module, figure: Figure) -> Shown | None:
        """Return the last expression of a cell, whose value the notebook shows by itself."""
        last = tree.body[-1] if tree.body else None
        if not isinstance(last, ast.Expr) or is_print(last.value):
            return None
        shown = self._captured.shown.get(figure.cell, ())
        texts = tuple(one.text.strip() for one in shown if one.kind == "result")
        return Shown(figure.cell, None, last.value, texts)

    def _place(self, figure: Figure, text: str) -> int | None:
        """Return where in its line a figure begins; None where its digits are there oftener than figures."""
        alike = self._alike.get((figure.cell, figure.line, figure.printed), [])
        number = rf"(?<![\w.]){re.escape(figure.printed)}(?![\w])(?!\.\d)"
        starts = [found.start() for found in re.finditer(number, text)]
        at = next((at for at, one in enumerate(alike) if one is figure), None)
        return starts[at] if at is not None and len(starts) == len(alike) else None


class _Printed:
    """The lines of a cell by their numbers, and the templates of those of which it can be told."""

    def __init__(self, lines: Mapping[int, str], by: Mapping[int, Template]) -> None:
        self.lines, self.by = lines, by
        self._lines_of: dict[Template, list[int]] = {}
        for number, template in by.items():
            self._lines_of.setdefault(template, []).append(number)

    def of(self, template: Template) -> list[int]:
        """Return the numbers of the lines of a template."""
        return self._lines_of.get(template, [])

    def shown(self, line: int, template: Template, hole: int) -> str:
        """Return what an expression printed in a line."""
        match = _matched(template, self.lines[line])
        return match[hole + 1].strip(" %") if match else ""


def _matched(template: Template, text: str) -> re.Match[str] | None:
    return template.pattern.fullmatch(text) or template.pattern.fullmatch(text.rstrip())

"""Which `print` printed a line of a cell: by what its lines look like, and by their order."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from nnspec.notebook.logs import logs_of
from nnspec.notebook.print_templates import Template, templates_of
from nnspec.notebook.printed_text import Line

_LONGEST = 300  # characters of a line in which figures are looked for


def printed_by(
    trees: Mapping[int, ast.Module], cell: int, lines: Sequence[Line], taken: frozenset[int] | None = None
) -> dict[int, Template]:
    """Return by its number the template of every line of which it can be told, logs left out.

    Where each `print` of a cell prints once, and as many lines stand there, they are counted. Otherwise a
    line is of the only expressions that can have printed it. `taken` are the lines of logs, where known.
    """
    if cell not in trees:
        return {}
    taken = logs_of(cell, lines).lines if taken is None else taken
    shown = [line for line in lines if line.kind == "stdout" and line.number not in taken]
    templates = templates_of(trees, cell)
    patterns = [one.pattern for one in templates]
    if len(shown) == len(templates) and not any(one.repeated for one in templates):
        pairs = list(zip(shown, templates, patterns, strict=True))
        if all(_fits(pattern, line) for line, _, pattern in pairs):
            return {line.number: template for line, template, _ in pairs}
    found: dict[int, Template] = {}
    for line in shown:
        may_be = [one for one, pattern in zip(templates, patterns, strict=True) if _fits(pattern, line)]
        if len(may_be) == 1:
            found[line.number] = may_be[0]
    return found


def _fits(pattern: object, line: Line) -> bool:
    fullmatch = pattern.fullmatch  # type: ignore[attr-defined]  # a pattern
    return len(line.text) <= _LONGEST and bool(fullmatch(line.text) or fullmatch(line.text.rstrip()))

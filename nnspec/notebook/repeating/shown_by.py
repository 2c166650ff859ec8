"""Which expression of a cell printed a figure: `print` calls as templates, held against the printed line."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from string import Formatter

from nnspec.notebook.figures import Figure
from nnspec.notebook.printed_text import printed_lines
from nnspec.notebook.static import Static

_Part = str | ast.expr | None  # text as it stands, what an expression gives, or what cannot be read
_DIRECTIVE = re.compile(r"%[-+ #0]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa%]")


def shown_by(static: Static, figure: Figure) -> ast.expr | None:
    """Return the expression whose value a figure is, a constant where the text of the code holds it itself.

    None where that cannot be told: what no `print` of the cell, or more than one of them, may have printed.
    """
    tree = static.code.trees.get(figure.cell)
    if tree is None:
        return None
    if figure.form == "returned number":
        last = tree.body[-1] if tree.body else None
        return last.value if isinstance(last, ast.Expr) and not _is_print(last.value) else None
    cell = next(one for one in static.notebook.code if one.number == figure.cell)
    text = next((one.text for one in printed_lines(cell) if one.number == figure.line), "")
    place = _place(static, figure, text)
    if figure.kind != "sentence" or place is None:
        return None
    found = {}
    for template in _templates(tree):
        pattern = _pattern(template)
        if (match := pattern.fullmatch(text) or pattern.fullmatch(text.rstrip())) is None:
            continue
        holes = [part for part in template if not isinstance(part, str)]
        inside = (at for at in range(len(holes)) if match.start(at + 1) <= place < match.end(at + 1))
        hole = next(inside, None)
        one = ast.Constant(text) if hole is None else holes[hole]
        alone = hole is None or match[hole + 1].strip(" %") == figure.printed
        if one is None or not alone:
            return None
        found[ast.unparse(one)] = one
    return next(iter(found.values())) if len(found) == 1 else None


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


def _templates(tree: ast.Module) -> Iterator[list[_Part]]:
    """Yield the lines that the calls of `print` in a cell can print."""
    for node in ast.walk(tree):
        if not _is_print(node):
            continue
        named = {one.arg: one.value for one in node.keywords}  # type: ignore[attr-defined]  # a call
        between = named.get("sep", ast.Constant(" "))
        parts: list[_Part] = []
        for argument in node.args:  # type: ignore[attr-defined]
            parts += [_text(between)] if parts else []
            parts += [None] if isinstance(argument, ast.Starred) else _parts(argument)
        yield from _lines(parts)


def _is_print(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _parts(node: ast.expr) -> list[_Part]:
    """Return what an expression is as text: f-strings, `%`, `.format`, `+` and `str` taken apart."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.JoinedStr):
        return [part for value in node.values for part in _parts(value)]
    if isinstance(node, ast.FormattedValue):
        return [node.value]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        both = _parts(node.left), _parts(node.right)
        # a sum of numbers is no text, and one expression
        return [*both[0], *both[1]] if any(isinstance(one, str) for side in both for one in side) else [node]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and (text := _text(node.left)):
        values = node.right.elts if isinstance(node.right, ast.Tuple) else [node.right]
        return _filled(text, values)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "str" and node.args:
        return [node.args[0]]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        text = _text(node.func.value)
        return [None] if text is None else _formatted(text, node)
    return [node]


def _filled(text: str, values: Sequence[ast.expr]) -> list[_Part]:
    """Return the parts of `text % values`."""
    directives = _DIRECTIVE.findall(text)
    wanted = [one for one in directives if one != "%%"]
    known = len(wanted) == len(values) and not any(isinstance(one, ast.Starred) for one in values)
    filled = iter(values if known else [None] * len(wanted))
    literals = _DIRECTIVE.split(text)
    parts: list[_Part] = [literals[0]]
    for directive, literal in zip(directives, literals[1:], strict=True):
        parts += ["%" if directive == "%%" else next(filled), literal]
    return parts


def _formatted(text: str, call: ast.Call) -> list[_Part]:
    """Return the parts of `text.format(...)`."""
    values: dict[str | None, ast.expr] = {str(at): one for at, one in enumerate(call.args)}
    values |= {one.arg: one.value for one in call.keywords}
    starred = any(isinstance(one, ast.Starred) for one in call.args) or None in values
    parts: list[_Part] = []
    try:
        fields = list(Formatter().parse(text))
    except ValueError:
        return [None]
    count = 0
    for literal, field, *_ in fields:
        parts.append(literal)
        if field is not None:
            parts.append(None if starred else values.get(field or str(count)))
            count += not field
    return parts


def _lines(parts: Sequence[_Part]) -> Iterator[list[_Part]]:
    """Yield the parts of every line, of texts that hold more than one."""
    line: list[_Part] = []
    for part in parts:
        first, *others = part.split("\n") if isinstance(part, str) else [part]
        line.append(first)
        for other in others:
            yield line
            line = [other]
    yield line


def _pattern(parts: Sequence[_Part]) -> re.Pattern[str]:
    return re.compile("".join(re.escape(part) if isinstance(part, str) else "(.*?)" for part in parts))

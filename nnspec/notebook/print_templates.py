"""What the calls of `print` in a cell can print: lines of text with holes, and the expressions in these."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from string import Formatter

_Part = str | ast.expr | None  # text as it stands, what an expression gives, or what cannot be read
_DIRECTIVE = re.compile(r"%[-+ #0]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa%]")
_DEFINED = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Template:
    """A line that a call of `print` can print.

    `cell` is that of the code, `function` the helper in which it stands, None outside of one. `parts` are
    text, expressions, and None for what cannot be read. `repeated`: it may print more than once, or never.
    """

    cell: int
    function: ast.FunctionDef | None
    parts: tuple[_Part, ...]
    repeated: bool

    @cached_property
    def holes(self) -> list[ast.expr | None]:
        """The expressions, from the left."""
        return [part for part in self.parts if not isinstance(part, str)]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What its lines look like, a group for every hole."""
        parts = (re.escape(part) if isinstance(part, str) else "(.*?)" for part in self.parts)
        return re.compile("".join(parts))


def templates_of(trees: Mapping[int, ast.Module], cell: int) -> list[Template]:
    """Return the lines that the prints of a cell can print, and those of helpers that it calls, in order."""
    tree = trees[cell]
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    helpers: dict[str, tuple[int, ast.FunctionDef]] = {}
    for other, above in trees.items():
        for node in above.body if other <= cell else ():
            if isinstance(node, ast.FunctionDef) and node.name in called:
                helpers[node.name] = other, node
    found = list(_in(tree, cell, None, False))
    for home, helper in helpers.values():
        for statement in helper.body:
            found += _in(statement, home, helper, True)
    return found


def _in(node: ast.AST, cell: int, function: ast.FunctionDef | None, repeated: bool) -> Iterator[Template]:
    if isinstance(node, _DEFINED | ast.ClassDef | ast.Lambda):
        return
    if is_print(node):
        for parts in _lines(_printed(node)):  # type: ignore[arg-type]  # a call
            yield Template(cell, function, tuple(parts), repeated)
    once = isinstance(node, ast.Module | ast.Expr | ast.With)
    for child in ast.iter_child_nodes(node):
        yield from _in(child, cell, function, repeated or not once)


def is_print(node: ast.AST) -> bool:
    """Return whether code is a call of `print`."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"


def _printed(node: ast.Call) -> list[_Part]:
    named = {one.arg: one.value for one in node.keywords}
    between = named.get("sep", ast.Constant(" "))
    parts: list[_Part] = []
    for argument in node.args:
        parts += [_text(between)] if parts else []
        parts += [None] if isinstance(argument, ast.Starred) else _parts(argument)
    return parts


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

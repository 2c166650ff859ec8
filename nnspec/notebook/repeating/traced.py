"""An expression followed to the `evaluate` or `fit` whose value it is, through names, parts and rounding."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from nnspec.notebook.repeating.bindings import bound_to
from nnspec.notebook.repeating.histories import OfHistory, history_part
from nnspec.notebook.source import text_of

_SAME_NUMBER = {"round", "float", "format", "str"}  # functions that give the number that they are given
_SAME_VALUE = {"item", "numpy", "round"}  # methods that do
_STEPS = 20  # names that pass a value on to one another


@dataclass(frozen=True)
class Traced:
    """A call of `evaluate` in a cell, and which part of what it returned is meant; None for all of it.

    `function` is the helper in which the call stands, None outside of one.
    """

    cell: int
    call: ast.Call
    part: int | str | None = None
    function: ast.FunctionDef | None = None


@dataclass(frozen=True)
class Other:
    """An expression that gives no value of an `evaluate` or a `fit` as it stands."""

    code: str


def traced(
    trees: Mapping[int, ast.Module],
    cell: int,
    expression: ast.expr,
    percent: bool,
    function: ast.FunctionDef | None = None,
) -> Traced | OfHistory | Other | None:
    """Return which evaluation or history an expression in a cell shows, or that it shows something else.

    `percent` is whether it is shown as a percentage, which a hundredfold share is; `function` is the helper
    in which it stands. None where that cannot be told: names that branches bind, or loops over values, and
    what helpers return.
    """
    part: int | str | None = None
    for _ in range(_STEPS):
        expression = _plain(expression, percent)
        if part is None and (found := history_part(trees, cell, expression, function)) is not None:
            return found if isinstance(found, OfHistory) else Other(text_of(expression))
        if isinstance(expression, ast.Subscript):
            index = _constant(expression.slice)
            if part is not None or index is None:
                return None
            part, expression = index, expression.value
        elif isinstance(expression, ast.Name):
            bound = bound_to(trees, cell, expression, function)
            if bound is None or (bound.part is not None and part is not None):
                return None
            function = function if bound.cell == cell else None
            cell, expression, part = bound.cell, bound.value, bound.part if part is None else part
        elif isinstance(expression, ast.Call) and _called(expression).startswith("evaluate"):
            is_method = isinstance(expression.func, ast.Attribute)
            return Traced(cell, expression, part, function) if is_method else None
        elif _is_text_or_held(expression) or (
            isinstance(expression, ast.Call) and _called(expression) in _defined(trees)
        ):
            return None
        else:
            return Other(text_of(expression))
    return None


def _is_text_or_held(node: ast.expr) -> bool:
    """Return whether an expression makes a text of values, or is a list or dict that code may fill."""
    is_filled = isinstance(node, ast.BinOp) and isinstance(node.left, ast.Constant | ast.JoinedStr)
    text = is_filled and isinstance(getattr(node.left, "value", ""), str)  # type: ignore[attr-defined]
    is_format = isinstance(node, ast.Call) and _called(node) in ("format", "join", "list", "dict")
    held = isinstance(node, ast.List | ast.Dict | ast.ListComp | ast.DictComp | ast.JoinedStr)
    return text or is_format or held


def _plain(node: ast.expr, percent: bool) -> ast.expr:
    """Return an expression without what leaves its number the same, but for its digits and its unit."""
    while True:
        inner: ast.expr | None = None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _SAME_NUMBER:
            inner = node.args[0] if node.args else None
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            module = isinstance(node.func.value, ast.Name) and node.func.value.id in ("np", "numpy", "tf")
            if node.func.attr == "round" and module:
                inner = node.args[0] if node.args else None
            elif node.func.attr in _SAME_VALUE and not module:
                inner = node.func.value
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) and percent:
            sides = [node.left, node.right]
            others = [one for one in sides if not (isinstance(one, ast.Constant) and one.value == 100)]
            inner = others[0] if len(others) == 1 else None
        if inner is None:
            return node
        node = inner


def _constant(node: ast.expr) -> int | str | None:
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError):
        return None
    return value if isinstance(value, str) or type(value) is int else None


def _called(call: ast.Call) -> str:
    """Return the name of the function or method that is called."""
    func = call.func
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def _defined(trees: Mapping[int, ast.Module]) -> set[str]:
    nodes = (node for tree in trees.values() for node in ast.walk(tree))
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}

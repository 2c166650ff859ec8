"""An expression followed to the `evaluate` whose value it is, through names, parts and rounding."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nnspec.notebook.source import bound_names, text_of

_SAME_NUMBER = {"round", "float", "format", "str"}  # functions that give the number that they are given
_SAME_VALUE = {"item", "numpy", "round"}  # methods that do
_STEPS = 20  # names that pass a value on to one another


@dataclass(frozen=True)
class Traced:
    """A call of `evaluate` in a cell, and which part of what it returned is meant; None for all of it."""

    cell: int
    call: ast.Call
    part: int | str | None = None


@dataclass(frozen=True)
class Other:
    """An expression that gives no value of an `evaluate` as it stands."""

    code: str


def traced(
    trees: Mapping[int, ast.Module], cell: int, expression: ast.expr, percent: bool
) -> Traced | Other | None:
    """Return which evaluation an expression in a cell shows, or that it shows something else.

    `percent` is whether it is shown as a percentage, which a hundredfold share is. None where that cannot be
    told: names that are bound more than once, in functions or by loops, and what helpers return.
    """
    within = (one for one in ast.walk(trees[cell]) if isinstance(one, ast.FunctionDef | ast.Lambda))
    if any(node is expression for one in within for node in ast.walk(one)):
        return None
    part: int | str | None = None
    for _ in range(_STEPS):
        expression = _plain(expression, percent)
        if _of_a_history(trees, cell, expression):
            return Other(text_of(expression))
        if isinstance(expression, ast.Subscript):
            index = _constant(expression.slice)
            if part is not None or index is None:
                return None
            part, expression = index, expression.value
        elif isinstance(expression, ast.Name):
            bound = _bound_to(trees, cell, expression)
            if bound is None or (bound[2] is not None and part is not None):
                return None
            cell, expression, part = bound[0], bound[1], bound[2] if part is None else part
        elif isinstance(expression, ast.Call) and _called(expression).startswith("evaluate"):
            is_method = isinstance(expression.func, ast.Attribute)
            return Traced(cell, expression, part) if is_method else None
        elif _is_text_or_held(expression) or (
            isinstance(expression, ast.Call) and _called(expression) in _defined(trees)
        ):
            return None
        else:
            return Other(text_of(expression))
    return None


def _of_a_history(trees: Mapping[int, ast.Module], cell: int, node: ast.expr) -> bool:
    """Return whether an expression is a part of what `fit` reported."""
    while isinstance(node, ast.Subscript):
        node = node.value
    if isinstance(node, ast.Name) and (bound := _bound_to(trees, cell, node)) is not None:
        node = bound[1]
    if isinstance(node, ast.Call):
        return _called(node) == "fit"
    return isinstance(node, ast.Attribute) and node.attr == "history"


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


def _bound_to(
    trees: Mapping[int, ast.Module], cell: int, used: ast.Name
) -> tuple[int, ast.expr, int | None] | None:
    """Return cell, value and part of it that a name was last bound to; None where that cannot be told."""
    name = used.id
    above = [other for other in trees if other <= cell and name in bound_names(trees[other])]
    if (
        above
        and above[-1] == cell
        and all(one.lineno > used.lineno for one, _ in _assigned(trees[cell], name))
    ):
        above.pop()  # it is bound below its use
    if not above:
        return None
    tree = trees[above[-1]]
    stored = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == name]
    bindings = list(_assigned(tree, name))
    if len(bindings) != 1 or sum(isinstance(node.ctx, ast.Store) for node in stored) != 1:
        return None
    value, part = bindings[0]
    if part is not None and isinstance(value, ast.Tuple | ast.List):
        whole = not any(isinstance(one, ast.Starred) for one in value.elts) and part < len(value.elts)
        return (above[-1], value.elts[part], None) if whole else None
    return above[-1], value, part


def _assigned(tree: ast.Module, name: str) -> Iterator[tuple[ast.expr, int | None]]:
    """Yield what is assigned to a name, and the place of the name where a value is taken apart."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            if isinstance(target, ast.Name) and target.id == name:
                yield node.value, None
            elif isinstance(target, ast.Tuple | ast.List):
                starred = any(isinstance(one, ast.Starred) for one in target.elts)
                for place, one in enumerate(target.elts):
                    if isinstance(one, ast.Name) and one.id == name and not starred:
                        yield node.value, place

"""A value of what `fit` reported: `history.history["accuracy"][-1]`, or the best one of all epochs."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from nnspec.notebook.repeating.bindings import bound_to
from nnspec.notebook.whole_numbers import whole_number_of

Taken = int | Literal["highest", "lowest"]
_ENDS: Mapping[str, Literal["highest", "lowest"]] = {
    **{"max": "highest", "amax": "highest", "nanmax": "highest"},
    **{"min": "lowest", "amin": "lowest", "nanmin": "lowest"},
}
_SAME_LIST = {"list", "array", "asarray"}
_STEPS = 20


@dataclass(frozen=True)
class OfHistory:
    """A metric of a History, and which of its epochs is meant: an index as in Python, or an extreme.

    `call` is the `fit` that returned it, in `cell` and there in `function` where it stands in a helper; None
    where a loop, a caller or a list gives it.
    """

    metric: str
    taken: Taken
    cell: int
    call: ast.Call | None = None
    function: ast.FunctionDef | None = None

    def value(self, history: Mapping[str, Sequence[float]]) -> float | None:
        """Return the value in what a fit reported; None where it has none."""
        values = history.get(self.metric)
        if not values:
            return None
        if self.taken == "highest":
            return max(values)
        if self.taken == "lowest":
            return min(values)
        return values[self.taken] if -len(values) <= self.taken < len(values) else None


@dataclass(frozen=True)
class _Place:
    """An expression and where it stands."""

    cell: int
    function: ast.FunctionDef | None
    node: ast.expr


def history_part(
    trees: Mapping[int, ast.Module], cell: int, node: ast.expr, function: ast.FunctionDef | None
) -> OfHistory | bool | None:
    """Return which value of a history an expression is, False where it is of one otherwise, None of none."""
    place = _Place(cell, function, node)
    taken, listed = _taken(trees, place)
    if listed is None:
        return False if _is_of_a_history(trees, place) else None
    metric, held = listed
    found = _history(trees, held)
    if found is None:
        return None
    if taken is None:
        return False
    call, where = found
    return OfHistory(metric, taken, where.cell, call, where.function)


def _taken(trees: Mapping[int, ast.Module], place: _Place) -> tuple[Taken | None, tuple[str, _Place] | None]:
    """Return which of a list is meant, None for all of it, and metric and holder of the list."""
    node = place.node
    if isinstance(node, ast.Call) and len(node.args) == 1 and (end := _ENDS.get(_name(node.func))):
        return end, _listed(trees, _Place(place.cell, place.function, node.args[0]))
    if isinstance(node, ast.Subscript) and (index := whole_number_of(node.slice)) is not None:
        return index, _listed(trees, _Place(place.cell, place.function, node.value))
    return None, _listed(trees, place)


def _listed(trees: Mapping[int, ast.Module], place: _Place) -> tuple[str, _Place] | None:
    """Return the metric of a list by epochs, and what it is an item of."""
    for _ in range(_STEPS):
        node = place.node
        if isinstance(node, ast.Call) and _name(node.func) in _SAME_LIST and len(node.args) == 1:
            place = _Place(place.cell, place.function, node.args[0])
        elif isinstance(node, ast.Name) and (bound := _passed(trees, place)) is not None:
            place = bound
        elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            metric = node.slice.value
            held = _Place(place.cell, place.function, node.value)
            return (metric, held) if isinstance(metric, str) else None
        else:
            return None
    return None


def _history(trees: Mapping[int, ast.Module], place: _Place) -> tuple[ast.Call | None, _Place] | None:
    """Return the `fit` whose `.history` an expression is, None for the call where that is not told."""
    for _ in range(_STEPS):
        node = place.node
        if isinstance(node, ast.Name) and (bound := _passed(trees, place)) is not None:
            place = bound
        elif isinstance(node, ast.Attribute) and node.attr == "history":
            return _fit(trees, _Place(place.cell, place.function, node.value))
        else:
            return None
    return None


def _fit(trees: Mapping[int, ast.Module], place: _Place) -> tuple[ast.Call | None, _Place]:
    for _ in range(_STEPS):
        node = place.node
        if isinstance(node, ast.Name) and (bound := _passed(trees, place)) is not None:
            place = bound
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "fit":
            return node, place
        else:
            break
    return None, place


def _is_of_a_history(trees: Mapping[int, ast.Module], place: _Place) -> bool:
    """Return whether an expression is a part of what a `fit` reported."""
    node = place.node
    while isinstance(node, ast.Subscript):
        node = node.value
    found = _history(trees, _Place(place.cell, place.function, node))
    return found is not None and (found[0] is not None or node is not place.node)


def _passed(trees: Mapping[int, ast.Module], place: _Place) -> _Place | None:
    """Return what a name holds, where it holds all of a value."""
    node = place.node
    bound = bound_to(trees, place.cell, node, place.function) if isinstance(node, ast.Name) else None
    if bound is None or bound.part is not None:
        return None
    return _Place(bound.cell, place.function if bound.cell == place.cell else None, bound.value)


def _name(node: ast.expr) -> str:
    """Return the name of what is called: a function, or one of NumPy."""
    if isinstance(node, ast.Attribute):
        module = isinstance(node.value, ast.Name) and node.value.id in ("np", "numpy")
        return node.attr if module else ""
    return node.id if isinstance(node, ast.Name) else ""

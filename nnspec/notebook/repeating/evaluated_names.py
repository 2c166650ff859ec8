"""The names under which a notebook keeps what `evaluate` returned, and the cells that show them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nnspec.notebook.source import read_names
from nnspec.notebook.static import Static

_SAME_NUMBER = {"round", "float"}  # calls that give what they are given
_PARTS = (ast.Name, ast.Subscript, ast.Constant, ast.Tuple, ast.expr_context, ast.UnaryOp, ast.unaryop)


class EvaluatedNames:
    """Knows for every cell which cells evaluated what it shows."""

    def __init__(self, static: Static) -> None:
        self._trees = static.code.trees

    def cells_behind(self, cell: int) -> set[int]:
        """Return the cells whose evaluations a cell shows: itself, or those that bound what it reads."""
        tree = self._trees.get(cell)
        if tree is None:
            return set()
        if _evaluates(tree):
            return {cell}
        seen: set[tuple[int, str]] = set()
        return {found for name in read_names(tree) for found in self._behind(cell, name, seen)}

    def _behind(self, cell: int, name: str, seen: set[tuple[int, str]]) -> Iterator[int]:
        """Yield the cells that evaluated what a name holds in a cell, through names that pass it on."""
        above = [other for other in self._trees if other <= cell and name in _bound(self._trees[other])]
        if not above or (above[-1], name) in seen:
            return
        seen.add((above[-1], name))
        for value in _values(self._trees[above[-1]], name):
            if _evaluates(value):
                yield above[-1]
            elif _passes_on(value):
                for inner in read_names(value):
                    yield from self._behind(above[-1], inner, seen)


def _bound(tree: ast.Module) -> set[str]:
    return {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def _values(tree: ast.Module, name: str) -> Iterator[ast.expr]:
    """Yield what a cell assigns to a name, or to several of which it is one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            targets = (one for target in node.targets for one in ast.walk(target))
            if any(isinstance(one, ast.Name) and one.id == name for one in targets):
                yield node.value


def _evaluates(tree: ast.AST) -> bool:
    return any(
        isinstance(node, ast.Attribute) and node.attr.startswith("evaluate") for node in ast.walk(tree)
    )


def _passes_on(value: ast.expr) -> bool:
    """Return whether an expression is a part of what it reads, `results[1]`, and no other number."""
    return all(
        isinstance(node, _PARTS)
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _SAME_NUMBER)
        for node in ast.walk(value)
    )

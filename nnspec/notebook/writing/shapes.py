"""Shapes and lengths of arrays in code, as the numbers that they are."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from nnspec.notebook.whole_numbers import whole_number_of

Shapes = Mapping[str, tuple[int, ...]]


def asks_shape_alone(node: ast.AST, name: str) -> bool:
    """Return whether code reads nothing of an array but its shape or its length."""
    uses = sum(isinstance(one, ast.Name) and one.id == name for one in ast.walk(node))
    asked = sum(_is_shape(one, name) or _is_length(one, name) for one in ast.walk(node))
    return uses == asked


def with_numbers(code: str, shapes: Shapes) -> str:
    """Return a statement with numbers in the place of shapes, written anew where it has any."""
    numbers = _Numbers(shapes)
    new = ast.fix_missing_locations(numbers.visit(ast.parse(code)))
    return ast.unparse(new) if numbers.any else code


def _is_shape(node: ast.AST, name: str) -> bool:
    asked = isinstance(node, ast.Attribute) and node.attr == "shape"
    return asked and isinstance(node.value, ast.Name) and node.value.id == name  # type: ignore[attr-defined]  # checked


def _is_length(node: ast.AST, name: str) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len"):
        return False
    first = node.args[0] if len(node.args) == 1 else None
    return isinstance(first, ast.Name) and first.id == name


class _Numbers(ast.NodeTransformer):
    def __init__(self, shapes: Shapes) -> None:
        self._shapes, self.any = shapes, False

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:  # ast's name
        for name, shape in self._shapes.items():
            if _is_shape(node, name):
                return self._number(node, tuple(shape))
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        for name, shape in self._shapes.items():
            if _is_length(node, name):
                return self._number(node, shape[0])
        return self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        """Replace `x.shape[1:]` by what it is."""
        found = self.generic_visit(node)
        if isinstance(found, ast.Subscript) and isinstance(found.value, ast.Tuple):
            numbers = ast.literal_eval(found.value)
            index = _index(found.slice)
            if index is not None and (isinstance(index, slice) or -len(numbers) <= index < len(numbers)):
                return self._number(node, numbers[index])
        return found

    def _number(self, node: ast.expr, value: object) -> ast.AST:
        self.any = True
        return ast.copy_location(ast.parse(repr(value), mode="eval").body, node)


def _index(node: ast.expr) -> int | slice | None:
    """Return a whole number, or a slice of such; None for anything else."""
    if isinstance(node, ast.Slice):
        ends = [None if one is None else whole_number_of(one) for one in (node.lower, node.upper, node.step)]
        given = [one is not None for one in (node.lower, node.upper, node.step)]
        known = all(end is not None for end, is_given in zip(ends, given, strict=True) if is_given)
        return slice(*ends) if known else None
    return whole_number_of(node)

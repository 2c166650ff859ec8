"""What a name was last bound to where code reads it: in its block, around it, or in the cells above."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nnspec.notebook.source import bound_names

_LOOPS = ast.For | ast.AsyncFor | ast.While


@dataclass(frozen=True)
class Bound:
    """The value of a name, in which cell it is bound, and the place of the name where it is taken apart."""

    cell: int
    value: ast.expr
    part: int | None


def bound_to(
    trees: Mapping[int, ast.Module], cell: int, used: ast.Name, function: ast.FunctionDef | None = None
) -> Bound | None:
    """Return what a name was last bound to; None where that cannot be told.

    That is where branches or a later line of a loop may have bound it, where a loop or the caller of a
    `function` gives its values, and for what a helper takes from outside.
    """
    blocks = _blocks(function.body if function is not None else trees[cell].body, used)
    for around, statements, at in reversed(blocks):
        for statement in reversed(statements[:at]):
            if _stores(statement, used.id):
                return _only(cell, statement, used.id)
        if around is not None and any(_stores(one, used.id) for one in _again(around, statements, at)):
            return None
    if function is not None:
        return None
    above = [other for other in trees if other < cell and used.id in bound_names(trees[other])]
    for statement in reversed(trees[above[-1]].body) if above else ():
        if _stores(statement, used.id):
            return _only(above[-1], statement, used.id)
    return None


def _blocks(body: Sequence[ast.stmt], used: ast.AST) -> list[tuple[ast.stmt | None, Sequence[ast.stmt], int]]:
    """Return the blocks around a use from the outermost: what each is the body of, and where the use is."""
    found: list[tuple[ast.stmt | None, Sequence[ast.stmt], int]] = []
    around: ast.stmt | None = None
    statements: Sequence[ast.stmt] | None = body
    while statements is not None:
        at = next((at for at, one in enumerate(statements) if _holds(one, used)), None)
        if at is None:
            break
        found.append((around, statements, at))
        around = statements[at]
        inner = [getattr(around, name, None) for name in ("body", "orelse", "finalbody")]
        inner += [one.body for one in getattr(around, "handlers", ())]
        statements = next((one for one in inner if one and any(_holds(each, used) for each in one)), None)
    return found


def _again(around: ast.stmt, statements: Sequence[ast.stmt], at: int) -> Iterator[ast.AST]:
    """Yield what may bind a name before a use in a block, but for the statements before it there."""
    if isinstance(around, ast.For | ast.AsyncFor):
        yield around.target
    if isinstance(around, _LOOPS):
        yield from statements[at:]
    if isinstance(around, ast.Try):
        yield around
    if isinstance(around, ast.With | ast.AsyncWith):
        yield from (one.optional_vars for one in around.items if one.optional_vars is not None)


def _only(cell: int, statement: ast.stmt, name: str) -> Bound | None:
    """Return what a statement assigns to a name; None where it binds it otherwise, or more than once."""
    stored = [node for node in ast.walk(statement) if isinstance(node, ast.Name) and node.id == name]
    bindings = list(_assigned(statement, name))
    if len(bindings) != 1 or sum(isinstance(node.ctx, ast.Store) for node in stored) != 1:
        return None
    value, part = bindings[0]
    if part is not None and isinstance(value, ast.Tuple | ast.List):
        whole = not any(isinstance(one, ast.Starred) for one in value.elts) and part < len(value.elts)
        return Bound(cell, value.elts[part], None) if whole else None
    return Bound(cell, value, part)


def _assigned(tree: ast.AST, name: str) -> Iterator[tuple[ast.expr, int | None]]:
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


def _stores(node: ast.AST, name: str) -> bool:
    """Return whether code binds a name, functions and classes of it left out but for their own names."""
    if isinstance(node, ast.Name):
        return node.id == name and isinstance(node.ctx, ast.Store)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return node.name == name
    if isinstance(node, ast.Import | ast.ImportFrom):
        return any((one.asname or one.name.partition(".")[0]) == name for one in node.names)
    if isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        return False
    return any(_stores(child, name) for child in ast.iter_child_nodes(node))


def _holds(node: ast.AST, used: ast.AST) -> bool:
    return any(one is used for one in ast.walk(node))

"""The statements of a notebook that make what a name holds, taken out of it as one piece of code."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nnspec.notebook.source import read_names
from nnspec.notebook.static import Static
from nnspec.notebook.writing.shapes import Shapes, asks_shape_alone, with_numbers

# of a model or a list: calls that leave it as it is, or train it
_ONLY_LOOK = {
    *("fit", "fit_generator", "evaluate", "predict", "summary", "save", "save_weights", "to_json"),
    *("get_weights", "get_config", "get_layer", "count_params", "train_on_batch", "plot", "index", "count"),
}
_OF_DATA = ("load_", "read_csv", "fetch_", "train_test_split", "get_file", "urlretrieve", "open", "load")
_MOST = 80  # statements; what takes more is no function that a person would write


@dataclass(frozen=True)
class Lifted:
    """Code that binds a name: imports, and statements in their order, as their author wrote them."""

    imports: tuple[str, ...]
    statements: tuple[str, ...]


@dataclass(frozen=True)
class _Place:
    """A statement at the top of a cell, with the source of its cell."""

    node: ast.stmt
    source: str


class _No(Exception):
    """Why code cannot be lifted."""


def lifted(static: Static, names: set[str], cell: int, line: int, shapes: Shapes) -> Lifted | str:
    """Return the code above a line of a cell that makes what these names hold there, or why there is none.

    `shapes` are those of arrays by their names, which stand in the code as numbers; other data is not taken
    along.
    """
    above = list(_above(static, cell, line))
    functions = {
        place.node.name: place.node
        for place in above
        if isinstance(place.node, ast.FunctionDef | ast.ClassDef)
    }
    try:
        found = _slice(above, set(names), functions, set(shapes))
        return _written(found, names, shapes)
    except _No as reason:
        return str(reason)


def _above(static: Static, cell: int, line: int) -> Iterator[_Place]:
    """Yield the statements of the cells above, and of this cell those above a line."""
    for one in static.notebook.code:
        tree = static.code.trees.get(one.number)
        if tree is None or one.number > cell:
            continue
        for node in tree.body:
            if one.number < cell or node.lineno < line:
                yield _Place(node, one.source)


def _slice(
    above: list[_Place], needed: set[str], functions: Mapping[str, ast.stmt], arrays: set[str]
) -> list[_Place]:
    found: list[_Place] = []
    imports = (one.node for one in above if isinstance(one.node, ast.Import | ast.ImportFrom))
    modules = set().union(*map(_bound, imports))  # `tf.random.set_seed(42)` makes no model
    _widen(needed, functions)
    for place in reversed(above):
        node = place.node
        bound, changed = _bound(node), _changed(node) - modules
        if not (bound | changed) & needed:
            continue
        if _trains(node):
            raise _No("it is made in one statement with a fit")
        found.append(place)
        if len(found) > _MOST:
            raise _No(f"more than {_MOST} statements make it")
        if not isinstance(node, ast.Import | ast.ImportFrom):
            if isinstance(node, ast.Assign) and not changed:
                needed -= bound
            needed |= _read(node, arrays)
            _widen(needed, functions)
    missing = sorted(
        needed - set().union(*[_bound(place.node) for place in found]) - arrays - set(dir(builtins))
    )
    if missing:
        raise _No(f"what {missing[0]} holds is not in the code above")
    return list(reversed(found))


def _widen(needed: set[str], functions: Mapping[str, ast.stmt]) -> None:
    """Add what functions and classes read that are needed themselves."""
    waiting = [name for name in needed if name in functions]
    seen = set(waiting)
    while waiting:
        inner = _read(functions[waiting.pop()], set())
        needed |= inner
        new = {name for name in inner if name in functions} - seen
        waiting += new
        seen |= new


def _read(node: ast.stmt, arrays: set[str]) -> set[str]:
    """Return the names that a statement needs from outside: not its parameters and own names."""
    names = read_names(node) - set(dir(builtins))
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Assign | ast.Expr | ast.For):
        inside = [one for one in ast.walk(node) if isinstance(one, ast.FunctionDef | ast.Lambda)]
        parameters = {
            argument.arg
            for one in inside
            for argument in [
                *one.args.posonlyargs,
                *one.args.args,
                *one.args.kwonlyargs,
                *filter(None, (one.args.vararg, one.args.kwarg)),
            ]
        }
        comprehended = {
            target.id
            for one in ast.walk(node)
            if isinstance(one, ast.comprehension)
            for target in ast.walk(one.target)
            if isinstance(target, ast.Name)
        }
        names -= parameters | comprehended
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        stored = {
            one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
        }
        names -= stored | {node.name} | {"super"}
    for array in arrays & names:
        if not asks_shape_alone(node, array):
            raise _No(f"it reads the array {array}")
    return names - arrays


def _bound(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}


def _changed(node: ast.stmt) -> set[str]:
    """Return the names whose objects a statement changes: `model.add(…)`, `model.optimizer.rate = 1`."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
        return set()
    changed = set()
    for one in ast.walk(node):
        if isinstance(one, ast.Expr) and isinstance(one.value, ast.Call):
            func = one.value.func
            if isinstance(func, ast.Attribute) and func.attr not in _ONLY_LOOK:
                changed.add(_root(func.value))
        elif isinstance(one, ast.Attribute | ast.Subscript) and isinstance(one.ctx, ast.Store):
            changed.add(_root(one))
    return changed - {""}


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _trains(node: ast.stmt) -> bool:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return False
    return any(
        isinstance(one, ast.Attribute) and one.attr in ("fit", "fit_generator", "train_on_batch")
        for one in ast.walk(node)
    )


def _written(found: list[_Place], names: set[str], shapes: Shapes) -> Lifted:
    imports: dict[str, None] = {}
    statements: list[str] = []
    read = names.union(*(read_names(place.node) for place in found))
    for place in found:
        node = place.node
        if isinstance(node, ast.Import | ast.ImportFrom):
            imports[_import(node, read)] = None
            continue
        for name in read_names(node):
            if not isinstance(node, ast.FunctionDef | ast.ClassDef) and _is_of_data(name):
                raise _No(f"it is made of data, by {name}")
        for one in ast.walk(node):
            if isinstance(one, ast.Attribute) and _is_of_data(one.attr):
                raise _No(f"it is made of data, by {one.attr}")
        statements.append(_text(place, shapes))
    return Lifted(tuple(imports), tuple(statements))


def _import(node: ast.Import | ast.ImportFrom, read: set[str]) -> str:
    """Return an import of the names that are read."""
    kept = [one for one in node.names if (one.asname or one.name).partition(".")[0] in read]
    names = kept or node.names
    if isinstance(node, ast.Import):
        return ast.unparse(ast.Import(names))
    return ast.unparse(ast.ImportFrom(node.module, names, node.level))


def _is_of_data(name: str) -> bool:
    return any(name == one or (one.endswith("_") and name.startswith(one)) for one in _OF_DATA)


def _text(place: _Place, shapes: Shapes) -> str:
    """Return a statement as it was written, or anew where numbers stand for shapes."""
    lines = place.source.split("\n")
    decorators = getattr(place.node, "decorator_list", [])
    first = min([place.node.lineno, *(one.lineno for one in decorators)]) - 1
    text = "\n".join(lines[first : place.node.end_lineno]).rstrip()
    try:
        alone = ast.parse(text)
    except SyntaxError:  # several statements on a line, or a magic within
        alone = ast.Module([], [])
    if len(alone.body) != 1:
        text = ast.unparse(place.node)
    return with_numbers(text, shapes)

"""The captured evaluations or fits that a call in the source made."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

_REPEATED = (
    ast.For | ast.While | ast.FunctionDef | ast.Lambda | ast.ListComp | ast.DictComp | ast.GeneratorExp
)
_FIT = ("fit", "fit_generator")


class _Call(Protocol):
    @property
    def cell(self) -> int | None: ...
    @property
    def line(self) -> int | None: ...
    @property
    def functions(self) -> tuple[str, ...]: ...


C = TypeVar("C", bound=_Call)


def only_one(tree: ast.Module, cell: int, call: ast.Call, found: Sequence[C]) -> C | None:
    """Return what a call made; None where it made nothing, or several, or another one may have made it.

    `tree` is the cell of the call, `found` are all evaluations, or all fits. Where a cell has as many calls
    as there are of it, none of them repeated, they are counted; otherwise their lines tell.
    """
    own = [one for one in found if one.cell == cell]
    calls = list(_calls(tree, _is_fit(call), False))
    if len(calls) == len(own) and not any(repeated for _, repeated in calls):
        return next((one for one, (made, _) in zip(own, calls, strict=True) if made is call), None)
    first, last = call.lineno, call.end_lineno or call.lineno
    beside = [made for made, _ in calls if made.lineno <= last and (made.end_lineno or last) >= first]
    here = _in_lines(call, cell, found)
    return here[0] if len(here) == len(beside) == 1 else None


def all_made(
    call: ast.Call, cell: int, ran: int, function: ast.FunctionDef | None, found: Sequence[C]
) -> list[C]:
    """Return what a call may have made: by its lines, or by the helper in which it stands alone.

    `cell` is that of the code, `ran` the one that ran it.
    """
    if function is None:
        return _in_lines(call, cell, found)
    alone = len(list(_calls(ast.Module(function.body, []), _is_fit(call), False))) == 1
    own = [one for one in found if one.cell == ran and one.functions[-1:] == (function.name,)]
    return own if alone else []


def _in_lines(call: ast.Call, cell: int, found: Sequence[C]) -> list[C]:
    first, last = call.lineno, call.end_lineno or call.lineno
    direct = [one for one in found if one.cell == cell and one.line is not None and not one.functions]
    return [one for one in direct if first <= (one.line or 0) <= last]


def _calls(node: ast.AST, fits: bool, repeated: bool) -> Iterator[tuple[ast.Call, bool]]:
    """Yield the calls of `fit` or `evaluate` in the order of the source, and whether each may be repeated."""
    if isinstance(node, ast.Call) and (_is_fit(node) if fits else _is_evaluate(node)):
        yield node, repeated
    for child in ast.iter_child_nodes(node):
        yield from _calls(child, fits, repeated or isinstance(node, _REPEATED))


def _is_fit(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in _FIT


def _is_evaluate(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr.startswith("evaluate")

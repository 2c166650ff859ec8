"""The captured evaluation that a call in the source made."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from nnspec.notebook.captured import Evaluation
from nnspec.notebook.repeating.traced import Traced

_REPEATED = (
    ast.For | ast.While | ast.FunctionDef | ast.Lambda | ast.ListComp | ast.DictComp | ast.GeneratorExp
)


def evaluation_of(tree: ast.Module, shown: Traced, found: Sequence[Evaluation]) -> Evaluation | None:
    """Return the evaluation of a call; None where it made none, or several, or another one may have made it.

    `tree` is the cell of the call, `found` are all evaluations. Where a cell has as many calls as
    evaluations, none of them repeated, they are counted; otherwise their lines tell.
    """
    own = [one for one in found if one.cell == shown.cell]
    calls = list(_calls(tree, False))
    if len(calls) == len(own) and not any(repeated for _, repeated in calls):
        return next((one for one, (call, _) in zip(own, calls, strict=True) if call is shown.call), None)
    first, last = shown.call.lineno, shown.call.end_lineno or shown.call.lineno
    beside = [call for call, _ in calls if call.lineno <= last and (call.end_lineno or last) >= first]
    direct = [one for one in own if one.line is not None and not one.functions]
    here = [one for one in direct if first <= (one.line or 0) <= last]
    return here[0] if len(here) == len(beside) == 1 else None


def _calls(node: ast.AST, repeated: bool) -> Iterator[tuple[ast.Call, bool]]:
    """Yield the calls of `evaluate` in the order of the source, each with whether it may run repeatedly."""
    called = node.func if isinstance(node, ast.Call) else None
    if isinstance(called, ast.Attribute) and called.attr.startswith("evaluate"):
        yield node, repeated  # type: ignore[misc]  # a call, as what it calls is there
    for child in ast.iter_child_nodes(node):
        yield from _calls(child, repeated or isinstance(node, _REPEATED))

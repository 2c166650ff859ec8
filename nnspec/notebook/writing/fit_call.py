"""The call in the source that a captured fit was made by, and the code that makes what it is given."""

from __future__ import annotations

import ast

from nnspec.notebook.captured import Fit
from nnspec.notebook.static import Static
from nnspec.notebook.writing.shapes import Shapes


def fit_call(static: Static, fit: Fit) -> ast.Call | str:
    """Return the call of a fit that stands at the top of its cell, or why there is none to be read."""
    if fit.functions:
        return f"it is fitted in {fit.functions[-1]}()"
    if fit.cell is None or fit.line is None or (tree := static.code.trees.get(fit.cell)) is None:
        return "its call is not in a cell"
    for node in tree.body:
        if node.lineno <= fit.line <= (node.end_lineno or 0):
            if isinstance(node, ast.For | ast.While):
                return "it is fitted in a loop"
            calls = [one for one in ast.walk(node) if _fits(one)]
            if len(calls) == 1 and isinstance(calls[0], ast.Call):
                return calls[0]
    return "its call cannot be told from others"


def model_name(call: ast.Call) -> str:
    """Return the name of the model that is fitted; empty where it has none."""
    model = call.func.value if isinstance(call.func, ast.Attribute) else None
    return model.id if isinstance(model, ast.Name) else ""


def argument(call: ast.Call, name: str) -> ast.expr | None:
    """Return the code of an argument that is given by name."""
    return next((one.value for one in call.keywords if one.arg == name), None)


def shapes_of(call: ast.Call, fit: Fit) -> Shapes:
    """Return the shapes of the arrays that a fit is given under plain names."""
    places = [*zip(("x", "y"), call.args, strict=False)]
    places += [(one.arg, one.value) for one in call.keywords if one.arg in ("x", "y")]
    found: dict[str, tuple[int, ...]] = {}
    for part, node in places:
        shape = (fit.data.get(str(part)) or {}).get("shape")
        if isinstance(node, ast.Name) and shape:
            found[node.id] = tuple(shape)
    return found


def _fits(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "fit"

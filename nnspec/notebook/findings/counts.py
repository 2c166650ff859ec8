"""Epochs and steps that a log prints, against those that the code asks for."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator

from nnspec.notebook.calls import Call
from nnspec.notebook.findings.finding import Finding
from nnspec.notebook.source import bound_names
from nnspec.notebook.static import Static


def epochs(static: Static) -> Iterator[Finding]:
    """Yield the fits whose `Epoch k/N` has another N than the whole number that their call gives."""
    for log in static.logs:
        call = static.call_of(log)
        if call is None or call.method != "fit" or log.epochs is None or "**" in call.arguments:
            continue
        asked = static.code.literal(call.arguments.get("epochs", "1"), log.cell)
        if asked is not None and asked != log.epochs:
            yield Finding(
                "epochs",
                (log.cell,),
                f"Cell [{log.cell}] stores a log of {log.epochs} epochs, and its code asks for {asked}: "
                "the output is of other code.",
            )


def steps(static: Static) -> Iterator[Finding]:
    """Yield the fits whose steps are not those that printed examples and the batch size give."""
    sizes = _sizes(static)
    for log in static.logs:
        call = static.call_of(log)
        if log.kind != "fit" or log.steps is None:
            continue
        if log.examples is not None and log.form == "bar by sample" and log.steps != log.examples:
            yield Finding(
                "steps",
                (log.cell,),
                f"Cell [{log.cell}] trains on {log.examples} examples, and its bar counts to {log.steps}.",
            )
        if call is None or log.form not in ("bar by step", "Keras 3 bar"):
            continue
        size, batch = _examples(static, call, sizes), _batch(static, call)
        if size is None or batch is None or log.steps in (size, math.ceil(size / batch)):
            continue  # bars of Keras 2.1 to 2.3 count examples
        yield Finding(
            "steps",
            (log.cell,),
            f"Cell [{log.cell}] stores a log of {log.steps} steps an epoch, and {size} examples in batches "
            f"of {batch} are {math.ceil(size / batch)}.",
        )


def _batch(static: Static, call: Call) -> int | None:
    given = call.arguments.get("batch_size", "32")
    return static.code.literal("32" if given == "None" else given, call.cell) or None


def _examples(static: Static, call: Call, sizes: dict[str, tuple[int, int]]) -> int | None:
    """Return how many examples a fit has, where its array's shape is printed and it is not bound again."""
    others = {"validation_split", "steps_per_epoch", "**"} & set(call.arguments)
    name = call.arguments.get("x", "")
    if others or "y" not in call.arguments or name not in sizes:
        return None
    cell, size = sizes[name]
    again = [
        number for number, tree in static.code.trees.items() if name in bound_names(tree) and number >= cell
    ]
    return size if cell <= call.cell and not again else None


def _sizes(static: Static) -> dict[str, tuple[int, int]]:
    """Return the cell and the number of examples of every name whose shape is a cell's value."""
    sizes: dict[str, tuple[int, int]] = {}
    for cell in static.notebook.code:
        tree = static.code.trees.get(cell.number)
        shown = [output.text for output in cell.outputs if output.kind == "result"]
        if tree is None or not tree.body or len(shown) != 1 or not isinstance(tree.body[-1], ast.Expr):
            continue
        value = tree.body[-1].value
        parts = value.elts if isinstance(value, ast.Tuple) else [value]
        try:
            printed = ast.literal_eval(shown[0])
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        shapes = list(printed) if isinstance(value, ast.Tuple) and isinstance(printed, tuple) else [printed]
        for part, shape in zip(parts, shapes, strict=False) if len(parts) == len(shapes) else ():
            is_shape = isinstance(part, ast.Attribute) and part.attr == "shape"
            if is_shape and isinstance(part.value, ast.Name) and isinstance(shape, tuple) and shape:  # type: ignore[attr-defined]  # an attribute
                sizes[part.value.id] = (cell.number, int(shape[0]))  # type: ignore[attr-defined]  # an attribute
    return sizes

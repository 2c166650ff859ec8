"""Printed summaries of models, against those that the same cell prints today."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nnspec.notebook.captured import Captured
from nnspec.notebook.findings.finding import Finding, listed
from nnspec.notebook.printed_text import printed_lines
from nnspec.notebook.static import Static
from nnspec.notebook.summary_tables import Layer, Shape, Table, summary_tables

# one class under several names, and what Keras makes of an operation, whose name says little
_SAME = {"Model": "Functional", "CuDNNLSTM": "LSTM", "CuDNNGRU": "GRU"}
_OPERATION = re.compile(
    r"Op(?:Lambda|Layer)$|^(?:ClassMethod|InstanceMethod|InstanceProperty|ModuleWrapper)$"
)
_COUNTED_OTHERWISE = {"Normalization"}  # Keras 2 counts its examples, too
_LEAST = 3  # letters by which the class of an input is known where its name is cut


def summaries(static: Static, captured: Captured) -> Iterator[Finding]:
    """Yield the cells that print a summary with other layers, output shapes or parameters than today.

    Summaries are told apart by their cell and their order in it; where a cell prints another number of them
    today, none of it is compared. Names of layers, which count up, and inputs are no part of it.
    """
    for cell in static.notebook.code:
        printed = summary_tables([line.text for line in printed_lines(cell)])
        today = [
            table
            for one in captured.summaries
            if one.cell == cell.number
            for table in summary_tables(one.text.splitlines())
        ]
        for one, other in zip(printed, today, strict=True) if len(printed) == len(today) else ():
            if one is not None and other is not None and (told := _difference(one, other)):
                yield Finding(
                    "summary",
                    (cell.number,),
                    f"Cell [{cell.number}] stores a summary of a model with {told}.",
                )


def _difference(printed: Table, today: Table) -> str:
    """Return in what a table differs from today's; empty where it does not."""
    old, new = ([layer for layer in table.layers if not _is_input(layer)] for table in (printed, today))
    if any(_OPERATION.search(layer.name) for layer in (*old, *new)):
        return ""
    branches = printed.branches or today.branches  # their order is that of a version
    if _classes(old, new, branches) != _classes(new, old, branches):
        return f"{_layers(old)}, and its code makes one with {_layers(new)}"
    return "" if branches else _of_layers(old, new)


def _of_layers(old: Sequence[Layer], new: Sequence[Layer]) -> str:
    """Return in what the first layer differs that does; the classes are known to agree."""
    for number, (one, other) in enumerate(zip(old, new, strict=True), 1):
        which = f"layer {number}, {other.name}"
        if not _same_shapes(one.shapes, other.shapes):
            shapes = " and ".join(map(str, one.shapes)), " and ".join(map(str, other.shapes))
            return f"the output {shapes[0]} of {which}, and its code makes {shapes[1]}"
        known = None not in (one.parameters, other.parameters) and other.name not in _COUNTED_OTHERWISE
        if known and one.parameters != other.parameters:
            return f"{one.parameters:,} parameters in {which}, and its code makes {other.parameters:,}"
    return ""


def _classes(table: Sequence[Layer], other: Sequence[Layer], branches: bool) -> list[tuple[str, int | None]]:
    """Return the classes of layers, as far as none is cut in a table; sorted with counts for branches."""
    cut = [len(layer.name) for layer in (*table, *other) if layer.cut]
    names = [_class(layer)[: min(cut, default=None)] for layer in table]
    if not branches:
        return [(name, None) for name in names]
    unknown = any(layer.parameters is None for layer in (*table, *other))
    counts = [None if unknown or layer.name in _COUNTED_OTHERWISE else layer.parameters for layer in table]
    return sorted(zip(names, counts, strict=True), key=str)


def _is_input(layer: Layer) -> bool:
    cut = layer.cut and len(layer.name) >= _LEAST
    return layer.name == "InputLayer" or (cut and "InputLayer".startswith(layer.name))


def _class(layer: Layer) -> str:
    name = re.sub(r"V[12]$", "", layer.name)
    return _SAME.get(name, name)


def _same_shapes(one: tuple[Shape, ...], other: tuple[Shape, ...]) -> bool:
    """Return whether shapes may be the same: a size that is not fixed may be any."""
    if not one or not other:
        return True  # one of them does not say
    return len(one) == len(other) and all(
        len(a) == len(b) and all(None in (m, n) or m == n for m, n in zip(a, b, strict=True))
        for a, b in zip(one, other, strict=True)
    )


def _layers(table: Sequence[Layer]) -> str:
    names = [layer.name + "…" * layer.cut for layer in table]
    return f"{len(names)} layers ({listed(names, 8)})" if names else "no layers"

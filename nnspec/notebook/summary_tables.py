"""Tables that `model.summary()` prints, of Keras 1 to 3: class, output shape and parameters of each layer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nnspec.notebook.printed_text import resolved

Shape = tuple[int | None, ...]

_HEAD = re.compile(r"Layer \(type\)\s.*Output Shape\s.*Param #")
_COLUMNS = ("Output Shape", "Param #", "Connected to", "Trainable")
_CLASS = re.compile(r"\((?P<name>[\w.>]*)(?P<end>\)?)…?$")
_SHAPE = re.compile(r"\(([^()]*)\)")
_COUNT = re.compile(r"[\d,]+")
_NESTED = ("|", "└")  # in front of the layers of a layer


@dataclass(frozen=True)
class Layer:
    """A row of a table.

    `cut` is true where the name of the class does not stand there to its end. `shapes` are those of its
    outputs, None for a size that is not fixed; there are none, and `parameters` is None, where the table does
    not say, of a layer that is not built for example.
    """

    name: str
    cut: bool
    shapes: tuple[Shape, ...]
    parameters: int | None


@dataclass(frozen=True)
class Table:
    """The layers of a model in the order of the table; `branches` where it has what they are connected to."""

    layers: tuple[Layer, ...]
    branches: bool


def summary_tables(lines: Sequence[str]) -> list[Table | None]:
    """Return the tables in printed lines, in their order; None for one with layers within layers."""
    plain = [resolved(line) for line in lines]
    return [_table(line, plain[number:]) for number, line in enumerate(plain, 1) if _HEAD.search(line)]


def _table(head: str, rest: Sequence[str]) -> Table | None:
    rows = list(_boxed(rest) if "┃" in head or "│" in head else _in_columns(head, rest))
    if any(row[0].startswith(_NESTED) for row in rows):
        return None
    return Table(tuple(map(_layer, rows)), "Connected to" in head)


def _boxed(rest: Sequence[str]) -> Iterator[list[str]]:
    """Yield the rows of a table with lines around its cells, as Keras 3 prints it."""
    parts: list[list[str]] = []
    for line in map(str.strip, rest):
        if line.startswith("│"):
            parts.append([cell.strip() for cell in line.strip("│").split("│")])
            continue
        if parts:
            yield _joined(parts)
        parts = []
        if not line.startswith(("├", "┡", "┢", "╞", "┣")):
            return


def _in_columns(head: str, rest: Sequence[str]) -> Iterator[list[str]]:
    """Yield the rows of a table whose columns begin where those of its head do, as Keras 1 and 2 print it."""
    starts = [0, *(head.index(name) for name in _COLUMNS if name in head)]
    spans = list(zip(starts, [*starts[1:], None], strict=True))
    parts: list[list[str]] = []
    begun = False
    for line in rest:
        text = line.strip()
        if text.strip("_="):
            if text.startswith("Total params"):
                break
            parts.append([line[start:end].strip() for start, end in spans])
            continue
        if parts:
            yield _joined(parts)
            parts = []
        if text.startswith("=") and begun:
            return
        begun = True
    if parts:
        yield _joined(parts)


def _joined(parts: Sequence[Sequence[str]]) -> list[str]:
    """Return a row that may go over several lines: names break anywhere, shapes between their sizes."""
    columns = zip(*parts, strict=False)
    return [("" if place == 0 else " ").join(column).strip() for place, column in enumerate(columns)]


def _layer(row: Sequence[str]) -> Layer:
    name, shape, count = (*row, "", "", "")[:3]
    found = _CLASS.search(name)
    number = _COUNT.match(count)
    known = number is not None and "un" not in count  # unbuilt, unused
    return Layer(
        found["name"].rpartition(">")[2] if found else "",
        found is None or not found["end"],
        tuple(map(_sizes, _SHAPE.findall(shape))) if shape.count("(") == shape.count(")") else (),
        int(number.group().replace(",", "")) if number and known else None,
    )


def _sizes(text: str) -> Shape:
    parts = [one.strip() for one in text.split(",") if one.strip()]
    return tuple(int(one) if one.isdecimal() else None for one in parts)

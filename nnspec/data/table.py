"""A table of numbers, and the inputs and targets that are picked from its columns by their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue
from nnspec.basics.nearest import suggestion
from nnspec.data.dataset import Arrays

Label = str | int
Labels = Label | tuple[Label, ...]
FILL = "fill it in or drop its row, as the document does, before the data are handed in"


class Table(dict[Any, NDArray[Any]]):
    """Columns of numbers by their labels, each (rows,); the first ones are the inputs."""

    def examples(self, target: Labels) -> Arrays:
        """Return the columns of the target as targets and all others as inputs (rows, columns)."""
        targets = target if isinstance(target, tuple) else (target,)
        x = np.column_stack([values for label, values in self.items() if label not in targets])
        y = self[target] if not isinstance(target, tuple) else np.column_stack([self[one] for one in target])
        return Arrays(x, y)


def labels(name: str, value: object) -> Any:
    """Return the label of one column as it is, and those of several as a tuple; a label is text or a number.

    Raises
    ------
    InvalidValue
        If it is anything else, or if one occurs twice.
    """
    if _is_label(value):
        return _plain(value)
    several = list(value) if isinstance(value, Iterable) and not isinstance(value, bytes) else []
    if not several or not all(map(_is_label, several)):
        raise InvalidValue(name, value, "the name of a column, or a list of names")
    if len(set(several)) < len(several):
        raise InvalidValue(name, value, "every column once")
    return tuple(map(_plain, several))


def wanted(table: str, known: Sequence[Any], target: Labels, columns: Labels | None) -> list[Any]:
    """Return the labels of the inputs, all but the target's where `columns` is None, and then of the targets.

    Raises
    ------
    InvalidValue
        If the table has no column of a name, or two; if a target is an input too, or no input is left.
    """
    targets = list(target) if isinstance(target, tuple) else [target]
    inputs = [label for label in known if label not in targets]
    if columns is not None:
        inputs = list(columns) if isinstance(columns, tuple) else [columns]
    for name, those in (("target", targets), ("columns", inputs)):
        for label in those:
            _check_known(table, name, label, known)
    if both := [label for label in inputs if label in targets]:
        remedy = "the network would be given what it is to find"
        raise InvalidValue("columns", both[0], "columns without the target", remedy)
    if not inputs:
        raise InvalidValue(table, f"the target {targets[0]!r} alone", "at least one column beside the target")
    return inputs + targets


def check_finite(column: str, values: NDArray[Any], rows: Sequence[int] | range, row: str) -> None:
    """Refuse a column in which a value is missing or infinite; `rows` numbers its rows, `row` names them."""
    wrong = ~np.isfinite(values)
    if wrong.any():
        many = (
            "1 missing or infinite value" if wrong.sum() == 1 else f"{wrong.sum()} missing or infinite values"
        )
        received = f"{many}, the first in {row} {rows[int(np.argmax(wrong))]}"
        raise InvalidValue(column, received, "a number in every row", FILL)


def _check_known(table: str, name: str, label: Any, known: Sequence[Any]) -> None:
    if label not in known:
        shown = ", ".join(map(repr, known))
        shown = shown if len(shown) <= 200 else shown[:197] + "…"
        near = suggestion(str(label), [one for one in known if isinstance(one, str)])
        raise InvalidValue(name, label, f"a column of {table}: {shown}", near)
    if known.count(label) > 1:
        raise InvalidValue(table, f"two columns {label!r}", "columns with names of their own")


def _is_label(value: object) -> bool:
    return isinstance(value, str | int | np.integer) and not isinstance(value, bool)


def _plain(label: Any) -> Label:
    return str(label) if isinstance(label, str) else int(label)

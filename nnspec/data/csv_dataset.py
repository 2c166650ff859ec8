"""A CSV file as a data set, read by Python's own csv module, so that it needs no pandas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue
from nnspec.data.dataset import Arrays
from nnspec.data.file_dataset import FileDataset
from nnspec.data.table import FILL, Labels, Table, check_finite, labels, wanted

_MISSING = {"", "na", "n/a", "nan", "null", "none", "?"}


@dataclass(frozen=True)
class CSVDataset(FileDataset):
    """The numbers of a CSV file: `CSVDataset("houses.csv", target="price", test_size=0.2)`.

    Inputs are (rows, columns) float32, targets (rows,), or (rows, targets) where several are named; whole
    ones are int64. The first line has the names of the columns; with `header=False` there is none, and they
    are called 0, 1, …. `columns` names those of the inputs, by default all but the target, in their order;
    others may hold anything. The file is UTF-8. Where it stands, see `FileDataset`; parts are split off as
    `SplitDataset` says.

    Raises
    ------
    InvalidValue
        If there is no such file, or it is empty; when it is read, if it has no column of a name, if its lines
        have different lengths, or if a value is missing or no number.
    """

    target: Labels
    columns: Labels | None = None
    header: bool = True
    delimiter: str = ","

    def __post_init__(self) -> None:
        object.__setattr__(self, "target", labels("target", self.target))
        if self.columns is not None:
            object.__setattr__(self, "columns", labels("columns", self.columns))
        if not isinstance(self.header, bool):
            raise InvalidValue("header", self.header, "True or False")
        if not isinstance(self.delimiter, str) or len(self.delimiter) != 1 or self.delimiter in '\r\n"':
            raise InvalidValue("delimiter", self.delimiter, "one character, such as ',' or ';'")
        super().__post_init__()

    def given_parts(self) -> Arrays:
        """Return the columns as inputs and targets."""
        names, rows, lines = self._rows()
        picked = wanted(str(self.path), names, self.target, self.columns)
        table = Table()
        for label in picked:
            place = names.index(label)
            table[label] = self._numbers(label, [row[place] for row in rows], lines)
        return table.examples(self.target)

    def _rows(self) -> tuple[list[Any], list[list[str]], list[int]]:
        """Return the labels of the columns, the cells of every row, and the number of its line."""
        rows: list[list[str]] = []
        lines: list[int] = []
        for line, cells in self._cells():
            if rows and len(cells) != len(rows[0]):
                remedy = "quote values that hold the delimiter"
                expected = f"{len(rows[0])} values, as in line {lines[0]}"
                raise InvalidValue(f"{self.path}, line {line}", f"{len(cells)} values", expected, remedy)
            rows.append(cells)
            lines.append(line)
        if not rows or (self.header and len(rows) == 1):
            raise InvalidValue(str(self.path), "no row of numbers", "at least one")
        names: list[Any] = list(rows[0] if self.header else range(len(rows[0])))
        first = int(self.header)
        if len(names) == 1:
            received = f"one column alone, {names[0]!r}"
            remedy = "the delimiter may be another one, such as delimiter=';'"
            raise InvalidValue(
                str(self.path), received, "the target and at least one column beside it", remedy
            )
        if self.columns is None and "" in names:
            expected = "a name for every column, or columns=[…]"
            raise InvalidValue(str(self.path), "a column without a name", expected, "an index is no input")
        return names, rows[first:], lines[first:]

    def _cells(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the number and the cells of every line that is not blank."""
        try:
            text = self.content().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            received = f"byte {error.start} that is no UTF-8"
            raise InvalidValue(str(self.path), received, "text as UTF-8", "save it as UTF-8") from None
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter, strict=True)
        try:
            for cells in reader:
                if len(cells) > 1 or "".join(cells).strip():
                    yield reader.line_num, cells
        except csv.Error as error:
            raise InvalidValue(f"{self.path}, line {reader.line_num}", str(error), "a line of CSV") from None

    def _numbers(self, label: Any, cells: list[str], lines: list[int]) -> NDArray[Any]:
        name = f"{self.path}, column {label!r:.60}"
        try:
            numbers = np.fromiter(map(_plain_float, cells), np.float64, len(cells))
        except ValueError:
            numbers = np.array([_number(name, cell, line) for cell, line in zip(cells, lines, strict=True)])
        check_finite(name, numbers, lines, "line")
        whole = all(cell.strip().lstrip("+-").isdecimal() for cell in cells)
        return numbers.astype(np.int64) if whole and (np.abs(numbers) < 2**53).all() else numbers


def _number(name: str, cell: str, line: int) -> float:
    try:
        return _plain_float(cell)
    except ValueError:
        if cell.strip().lower() in _MISSING:
            received = f"no value in line {line}, {cell!r}" if cell.strip() else f"no value in line {line}"
            raise InvalidValue(name, received, "a number in every row", FILL) from None
    remedy = "give texts as numbers, or leave the column out: columns=[…] names those that are used"
    raise InvalidValue(name, f"{cell!r} in line {line}", "numbers", remedy)


def _plain_float(cell: str) -> float:
    if "_" in cell:  # which only Python takes for a number
        raise ValueError
    return float(cell)

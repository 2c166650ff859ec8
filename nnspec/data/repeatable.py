"""Data that stay the same: an author's own data set gives the same arrays whenever it is asked."""

from __future__ import annotations

from collections.abc import Callable

from nnspec.basics.errors import Unrepeatable
from nnspec.basics.parts import code_of
from nnspec.data.dataset import Dataset, made_anew, seconds_to_make

SECONDS = 5.0  # that a data set may take and still be made twice


def check_repeatable(dataset: Dataset, *, travels: Callable[[], bool] = lambda: False) -> None:
    """Make the arrays of an author's data set once more and compare them; nnspec's own are taken as they are.

    Where the data set `travels` to workers, which compare what they make, one that takes long is made once.

    Raises
    ------
    Unrepeatable
        If they are others.
    """
    if not code_of(dataset):
        return
    if seconds_to_make(dataset) > SECONDS and travels():
        return
    if made_anew(dataset).checksum() != dataset.arrays().checksum():
        raise changing(dataset)


def changing(dataset: Dataset) -> Unrepeatable:
    """Return the error of a data set that gives other arrays each time."""
    return Unrepeatable(f"{dataset.told()} gives other arrays each time; fix its seed")

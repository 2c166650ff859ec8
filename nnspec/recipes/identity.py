"""What an experiment is made of: its fields, the author's code behind them, and the arrays of its data."""

from __future__ import annotations

from typing import NamedTuple

from nnspec.basics.parts import code_of_parts, parts_of
from nnspec.data import Dataset
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.trainable import Trainable


class Identity(NamedTuple):
    """Two experiments are the same exactly when all of these are; every one is SHA-256 in hexadecimal digits.

    content : the fields.
    code : what functions, and classes that are not nnspec's own, do; empty where there is none. What a
        recipe's data set does is no part of it, because the arrays say all.
    data : the arrays of the data sets, in the order of the fields.
    """

    content: str
    code: str
    data: tuple[str, ...]


def identity(experiment: Experiment) -> Identity:
    """Return what an experiment is kept, begun, sent and found by; its arrays are made for it.

    Raises
    ------
    InvalidValue
        If a field holds what JSON cannot, or the data are none.
    MissingData
        If the data set has to be downloaded first.
    """
    content = experiment.content_hash  # tells first what is wrong with a field
    code = code_of_parts(
        part
        for part in parts_of(experiment)
        if not (isinstance(experiment, Trainable) and isinstance(part, Dataset))
    )
    return Identity(content, code, tuple(one.arrays().checksum() for one in data_of(experiment)))


Key = tuple[Identity, tuple[type, ...]]


def key_of(experiment: Experiment) -> Key:
    """Return what an experiment is known by within a process: its identity, and its classes themselves.

    Two classes are two here even where no difference between them is seen; errors as in `identity`.
    """
    return identity(experiment), tuple(map(type, parts_of(experiment)))


class Identified:
    """An experiment as a key of a cache: equal to another one exactly when both are made of the same."""

    def __init__(self, experiment: Trainable) -> None:
        self.experiment = experiment
        self._key = key_of(experiment)

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Identified) and self._key == other._key


def data_of(experiment: Experiment) -> list[Dataset]:
    """Return the data sets of an experiment, in the order of its fields."""
    return [part for part in parts_of(experiment) if isinstance(part, Dataset)]

"""What a data set is: a cheap description, and the arrays that it stands for."""

from __future__ import annotations

import functools
import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.arrays import real_numbers
from nnspec.basics.description import Description
from nnspec.basics.errors import InvalidValue, whole_number
from nnspec.basics.errors import MissingData as MissingData
from nnspec.basics.parts import code_of

Examples = tuple[NDArray[Any], NDArray[Any]]


@dataclass(frozen=True, eq=False)
class Arrays:
    """The arrays of a data set: inputs float32 or uint8 (examples, …), targets float32 or int64.

    Inputs stay uint8 where the data set gives them so, as it does for large vectors of 0 and 1;
    training computes with float32. Parts that a data set does not have are empty.
    """

    x_train: NDArray[Any]
    y_train: NDArray[Any]
    x_test: NDArray[Any]
    y_test: NDArray[Any]
    x_validation: NDArray[Any] = None  # type: ignore[assignment]  # filled in below
    y_validation: NDArray[Any] = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        if self.x_validation is None:
            object.__setattr__(self, "x_validation", self.x_train[:0])
            object.__setattr__(self, "y_validation", self.y_train[:0])

    def part(self, name: str) -> Examples:
        """Return inputs and targets of the part "train", "validation" or "test"."""
        return getattr(self, f"x_{name}"), getattr(self, f"y_{name}")

    def checksum(self) -> str:
        """SHA-256 over shapes, dtypes and bytes of all arrays, 64 hexadecimal digits; computed once."""
        return self._checksum

    @functools.cached_property
    def _checksum(self) -> str:
        digest = hashlib.sha256()
        for array in (getattr(self, field.name) for field in fields(self)):
            digest.update(f"{array.dtype}{array.shape}".encode())
            digest.update(np.ascontiguousarray(array).data.cast("B") if array.size else b"")
        return digest.hexdigest()


class Dataset(Description):
    """Base of the data sets; a subclass is a frozen dataclass with `examples()`, or with `split()`.

    Where a subclass has a field `train_size`, the first `train_size` examples are for training and
    the others for testing, in the order in which they stand; None trains on all of them. Where
    `regression` is true the targets are quantities, which no loss may mistake for bad labels.
    """

    regression: ClassVar[bool] = False
    train_size: int | None = None

    def examples(self) -> Examples:
        """Return all inputs (examples, …) and targets (examples,) or (examples, outputs).

        Raises
        ------
        InvalidValue
            If the subclass defines neither this method nor `split`.
        """
        raise InvalidValue("data", type(self).__name__, "a data set with a method examples() or split()")

    def split(self) -> Arrays:
        """Return the parts as they are, before types and values are checked.

        Raises
        ------
        InvalidValue
            If `examples` gives anything else than as many inputs as targets, at least one, or fewer than
            `train_size`.
        """
        name, found = f"{type(self).__name__}().examples()", self.examples()
        if not isinstance(found, Sequence) or len(found) != 2:
            raise InvalidValue(name, found, "a pair of inputs and targets, (x, y)")
        x, y = (real_numbers(name, values) for values in found)
        if x.ndim == 0 or y.ndim == 0 or len(x) == 0 or len(x) != len(y):
            raise InvalidValue(name, (x.shape, y.shape), "as many inputs as targets, at least one")
        size = len(x) if self.train_size is None else self.train_size
        if size > len(x):
            expected = f"at most the {len(x)} examples of {type(self).__name__}"
            raise InvalidValue("train_size", size, expected)
        return Arrays(x[:size], y[:size], x[size:], y[size:])

    def expected_shape(self) -> tuple[int, ...] | None:
        """Return the shape of the training inputs, (examples, …), where it is known without making them."""
        return None

    def arrays(self) -> Arrays:
        """Return the arrays, made once per process and write-protected.

        Raises
        ------
        InvalidValue
            If inputs or targets are empty, not finite or of different lengths, or if `train_size`
            leaves nothing to train on.
        MissingData
            If the data set has to be downloaded first.
        """
        return _arrays(_Key(self))[0]

    def _check_train_size(self) -> None:
        if self.train_size is not None:
            object.__setattr__(self, "train_size", whole_number("train_size", self.train_size))


class _Key:
    """Makes data sets the same exactly when their content and their code are; 1 and 1.0 are not the same."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.identity = (type(dataset), dataset.content_hash, code_of(dataset))

    def __hash__(self) -> int:
        return hash(self.identity)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.identity == other.identity


@functools.lru_cache(maxsize=16)
def _arrays(key: _Key) -> tuple[Arrays, float]:
    started = time.perf_counter()
    return made_anew(key.dataset), time.perf_counter() - started


def seconds_to_make(dataset: Dataset) -> float:
    """Return how long it took to make the arrays of a data set; errors as in `Dataset.arrays`."""
    return _arrays(_Key(dataset))[1]


def made_anew(dataset: Dataset) -> Arrays:
    """Return the arrays of a data set, made again; errors as in `Dataset.arrays`."""
    found = dataset.split()
    if not isinstance(found, Arrays):
        raise InvalidValue(f"{type(dataset).__name__}().split()", found, "Arrays(x_train, y_train, …)")
    name = f"{type(dataset).__name__}().examples()"
    checked = {}
    for part in ("train", "test", "validation"):
        x, y = (real_numbers(name, values) for values in found.part(part))
        checked[f"x_{part}"] = x if x.dtype == np.uint8 else _floats(x)
        checked[f"y_{part}"] = _whole(name, y) if np.issubdtype(y.dtype, np.integer) else _floats(y)
    for array in checked.values():
        if array.dtype == np.float32 and not np.isfinite(array).all():
            raise InvalidValue(name, "NaN or infinity", "finite inputs and targets")
        array.setflags(write=False)
    return Arrays(**checked)


def _floats(array: NDArray[Any]) -> NDArray[np.float32]:
    with np.errstate(over="ignore"):  # what float32 cannot hold becomes infinite, which is told
        return array.astype(np.float32, copy=False)


def _whole(name: str, array: NDArray[Any]) -> NDArray[np.int64]:
    most = np.iinfo(np.int64).max
    if array.size and array.max() > most:
        raise InvalidValue(name, int(array.max()), f"targets of at most {most}")
    return array.astype(np.int64, copy=False)

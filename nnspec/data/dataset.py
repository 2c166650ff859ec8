"""What a data set is: a cheap description, and the arrays that it stands for."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.arrays import as_array
from nnspec.basics.description import Description
from nnspec.basics.errors import InvalidValue, whole_number
from nnspec.basics.errors import MissingData as MissingData
from nnspec.basics.parts import code_of
from nnspec.data.by_name import (
    ByName,
    as_floats,
    as_whole_numbers,
    changed_each,
    each_array,
    numbers,
    shape_of_examples,
)
from nnspec.data.kept_arrays import UsedLast
from nnspec.data.made import Made, making
from nnspec.machine.outside import tell_of

Examples = tuple[NDArray[Any], NDArray[Any]]


@dataclass(frozen=True, eq=False)
class Arrays:
    """The arrays of a data set: inputs float32 or uint8 (examples, …), targets float32 or int64.

    A mapping stands for several inputs, or several targets, by the names that a model gives them.
    Inputs stay uint8 where the data set gives them so, as it does for large vectors of 0 and 1;
    training computes with float32. Parts that a data set does not have are empty.
    """

    x_train: NDArray[Any]
    y_train: NDArray[Any]
    x_test: NDArray[Any] = None  # type: ignore[assignment]  # filled in below
    y_test: NDArray[Any] = None  # type: ignore[assignment]
    x_validation: NDArray[Any] = None  # type: ignore[assignment]
    y_validation: NDArray[Any] = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        for part in ("test", "validation"):
            if all(values is None for values in self.part(part)):
                for name in "xy":
                    values: Any = getattr(self, f"{name}_train")
                    if isinstance(values, ByName | Mapping):
                        values = numbers(f"{name}_train", values)
                    else:
                        values = np.atleast_1d(as_array(f"{name}_train", values))
                    object.__setattr__(self, f"{name}_{part}", values[:0])

    def __repr__(self) -> str:
        kinds = {one.dtype.kind for field in fields(self) for _, one in each_array(getattr(self, field.name))}
        checksum = f", checksum {self.checksum()[:8]}" if kinds <= set("biuf") else ""
        return f"Arrays(x_train {np.shape(self.x_train)}{checksum})"

    def part(self, name: str) -> Examples:
        """Return inputs and targets of the part "train", "validation" or "test"."""
        return getattr(self, f"x_{name}"), getattr(self, f"y_{name}")

    @property
    def nbytes(self) -> int:
        """The bytes of all arrays together."""
        return sum(one.nbytes for field in fields(self) for _, one in each_array(getattr(self, field.name)))

    def checksum(self) -> str:
        """SHA-256 over shapes, dtypes and bytes of all arrays, 64 hexadecimal digits; computed once."""
        return self._checksum

    @functools.cached_property
    def _checksum(self) -> str:
        digest = hashlib.sha256()
        arrays = (each for field in fields(self) for each in each_array(getattr(self, field.name)))
        for name, array in arrays:
            digest.update(f"{repr(name) if name else ''}{array.dtype}{array.shape}".encode())
            digest.update(np.ascontiguousarray(array).data.cast("B") if array.size else b"")
        return digest.hexdigest()


class Dataset(Description):
    """Base of the data sets; a subclass is a frozen dataclass with `examples()`, or with `split()`.

    Where a subclass has a field `train_size`, the first `train_size` examples are for training and
    the others for testing, in the order in which they stand; None trains on all of them. Where
    `regression` is true the targets are quantities, which no loss may mistake for bad labels.
    """

    regression: ClassVar[bool] = False
    _made_again: ClassVar[bool] = False  # whether the arrays need not stay, as they are soon made again
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
        x, y = (numbers(name, values) for values in found)
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
        """Return the arrays, write-protected, made once per process, or where they need much memory again.

        Raises
        ------
        InvalidValue
            If inputs or targets are empty, not finite or of different lengths, or if `train_size`
            leaves nothing to train on.
        MissingData
            If the data set has to be downloaded first.
        """
        return _arrays(self).value

    def told(self) -> str:
        """Return what messages call the data set where its arrays are at fault."""
        # where nobody has written a split, it is that of the examples
        method = "examples" if type(self).split is Dataset.split else "split"
        return f"{type(self).__name__}().{method}()"

    def __str__(self) -> str:
        return type(self).__name__

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


def _arrays(dataset: Dataset) -> Made[Arrays]:
    """Return arrays as they were made; a training that takes them later has read what they were made of."""
    made = KEPT.get(_Key(dataset), lambda: making(lambda: made_anew(dataset)))
    tell_of(made.read)
    return made


KEPT: UsedLast[_Key, Made[Arrays]] = UsedLast(
    lambda made: made.value.nbytes, lambda key: not key.dataset._made_again
)


def seconds_to_make(dataset: Dataset) -> float:
    """Return how long it took to make the arrays of a data set; errors as in `Dataset.arrays`."""
    return _arrays(dataset).seconds


def made_anew(dataset: Dataset) -> Arrays:
    """Return the arrays of a data set, made again; errors as in `Dataset.arrays`."""
    found = dataset.split()
    if not isinstance(found, Arrays):
        raise InvalidValue(f"{type(dataset).__name__}().split()", found, "Arrays(x_train, y_train, …)")
    checked = check_parts(dataset.told(), found)
    for array in (getattr(checked, field.name) for field in fields(checked)):
        array.setflags(write=False)
    return checked


def check_parts(name: str, found: Arrays) -> Arrays:
    """Return arrays with inputs as float32 or uint8 and targets as float32 or int64.

    Raises
    ------
    InvalidValue
        If a part is no array of finite real numbers that float32 holds, if inputs and targets are not as
        many, if there are none to train on, or if parts have examples of different shapes.
    """
    checked: dict[str, Any] = {}
    for part in ("train", "test", "validation"):
        if any(values is None for values in found.part(part)):
            raise InvalidValue(
                f"{name}: {part}", "one of x and y alone", "inputs and their targets, or neither"
            )
        x, y = (numbers(name, values) for values in found.part(part))
        if x.ndim == 0 or y.ndim == 0 or len(x) != len(y) or (part == "train" and not len(x)):
            expected = "as many inputs as targets, at least one to train on"
            raise InvalidValue(f"{name}: {part}", (x.shape, y.shape), expected)
        example = shape_of_examples(checked.get("x_train", x))
        if len(x) and shape_of_examples(x) != example:
            received = x.shape if isinstance(example, tuple) else x
            expected = f"examples of shape {example}, as for training"
            raise InvalidValue(f"{name}: x_{part}", received, expected)
        checked[f"x_{part}"] = changed_each(
            x, lambda one: one if one.dtype == np.uint8 else as_floats(name, one)
        )
        checked[f"y_{part}"] = changed_each(
            y,
            lambda one: (
                as_whole_numbers(name, one) if np.issubdtype(one.dtype, np.integer) else as_floats(name, one)
            ),
        )
    return Arrays(**checked)

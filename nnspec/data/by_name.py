"""Several inputs, or several targets, of the same examples: arrays by name, as a model with names has."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.arrays import real_numbers
from nnspec.basics.errors import InvalidValue


class ByName:
    """Arrays (examples, …) by name; an index takes these examples of every one of them.

    Raises
    ------
    InvalidValue
        If there are none, a name is no text, one is no array of real numbers, or they are not as many.
    """

    def __init__(self, name: str, arrays: Mapping[str, Any]) -> None:
        if not arrays or not all(isinstance(key, str) for key in arrays):
            raise InvalidValue(name, list(arrays), "arrays by the names of the model's inputs or outputs")
        self._name = name
        self.arrays = {key: real_numbers(f"{name}[{key!r}]", values) for key, values in arrays.items()}
        lengths = {key: np.shape(values)[:1] for key, values in self.arrays.items()}
        if len(set(lengths.values())) > 1 or () in lengths.values():
            received = {key: values.shape for key, values in self.arrays.items()}
            raise InvalidValue(name, received, "as many examples under every name")

    def __len__(self) -> int:
        return len(next(iter(self.arrays.values())))

    def __iter__(self) -> Iterator[Any]:
        # and not example by example, as an index would have it
        raise InvalidValue(self._name, self, "one array", "these are taken by their names: x.arrays[name]")

    def __getitem__(self, index: Any) -> ByName:
        return self.each(lambda values: values[index])

    def __repr__(self) -> str:
        return f"{{{', '.join(f'{key!r}: {values.shape}' for key, values in self.arrays.items())}}}"

    def each(self, function: Callable[[NDArray[Any]], NDArray[Any]]) -> ByName:
        """Return what a function makes of every array."""
        return ByName(self._name, {key: function(values) for key, values in self.arrays.items()})

    @property
    def shape(self) -> tuple[int, ...]:
        """The number of examples, 1, and how many numbers an example has: the shape of no single array."""
        return len(self), 1, sum(math.prod(values.shape[1:]) for values in self.arrays.values())

    @property
    def ndim(self) -> int:
        """The number of axes of `shape`."""
        return len(self.shape)

    @property
    def dtype(self) -> np.dtype[Any]:
        """What would hold numbers of all of them."""
        return np.result_type(*(values.dtype for values in self.arrays.values()))

    def setflags(self, *, write: bool) -> None:
        """Let all of them be written to, or not."""
        for values in self.arrays.values():
            values.setflags(write=write)


def numbers(name: str, values: Any) -> Any:
    """Return an array of real numbers, or arrays by name where a mapping is given; errors as in both."""
    if isinstance(values, ByName):
        return values
    return ByName(name, values) if isinstance(values, Mapping) else real_numbers(name, values)


def each_array(values: Any) -> list[tuple[str, NDArray[Any]]]:
    """Return the arrays with their names; a single one has none."""
    if isinstance(values, ByName):
        return sorted(values.arrays.items())
    return [("", np.asarray(values))]


def shape_of_examples(x: Any) -> Any:
    """Return the shape of an example, by name where there are several inputs."""
    if isinstance(x, ByName):
        return {key: values.shape[1:] for key, values in x.arrays.items()}
    return x.shape[1:]


def changed_each(values: Any, function: Callable[[NDArray[Any]], NDArray[Any]]) -> Any:
    """Return an array, or each of several by name, as a function changes it."""
    return values.each(function) if isinstance(values, ByName) else function(values)


def as_floats(name: str, array: NDArray[Any]) -> NDArray[np.float32]:
    """Return numbers as float32; InvalidValue if one is not finite, or too large for it."""
    with np.errstate(over="ignore"):  # what float32 cannot hold becomes infinite
        floats = array.astype(np.float32, copy=False)
    if not (held := np.isfinite(floats)).all():
        if not np.isfinite(array).all():
            raise InvalidValue(name, "NaN or infinity", "finite inputs and targets")
        most = np.finfo(np.float32).max
        expected = f"inputs and targets that are not too large for float32, at most {most:.2g}"
        raise InvalidValue(name, array[~held][0].item(), expected, "scale them")
    return floats


def as_whole_numbers(name: str, array: NDArray[Any]) -> NDArray[np.int64]:
    """Return whole numbers as int64; InvalidValue if one is too large for it."""
    most = np.iinfo(np.int64).max
    if array.size and array.max() > most:
        raise InvalidValue(name, int(array.max()), f"targets of at most {most}")
    return array.astype(np.int64, copy=False)

"""Data sets that are given as arrays, without a class that makes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from nnspec.basics.errors import InvalidValue
from nnspec.data.dataset import Arrays, Dataset, check_parts


@dataclass(frozen=True, eq=False, repr=False)
class GivenArrays(Dataset):
    """Arrays as a data set of its own: it is what their checksum says, whoever holds them.

    The arrays are copied, so that it stays the same whatever becomes of those that were given.
    """

    parts: Arrays

    def __post_init__(self) -> None:
        if not isinstance(self.parts, Arrays):
            raise InvalidValue("parts", self.parts, "Arrays(x_train, y_train, x_test, y_test)")
        checked = check_parts("Arrays", self.parts)
        copied = {name: np.array(values) for name, values in vars(checked).items() if name[0] in "xy"}
        for array in copied.values():
            array.setflags(write=False)
        object.__setattr__(self, "parts", Arrays(**copied))

    def split(self) -> Arrays:
        """Return the arrays."""
        return self.parts

    def expected_shape(self) -> tuple[int, ...]:
        """Return the shape of the training inputs."""
        return self.parts.x_train.shape

    def get_config(self) -> dict[str, Any]:
        """Return the class name and the checksum, which cannot be turned into arrays again."""
        return {"class_name": type(self).__name__, "config": {"checksum": self.parts.checksum()}}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, GivenArrays) and self.parts.checksum() == other.parts.checksum()

    def __hash__(self) -> int:
        return hash(self.parts.checksum())

    def __repr__(self) -> str:
        return repr(self.parts)

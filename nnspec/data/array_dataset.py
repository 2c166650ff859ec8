"""Arrays of one's own as a data set, their parts named or split off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from nnspec.data.by_name import ByName
from nnspec.data.dataset import Arrays, check_parts
from nnspec.data.splitting import SplitDataset

PARTS = ("x_train", "y_train", "x_test", "y_test", "x_validation", "y_validation")


@dataclass(frozen=True, eq=False, repr=False)
class HeldDataset(SplitDataset):
    """Base of the data sets that hold their arrays: they are what their checksum says, whoever holds them."""

    def hold(self, name: str, given: Arrays) -> None:
        """Keep checked copies of arrays, which nobody can write to; errors as in `check_parts`."""
        checked = check_parts(name, given)
        copies = {key: _copied(getattr(checked, key)) for key in PARTS}
        for array in copies.values():
            array.setflags(write=False)
        object.__setattr__(self, "_parts", Arrays(**copies))

    def given_parts(self) -> Arrays:
        """Return the arrays that are held."""
        parts: Arrays = vars(self)["_parts"]
        return parts

    def expected_shape(self) -> tuple[int, ...]:
        """Return the shape of the training inputs."""
        examples, *example = self.given_parts().x_train.shape
        return (self.left_to_train(examples), *example)

    def get_config(self) -> dict[str, Any]:
        """Return the class name, the checksum, which cannot become arrays again, and the splitting."""
        config = {"checksum": self.given_parts().checksum(), **self.splitting()}
        return {"class_name": type(self).__name__, "config": config}

    def told_fields(self) -> dict[str, Any]:
        """Return the beginning of the checksum, and the splitting."""
        return {"checksum": self.given_parts().checksum()[:8], **self.splitting()}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, HeldDataset) and self.get_config() == other.get_config()

    def __hash__(self) -> int:
        return hash(self.content_hash)

    def __repr__(self) -> str:
        parts = self.given_parts()
        told = [f"{name}={value}" for name, value in self.told_fields().items()]
        return f"{type(self).__name__}(x_train {parts.x_train.shape}, {', '.join(told)})"


@dataclass(frozen=True, eq=False, repr=False)
class ArrayDataset(HeldDataset):
    """Arrays as a data set: `ArrayDataset(x, y, test_size=0.2, random_state=42)`, or with its parts named.

    `x_train` (examples, …) and `y_train` (examples,) or (examples, outputs) are real numbers; parts for
    testing and validation are given beside them, or split off by `test_size` and `validation_size`, as
    `SplitDataset` says. All are copied, so that it stays the same whatever becomes of those that were given.

    Raises
    ------
    InvalidValue
        If the arrays are no parts that can be trained on, or the sizes are none.
    """

    x_train: Any
    y_train: Any
    x_test: Any = None
    y_test: Any = None
    x_validation: Any = None
    y_validation: Any = None

    def __post_init__(self) -> None:
        super().__post_init__()
        self.hold("Arrays", Arrays(*(getattr(self, name) for name in PARTS)))
        for name in PARTS:  # what was given may change, and is not kept twice
            object.__setattr__(self, name, getattr(self.given_parts(), name))

    @classmethod
    def of(cls, arrays: Arrays, **splitting: Any) -> ArrayDataset:
        """Return Arrays as a data set; errors as for the class."""
        return cls(*(getattr(arrays, name) for name in PARTS), **splitting)


def _copied(values: Any) -> Any:
    return values.each(np.array) if isinstance(values, ByName) else np.array(values)

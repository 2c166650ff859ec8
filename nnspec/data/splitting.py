"""Parts that are split off: what is put apart for testing and for validation, by scikit-learn."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue, whole_number
from nnspec.data.by_name import ByName
from nnspec.data.dataset import Arrays, Dataset, Examples, check_parts
from nnspec.data.generated import random_state


@dataclass(frozen=True, kw_only=True)
class SplitDataset(Dataset):
    """Base of the data sets of one's own, whose parts are named or split off.

    `test_size` is put apart of what is for training, and `validation_size` of what is left, each a share
    between 0 and 1, as `sklearn.model_selection.train_test_split` rounds it, or a number of examples; 0 puts
    nothing apart. Both are drawn with `random_state`; with `shuffle=False` they are the last examples, as
    those of Keras's `validation_split` are, and with `stratify=True` every class has its share in them.
    """

    test_size: float = 0
    validation_size: float = 0
    random_state: int = 0
    shuffle: bool = True
    stratify: bool = False

    def __post_init__(self) -> None:
        for name in ("test_size", "validation_size"):
            object.__setattr__(self, name, _size(name, getattr(self, name)))
        object.__setattr__(self, "random_state", random_state("random_state", self.random_state))
        for name in ("shuffle", "stratify"):
            if not isinstance(getattr(self, name), bool):
                remedy = "the targets of the data are meant" if name == "stratify" else ""
                raise InvalidValue(name, getattr(self, name), "True or False", remedy)
        if self.stratify and not self.shuffle:
            raise InvalidValue("stratify", True, "shuffle=True with it", "only shuffled classes have a share")

    def given_parts(self) -> Arrays:
        """Return the parts as they were handed in, before any is split off."""
        raise InvalidValue("data", type(self).__name__, "a data set with a method given_parts()")

    def split(self) -> Arrays:
        """Return training, validation and test part.

        Raises
        ------
        InvalidValue
            If the parts are none that can be trained on, if one is to be split off that is there already, or
            if nothing would be left.
        """
        found = check_parts(self.told(), self.given_parts())
        parts = {part: found.part(part) for part in ("train", "test", "validation")}
        for part in ("test", "validation"):
            name = f"{part}_size"
            if size := getattr(self, name):
                if len(parts[part][0]):
                    expected = f"0 where there are examples for {part} already"
                    raise InvalidValue(name, size, expected, f"here there are {len(parts[part][0])}")
                parts["train"], parts[part] = self._put_apart(name, size, *parts["train"])
        return Arrays(*parts["train"], *parts["test"], *parts["validation"])

    def told(self) -> str:
        """Return what messages call the data set."""
        return type(self).__name__

    def splitting(self) -> dict[str, Any]:
        """Return the arguments that say how parts are split off; empty where none is."""
        if not self.test_size and not self.validation_size:
            return {}
        told = {one.name: getattr(self, one.name) for one in fields(SplitDataset)}
        usual = {one.name: one.default for one in fields(SplitDataset) if one.name != "random_state"}
        if not self.shuffle:
            del told["random_state"]
        return {name: value for name, value in told.items() if value != usual.get(name)}

    def left_to_train(self, examples: int) -> int:
        """Return how many of so many examples are left to train on."""
        for size in (self.test_size, self.validation_size):
            examples -= _count(size, examples)
        return examples

    def _put_apart(
        self, name: str, size: float, x: NDArray[Any], y: NDArray[Any]
    ) -> tuple[Examples, Examples]:
        from sklearn.model_selection import train_test_split  # takes a second to import

        if _count(size, len(x)) >= len(x):
            expected = f"a size that leaves something of the {len(x)} examples to train on"
            raise InvalidValue(name, size, expected)
        if self.stratify and isinstance(y, ByName):
            raise InvalidValue("stratify", True, "one array of targets", "leave it out")
        how = {"random_state": self.random_state} if self.shuffle else {}
        try:
            rest, apart = train_test_split(
                np.arange(len(x)),
                test_size=size,
                shuffle=self.shuffle,
                stratify=y if self.stratify else None,
                **how,
            )
        except ValueError as error:
            expected = "classes of which every part can have its share"
            reason = " ".join(str(error).split())[:110]
            raise InvalidValue(f"{name} with stratify", size, expected, reason) from None
        return (x[rest], y[rest]), (x[apart], y[apart])


def _size(name: str, value: object) -> float:
    """Return a size as train_test_split takes it: a float between 0 and 1, or an int."""
    number = value.item() if isinstance(value, np.generic) else value
    if isinstance(number, float) and 0 < number < 1:
        return number
    if isinstance(number, float) and number == 0:
        return 0
    try:
        return whole_number(name, number, 0)
    except InvalidValue:
        expected = "a share between 0 and 1, or a number of examples"
        raise InvalidValue(name, value, expected) from None


def _count(size: float, examples: int) -> int:
    return math.ceil(size * examples) if isinstance(size, float) else size

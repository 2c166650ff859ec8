"""Bundled data sets: what scikit-learn brings along."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue, real_number
from nnspec.data.dataset import Dataset


@dataclass(frozen=True)
class Digits(Dataset):
    """scikit-learn's handwritten digits: x (1797, 8, 8) in 0 … 16 times `scale`, y 0 … 9 or one-hot."""

    train_size: int | None = 1437
    scale: float = 1 / 16
    one_hot: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "scale", real_number("scale", self.scale, 0.0, open_low=True))
        if not isinstance(self.one_hot, bool):
            raise InvalidValue("one_hot", self.one_hot, "True or False")
        self._check_train_size()

    def expected_shape(self) -> tuple[int, ...]:
        """Return the shape of the training inputs."""
        return (1797 if self.train_size is None else self.train_size, 8, 8)

    def examples(self) -> tuple[NDArray[np.floating], NDArray[np.generic]]:
        """Return all images and labels in scikit-learn's order."""
        from sklearn.datasets import load_digits  # takes a second to import

        digits = load_digits()
        labels = np.eye(10, dtype=np.float32)[digits.target] if self.one_hot else digits.target
        return digits.images * self.scale, labels

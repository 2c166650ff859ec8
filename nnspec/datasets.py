"""Data sets: cheap descriptions of generated and bundled data, and the arrays that they stand for."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from nnspec.description import Description
from nnspec.errors import InvalidValue, real_number, whole_number


@dataclass(frozen=True)
class Arrays:
    """The arrays of a data set: inputs float32 (examples, …), targets float32 or int64.

    `x_test` and `y_test` are empty where the data set has no test part.
    """

    x_train: NDArray[np.float32]
    y_train: NDArray[np.generic]
    x_test: NDArray[np.float32]
    y_test: NDArray[np.generic]

    def checksum(self) -> str:
        """SHA-256 over shapes, dtypes and bytes of the four arrays, 64 hexadecimal digits."""
        digest = hashlib.sha256()
        for array in (self.x_train, self.y_train, self.x_test, self.y_test):
            digest.update(f"{array.dtype}{array.shape}".encode())
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()


class Dataset(Description):
    """Base of the data sets; a subclass is a frozen dataclass with `train_size` and `examples()`.

    The first `train_size` examples are for training and the others for testing, in the order in
    which they stand; None trains on all of them.
    """

    train_size: int | None

    def examples(self) -> tuple[NDArray[np.floating], NDArray[np.generic]]:
        """Return all inputs (examples, …) and targets (examples,) or (examples, outputs)."""
        raise NotImplementedError

    def arrays(self) -> Arrays:
        """Return the arrays, made once per process and write-protected.

        Raises
        ------
        InvalidValue
            If inputs or targets are empty, not finite or of different lengths, or if `train_size`
            leaves nothing to train on.
        """
        return _arrays(_Key(self))

    def _check_train_size(self) -> None:
        if self.train_size is not None:
            object.__setattr__(self, "train_size", whole_number("train_size", self.train_size))


class _Key:
    """Makes data sets the same exactly when their content hash is; 1 and 1.0 are equal but not the same."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.identity = (type(dataset), dataset.content_hash)

    def __hash__(self) -> int:
        return hash(self.identity)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.identity == other.identity


@functools.lru_cache(maxsize=16)
def _arrays(key: _Key) -> Arrays:
    dataset = key.dataset
    x, y = dataset.examples()
    name = type(dataset).__name__
    x = np.asarray(x, np.float32)
    y = np.asarray(y)
    y = y.astype(np.int64 if np.issubdtype(y.dtype, np.integer) else np.float32)
    if len(x) == 0 or len(x) != len(y):
        raise InvalidValue(
            f"{name}().examples()", (x.shape, y.shape), "as many inputs as targets, at least one"
        )
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise InvalidValue(f"{name}().examples()", "NaN or infinity", "finite inputs and targets")
    size = len(x) if dataset.train_size is None else dataset.train_size
    if size > len(x):
        raise InvalidValue("train_size", size, f"at most the {len(x)} examples of {name}")
    parts = Arrays(x[:size], y[:size], x[size:], y[size:])
    for array in vars(parts).values():
        array.setflags(write=False)
    return parts


@dataclass(frozen=True)
class _TwoShapes(Dataset):
    """Two shapes of `n_samples` points in all, with normal noise of this standard deviation."""

    generator: ClassVar[str]  # the name of scikit-learn's function
    n_samples: int = 1000
    noise: float = 0.03
    random_state: int = 42
    train_size: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "n_samples", whole_number("n_samples", self.n_samples, 2))
        object.__setattr__(self, "noise", real_number("noise", self.noise, 0.0))
        object.__setattr__(self, "random_state", whole_number("random_state", self.random_state, 0))
        self._check_train_size()

    def examples(self) -> tuple[NDArray[np.floating], NDArray[np.generic]]:
        """Return all points and labels in scikit-learn's order."""
        import sklearn.datasets  # takes a second to import

        make = getattr(sklearn.datasets, self.generator)
        x, y = make(self.n_samples, noise=self.noise, random_state=self.random_state)
        return x, y


@dataclass(frozen=True)
class Circles(_TwoShapes):
    """Two concentric circles (`sklearn.datasets.make_circles`): x (n_samples, 2), y 0 outside, 1 inside."""

    generator: ClassVar[str] = "make_circles"


@dataclass(frozen=True)
class Moons(_TwoShapes):
    """Two interleaving half circles (`sklearn.datasets.make_moons`): x (n_samples, 2), y 0 or 1."""

    generator: ClassVar[str] = "make_moons"
    noise: float = 0.1


@dataclass(frozen=True)
class StraightLine(Dataset):
    """The line y = x + 100 at x = 0, 5 … 995: x (200, 1), y (200,), no noise."""

    train_size: int | None = 150

    def __post_init__(self) -> None:
        self._check_train_size()

    def examples(self) -> tuple[NDArray[np.floating], NDArray[np.generic]]:
        """Return all points from left to right."""
        x = np.arange(0, 1000, 5, dtype=np.float32)
        return x[:, None], x + 100


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

    def examples(self) -> tuple[NDArray[np.floating], NDArray[np.generic]]:
        """Return all images and labels in scikit-learn's order."""
        from sklearn.datasets import load_digits  # takes a second to import

        digits = load_digits()
        labels = np.eye(10, dtype=np.float32)[digits.target] if self.one_hot else digits.target
        return digits.images * self.scale, labels

"""Generated data sets: points in the plane by scikit-learn's generators, and a line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue, real_number, whole_number
from nnspec.data.dataset import Arrays, Dataset

_MOST_STATES = 2**32 - 1  # NumPy's random states are below 2**32


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
        object.__setattr__(self, "random_state", random_state("random_state", self.random_state))
        self._check_train_size()

    def expected_shape(self) -> tuple[int, ...]:
        """Return the shape of the training inputs."""
        return (self.n_samples if self.train_size is None else self.train_size, 2)

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
    """Two interleaving half circles (`sklearn.datasets.make_moons`): x (n_samples, 2), y 0 or 1.

    With `test_samples` the test part is so many further points from the same distribution, drawn
    with the next random state.
    """

    generator: ClassVar[str] = "make_moons"
    noise: float = 0.1
    test_samples: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "test_samples", whole_number("test_samples", self.test_samples, 0))
        if self.test_samples == 1:
            raise InvalidValue("test_samples", 1, "0, or at least 2: one point for each shape")
        if self.test_samples and self.random_state == _MOST_STATES:
            expected = f"at most {_MOST_STATES - 1} where the next one draws test_samples"
            raise InvalidValue("random_state", self.random_state, expected)
        if self.test_samples and self.train_size is not None:
            raise InvalidValue("train_size", self.train_size, "None where test_samples are drawn apart")

    def split(self) -> Arrays:
        """Return the points, and the further ones for testing where they are wanted."""
        if not self.test_samples:
            return super().split()
        fresh = Moons(self.test_samples, self.noise, self.random_state + 1)
        return Arrays(*self.examples(), *fresh.examples())


@dataclass(frozen=True)
class GaussianQuantiles(Dataset):
    """Classes that are rings of a normal distribution (`sklearn.datasets.make_gaussian_quantiles`).

    x (n_samples, 2) with variance `cov`, y 0 … n_classes - 1. A share `test_size` is put apart for
    testing and a share `validation_size` of the rest for validation, both shuffled by
    `sklearn.model_selection.train_test_split` with `split_random_state`.
    """

    n_samples: int = 2000
    n_classes: int = 2
    cov: float = 1.0
    random_state: int = 0
    test_size: float = 0.3
    validation_size: float = 0.2
    split_random_state: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "n_classes", whole_number("n_classes", self.n_classes, 2))
        object.__setattr__(self, "n_samples", whole_number("n_samples", self.n_samples, 10 * self.n_classes))
        object.__setattr__(self, "cov", real_number("cov", self.cov, 0.0, open_low=True))
        for name in ("random_state", "split_random_state"):
            object.__setattr__(self, name, random_state(name, getattr(self, name)))
        for name in ("test_size", "validation_size"):
            object.__setattr__(self, name, real_number(name, getattr(self, name), 0.05, 0.95))

    def expected_shape(self) -> tuple[int, ...]:
        """Return the shape of the training inputs, as `train_test_split` rounds it."""
        rest = self.n_samples - math.ceil(self.test_size * self.n_samples)
        return (rest - math.ceil(self.validation_size * rest), 2)

    def examples(self) -> tuple[NDArray[np.floating], NDArray[np.generic]]:
        """Return all points and labels in scikit-learn's order."""
        from sklearn.datasets import make_gaussian_quantiles  # takes a second to import

        size = {"n_samples": self.n_samples, "n_features": 2, "n_classes": self.n_classes}
        x, y = make_gaussian_quantiles(**size, random_state=self.random_state, cov=self.cov)
        return x, y

    def split(self) -> Arrays:
        """Return training, validation and test part, each shuffled."""
        from sklearn.model_selection import train_test_split

        rest, test, y_rest, y_test = train_test_split(
            *self.examples(), test_size=self.test_size, random_state=self.split_random_state
        )
        train, validation, y_train, y_validation = train_test_split(
            rest, y_rest, test_size=self.validation_size, random_state=self.split_random_state
        )
        return Arrays(train, y_train, test, y_test, validation, y_validation)


@dataclass(frozen=True)
class Blobs(Dataset):
    """Normal clouds around centres (`sklearn.datasets.make_blobs`): x (n_samples, features), y the centre."""

    centers: tuple[tuple[float, ...], ...]
    n_samples: int = 100
    cluster_std: float = 1.0
    random_state: int = 0
    train_size: int | None = None

    def __post_init__(self) -> None:
        try:
            centers = np.asarray(self.centers if isinstance(self.centers, Sequence) else (), np.float64)
        except (TypeError, ValueError):  # texts, or rows of different lengths
            centers = np.zeros(0)
        if centers.ndim != 2 or centers.size == 0 or not np.isfinite(centers).all():
            raise InvalidValue("centers", self.centers, "finite numbers, (centres, features)")
        object.__setattr__(self, "centers", tuple(tuple(map(float, row)) for row in centers))
        object.__setattr__(self, "n_samples", whole_number("n_samples", self.n_samples))
        object.__setattr__(self, "cluster_std", real_number("cluster_std", self.cluster_std, 0.0))
        object.__setattr__(self, "random_state", random_state("random_state", self.random_state))
        self._check_train_size()

    def expected_shape(self) -> tuple[int, ...]:
        """Return the shape of the training inputs."""
        return (self.n_samples if self.train_size is None else self.train_size, len(self.centers[0]))

    def examples(self) -> tuple[NDArray[np.floating], NDArray[np.generic]]:
        """Return all points and the numbers of their centres in scikit-learn's order."""
        from sklearn.datasets import make_blobs  # takes a second to import

        shape = {"centers": np.asarray(self.centers), "cluster_std": self.cluster_std}
        x, y = make_blobs(self.n_samples, **shape, random_state=self.random_state)
        return x, y


@dataclass(frozen=True)
class StraightLine(Dataset):
    """The line y = x + 100 at x = 0, 5 … 995: x (200, 1), y (200,), no noise."""

    regression = True
    train_size: int | None = 150

    def __post_init__(self) -> None:
        self._check_train_size()

    def expected_shape(self) -> tuple[int, ...]:
        """Return the shape of the training inputs."""
        return (200 if self.train_size is None else self.train_size, 1)

    def examples(self) -> tuple[NDArray[np.floating], NDArray[np.generic]]:
        """Return all points from left to right."""
        x = np.arange(0, 1000, 5, dtype=np.float32)
        return x[:, None], x + 100


def random_state(name: str, value: object) -> int:
    """Return `value` as a random state that NumPy and scikit-learn take; InvalidValue for any other."""
    number = whole_number(name, value, 0)
    if number > _MOST_STATES:
        raise InvalidValue(name, number, f"at most {_MOST_STATES}")
    return number

"""Losses, described by the class names that Keras gives them."""

from __future__ import annotations

from dataclasses import dataclass

from nnspec.basics.description import Description
from nnspec.basics.errors import InvalidValue, one_of


class Loss(Description):
    """Base of the losses that a recipe may name."""

    from_logits: bool = False


@dataclass(frozen=True)
class _Crossentropy(Loss):
    from_logits: bool = False

    def __post_init__(self) -> None:
        if not isinstance(self.from_logits, bool):
            raise InvalidValue("from_logits", self.from_logits, "True or False")


class BinaryCrossentropy(_Crossentropy):
    """Labels 0 or 1 against one output; outputs outside 0 … 1 are clipped unless `from_logits`."""


class CategoricalCrossentropy(_Crossentropy):
    """One-hot labels against one output per class."""


class SparseCategoricalCrossentropy(_Crossentropy):
    """Integer labels against one output per class."""


@dataclass(frozen=True)
class MeanAbsoluteError(Loss):
    """Mean of |target - output|, in the target's unit."""


@dataclass(frozen=True)
class MeanSquaredError(Loss):
    """Mean of (target - output)², in the target's unit squared."""


BY_NAME: dict[str, type[Loss]] = {
    "binary_crossentropy": BinaryCrossentropy,
    "categorical_crossentropy": CategoricalCrossentropy,
    "sparse_categorical_crossentropy": SparseCategoricalCrossentropy,
    "mean_absolute_error": MeanAbsoluteError,
    "mae": MeanAbsoluteError,
    "mean_squared_error": MeanSquaredError,
    "mse": MeanSquaredError,
}


def get(loss: object) -> Loss:
    """Return the loss that a Keras name or a `Loss` stands for."""
    return loss if isinstance(loss, Loss) else BY_NAME[one_of("loss", loss, BY_NAME)]()

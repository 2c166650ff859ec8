"""Layers, initializers and regularizers, described by the names and arguments that Keras gives them."""

from __future__ import annotations

from dataclasses import dataclass

from nnspec.basics.description import Description
from nnspec.basics.errors import InvalidValue, one_of, real_number, whole_number

ACTIVATIONS = ("linear", "log_sigmoid", "relu", "sigmoid", "softmax", "tanh")

INITIALIZERS = {
    "constant": ("value",),
    "glorot_normal": (),
    "glorot_uniform": (),
    "he_normal": (),
    "he_uniform": (),
    "ones": (),
    "random_normal": ("mean", "stddev"),
    "random_uniform": ("minval", "maxval"),
    "zeros": (),
}


@dataclass(frozen=True)
class Initializer(Description):
    """An initializer by its Keras name; arguments left at None are Keras's own defaults."""

    name: str
    value: float | None = None
    mean: float | None = None
    stddev: float | None = None
    minval: float | None = None
    maxval: float | None = None

    def __post_init__(self) -> None:
        one_of("kernel_initializer", self.name, INITIALIZERS)
        for argument, value in self.arguments().items():
            if argument not in INITIALIZERS[self.name]:
                allowed = ", ".join(INITIALIZERS[self.name]) or "no argument"
                raise InvalidValue(f"{self.name}({argument})", value, allowed)
            number = real_number(argument, value, 0.0 if argument == "stddev" else -float("inf"))
            object.__setattr__(self, argument, number)

    def arguments(self) -> dict[str, float]:
        """Return the arguments that were given."""
        return {key: value for key, value in self.given().items() if key != "name"}


@dataclass(frozen=True)
class L1L2(Description):
    """A penalty of l1 · Σ|w| + l2 · Σw² added to the loss (`keras.regularizers.L1L2`)."""

    l1: float = 0.0
    l2: float = 0.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "l1", real_number("l1", self.l1, 0.0))
        object.__setattr__(self, "l2", real_number("l2", self.l2, 0.0))


class Layer(Description):
    """Base of the layers that a recipe may hold."""


@dataclass(frozen=True)
class Dense(Layer):
    """`keras.layers.Dense`: outputs activation(inputs · kernel + bias), bias zero at the start.

    `kernel_initializer` is a Keras name or an `Initializer`; None is Keras's default.
    """

    units: int
    activation: str = "linear"
    kernel_initializer: str | Initializer | None = None
    kernel_regularizer: L1L2 | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "units", whole_number("units", self.units))
        one_of("activation", self.activation, ACTIVATIONS)
        if isinstance(self.kernel_initializer, str):
            object.__setattr__(self, "kernel_initializer", Initializer(self.kernel_initializer))
        elif not isinstance(self.kernel_initializer, Initializer | None):
            raise InvalidValue("kernel_initializer", self.kernel_initializer, "a name or an Initializer")
        if not isinstance(self.kernel_regularizer, L1L2 | None):
            raise InvalidValue("kernel_regularizer", self.kernel_regularizer, "L1L2(l1=…, l2=…) or None")


@dataclass(frozen=True)
class Dropout(Layer):
    """`keras.layers.Dropout`: in training zeroes a share `rate` of the inputs and scales up the rest."""

    rate: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "rate", real_number("rate", self.rate, 0.0, 1.0))
        if self.rate == 1.0:
            raise InvalidValue("rate", self.rate, "a share below 1", "a rate of 1 drops everything")


@dataclass(frozen=True)
class Flatten(Layer):
    """`keras.layers.Flatten`: every example becomes one vector."""


@dataclass(frozen=True)
class BatchNormalization(Layer):
    """`keras.layers.BatchNormalization`, with its defaults; only the keras engine trains it."""

"""Optimizers, described by the names and arguments that Keras gives them; None is Keras's default."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from nnspec.basics.description import Description
from nnspec.basics.errors import InvalidValue, real_number


class Optimizer(Description):
    """Base of the optimizers that a recipe may name; all of them work element by element."""

    learning_rate: float | None

    def with_learning_rate(self, learning_rate: float | None) -> Optimizer:
        """Return this optimizer with another learning rate; None is Keras's default."""
        changed: Optimizer = replace(self, learning_rate=learning_rate)  # type: ignore[type-var]  # all are dataclasses
        return changed

    def _check(self, **bounds: float) -> None:
        for field in fields(self):  # type: ignore[arg-type]  # every subclass is a dataclass
            value = getattr(self, field.name)
            if value is not None and field.name in bounds:
                number = real_number(field.name, value, 0.0, bounds[field.name])
                object.__setattr__(self, field.name, number)


@dataclass(frozen=True)
class SGD(Optimizer):
    """`keras.optimizers.SGD`: stochastic gradient descent with optional momentum."""

    learning_rate: float | None = None
    momentum: float | None = None
    nesterov: bool | None = None

    def __post_init__(self) -> None:
        self._check(learning_rate=float("inf"), momentum=1.0)
        if not isinstance(self.nesterov, bool | None):
            raise InvalidValue("nesterov", self.nesterov, "True, False or None")


@dataclass(frozen=True)
class Adam(Optimizer):
    """`keras.optimizers.Adam` (Kingma & Ba, 2015)."""

    learning_rate: float | None = None
    beta_1: float | None = None
    beta_2: float | None = None
    epsilon: float | None = None

    def __post_init__(self) -> None:
        self._check(learning_rate=float("inf"), beta_1=1.0, beta_2=1.0, epsilon=float("inf"))


@dataclass(frozen=True)
class RMSprop(Optimizer):
    """`keras.optimizers.RMSprop` (Hinton's lecture notes, 2012)."""

    learning_rate: float | None = None
    rho: float | None = None
    momentum: float | None = None
    epsilon: float | None = None

    def __post_init__(self) -> None:
        self._check(learning_rate=float("inf"), rho=1.0, momentum=1.0, epsilon=float("inf"))

"""Recipe: everything that decides one training, in Keras's own terms, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from nnspec.basics.errors import InvalidValue, one_of, real_number, whole_number
from nnspec.data import ArrayDataset, Arrays, Dataset
from nnspec.data.own_kinds import what_takes
from nnspec.recipes import losses
from nnspec.recipes.layers import Dense, Dropout, Layer
from nnspec.recipes.losses import Loss
from nnspec.recipes.optimizers import Optimizer
from nnspec.recipes.trainable import Trainable

METRICS = ("accuracy", "mean_absolute_error")


@dataclass(frozen=True, init=False)
class Recipe(Trainable):
    """What is trained and how: the arguments of `Sequential`, `compile` and `fit` in one frozen value.

    `data` may be plain `Arrays`, which become a data set of their own. `learning_rates` is the learning
    rate of every epoch, as a `LearningRateScheduler` callback sets it; None leaves the optimizer's.
    `validation_data` names the part of the data, "test" or "validation", that is evaluated after every
    epoch. Epochs and batch sizes count examples as `fit` does; data are shuffled anew in every epoch.

    Raises
    ------
    InvalidValue
        If any field has a wrong type or value.
    """

    data: Dataset
    layers: tuple[Layer, ...]
    loss: Loss
    optimizer: Optimizer
    epochs: int
    batch_size: int = 32
    metrics: tuple[str, ...] = ("accuracy",)
    learning_rates: tuple[float, ...] | None = None
    validation_data: str | None = None

    def __init__(
        self,
        data: Dataset | Arrays,
        layers: Sequence[Layer],
        loss: Loss | str,
        optimizer: Optimizer,
        epochs: int,
        batch_size: int = 32,
        metrics: Sequence[str] = ("accuracy",),
        learning_rates: Sequence[float] | None = None,
        validation_data: str | None = None,
    ) -> None:
        data = ArrayDataset.of(data) if isinstance(data, Arrays) else data
        if not isinstance(data, Dataset):
            expected = "a data set such as Circles(), or Arrays(x_train, y_train)"
            raise InvalidValue("data", data, expected, what_takes(data))
        if (buffer := getattr(data, "shuffle_buffer_size", None)) is not None:
            remedy = "a KerasRecipe takes shuffle_buffer_size; or shuffle with a buffer that holds all"
            raise InvalidValue("data", f"data mixed with a buffer of {buffer}", "data mixed whole", remedy)
        _instance("optimizer", optimizer, Optimizer, "an optimizer such as Adam(0.001)")
        checked = {
            "data": data,
            "layers": _checked_layers(layers),
            "loss": losses.get(loss),
            "optimizer": optimizer,
            "epochs": whole_number("epochs", epochs),
            "batch_size": whole_number("batch_size", batch_size),
            "metrics": _checked_metrics(metrics),
            "learning_rates": _checked_learning_rates(learning_rates, epochs),
            "validation_data": None
            if validation_data is None
            else one_of("validation_data", validation_data, ("test", "validation")),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)

    def with_(self, **changes: Any) -> Recipe:
        """Return this recipe with other values for the fields named."""
        return replace(self, **changes)

    def with_epochs(self, epochs: int) -> Recipe:
        """Return this recipe trained for another number of epochs."""
        return replace(self, epochs=epochs)

    def with_learning_rate(self, learning_rate: float) -> Recipe:
        """Return this recipe with another learning rate, the same in every epoch."""
        optimizer = self.optimizer.with_learning_rate(learning_rate)
        return replace(self, optimizer=optimizer, learning_rates=None)

    def with_learning_rates(self, learning_rates: Sequence[float]) -> Recipe:
        """Return this recipe with these learning rates, one an epoch, and as many epochs."""
        rates = tuple(_sequence("learning_rates", learning_rates))
        return self.with_(learning_rates=rates, epochs=len(rates))

    def with_hidden_activations(self, activation: str) -> Recipe:
        """Return this recipe with another activation in every dense layer but the last."""
        return self._with_dense(lambda layer, last: layer if last else replace(layer, activation=activation))

    def with_output_activation(self, activation: str) -> Recipe:
        """Return this recipe with another activation in its last dense layer."""
        return self._with_dense(lambda layer, last: replace(layer, activation=activation) if last else layer)

    def _with_dense(self, change: Any) -> Recipe:
        last = max(i for i, layer in enumerate(self.layers) if isinstance(layer, Dense))
        layers = [change(x, i == last) if isinstance(x, Dense) else x for i, x in enumerate(self.layers)]
        return replace(self, layers=tuple(layers))

    def __str__(self) -> str:
        network = "-".join(_short(layer) for layer in self.layers)
        rate = "" if self.optimizer.learning_rate is None else f"{self.optimizer.learning_rate:g}"
        rate = "sweep" if self.learning_rates else rate
        optimizer = f"{type(self.optimizer).__name__}({rate})"
        epochs = "1 epoch" if self.epochs == 1 else f"{self.epochs} epochs"
        return f"{self.data}: {network}, {optimizer}, {epochs}"


def _short(layer: Layer) -> str:
    if isinstance(layer, Dense):
        return f"{layer.units}" + ("" if layer.activation == "linear" else f" {layer.activation}")
    return f"dropout {layer.rate:g}" if isinstance(layer, Dropout) else type(layer).__name__.lower()


def _instance(name: str, value: object, cls: type, expected: str) -> None:
    if not isinstance(value, cls):
        raise InvalidValue(name, value, expected)


def _sequence(name: str, value: object) -> Sequence[Any]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise InvalidValue(name, value, "a list or tuple")
    return value


def _checked_layers(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    for layer in _sequence("layers", layers):
        _instance("layers", layer, Layer, "layers such as Dense(4, 'relu')")
    if not any(isinstance(layer, Dense) for layer in layers):
        raise InvalidValue("layers", layers, "at least one Dense layer")
    return tuple(layers)


def _checked_metrics(metrics: Sequence[str]) -> tuple[str, ...]:
    names = tuple(one_of("metrics", name, METRICS) for name in _sequence("metrics", metrics))
    if len(set(names)) < len(names):
        raise InvalidValue("metrics", names, "every metric once")
    return names


def _checked_learning_rates(rates: Sequence[float] | None, epochs: int) -> tuple[float, ...] | None:
    if rates is None:
        return None
    if len(_sequence("learning_rates", rates)) != epochs:
        raise InvalidValue("learning_rates", f"{len(rates)} values", f"one for each of the {epochs} epochs")
    return tuple(real_number("learning_rates", rate, 0.0) for rate in rates)

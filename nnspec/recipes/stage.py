"""A further fit of the same model, which goes on where the last one ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nnspec.basics.errors import InvalidValue, whole_number
from nnspec.data import ArrayDataset, Arrays, Dataset
from nnspec.data.own_kinds import what_takes
from nnspec.recipes.arguments import plain as as_json
from nnspec.recipes.author_functions import Callbacks, author_function, callbacks_function, name_of
from nnspec.recipes.fit_arguments import first_epoch, validation_share, weights_of_classes
from nnspec.recipes.travelling import from_bytes, function_to_bytes


@dataclass(frozen=True)
class Stage:
    """What comes after the first `fit` of a `KerasRecipe`: `Stage(unfreeze, epochs=5)`.

    `change` is called with the model before this fit: it freezes or frees layers and compiles anew, as a
    notebook does between two fits, and returns nothing. Or it returns another compiled model, made of layers
    or weights of that one, which is fitted from here on; what is new in it each seed begins with weights of
    its own. A new optimizer begins anew; without `compile` the last one goes on. `batch_size`, `data`,
    `validation_split`, `class_weight` and `shuffle` are those of the recipe where they are not given;
    `callbacks` and `initial_epoch` are the stage's own, and all else is as in the recipe. What is evaluated
    at the end are the data of the last fit.

    Raises
    ------
    InvalidValue
        If a field has a wrong type or value.
    """

    change: Callable[[Any], Any] | None = None
    epochs: int = 1
    batch_size: int | None = None
    callbacks: Callbacks | None = None
    initial_epoch: int = 0
    data: Dataset | None = None
    validation_split: float | None = None
    class_weight: Mapping[int, float] | Sequence[tuple[int, float]] | None = None
    shuffle: bool | None = None

    def __post_init__(self) -> None:
        if self.change is not None:
            author_function("change", self.change, "a function, such as def unfreeze(model)")
        whole_number("epochs", self.epochs, 0)
        if self.batch_size is not None:
            whole_number("batch_size", self.batch_size)
        callbacks_function(self.callbacks)
        first_epoch(self.initial_epoch, self.epochs)
        if self.validation_split is not None:
            validation_share(self.validation_split, None)
        if self.class_weight is not None:
            object.__setattr__(self, "class_weight", weights_of_classes(self.class_weight))
        if not isinstance(self.shuffle, bool | None):
            raise InvalidValue("shuffle", self.shuffle, "True or False")
        if isinstance(self.data, Arrays):
            object.__setattr__(self, "data", ArrayDataset.of(self.data))
        elif self.data is not None and not isinstance(self.data, Dataset):
            raise InvalidValue(
                "data", self.data, "a data set, or Arrays(x_train, y_train)", what_takes(self.data)
            )

    def fit_arguments(self, batch_size: int) -> dict[str, Any]:
        """Return what this fit has instead of the recipe's, whose batch size is given."""
        return {name: getattr(self, name) for name in self._own()} | {
            "epochs": self.epochs,
            "batch_size": self.batch_size or batch_size,
            "callbacks": self.callbacks,
            "initial_epoch": self.initial_epoch,
        }

    def plain(self) -> dict[str, Any]:
        """Return the stage as plain data, functions by their names."""
        own = {name: as_json(getattr(self, name)) for name in self._own() if name != "data"}
        data = {} if self.data is None else {"data": self.data.get_config()}
        return (
            data
            | own
            | {
                "change": None if self.change is None else name_of(self.change),
                "epochs": self.epochs,
                "batch_size": self.batch_size,
                "callbacks": None if self.callbacks is None else name_of(self.callbacks),
                "initial_epoch": self.initial_epoch,
            }
        )

    def _own(self) -> list[str]:
        """Return the arguments that are the stage's own and not the recipe's."""
        names = ("data", "validation_split", "class_weight", "shuffle")
        return [name for name in names if getattr(self, name) is not None]

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel with the code of the functions."""
        functions = {name: getattr(self, name) for name in ("change", "callbacks")}
        told = {name: function_to_bytes(one) for name, one in functions.items() if one is not None}
        return _arrived, (told, {name: one for name, one in vars(self).items() if name not in functions})


def _arrived(functions: dict[str, bytes], fields: dict[str, Any]) -> Stage:
    return Stage(**{name: from_bytes(told) for name, told in functions.items()}, **fields)


def checked_stages(given: Sequence[Stage]) -> tuple[Stage, ...]:
    """Return stages as a tuple.

    Raises
    ------
    InvalidValue
        If one of them is none.
    """
    if isinstance(given, Stage):
        raise InvalidValue("stages", given, "a list of stages", "put it into brackets")
    if not isinstance(given, Sequence) or not all(isinstance(one, Stage) for one in given):
        raise InvalidValue("stages", given, "a list of stages, such as [Stage(unfreeze, epochs=5)]")
    return tuple(given)

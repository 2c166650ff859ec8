"""KerasRecipe: a function that returns a compiled Keras model, its data, and the arguments of `fit`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from numpy.typing import ArrayLike

from nnspec.basics.code import code_hash
from nnspec.basics.errors import InvalidValue, whole_number
from nnspec.data import ArrayDataset, Arrays, Dataset
from nnspec.data.own_kinds import what_takes
from nnspec.recipes.arguments import checked_arguments, plain, shown
from nnspec.recipes.author_functions import Callbacks, author_function, callbacks_function, name_of
from nnspec.recipes.fit_arguments import (
    buffer_of_shuffle,
    first_epoch,
    size_of_batches,
    validation_part,
    validation_share,
    weights_of_classes,
    weights_of_examples,
)
from nnspec.recipes.sample_weight import SampleWeight
from nnspec.recipes.stage import Stage, checked_stages
from nnspec.recipes.trainable import Trainable
from nnspec.recipes.travelling import from_bytes, function_to_bytes

Model = Callable[..., Any]


@dataclass(frozen=True, init=False, repr=False)
class KerasRecipe(Trainable):
    """What is trained and how, where Keras code says it: the function holds that code as it stands.

    `function` imports Keras inside of itself and returns a compiled model. It is called when something is
    trained, never when claims are collected or found in the store. Its keyword arguments are what arms and
    counterfactuals change, with `with_arguments`: numbers, texts, lists of them.

    The other fields are those of `fit`, counted as Keras counts. `validation_data` names a part of the data,
    "test" or "validation"; `validation_split` takes the last share of the training examples, before they
    are shuffled. `shuffle_buffer_size` has them mixed as `shuffle` of `tf.data` does it with a buffer of so
    many, in the order of the data; without it each place is anyone's. `class_weight` is a weight for each
    class by its number, `sample_weight` one for each training example. `callbacks` is a function that
    returns a list of Keras callbacks, new ones for each seed. With `epochs=0` the model is not trained.
    `initial_epoch` is the number of epochs that are counted as trained before, of which there is no history.
    With `steps_per_epoch` an epoch ends after so many batches and the next one goes on with the batches that
    are left. `stages` are further fits of the same model, each of which goes on where the last one ended;
    histories and epochs are those of all in a row.

    Every seed has its own initial weights, from the model's own initializers, and its own order of
    examples in every epoch; seeds that the function fixes are replaced by them.

    Raises
    ------
    InvalidValue
        If any field has a wrong type or value, or an argument is none of the function's.
    """

    function: Model
    data: Dataset
    epochs: int = 1
    batch_size: int = 32
    validation_data: str | None = None
    validation_split: float = 0.0
    class_weight: tuple[tuple[int, float], ...] = ()
    shuffle: bool = True
    callbacks: Callbacks | None = None
    arguments: tuple[tuple[str, Any], ...] = ()
    sample_weight: SampleWeight | None = None
    initial_epoch: int = 0
    steps_per_epoch: int | None = None
    stages: tuple[Stage, ...] = ()
    shuffle_buffer_size: int | None = None

    def __init__(
        self,
        function: Model,
        data: Dataset | Arrays,
        epochs: int = 1,
        batch_size: int = 32,
        validation_data: str | None = None,
        validation_split: float = 0.0,
        class_weight: Mapping[int, float] | Sequence[tuple[int, float]] = (),
        shuffle: bool = True,
        callbacks: Callbacks | None = None,
        arguments: Mapping[str, Any] | Sequence[tuple[str, Any]] = (),
        sample_weight: ArrayLike | SampleWeight | None = None,
        initial_epoch: int = 0,
        steps_per_epoch: int | None = None,
        stages: Sequence[Stage] = (),
        shuffle_buffer_size: int | None = None,
    ) -> None:
        data = ArrayDataset.of(data) if isinstance(data, Arrays) else data
        if not isinstance(data, Dataset):
            expected = "a data set such as FashionMNIST(), or Arrays(x_train, y_train)"
            raise InvalidValue("data", data, expected, what_takes(data))
        if not isinstance(shuffle, bool):
            raise InvalidValue("shuffle", shuffle, "True or False")
        expected = "def convnet(dropout=0.5), which returns a compiled model"
        function = author_function("function", function, f"a function, such as {expected}")
        part = validation_part(validation_data)
        epochs, weights = whole_number("epochs", epochs, 0), weights_of_classes(class_weight)
        stages = checked_stages(stages)
        if steps_per_epoch is not None:
            steps_per_epoch = whole_number("steps_per_epoch", steps_per_epoch)
        checked = {
            "function": function,
            "data": data,
            "epochs": epochs,
            "batch_size": size_of_batches(batch_size),
            "validation_data": part,
            "validation_split": validation_share(validation_split, part),
            "class_weight": weights,
            "shuffle": shuffle,
            "callbacks": callbacks_function(callbacks),
            "arguments": checked_arguments(function, arguments),
            "sample_weight": weights_of_examples(sample_weight, weights),
            "initial_epoch": first_epoch(initial_epoch, epochs),
            "steps_per_epoch": steps_per_epoch,
            "stages": stages,
            "shuffle_buffer_size": shuffle_buffer_size,
        }
        buffer_of_shuffle(shuffle_buffer_size, checked)
        if sample_weight is not None and any(stage.data is not None for stage in stages):
            remedy = "there is a weight for each example of the first fit only; leave one of them out"
            raise InvalidValue("stages", "a stage with data of its own", "none beside sample_weight", remedy)
        for name, value in checked.items():
            object.__setattr__(self, name, value)
        if stages:
            self.fits()  # refuses what a stage says beside what the recipe says

    def with_(self, **changes: Any) -> KerasRecipe:
        """Return this recipe with other values for the fields named."""
        return replace(self, **changes)

    def with_arguments(self, **changes: Any) -> KerasRecipe:
        """Return this recipe with other arguments of its function; the others stay.

        Raises
        ------
        InvalidValue
            If the function has no such argument.
        """
        return self.with_(arguments={**dict(self.arguments), **changes})

    def with_epochs(self, epochs: int) -> KerasRecipe:
        """Return this recipe trained for another number of epochs."""
        return replace(self, epochs=epochs)

    @property
    def functions(self) -> tuple[Any, ...]:
        """The function of the model, those of callbacks, and those that change the model between stages."""
        later = (one for stage in self.stages for one in (stage.change, stage.callbacks))
        return tuple(one for one in (self.function, self.callbacks, *later) if one is not None)

    def fits(self) -> tuple[KerasRecipe, ...]:
        """Return the fits one after another, each as a recipe of its own without stages."""
        first = self.with_(stages=())
        return first, *(first.with_(**stage.fit_arguments(first.batch_size)) for stage in self.stages)

    def held_code(self) -> str:
        """Return a hash of what the functions do and read."""
        return code_hash(self.functions)

    def get_config(self) -> dict[str, Any]:
        """Return the recipe as plain data, functions by their names: what they do, the identity adds."""
        config = {
            "function": name_of(self.function),
            "data": self.data.get_config(),
            "epochs": self.epochs,
            "batch_size": self.batch_size,
            "validation_data": self.validation_data,
            "validation_split": self.validation_split,
            "class_weight": [list(pair) for pair in self.class_weight],
            "shuffle": self.shuffle,
            "callbacks": None if self.callbacks is None else name_of(self.callbacks),
            "arguments": [[name, plain(value)] for name, value in self.arguments],
            "sample_weight": None if self.sample_weight is None else self.sample_weight.plain(),
            "initial_epoch": self.initial_epoch,
            "steps_per_epoch": self.steps_per_epoch,
            "stages": [stage.plain() for stage in self.stages],
        }
        if self.shuffle_buffer_size is not None:
            config["shuffle_buffer_size"] = self.shuffle_buffer_size
        return {"class_name": type(self).__name__, "config": config}

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel with the code of the functions, which the receiver need not be able to import."""
        fields = {name: value for name, value in vars(self).items() if name not in ("function", "callbacks")}
        functions = {"function": function_to_bytes(self.function)}
        if self.callbacks is not None:
            functions["callbacks"] = function_to_bytes(self.callbacks)
        return _arrived, (functions, fields)

    def __str__(self) -> str:
        given = ", ".join(f"{name}={shown(value)}" for name, value in self.arguments)
        number = sum(one.epochs - one.initial_epoch for one in self.fits())
        epochs = "1 epoch" if number == 1 else f"{number} epochs"
        return f"{type(self.data).__name__}: {self.function.__name__}({given}), {epochs}"

    def __repr__(self) -> str:
        return f"KerasRecipe({self})"


def _arrived(functions: dict[str, bytes], fields: dict[str, Any]) -> KerasRecipe:
    return KerasRecipe(**{name: from_bytes(told) for name, told in functions.items()}, **fields)

"""From a captured fit to a recipe that trains from many seeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue
from nnspec.data import ArrayDataset, Arrays
from nnspec.notebook.captured import Captured, Fit
from nnspec.notebook.inside.told_error import told_error
from nnspec.notebook.repeating.chains import (
    Chain,
    chain_of,
    is_one_training,
    last_of_model,
    may_stop,
    moves,
    own_arguments,
    same_examples,
    trained_epochs,
)
from nnspec.notebook.repeating.layer_names import input_names, output_names
from nnspec.notebook.repeating.models import (
    callbacks_function,
    change_function,
    model_function,
    transfer_function,
)
from nnspec.notebook.repeating.plain_names import plain_names
from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.recipes.stage import Stage

_PARTS = ("x", "y")
_ONE_AT_A_TIME = ("validation_freq", "validation_steps")


@dataclass(frozen=True)
class Repeated:
    """A recipe that does what a fit did, and the fits before it that it continues.

    `before` is how many epochs those were, less the `initial_epoch` that its own log begins after: what that
    log calls epoch k is epoch `before` + k of all. `epochs` is how many all are; `stops` whether a callback
    may end it early.
    """

    recipe: KerasRecipe
    before: int
    epochs: int
    stops: bool


class Repeating:
    """Makes recipes of the fits of a run; arrays that several of them have are held once."""

    def __init__(self, captured: Captured) -> None:
        self._captured = captured
        self._fits = {fit.number: fit for fit in captured.fits}
        self._made: dict[tuple[int, str], Repeated | str] = {}
        self._data: dict[str, ArrayDataset] = {}

    def of(self, number: int, tested: Mapping[str, Any] | None = None) -> Repeated | str:
        """Return the recipe of a fit with a test part that `evaluate` was given, or why there is none.

        Without one it has that of its first evaluation, so that one training serves both.
        """
        tested = tested or self._first_tested(number)
        key = number, repr(tested)
        if key not in self._made:
            try:
                self._made[key] = self._make(self._fits[number], tested)
            except (InvalidValue, OSError) as error:
                self._made[key] = str(error)
            except (TypeError, ValueError) as error:  # of an argument that Keras took, and no recipe takes
                self._made[key] = told_error(error)
        return self._made[key]

    def _first_tested(self, number: int) -> Mapping[str, Any] | None:
        """Return the data of the first evaluation of a fit that can be a test part."""
        for one in self._captured.evaluations:
            others = one.fit == number and not one.why and not self.trains_on(number, one.data)
            if others and not _why_not(self._fits[number], one.data):
                return one.data
        return None

    def trains_on(self, number: int, data: Mapping[str, Any]) -> bool:
        """Return whether these are the examples that a fit trains on."""
        own = self._fits[number].data
        return all(own.get(name) == data.get(name) for name in _PARTS)

    def _make(self, fit: Fit, tested: Mapping[str, Any] | None) -> Repeated | str:
        if fit.error or not fit.ended:
            return f"it did not end: {fit.error}" if fit.error else "it did not end"
        if why := fit.why or _why_not(fit, tested):
            return why
        chain = chain_of(fit, self._fits)
        if isinstance(chain, str):
            return chain
        for one in chain.fits[:-1]:
            if why := _why_not(one, None):
                return f"it goes on after fit {one.number}, of which {why}"
        return self._recipe(chain, tested)

    def _recipe(self, chain: Chain, tested: Mapping[str, Any] | None) -> Repeated:
        fit, given = chain.last, chain.last.arguments
        one = is_one_training(chain)
        trained = [trained_epochs(each) for each in chain.fits]
        weight = fit.data.get("sample_weight")
        recipe = KerasRecipe(
            model_function(self._captured, chain.first),
            self._dataset(chain, chain.first, tested),
            epochs=sum(trained) if one else trained[0],
            batch_size=int(chain.first.arguments.get("batch_size", 32)),
            validation_data="validation" if fit.data.get("validation_data") else None,
            **_own(chain.first),
            callbacks=callbacks_function(self._captured, chain.first),
            stages=() if one else [self._stage(chain, each, tested) for each in chain.fits[1:]],
            sample_weight=None if weight is None else self._captured.array(weight),
            steps_per_epoch=given.get("steps_per_epoch"),
            shuffle_buffer_size=given.get("shuffle_buffer_size"),
        )
        before = chain.before - int(chain.fits[-1].arguments.get("initial_epoch", 0))
        return Repeated(recipe, before, sum(trained), any(map(may_stop, chain.fits)))

    def _stage(self, chain: Chain, fit: Fit, tested: Mapping[str, Any] | None) -> Stage:
        """Return a fit of a chain as a stage after the one before it."""
        same = all(same_examples(chain.first, each) and not moves(each) for each in chain.fits)
        anew = fit.start["optimizer"] == "new"
        return Stage(
            self._change(fit) if anew else None,
            epochs=trained_epochs(fit),
            batch_size=int(fit.arguments.get("batch_size", 32)),
            callbacks=callbacks_function(self._captured, fit),
            data=None if same else self._dataset(chain, fit, tested),
            **{name: value for name, value in _own(fit).items() if value != _own(chain.first)[name]},
        )

    def _change(self, fit: Fit) -> Any:
        """Return what is done to the model before a fit whose optimizer is a new one."""
        return (transfer_function if moves(fit) else change_function)(self._captured, fit)

    def _dataset(self, chain: Chain, fit: Fit, tested: Mapping[str, Any] | None) -> ArrayDataset:
        """Return what a fit trains on, with what the last one of its model validates and is tested on."""
        last = last_of_model(chain, fit)
        tested = tested if last is chain.last else None
        validation = last.data.get("validation_data")
        if validation is None and chain.last.data.get("validation_data") is not None:
            validation = {"parts": [fit.data["x"], fit.data["y"]]}  # of a model whose validation nobody reads
        kept = [fit.data["x"], fit.data["y"]]
        kept += [None, None] if tested is None else [tested["x"], tested["y"]]
        kept += [None, None] if validation is None else validation["parts"][:2]
        name = repr(kept)
        if name not in self._data:
            architecture = plain_names(fit.model["architecture"])
            names = [input_names(architecture), output_names(architecture)]
            arrays: list[Any] = [self._arrays(one, names[place % 2]) for place, one in enumerate(kept)]
            self._data[name] = ArrayDataset.of(Arrays(*arrays))
        return self._data[name]

    def _arrays(self, kept: Mapping[str, Any] | None, names: Sequence[str]) -> Any:
        """Return an array, or several by the names that the model gives them."""
        if kept is None or "file" in kept:
            return None if kept is None else self._array(kept)
        parts = kept["parts"]
        named = parts if isinstance(parts, Mapping) else dict(zip(names, parts, strict=True))
        return {name: self._array(one) for name, one in named.items()}

    def _array(self, kept: Mapping[str, Any]) -> NDArray[Any]:
        array = self._captured.array(kept)
        return array.astype(np.uint8) if array.dtype == np.bool_ else array


def _own(fit: Fit) -> dict[str, Any]:
    """Return the arguments that each stage may have its own of, as a recipe takes them."""
    found = own_arguments(fit)
    return {
        "validation_split": float(found["validation_split"]),
        "class_weight": {int(float(key)): value for key, value in found["class_weight"].items()},
        "shuffle": bool(found["shuffle"]),
    }


def _why_not(fit: Fit, tested: Mapping[str, Any] | None) -> str:
    """Return what of a fit no recipe says; empty where there is nothing."""
    architecture = fit.model["architecture"]
    validation = fit.data.get("validation_data")
    held = None
    if validation is not None:
        if len(validation.get("parts", ())) != 2:
            return "its validation_data are not inputs and targets"
        held = dict(zip(_PARTS, validation["parts"], strict=True))
    for name, data in (("fit", fit.data), ("evaluate", tested), ("validation_data", held)):
        for part, names in zip(_PARTS, (input_names(architecture), output_names(architecture)), strict=True):
            why = "" if data is None else _not_arrays(data.get(part), names)
            if why:
                return f"{name} {why} {part}"
    if tested is not None and tested.get("sample_weight") is not None:
        return "evaluate weighs its examples"
    for name in _ONE_AT_A_TIME:
        if fit.arguments.get(name, 1) != 1:
            return f"it is given {name}"
    if not isinstance(fit.arguments.get("shuffle", True), bool):
        return "it shuffles batches, not examples"
    return ""


def _not_arrays(kept: Mapping[str, Any] | None, names: Sequence[str]) -> str:
    """Return what is wrong with a part that should be an array, or one for each name."""
    if kept is None:
        return "has no"
    if "file" in kept:
        return ""
    parts = kept.get("parts")  # a stream has none
    if not parts or any(
        "file" not in (one or {}) for one in (parts.values() if isinstance(parts, Mapping) else parts)
    ):
        return "takes no arrays as"
    return (
        ""
        if isinstance(parts, Mapping) or len(parts) == len(names)
        else "takes several arrays without names as"
    )

"""The later fits of a chain as code: what is done to the model before each, its data and its arguments."""

from __future__ import annotations

import pprint
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nnspec.notebook.captured import Captured, Fit
from nnspec.notebook.repeating.chains import Chain, changing, moves
from nnspec.notebook.repeating.models import any_batch
from nnspec.notebook.repeating.plain_names import plain_names, without_automatic_names
from nnspec.notebook.static import Static
from nnspec.notebook.writing.data_code import DataCode, data_code
from nnspec.notebook.writing.model_code import FunctionCode, free_name, own_callbacks
from nnspec.notebook.writing.same_models import Candidate
from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.recipes.stage import Stage

_WIDE = 100


@dataclass(frozen=True)
class StageCode:
    """A stage: the function that changes the model, that of its callbacks, its data, its other arguments."""

    fit: Fit
    change: FunctionCode | None
    callbacks: FunctionCode | None
    data: DataCode | None
    arguments: tuple[str, ...]


def stages_of(
    static: Static, captured: Captured, chain: Chain, recipe: KerasRecipe, taken: set[str]
) -> list[StageCode] | str:
    """Return the stages of a recipe as code, or why there is none; their functions are added to `taken`."""
    found: list[StageCode] = []
    fits = chain.fits if recipe.stages else chain.fits[:1]
    for before, fit, stage in zip(fits, fits[1:], recipe.stages, strict=False):
        change = _change(before, fit, taken)
        callbacks = own_callbacks(static, fit, taken) if changing(fit) else None
        data = None if stage.data is None else data_code(stage.data.arrays(), static, captured.served)
        for one in (change, callbacks, data):
            if isinstance(one, str):
                return f"its stage after fit {before.number}: {one}"
            if isinstance(one, FunctionCode):
                taken.add(one.name)
        found.append(StageCode(fit, change, callbacks, data, _arguments(stage, recipe)))  # type: ignore[arg-type]
    return found


def candidates_of(model: FunctionCode, chain: Chain, stages: list[StageCode]) -> list[Candidate]:
    """Return what is to be compared with the models and callbacks of the later fits of a chain."""
    found: list[Candidate] = []
    shape = (chain.first.data.get("x") or {}).get("shape", ())[1:]
    texts, steps = [model.text], [f"made = {model.name}()", _BUILT.format(shape=(1, *shape))]
    for stage in stages:
        if stage.change is not None:
            texts.append(stage.change.text)
            steps.append(f"made = {stage.change.name}(made) or made")
        made = "def checked():\n" + textwrap.indent("\n".join([*steps, "return made"]), "    ")
        found.append(Candidate("checked", "\n\n\n".join([*texts, made]), stage.fit))
        if stage.callbacks is not None:
            one = stage.callbacks
            found.append(Candidate(one.name, one.text, stage.fit, "callbacks"))
    return found


_BUILT = """\
if not all(layer.built for layer in made._flatten_layers()):
    import numpy as np

    made(np.zeros({shape}))"""


def _change(before: Fit, fit: Fit, taken: set[str]) -> FunctionCode | str | None:
    """Return a function that does to the model what was done between two fits; None where nothing was."""
    if fit.start["optimizer"] != "new":
        return None
    if fit.model["code"] or "class_name" not in fit.model["architecture"]:
        return "its configuration names code of the notebook"
    return _another(fit, taken) if moves(fit) else _compiled_anew(before, fit, taken)


def _compiled_anew(before: Fit, fit: Fit, taken: set[str]) -> FunctionCode:
    name = free_name(f"compile_for_cell_{fit.cell}", taken)
    one, other = (plain_names(each.model["architecture"]) for each in (before, fit))
    lines = [*_frozen_or_freed(one, other, "model"), f"model.compile_from_config({name.upper()})"]
    compiled = pprint.pformat(without_automatic_names(fit.model["compiled"]), width=_WIDE, sort_dicts=False)
    body = textwrap.indent("\n".join(lines), "    ")
    return FunctionCode(name, f"{name.upper()} = {compiled}\n\n\ndef {name}(model):\n{body}", is_own=False)


def _frozen_or_freed(
    before: Mapping[str, Any], after: Mapping[str, Any], path: str, every: bool = False
) -> Iterator[str]:
    """Yield what lets layers train, or not, where that changed; `every` one within a model that changed."""
    pairs = [
        pair
        for pair in zip(before["config"].get("layers", ()), after["config"].get("layers", ()), strict=False)
        if after["class_name"] != "Sequential" or pair[1]["class_name"] != "InputLayer"
    ]
    for place, (one, other) in enumerate(pairs):
        trains = other["config"].get("trainable")
        changed = trains is not None and one["config"].get("trainable") != trains
        if changed or (every and trains is not None):
            yield f"{path}.layers[{place}].trainable = {trains}"
        yield from _frozen_or_freed(one, other, f"{path}.layers[{place}]", every or changed)


def _another(fit: Fit, taken: set[str]) -> FunctionCode | str:
    """Return a function that makes another model, and moves weights into it."""
    if '"Normalization"' in str(fit.model["architecture"]).replace("'", '"'):
        return "it has a layer that was adapted, and weights of another model"
    architecture = dict(plain_names(any_batch(fit.model["architecture"])))
    architecture.pop("compile_config", None)
    name = free_name(f"model_of_cell_{fit.cell}", taken)
    shape = (fit.data["x"] or {}).get("shape")
    build = f"    if not new.built:\n        new.build({(None, *shape[1:])})\n" if shape else ""
    layers, compiled = f"{name.upper()}_LAYERS", f"{name.upper()}_COMPILED"
    told = [
        f"{key} = {pprint.pformat(without_automatic_names(value), width=_WIDE, sort_dicts=False)}"
        for key, value in ((layers, architecture), (compiled, fit.model["compiled"]))
    ]
    text = (
        f"def {name}(model):\n"
        "    import keras\n\n"
        f"    new = keras.saving.deserialize_keras_object({layers})\n"
        f"    new.compile_from_config({compiled})\n"
        f"{build}"
        "    # where each weight comes from in the model before; None is a new one\n"
        f"    for weight, place in zip(new.weights, {list(fit.transfer or ())}, strict=True):\n"
        "        if place is not None:\n"
        "            weight.assign(model.weights[place])\n"
        "    return new"
    )
    return FunctionCode(name, "\n".join([*told, "\n", text]), is_own=False)


def _arguments(stage: Stage, recipe: KerasRecipe) -> tuple[str, ...]:
    told = [f"epochs={stage.epochs}"]
    told += [f"batch_size={stage.batch_size}"] * (stage.batch_size not in (None, recipe.batch_size))
    told += [f"validation_split={stage.validation_split!r}"] * (stage.validation_split is not None)
    told += [f"class_weight={dict(stage.class_weight)!r}"] if stage.class_weight is not None else []
    told += [f"shuffle={stage.shuffle}"] * (stage.shuffle is not None)
    return tuple(told)

"""The recipes of a draft: for every fit that printed figures a model, its data and the arguments of fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from nnspec.notebook.captured import Captured, Fit
from nnspec.notebook.repeating.chains import Chain, chain_of
from nnspec.notebook.repeating.recipes import Repeated
from nnspec.notebook.static import Static
from nnspec.notebook.writing.data_code import DataCode, data_code
from nnspec.notebook.writing.model_code import (
    FunctionCode,
    configured_model,
    free_name,
    own_callbacks,
    own_model,
)
from nnspec.notebook.writing.same_models import Candidate, why_not_same
from nnspec.notebook.writing.stage_code import StageCode, candidates_of, stages_of
from nnspec.recipes.keras_recipe import KerasRecipe

_NAMES = ("runs", "keras", "claim", "notebook")  # which a file of claims has already


@dataclass(frozen=True)
class RecipeCode:
    """A recipe as code: its name, its data, the functions that it takes, the other arguments, its stages.

    `weights` are those of the examples, which go into a file; None where there are none.
    """

    name: str
    data: DataCode
    model: FunctionCode
    callbacks: FunctionCode | None
    arguments: tuple[str, ...]
    stages: tuple[StageCode, ...] = ()
    weights: NDArray[Any] | None = None


@dataclass
class Recipes:
    """The recipes of a draft by the repeated fits, and the reasons of those that there are none of."""

    made: dict[int, RecipeCode] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)


def recipes_of(static: Static, captured: Captured, asked: Sequence[tuple[Fit, Repeated]]) -> Recipes:
    """Return the code of recipes, by the places of these fits with what repeats them."""
    fits = {fit.number: fit for fit in captured.fits}
    found = Recipes()
    drafts: dict[int, tuple[Chain, KerasRecipe, DataCode]] = {}
    for place, (fit, repeated) in enumerate(asked):
        chain = chain_of(fit, fits)
        if isinstance(chain, str):
            found.refused[place] = chain
            continue
        data = data_code(repeated.recipe.data.arrays(), static, captured.served)
        if isinstance(data, str):
            found.refused[place] = data
        else:
            drafts[place] = chain, repeated.recipe, data
    functions = _functions(static, {place: chain.first for place, (chain, _, _) in drafts.items()})
    taken = {one.name for pair in functions.values() if not isinstance(pair, str) for one in pair if one}
    stages = _stages(static, captured, drafts, functions, taken | set(_NAMES))
    names: set[str] = set()
    for place, (_, recipe, data) in drafts.items():
        later = stages[place]
        if isinstance(later, str) and not isinstance(functions[place], str):
            found.refused[place] = later
            continue
        pair = functions[place]
        if isinstance(pair, str):
            found.refused[place] = pair
            continue
        model, callbacks = pair
        name = free_name(model.name, names | set(_NAMES)).upper()
        name = f"{name}_RECIPE" if name in {one.upper() for one in taken} - {model.name.upper()} else name
        names.add(name.lower())
        found.made[place] = RecipeCode(
            *(name, data, model, callbacks, _arguments(recipe, data, callbacks)),
            stages=() if isinstance(later, str) else later,
            weights=None if recipe.sample_weight is None else recipe.sample_weight.values,
        )
    return found


def _stages(
    static: Static,
    captured: Captured,
    drafts: dict[int, tuple[Chain, KerasRecipe, DataCode]],
    functions: dict[int, tuple[FunctionCode, FunctionCode | None] | str],
    taken: set[str],
) -> dict[int, tuple[StageCode, ...] | str]:
    """Return the stages of each draft, checked to make of its model what the notebook made, or why not."""
    found: dict[int, tuple[StageCode, ...] | str] = {}
    asked: list[tuple[int, Candidate]] = []
    for place, (chain, recipe, data) in drafts.items():
        pair = functions[place]
        made = pair if isinstance(pair, str) else stages_of(static, captured, chain, recipe, taken)
        if isinstance(made, str) or isinstance(pair, str):
            found[place] = str(made)
            continue
        if any(one.data is not None and one.data.validation != data.validation for one in made):
            found[place] = "its stages are validated on other parts of their data"
            continue
        found[place] = tuple(made)
        asked += [(place, one) for one in candidates_of(pair[0], chain, made)]
    folder = Path(static.notebook.path).resolve().parent
    for (place, one), why in zip(asked, why_not_same([one for _, one in asked], folder), strict=True):
        if why:
            found[place] = f"its stage of fit {one.fit.number}: {why}"
    return found


def _functions(
    static: Static, fits: dict[int, Fit]
) -> dict[int, tuple[FunctionCode, FunctionCode | None] | str]:
    """Return the functions of the models and callbacks of fits, each checked to make the same."""
    taken: set[str] = set(_NAMES)
    own: dict[int, FunctionCode | str] = {}
    callbacks: dict[int, FunctionCode | str | None] = {}
    candidates: list[tuple[int, Candidate]] = []
    known: dict[tuple[int, str], FunctionCode | str] = {}
    for place, fit in fits.items():
        key = fit.number, "model"
        if key not in known:
            known[key] = own_model(static, fit, taken)
            callbacks[fit.number] = own_callbacks(static, fit, taken)
            for of, one in (("model", known[key]), ("callbacks", callbacks[fit.number])):
                if isinstance(one, FunctionCode):
                    taken.add(one.name)
                    candidates.append((fit.number, Candidate(one.name, one.text, fit, of)))
        own[place] = known[key]
    folder = Path(static.notebook.path).resolve().parent
    answers = why_not_same([one for _, one in candidates], folder)
    wrong = {(number, one.of): why for (number, one), why in zip(candidates, answers, strict=True) if why}
    configured: dict[int, FunctionCode | str] = {}
    found: dict[int, tuple[FunctionCode, FunctionCode | None] | str] = {}
    for place, fit in fits.items():
        model, called = own[place], callbacks[fit.number]
        if isinstance(model, str) or (fit.number, "model") in wrong:
            if fit.number not in configured:
                free = taken if isinstance(model, str) else taken - {model.name}  # which nothing has now
                configured[fit.number] = configured_model(static, fit, free)
                taken |= {one.name for one in [configured[fit.number]] if isinstance(one, FunctionCode)}
            why = model if isinstance(model, str) else wrong[fit.number, "model"]
            model = configured[fit.number]
            model = f"its model: {why}, and {model}" if isinstance(model, str) else model
        if isinstance(called, FunctionCode) and (fit.number, "callbacks") in wrong:
            called = f"its callbacks: {wrong[fit.number, 'callbacks']}"
        if isinstance(model, str) or isinstance(called, str):
            found[place] = model if isinstance(model, str) else str(called)
        else:
            found[place] = model, called
    return found


def _arguments(recipe: KerasRecipe, data: DataCode, callbacks: FunctionCode | None) -> tuple[str, ...]:
    """Return the arguments of a recipe that are not the default."""
    told = [f"epochs={recipe.epochs}"]
    told += [f"batch_size={recipe.batch_size}"] * (recipe.batch_size != 32)
    told += [f'validation_data="{data.validation}"'] * (data.validation is not None)
    told += [f"validation_split={recipe.validation_split!r}"] * bool(recipe.validation_split)
    told += [f"class_weight={dict(recipe.class_weight)!r}"] * bool(recipe.class_weight)
    told += ["shuffle=False"] * (not recipe.shuffle)
    buffer = recipe.shuffle_buffer_size
    told += [f"shuffle_buffer_size={buffer}"] * (buffer is not None)
    told += [f"steps_per_epoch={recipe.steps_per_epoch}"] * (recipe.steps_per_epoch is not None)
    told += [f"callbacks={callbacks.name}"] if callbacks else []
    return tuple(told)


def renamed(data: DataCode, old: str, new: str) -> DataCode:
    """Return data with another name for the function that makes them."""
    lines = (data.lines[0].replace(f"def {old}(", f"def {new}("), *data.lines[1:])
    return replace(data, lines=lines, expression=data.expression.replace(f"({old})", f"({new})"))


def with_file(data: DataCode, file: str) -> DataCode:
    """Return data whose arrays are in a file of this name."""
    lines = tuple(line.replace("{file}", file) for line in data.lines)
    return replace(data, expression=data.expression.replace("{file}", file), lines=lines)

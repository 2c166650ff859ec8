"""The draft of a specification: one file of claims for a notebook, and the arrays beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue
from nnspec.notebook.captured import Captured, Fit
from nnspec.notebook.repeating.claims import document_of
from nnspec.notebook.repeating.placing import PlacedFigure, Placing
from nnspec.notebook.repeating.recipes import Repeated, Repeating
from nnspec.notebook.static import Static
from nnspec.notebook.writing.beside import with_files
from nnspec.notebook.writing.claim_code import claim_code, names_of, order_code, order_value
from nnspec.notebook.writing.recipe_code import RecipeCode, recipes_of
from nnspec.notebook.writing.stage_code import StageCode

_Figure = tuple[PlacedFigure, Repeated, bool, int]  # on what it was trained, and the place of its recipe
_WIDE = 110
_TO_FILL_IN = (
    "# TO FILL IN. Of these fits there is no recipe that a program could write, and so no claim: write a",
    "# function of the model, its data and KerasRecipe(function, data, epochs=…), and a claim as above.",
)
_ALWAYS = ("Document", "KerasRecipe", "claim")


@dataclass(frozen=True)
class Draft:
    """Texts and arrays by the names of their files, how many claims there are, and what is left out, why."""

    text: str
    arrays: Mapping[str, Mapping[str, NDArray[Any]]]
    claims: int
    left_out: tuple[str, ...]


def file_of(folder: Path, static: Static) -> Path:
    """Return the file of claims of a notebook in a folder.

    Raises
    ------
    InvalidValue
        If it is there already, or the folder is a file.
    """
    path = folder / f"test_{_stem(static)}.py"
    if folder.exists() and not folder.is_dir():
        raise InvalidValue("--write", str(folder), "a folder", "it is a file")
    if path.exists():
        remedy = "move it away, or name another folder; nothing is written over"
        raise InvalidValue("--write", str(path), "a new file", remedy)
    return path


def draft_of(static: Static, captured: Captured, placing: Placing, folder: Path) -> Draft:
    """Return the claims of all figures that were placed, each with a recipe that can be written down."""
    repeating = Repeating(captured)
    fits = {fit.number: fit for fit in captured.fits}
    asked: list[tuple[Fit, Repeated]] = []
    places: dict[int, int] = {}
    figures: list[_Figure] = []
    for one in placing.placed:
        evaluation = one.asked.evaluation
        trains_on = evaluation is not None and repeating.trains_on(one.asked.fit, evaluation.data)
        tested = None if evaluation is None or trains_on else evaluation.data
        repeated = repeating.of(one.asked.fit, tested)
        if isinstance(repeated, str):  # which would not have been placed
            continue
        place = places.setdefault(id(repeated), len(places))  # the same one each time
        if place == len(asked):
            asked.append((fits[one.asked.fit], repeated))
        figures.append((one, repeated, trains_on, place))
    found = recipes_of(static, captured, asked)
    recipes, arrays = with_files(found.made, folder, _stem(static))
    claims: list[tuple[str, str]] = []
    taken = set[str]()
    for one, repeated, trains_on, place in figures:
        if recipe := recipes.get(place):
            names = names_of(one, document_of(static.notebook).key, recipe.model.name, taken)
            section = f"Cell [{one.asked.figure.cell}]"
            claims.append((section, claim_code(one, repeated, trains_on, recipe.name, names)))
    claims += _orders(placing, figures, recipes, taken)
    left_out = tuple(
        dict.fromkeys(
            f"[{one.asked.figure.cell}] fit {one.asked.fit}: {found.refused[place]}"
            for one, _, _, place in figures
            if place in found.refused
        )
    )
    text = _text(static, list(recipes.values()), claims, left_out) if claims else ""
    return Draft(text, arrays, len(claims), left_out)


def _orders(
    placing: Placing, figures: Sequence[_Figure], recipes: Mapping[int, RecipeCode], taken: set[str]
) -> list[tuple[str, str]]:
    """Return the claims of orders of two models that both have a recipe, each with its section."""
    by_figure = {id(one.asked): (one.asked, repeated, on, place) for one, repeated, on, place in figures}
    claims: list[tuple[str, str]] = []
    for order in placing.orders:
        arms = [by_figure.get(id(asked)) for asked in order.pair]
        found = [(*arm[:3], recipes[arm[3]].name) for arm in arms if arm is not None and arm[3] in recipes]
        if len(found) != len(order.pair) or found[0][3] == found[1][3]:
            continue
        values = [order_value(asked, repeated, on, name.lower()) for asked, repeated, on, name in found]
        name = re.sub(r"-line-\d+", "", order.result.id)
        name = name if name not in taken else order.result.id
        taken.add(name)
        names = found[0][3], found[1][3]
        claims.append((order.result.section, order_code(order, (values[0], values[1]), names, name)))
    return claims


def write_draft(draft: Draft, path: Path) -> tuple[str, ...]:
    """Write the files of a draft, none over another, and return their paths.

    Raises
    ------
    OSError
        If one is there already, or cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    written = []
    for name, arrays in draft.arrays.items():
        with (path.parent / name).open("xb") as file:
            np.savez_compressed(file, allow_pickle=False, **arrays)
        written.append(str(path.parent / name))
    with path.open("x", encoding="utf-8") as file:
        file.write(draft.text)
    return str(path), *written


def _text(
    static: Static,
    recipes: Sequence[RecipeCode],
    claims: Sequence[tuple[str, str]],
    left_out: Sequence[str],
) -> str:
    document = document_of(static.notebook)
    title = document.title.replace('"', "'").replace("\\", "/")
    used = dict.fromkeys(section for section, _ in claims)
    imports = {*_ALWAYS, *(name for recipe in recipes for name in recipe.data.imports)}
    imports |= {"Figure"} if any("Figure(" in code for _, code in claims) else set()
    for stage in (one for recipe in recipes for one in recipe.stages):
        imports |= {"Stage", *(stage.data.imports if stage.data else ())}
    weighs = any(recipe.weights is not None for recipe in recipes)
    lines = [
        f'"""{title}: its printed figures, as `nnspec notebook --write` drafted them.',
        "",
        "A program read them. What is to confirm stands at `because`: look at the cell, and say why.",
        '"""',
        "",
        *(["from pathlib import Path", "", "import numpy as np", ""] if weighs else []),
        f"from nnspec import {', '.join(sorted(imports, key=lambda name: (name.islower(), name)))}",
        "",
        *_call("NOTEBOOK = Document", [_quoted(document.key), _quoted(document.title), _several(used)]),
    ]
    said: set[str] = set()
    for recipe in recipes:
        parts = ["\n".join(recipe.data.lines), recipe.model.text]
        parts += [recipe.callbacks.text] if recipe.callbacks else []
        for stage in recipe.stages:
            parts += ["\n".join(stage.data.lines)] if stage.data else []
            parts += [one.text for one in (stage.change, stage.callbacks) if one]
        for part in parts:
            if part and part not in said:
                lines += ["", "", part]
                said.add(part)
        given = [recipe.model.name, recipe.data.expression, *recipe.arguments]
        if recipe.stages:
            told = [line for one in recipe.stages for line in _stage(one)]
            given.append("\n        ".join(["stages=[", *told]) + "\n    ]")
        lines += ["", "", *_call(f"{recipe.name} = KerasRecipe", given)]
    for _, code in claims:
        lines += ["", "", code]
    if left_out:
        lines += ["", "", *_TO_FILL_IN, *(f"# - {' '.join(why.split())}" for why in left_out)]
    return "\n".join(lines) + "\n"


def _stage(stage: StageCode) -> list[str]:
    given = [stage.change.name] if stage.change else []
    given += stage.arguments
    given += [f"callbacks={stage.callbacks.name}"] if stage.callbacks else []
    given += [f"data={stage.data.expression}"] if stage.data else []
    *lines, last = _call("Stage", given, _WIDE - 9)
    return [*lines, f"{last},"]


def _call(function: str, given: Sequence[str], wide: int = _WIDE) -> list[str]:
    """Return a call on one line, or on one for each argument where that is too long."""
    short = f"{function}({', '.join(given)})"
    return [short] if len(short) <= wide else [f"{function}(", *(f"    {one}," for one in given), ")"]


def _several(texts: Iterable[str]) -> str:
    told = [_quoted(text) for text in texts]
    return f"({', '.join(told)}{',' * (len(told) == 1)})"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _stem(static: Static) -> str:
    name = re.sub(r"\W+", "_", Path(static.notebook.path).stem).strip("_").lower()
    return name or "notebook"

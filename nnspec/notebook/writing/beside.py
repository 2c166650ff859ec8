"""The files of arrays beside a draft: which recipes and stages read which, each array written once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.notebook.writing.data_code import DataCode
from nnspec.notebook.writing.recipe_code import RecipeCode, renamed, with_file


def with_files(
    made: Mapping[int, RecipeCode], folder: Path, stem: str
) -> tuple[dict[int, RecipeCode], dict[str, Mapping[str, NDArray[Any]]]]:
    """Return recipes with files for their arrays; those with the same arrays share one."""
    files: dict[str, Mapping[str, NDArray[Any]]] = {}
    recipes: dict[int, RecipeCode] = {}
    functions: dict[tuple[str, ...], str] = {}
    number = 1

    def file_of_arrays(arrays: Mapping[str, NDArray[Any]]) -> str:
        nonlocal number
        name = next((name for name, held in files.items() if _alike(held, arrays)), "")
        while not name:
            wanted = f"{stem}_data.npz" if number == 1 else f"{stem}_data_{number}.npz"
            number += 1
            name = "" if (folder / wanted).exists() or wanted in files else wanted
        files.setdefault(name, arrays)
        return name

    def filed(data: DataCode) -> DataCode:
        if data.arrays:
            data = with_file(data, file_of_arrays(data.arrays))
        if data.lines:
            new = f"{_function(data)}_{len(functions) + 1}".removesuffix("_1")
            data = renamed(data, _function(data), functions.setdefault(data.lines, new))
        return data

    for place, recipe in made.items():
        data = filed(recipe.data)
        stages = tuple(
            replace(one, data=None if one.data is None else filed(one.data)) for one in recipe.stages
        )
        recipes[place] = replace(recipe, data=data, stages=stages)
        if recipe.weights is not None:
            name = file_of_arrays({"sample_weight": recipe.weights})
            told = f'sample_weight=np.load(Path(__file__).with_name("{name}"))["sample_weight"]'
            recipes[place] = replace(recipes[place], arguments=(*recipe.arguments, told))
    return recipes, files


def _function(data: DataCode) -> str:
    return data.lines[0].removeprefix("def ").partition("(")[0]


def _alike(one: Mapping[str, NDArray[Any]], other: Mapping[str, NDArray[Any]]) -> bool:
    return one.keys() == other.keys() and all(np.array_equal(one[name], other[name]) for name in one)

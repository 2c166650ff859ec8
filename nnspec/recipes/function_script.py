"""A `KerasRecipe` as a Keras script: the text of its functions, the data, and the call of `fit`."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable
from typing import Any

from nnspec.recipes.data_lines import NUMPY, DataLines, in_order
from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.recipes.script_data import data_lines


def function_script(recipe: KerasRecipe) -> str:
    """Return Python code that trains the recipe once with `model.fit` and prints what `evaluate` gives.

    What the functions read of their module is not in it, and the first lines say where it is.
    """
    every = [_data(one) for one in recipe.fits()]
    data = every[0]
    name = recipe.function.__name__
    given = ", ".join(f"{key}={value!r}" for key, value in recipe.arguments)
    lines = [
        f"# {' '.join(str(recipe).split())}",
        f"# {name} stands in {recipe.function.__module__}: what it reads from there, besides Keras, is to be",
        "# added. Every run is another run.",
        *in_order(
            [
                *(line for one in every for line in one.imports),
                *([NUMPY] if recipe.sample_weight else []),
                *(["import tensorflow as tf"] if recipe.shuffle_buffer_size else []),
            ]
        ),
        "",
        *_text(recipe.function),
        "",
        *(line for function in recipe.functions[1:] for line in [*_text(function), ""]),
        *_weights(recipe),
        *data.lines,
        "",
        f"model = {name}({given})",
        *_fits(recipe),
        'print("training part:", model.evaluate(x_train, y_train, verbose=0, return_dict=True))',
    ]
    has_test = every[-1].has_test
    if has_test is not False:
        condition = "" if has_test else "if len(x_test): "
        evaluated = "model.evaluate(x_test, y_test, verbose=0, return_dict=True)"
        lines.append(f'{condition}print("test part:", {evaluated})')
    told = "\n".join(lines) + "\n"
    while "\n\n\n\n" in told:
        told = told.replace("\n\n\n\n", "\n\n\n")
    return told


def _data(fit: KerasRecipe) -> DataLines:
    return data_lines(fit.data, validation=fit.validation_data == "validation")


def _text(function: Callable[..., Any] | None) -> list[str]:
    if function is None:
        return []
    try:
        return ["", *textwrap.dedent(inspect.getsource(function)).splitlines(), ""]
    except (OSError, TypeError):  # of a session in which nothing is on file
        return [f"# the text of {function.__name__} is not on file"]


def _weights(recipe: KerasRecipe) -> list[str]:
    if recipe.sample_weight is None:
        return []
    told = recipe.sample_weight.plain()
    return [
        f"# the author's own sample_weight {tuple(told['shape'])}, SHA-256 {told['checksum']};",
        '# where there are none, write your own: np.save("sample_weight.npy", sample_weight)',
        "",
    ]


def _fits(recipe: KerasRecipe) -> list[str]:
    first, *later = recipe.fits()
    lines = _fit(first)
    for stage, one in zip(recipe.stages, later, strict=True):
        lines += [] if stage.data is None else ["", "# the data of the fit that follows", *_data(one).lines]
        lines += [] if stage.change is None else [f"model = {stage.change.__name__}(model) or model"]
        lines += _fit(one)
    return lines


def _fit(recipe: KerasRecipe) -> list[str]:
    if not recipe.epochs:
        return []
    part, weights = recipe.validation_data, dict(recipe.class_weight)
    buffer, batch = recipe.shuffle_buffer_size, recipe.batch_size
    given = ["x_train", "y_train"]
    arguments = [f"epochs={recipe.epochs}, batch_size={batch}"]
    if buffer is not None:
        slices = "tf.data.Dataset.from_tensor_slices((x_train, y_train))"
        given, arguments = [f"{slices}.shuffle({buffer}).batch({batch})"], [f"epochs={recipe.epochs}"]
    arguments += [f"validation_data=(x_{part}, y_{part})"] if part else []
    arguments += [f"validation_split={recipe.validation_split!r}"] if recipe.validation_split else []
    arguments += [f"class_weight={weights!r}"] if weights else []
    arguments += ['sample_weight=np.load("sample_weight.npy")'] if recipe.sample_weight else []
    arguments += [f"initial_epoch={recipe.initial_epoch}"] if recipe.initial_epoch else []
    arguments += [f"steps_per_epoch={recipe.steps_per_epoch}"] if recipe.steps_per_epoch else []
    arguments += [] if recipe.shuffle else ["shuffle=False"]
    arguments += [f"callbacks={recipe.callbacks.__name__}()"] if recipe.callbacks else []
    return [
        "model.fit(",
        *(f"    {text}," for text in [*given, *arguments]),
        "    verbose=2,",
        ")",
    ]

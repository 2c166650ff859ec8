"""A model as a function of Keras code: the notebook's own code, or the configuration that Keras gives."""

from __future__ import annotations

import ast
import json
import keyword
import pprint
import re
import textwrap
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from nnspec.notebook.captured import Fit
from nnspec.notebook.repeating.chains import changing
from nnspec.notebook.repeating.models import any_batch
from nnspec.notebook.repeating.plain_names import plain_names, without_automatic_names
from nnspec.notebook.source import read_names
from nnspec.notebook.static import Static
from nnspec.notebook.writing.fit_call import argument, fit_call, model_name, shapes_of
from nnspec.notebook.writing.lifting import Lifted, lifted

_WIDE = 100


@dataclass(frozen=True)
class FunctionCode:
    """The text of a function without arguments, with what it needs above it, and whose code it is."""

    name: str
    text: str
    is_own: bool = True


def own_model(static: Static, fit: Fit, taken: Collection[str]) -> FunctionCode | str:
    """Return a function that returns a model, in the notebook's own words, or why there is none."""
    call = fit_call(static, fit)
    if isinstance(call, str):
        return call
    variable = model_name(call)
    if not variable or fit.cell is None:
        return "its model has no name of its own"
    found = lifted(static, {variable}, fit.cell, call.lineno, shapes_of(call, fit))
    if isinstance(found, str):
        return found
    name = free_name(variable, taken)
    return FunctionCode(name, function_text(name, found, variable))


def own_callbacks(static: Static, fit: Fit, taken: Collection[str]) -> FunctionCode | str | None:
    """Return a function that returns the callbacks of a fit, None where none can change it, or why not."""
    if not changing(fit):
        return None
    call = fit_call(static, fit)
    if isinstance(call, str):
        return f"of its callbacks: {call}"
    given = argument(call, "callbacks")
    if given is None or fit.cell is None:
        return "its callbacks are not given by name"
    found = lifted(static, read_names(given), fit.cell, call.lineno, shapes_of(call, fit))
    if isinstance(found, str):
        return f"of its callbacks: {found}"
    name = free_name("callbacks", taken)
    return FunctionCode(name, function_text(name, found, ast.unparse(given)))


def configured_model(static: Static, fit: Fit, taken: Collection[str]) -> FunctionCode | str:
    """Return a function that returns a model by its configuration, or why there is none."""
    if fit.model["code"] or "__lambda__" in json.dumps(fit.model):
        return "its configuration names code of the notebook"
    architecture = dict(plain_names(any_batch(fit.model["architecture"])))
    architecture.pop("compile_config", None)
    call = fit_call(static, fit)
    variable = "" if isinstance(call, str) else model_name(call)
    name = free_name(variable or str(architecture["config"]["name"]), taken)
    constants = {f"{name.upper()}_LAYERS": architecture, f"{name.upper()}_COMPILED": fit.model["compiled"]}
    constants = {key: without_automatic_names(value) for key, value in constants.items()}
    told = [
        f"{key} = {pprint.pformat(value, width=_WIDE, sort_dicts=False)}" for key, value in constants.items()
    ]
    layers, compiled = constants
    body = f"""
        def {name}():
            import keras

            model = keras.saving.deserialize_keras_object({layers})
            model.compile_from_config({compiled})
            return model
    """
    return FunctionCode(name, "\n".join([*told, "\n", textwrap.dedent(body).strip()]), is_own=False)


def function_text(name: str, found: Lifted, returned: str) -> str:
    """Return the text of a function that runs statements and returns an expression."""
    body = "\n".join(found.statements)
    parts = ["\n".join(found.imports), body, f"return {returned}"]
    return f"def {name}():\n" + textwrap.indent("\n\n".join(part for part in parts if part), "    ")


def free_name(wanted: str, taken: Collection[str]) -> str:
    """Return a name for a function that nothing else has."""
    plain = re.sub(r"\W+", "_", wanted).strip("_").lower() or "model"
    plain = f"model_{plain}" if plain[0].isdigit() or keyword.iskeyword(plain) else plain
    names: Sequence[str] = [plain, *(f"{plain}_{number}" for number in range(2, len(taken) + 3))]
    return next(one for one in names if one not in taken)

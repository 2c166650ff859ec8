"""A model as the author's function returns it: called, checked, built for the data."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import io
import itertools
import json
import pickle
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnspec.basics.errors import InvalidValue, NnspecError
from nnspec.machine.opened_in_c import tell_of_files
from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.training.models.copied import build_optimizer
from nnspec.training.models.draws import replaced
from nnspec.training.models.initial_values import InitialValues
from nnspec.training.models.parts import FitData, of_each

_COLLECTED = 16  # models, after which what is left of them is collected
_builds = itertools.count(1)
_EXAMPLES = 2  # that an unbuilt model is called with
_COLOURS = re.compile("\x1b\\[[0-9;]*m")  # that Keras writes for a terminal
_FIXED = re.compile(r'"seed": -?\d')


@dataclass(frozen=True)
class Built:
    """A compiled model whose variables exist, what they start from, and what there is to say of it.

    `facts` are for the provenance: a hash of the model's configuration, and seeds that are replaced.
    `draws` is whether the function drew from the global random numbers of NumPy.
    """

    model: Any
    initial: InitialValues
    facts: dict[str, str]
    draws: bool


def built(recipe: KerasRecipe, data: FitData, seed: int = 0) -> Built:
    """Call the function of a recipe, on whatever backend Keras runs here, and build the model for the data.

    What the function draws from the global random numbers of Python and NumPy is of this seed, whatever seed
    it gives them.

    Raises
    ------
    InvalidValue
        If the function fails, returns no compiled model that is still untrained, or one that cannot take
        the data.
    """
    keras: Any = importlib.import_module("keras")
    name = recipe.function.__name__
    tell_of_files()
    # collecting what is no longer needed takes a sixth of a second each time, as long as a small training
    keras.backend.clear_session(free_memory=next(_builds) % _COLLECTED == 0)
    initial = InitialValues()
    with _own_randomness(seed) as seeded, initial.noting(), noting_draws() as draws:
        model = _called(name, recipe)
        _check(f"{name}()", model, keras)
        _build(name, model, data)
        drew = draws()
    if np.any(np.asarray(keras.ops.convert_to_numpy(model.optimizer.iterations)) > 0):
        remedy = "let the function build and compile, and nnspec train"
        raise InvalidValue(f"{name}()", "a model that was trained already", "an untrained model", remedy)
    initial.settle(model.variables)
    configuration = _configuration(model)
    facts = {"model": hashlib.sha256(configuration.encode()).hexdigest()[:16]}
    if _FIXED.search(configuration) or seeded():
        facts["seeds"] = f"those that {name} fixes are replaced by the run's"
    return Built(model, initial, facts, drew)


def callbacks_of(recipe: KerasRecipe) -> list[Any]:
    """Return new callbacks for one seed.

    Raises
    ------
    InvalidValue
        If their function fails, or returns anything else than a list of Keras callbacks, new ones each time.
    """
    if recipe.callbacks is None:
        return []
    keras: Any = importlib.import_module("keras")
    name = recipe.callbacks.__name__
    try:
        found = recipe.callbacks()
    except Exception as error:
        raise InvalidValue(f"{name}()", _told(error), "a list of callbacks") from error
    if not isinstance(found, Sequence) or not all(isinstance(one, keras.callbacks.Callback) for one in found):
        remedy = "is `return` missing?" if found is None else ""
        raise InvalidValue(f"{name}()", found, "a list of Keras callbacks", remedy)
    if not {*map(id, found)}.isdisjoint(map(id, recipe.callbacks())):
        remedy = "make them inside of the function: each seed needs its own"
        raise InvalidValue(f"{name}()", "the same callbacks each time", "new ones each time", remedy)
    return list(found)


def change(found: Built, model: Any, stage: KerasRecipe, data: FitData, function: Any) -> Any:
    """Let the function of a stage change a model, and return the one that goes on: that one, or another.

    Another one is a compiled model, made of layers or weights of the one that the function is given. `stage`
    is what is fitted next, on these data. Variables that are new have what seed 0 starts from.

    Raises
    ------
    InvalidValue
        If the function fails, or leaves or returns a model that cannot be trained.
    """
    keras: Any = importlib.import_module("keras")
    name, before, optimizer = function.__name__, list(map(id, model.variables)), model.optimizer
    with found.initial.noting():
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                returned = function(model)
        except NnspecError:
            raise
        except Exception as error:
            expected = "a change of the model"
            raise InvalidValue(f"{name}(model)", _told(error), expected) from error
        after = model if returned is None else returned
        _check(f"{name}(model)", after, keras)
        if after is not model:
            if after.optimizer is optimizer:
                remedy = "compile it with an optimizer of its own"
                raise InvalidValue(
                    f"{name}(model)", "another model with the optimizer of the last", "a new one", remedy
                )
            _build(name, after, data)
            return after
    if list(map(id, model.variables)) != before:
        remedy = f"let {stage.function.__name__} build all layers, or return another model"
        raise InvalidValue(f"{name}(model)", "a model with other weights", "the weights that it had", remedy)
    return model


def _called(name: str, recipe: KerasRecipe) -> Any:
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # a notebook's model.summary()
            return recipe.function(**dict(recipe.arguments))
    except NnspecError:
        raise
    except (Exception, SystemExit) as error:
        given = ", ".join(f"{key}={value!r}" for key, value in recipe.arguments)
        expected = "a compiled Keras model"
        raise InvalidValue(f"{name}({given})", _told(error), expected) from error


def _check(call: str, model: Any, keras: Any) -> None:
    if not isinstance(model, keras.Model):
        remedy = "is `return model` missing?" if model is None else ""
        raise InvalidValue(call, model, "a compiled Keras model", remedy)
    if not model.compiled:
        remedy = "call model.compile(optimizer, loss, metrics=[…]) in the function"
        raise InvalidValue(call, f"{type(model).__name__} {model.name!r}", "a compiled model", remedy)
    if model.optimizer is None:
        raise InvalidValue(call, "a model without an optimizer", "one that can be trained")
    weights = getattr(getattr(model, "_compile_loss", None), "_user_loss_weights", None)
    if isinstance(weights, list | tuple) and any(isinstance(one, str) for one in weights):
        remedy = f"the third argument of compile is loss_weights: write metrics={list(weights)}"
        raise InvalidValue(call, f"a model compiled with loss_weights={list(weights)}", "numbers", remedy)


def _build(name: str, model: Any, data: FitData) -> None:
    """Make all variables: of layers that wait for the shape of their inputs, and of the optimizer."""
    keras: Any = importlib.import_module("keras")
    try:
        if not all(layer.built for layer in model._flatten_layers()):
            first = of_each(lambda values: keras.ops.convert_to_tensor(values[:_EXAMPLES]), data.x)
            model(first, training=False)
        build_optimizer(model)
    except Exception as error:
        raise misfit(name, data, error) from error


def misfit(name: str, data: FitData, error: Exception) -> InvalidValue:
    """Return the error of a model that cannot take the data, or whose loss or metrics cannot."""
    return InvalidValue("data", str(data), f"what the model of {name}() takes", _told(error))


def _configuration(model: Any) -> str:
    """Return what Keras says of a model and how it is compiled, as far as it says anything."""
    parts = []
    for ask in (model.to_json, lambda: json.dumps(model.get_compile_config(), sort_keys=True, default=str)):
        try:
            parts.append(ask())
        except Exception:  # a layer without a configuration; its code is in the recipe's identity
            parts.append(type(model).__qualname__)
    shapes = [(variable.path, tuple(variable.shape)) for variable in model.variables]
    return "\n".join([*parts, repr(shapes)])


@contextlib.contextmanager
def _own_randomness(seed: int) -> Iterator[Any]:
    """Begin the global random states of Python and NumPy at a seed, which the author's do not replace.

    Afterwards they are as they were. What comes with it tells whether somebody has seeded them.
    """
    state: Any = importlib.import_module("keras.src.backend.common.global_state")
    before = random.getstate(), np.random.get_state()  # noqa: NPY002  # the author may draw from it
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002
    asked: list[int] = []

    def noted(*given: Any, **named: Any) -> None:
        asked.append(1)

    try:
        with replaced(random, seed=noted), replaced(np.random, seed=noted):
            yield lambda: bool(asked) or state.get_global_attribute("global_random_seed") is not None
    finally:
        random.setstate(before[0])
        np.random.set_state(before[1])  # noqa: NPY002


@contextlib.contextmanager
def noting_draws() -> Iterator[Callable[[], bool]]:
    """Tell whether the global random numbers of NumPy were drawn from since."""

    def now() -> bytes:
        return pickle.dumps(np.random.get_state())  # noqa: NPY002

    before = now()
    yield lambda: now() != before


def _told(error: BaseException) -> str:
    """Return the kind of an error and what it says, on one line."""
    text = " ".join(_without_stack(_COLOURS.sub("", str(error))).split())
    return f"{type(error).__name__}: {text[:300]}"


def _without_stack(text: str) -> str:
    """Return what TensorFlow says went wrong in a graph, without the lines of code that made it."""
    if not text.startswith("Graph execution error"):
        return text
    stack = (" ", "\t", "Detected at")
    lines = [line for line in text.splitlines()[1:] if line and not line.startswith(stack)]
    return "\n".join(lines) or text

"""Models of a class of the author's own: what they were made with, and what they compute, to be checked by.

Keras keeps no configuration of them that could be trusted: the arguments of their constructor are not in it.
"""

from __future__ import annotations

import functools
import inspect
import pickle
from collections.abc import Mapping
from typing import Any

import numpy as np

_ARGUMENTS = "_nnspec_arguments"
_LARGEST = 2**25  # bytes of weights that are kept to check a model by
_EXAMPLES = 2


def is_own(model: Any) -> bool:
    """Return whether a model is of a class of the author's own."""
    return not type(model).__module__.startswith("keras.")


def is_functional(model: Any) -> bool:
    """Return whether the configuration of a model has its layers: of inputs and outputs, or of a list."""
    return any(one.__name__ in ("Functional", "Sequential") for one in type(model).__mro__)


def note_arguments(cls: Any) -> None:
    """Note from now on what every model, of a class that inherits from this one, is made with."""
    original = cls.__new__

    @functools.wraps(original)
    def new(kind: Any, *arguments: Any, **named: Any) -> Any:
        model = original(kind, *arguments, **named)
        if isinstance(model, cls) and is_own(model):
            object.__setattr__(model, _ARGUMENTS, (arguments, named))
        return model

    cls.__new__ = new


def arguments_of(model: Any) -> dict[str, Any] | str:
    """Return the arguments that a model was made with, by name, or why they cannot be kept."""
    name = type(model).__name__
    arguments, named = model.__dict__.get(_ARGUMENTS, (None, None))
    if arguments is None:
        return f"what its class {name} was made with is not known"
    bound = inspect.signature(type(model).__init__).bind(model, *arguments, **named)
    kinds = {one.name: one.kind for one in bound.signature.parameters.values()}
    found: dict[str, Any] = {}
    for key, value in list(bound.arguments.items())[1:]:
        if kinds[key] is inspect.Parameter.VAR_KEYWORD:
            found |= value
        elif kinds[key] in (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.POSITIONAL_ONLY):
            return f"its class {name} is made with arguments without names"
        else:
            found[key] = value
    for key, value in found.items():
        if not _is_plain(value):
            return f"its class {name} is made with {key}, {_kind(value)}, and not with plain values alone"
    return found


def proof_of(model: Any, x: Any) -> bytes | str:
    """Return by what a model that is made anew is checked, or why it cannot be.

    These are its weights now, which of them train, and what it computes of the first examples.
    """
    weights = [np.asarray(one._value) for one in model.weights]
    if sum(one.nbytes for one in weights) > _LARGEST:
        return f"its class {type(model).__name__} is the author's own, and too large to be checked"
    first = _first(x)
    outputs, again = (computed(model, first) for _ in range(2))
    if not all(map(np.array_equal, outputs, again)):
        return f"its class {type(model).__name__} computes something else each time, and cannot be checked"
    trains = [bool(one.trainable) for one in model.weights]
    return pickle.dumps({"weights": weights, "trains": trains, "x": first, "outputs": outputs})


def computed(model: Any, x: Any) -> list[Any]:
    """Return what a model computes of some examples, as arrays."""
    outputs = model(x, training=False)
    flat = outputs.values() if isinstance(outputs, Mapping) else outputs
    given = list(flat) if isinstance(outputs, Mapping | list | tuple) else [outputs]
    return [np.asarray(one) for one in given]


def _first(x: Any) -> Any:
    if isinstance(x, Mapping):
        return {name: _first(one) for name, one in x.items()}
    if isinstance(x, list | tuple) and any(hasattr(one, "shape") for one in x):
        return [_first(one) for one in x]
    return np.asarray(x.numpy() if hasattr(x, "numpy") else x)[:_EXAMPLES]


def _is_plain(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(isinstance(key, str) and _is_plain(one) for key, one in value.items())
    if isinstance(value, list | tuple):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str | int | float | bool)


def _kind(value: Any) -> str:
    name = type(value).__name__
    return f"a{'n' if name[:1].lower() in 'aeiou' else ''} {name}"

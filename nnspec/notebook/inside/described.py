"""A model, how it is compiled, and its callbacks as plain data."""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Iterator
from types import FunctionType
from typing import Any

import numpy as np

from nnspec.notebook.inside.own_models import arguments_of, is_functional, is_own
from nnspec.notebook.inside.told_error import told_error
from nnspec.notebook.inside.written import Written


def model_of(model: Any, written: Written) -> dict[str, Any]:
    """Return class, architecture and compile configuration of a model, and where its author's code is.

    `architecture` and `compiled` are None where Keras gives none, `why` says so.
    """
    found: dict[str, Any] = {"class": type(model).__name__, "name": model.name, "why": ""}
    found |= {"architecture": None, "compiled": None, "code": None}
    try:
        found["architecture"] = _with_adapted(model, json.loads(_to_json(model)))
        config = model.get_compile_config()
        # as it is now: a learning rate may have been set since
        config["optimizer"] = _keras().saving.serialize_keras_object(model.optimizer)
        found["compiled"] = json.loads(json.dumps(config))
    except _NotKept as why:
        found["why"] = str(why)
        return found
    except Exception as error:
        found["why"] = f"its configuration cannot be written: {told_error(error)}"
        return found
    own = _own_objects(found)
    if is_own(model):
        own |= {type(model).__name__: type(model)}
    if own:
        try:
            import cloudpickle

            found["code"] = written.code(cloudpickle.dumps(own))
        except Exception as error:
            found["why"] = f"{', '.join(own)} cannot be kept: {told_error(error)}"
    return found


class _NotKept(Exception):
    """Why a model of the author's own class cannot be kept."""


def _to_json(model: Any) -> str:
    """Return the architecture of a model; of an author's class without layers in it, its arguments."""
    if not is_own(model):
        return str(model.to_json())
    if is_functional(model):
        return str(model.to_json())
    arguments = arguments_of(model)
    if isinstance(arguments, str):
        raise _NotKept(arguments)
    name = type(model).__name__
    config = {"name": model.name, "trainable": model.trainable, "arguments": arguments}
    return json.dumps({"module": None, "class_name": name, "config": config, "registered_name": name})


def callbacks_of(callbacks: Any, written: Written) -> dict[str, Any]:
    """Return the callbacks: classes with their plain settings, and where they are as objects."""
    given = [] if callbacks is None else callbacks if isinstance(callbacks, list | tuple) else [callbacks]
    found: dict[str, Any] = {"list": [_settings(one) for one in given], "code": None, "why": ""}
    if given:
        try:
            import cloudpickle

            found["code"] = written.code(cloudpickle.dumps([_without_model(one) for one in given]))
        except Exception as error:
            found["why"] = f"callbacks cannot be kept: {told_error(error)}"
    return found


def _without_model(callback: Any) -> Any:
    """Return a callback that knows no model, which one of an earlier fit does."""
    alone = copy.copy(callback)
    if "_model" in vars(alone):
        alone._model = None
    return alone


def _settings(callback: Any) -> dict[str, Any]:
    plain = {
        name: value
        for name, value in vars(callback).items()
        if not name.startswith("_") and isinstance(value, str | int | float | bool)
    }
    return {"class": type(callback).__name__, "module": type(callback).__module__, "settings": plain}


def _own_objects(config: Any) -> dict[str, Any]:
    """Return the functions and classes of the notebook that a configuration names."""
    main = vars(sys.modules["__main__"])
    names = dict.fromkeys(name for name in _names(config) if name in main)
    return {
        name: main[name]
        for name in names
        if isinstance(main[name], type | FunctionType) and main[name].__module__ == "__main__"
    }


def _with_adapted(model: Any, architecture: Any) -> Any:
    """Return an architecture whose layers of normalization have what they were adapted to."""
    layers = [
        layer
        for layer in model._flatten_layers(include_self=False)
        if type(layer).__name__ == "Normalization" and getattr(layer, "adapt_mean", None) is not None
    ]
    for layer in layers:
        for config in _configs(architecture, "Normalization", layer.name):
            config["mean"] = np.asarray(layer.adapt_mean).tolist()
            config["variance"] = np.asarray(layer.adapt_variance).tolist()
    return architecture


def _configs(found: Any, class_name: str, name: str) -> Iterator[Any]:
    """Yield the configurations of the layers of a class and a name."""
    inner = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    if isinstance(found, dict) and found.get("class_name") == class_name and found["config"]["name"] == name:
        yield found["config"]
    for one in inner:
        yield from _configs(one, class_name, name)


def _names(config: Any) -> Iterator[str]:
    """Yield the names of the classes and functions in a configuration; a text alone, "mae", is Keras's."""
    if isinstance(config, dict):
        name = config.get("class_name")
        name = config.get("config") if name == "function" else name
        if isinstance(name, str):
            yield name.rpartition(">")[2]  # of `Custom>Name`
        for value in config.values():
            yield from _names(value)
    elif isinstance(config, list):
        for value in config:
            yield from _names(value)


def _keras() -> Any:
    return sys.modules["keras"]

"""Functions that return a captured model, compiled as it was and untrained, and the callbacks of its fit."""

from __future__ import annotations

import contextlib
import importlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from nnspec.basics.errors import InvalidValue
from nnspec.notebook.captured import Captured, Fit
from nnspec.notebook.inside.own_models import computed
from nnspec.notebook.inside.weights import learned
from nnspec.notebook.repeating.plain_names import plain_compiled, plain_names
from nnspec.recipes.travelling import from_bytes

_CLOSE = 1e-3  # of float32 sums in another order, on another backend


def model_function(captured: Captured, fit: Fit) -> Callable[[], Any]:
    """Return a function that makes the model of a fit anew; what it is made of is in the function."""
    made = plain_names(any_batch(fit.model["architecture"]))
    architecture = json.dumps(made, sort_keys=True)
    compiled = json.dumps(plain_compiled(fit.model["compiled"]), sort_keys=True)
    code, proof = _code(captured, fit.model["code"]), _code(captured, fit.proof)

    def captured_model() -> Any:
        return rebuilt(architecture, compiled, code, proof)

    captured_model.__name__ = captured_model.__qualname__ = str(made["config"].get("name", "model"))
    return captured_model


def callbacks_function(captured: Captured, fit: Fit) -> Callable[[], Any] | None:
    """Return a function that returns the callbacks of a fit, new ones each time; None without any."""
    code = _code(captured, fit.callbacks["code"])
    if not code:
        return None

    def callbacks() -> Any:
        return from_bytes(code)

    return callbacks


def change_function(captured: Captured, fit: Fit) -> Callable[[Any], None]:
    """Return a function that compiles a model as for a fit, and frees or freezes its layers."""
    architecture = json.dumps(plain_names(fit.model["architecture"]), sort_keys=True)
    compiled = json.dumps(plain_compiled(fit.model["compiled"]), sort_keys=True)
    code, proof = _code(captured, fit.model["code"]), _code(captured, fit.proof)

    def compiled_anew(model: Any) -> None:
        if proof and "arguments" in json.loads(architecture)["config"]:
            set_trains(model, from_bytes(proof)["trains"])
        compile_anew(model, architecture, compiled, code)
        if proof and [bool(one.trainable) for one in model.weights] != from_bytes(proof)["trains"]:
            raise _other(type(model).__name__, "trains other weights")

    return compiled_anew


def transfer_function(captured: Captured, fit: Fit) -> Callable[[Any], Any]:
    """Return a function that makes the model of a fit anew, and moves weights of an earlier one into it."""
    made = plain_names(any_batch(fit.model["architecture"]))
    architecture = json.dumps(made, sort_keys=True)
    compiled = json.dumps(plain_compiled(fit.model["compiled"]), sort_keys=True)
    code, proof = _code(captured, fit.model["code"]), _code(captured, fit.proof)
    shape, places = _shape(fit.data["x"]), tuple(fit.transfer or ())

    def transferred(model: Any) -> Any:
        new = rebuilt(architecture, compiled, code, proof)
        if not all(layer.built for layer in new._flatten_layers()):
            new.build(shape)
        move(model, new, places)
        return new

    return transferred


def move(model: Any, new: Any, places: Sequence[int | None]) -> None:
    """Let a model hold weights of another one, those at these places; None leaves what it was made with."""
    held = learned(model)
    for variable, place in zip(learned(new), places, strict=True):
        if place is not None:
            variable.assign(held[place])


def _shape(kept: Mapping[str, Any]) -> Any:
    """Return the shape of inputs that a model is built with, for any number of them."""
    if "shape" in kept:
        return (None, *kept["shape"][1:])
    parts = kept["parts"]
    if isinstance(parts, Mapping):
        return {name: _shape(one) for name, one in parts.items()}
    return [_shape(one) for one in parts]


def compile_anew(model: Any, architecture: str, compiled: str, code: bytes) -> None:
    """Compile a model by a configuration; its layers train where those of an architecture do."""
    keras: Any = importlib.import_module("keras")
    set_trainable(model, json.loads(architecture)["config"])
    with _own(keras, code):
        model.compile_from_config(json.loads(compiled))


def set_trainable(model: Any, config: Mapping[str, Any]) -> None:
    """Let layers train, or not, as a configuration says, those within others after these."""
    by_name = {layer.name: layer for layer in model.layers}
    for one in config.get("layers", ()):
        inner = one["config"]
        layer = by_name.get(inner.get("name"))
        if layer is not None and isinstance(inner.get("trainable"), bool):
            layer.trainable = inner["trainable"]
            if hasattr(layer, "layers"):
                set_trainable(layer, inner)


def set_trains(model: Any, trains: Sequence[bool]) -> None:
    """Let the layers of an author's model train, or not, by what of their weights does."""
    places = {id(weight): place for place, weight in enumerate(model.weights)}
    for layer in model._flatten_layers(include_self=False):
        own = [places[id(weight)] for weight in layer.weights if id(weight) in places]
        if own and not getattr(layer, "_layers", None):
            layer.trainable = any(trains[place] for place in own)


def rebuilt(architecture: str, compiled: str, code: bytes, proof: bytes = b"") -> Any:
    """Return a compiled model of its configurations, with the author's functions and classes in `code`.

    Raises
    ------
    InvalidValue
        If it is of the author's own class, and is not what it was in the notebook.
    """
    keras: Any = importlib.import_module("keras")
    told = json.loads(architecture)
    told.pop("compile_config", None)  # it is compiled below, and once
    arguments = told["config"].get("arguments")
    with _own(keras, code):
        if arguments is None:
            model = keras.saving.deserialize_keras_object(told, safe_mode=False)
        else:
            model = from_bytes(code)[told["class_name"]](**arguments)
        model.compile_from_config(json.loads(compiled))
    if proof:
        prove(model, from_bytes(proof))
    return model


def prove(model: Any, proof: Mapping[str, Any]) -> None:
    """Refuse a model that has other weights than that of the notebook, or computes something else with them.

    Raises
    ------
    InvalidValue
        If it is not the same.
    """
    name = type(model).__name__
    try:
        model(proof["x"], training=False)
    except Exception:  # of what another backend cannot compute: whoever trains it tells
        return
    if [tuple(one.shape) for one in model.weights] != [one.shape for one in proof["weights"]]:
        raise _other(name, "has other weights")
    set_trains(model, proof["trains"])
    if [bool(one.trainable) for one in model.weights] != proof["trains"]:
        raise _other(name, "trains other weights")
    before = model.get_weights()
    model.set_weights(proof["weights"])
    found = computed(model, proof["x"])
    model.set_weights(before)
    same = (
        np.allclose(one, other, rtol=_CLOSE, atol=_CLOSE * float(np.abs(other).max(initial=0.0)))
        for one, other in zip(found, proof["outputs"], strict=True)
    )
    if not all(same):
        raise _other(name, "computes something else")


def _other(name: str, what: str) -> InvalidValue:
    remedy = "its class is the author's own: something was changed in it after it was made"
    return InvalidValue("model", f"a model {name} that {what} than in the notebook", "the same", remedy)


@contextlib.contextmanager
def _own(keras: Any, code: bytes) -> Iterator[None]:
    """Let configurations name what is in `code`, and hold functions without a name.

    These are code, and are run, as the notebook was: they are its author's.
    """
    library: Any = importlib.import_module("keras.src.saving.serialization_lib")
    with keras.saving.custom_object_scope(from_bytes(code) if code else {}), library.SafeModeScope(False):
        yield


def any_batch(config: Any) -> Any:
    """Return an architecture that takes batches of any size, where a model was built for those of its data.

    Models that keep a state from batch to batch have to stay as they are.
    """
    if '"stateful": true' in json.dumps(config):
        return config
    return _any_batch(config)


def _any_batch(config: Any) -> Any:
    if isinstance(config, list):
        return [_any_batch(one) for one in config]
    if not isinstance(config, Mapping):
        return config
    return {
        name: [None, *value[1:]]
        if name in ("batch_shape", "batch_input_shape", "input_shape") and _is_shape(value)
        else _any_batch(value)
        for name, value in config.items()
    }


def _is_shape(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) > 0
        and all(one is None or isinstance(one, int) for one in value)
    )


def _code(captured: Captured, name: str | None) -> bytes:
    return (captured.folder / name).read_bytes() if name else b""

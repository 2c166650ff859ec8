"""Functions that return a captured model, compiled as it was and untrained, and the callbacks of its fit."""

from __future__ import annotations

import contextlib
import importlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from nnspec.notebook.captured import Captured, Fit
from nnspec.notebook.inside.weights import learned
from nnspec.notebook.repeating.plain_names import plain_names
from nnspec.recipes.travelling import from_bytes


def model_function(captured: Captured, fit: Fit) -> Callable[[], Any]:
    """Return a function that makes the model of a fit anew; what it is made of is in the function."""
    made = plain_names(any_batch(fit.model["architecture"]))
    architecture = json.dumps(made, sort_keys=True)
    compiled = json.dumps(fit.model["compiled"], sort_keys=True)
    code = _code(captured, fit.model["code"])

    def captured_model() -> Any:
        return rebuilt(architecture, compiled, code)

    captured_model.__name__ = captured_model.__qualname__ = str(made["config"]["name"])
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
    compiled = json.dumps(fit.model["compiled"], sort_keys=True)
    code = _code(captured, fit.model["code"])

    def compiled_anew(model: Any) -> None:
        compile_anew(model, architecture, compiled, code)

    return compiled_anew


def transfer_function(captured: Captured, fit: Fit) -> Callable[[Any], Any]:
    """Return a function that makes the model of a fit anew, and moves weights of an earlier one into it."""
    made = plain_names(any_batch(fit.model["architecture"]))
    architecture = json.dumps(made, sort_keys=True)
    compiled = json.dumps(fit.model["compiled"], sort_keys=True)
    code, places = _code(captured, fit.model["code"]), tuple(fit.transfer or ())
    shape = _shape(fit.data["x"])

    def transferred(model: Any) -> Any:
        new = rebuilt(architecture, compiled, code)
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


def rebuilt(architecture: str, compiled: str, code: bytes) -> Any:
    """Return a compiled model of its configurations, with the author's functions and classes in `code`."""
    keras: Any = importlib.import_module("keras")
    with _own(keras, code):
        model = keras.saving.deserialize_keras_object(json.loads(architecture), safe_mode=False)
        model.compile_from_config(json.loads(compiled))
    return model


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

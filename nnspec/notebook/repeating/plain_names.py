"""Names that Keras counts up in a process, `dense_7`, counted within the model: the same in every run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from nnspec.notebook.repeating.layer_names import output_names


def plain_names(architecture: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an architecture in which names that Keras gave are counted within it; an author's stay.

    Models of several outputs stay as they are: what they report has the names of these.
    """
    if len(output_names(architecture)) > 1:
        return architecture
    counted: Counter[str] = Counter()
    new: dict[str, str] = {}
    taken = set(_names(architecture))
    for name, kind in _layers(architecture):
        if re.fullmatch(rf"{kind}(_\d+)?", name) and name not in new:
            number, counted[kind] = counted[kind], counted[kind] + 1
            new[name] = f"{kind}_{number}" if number else kind
    # a name without a number may stand for something else too, softmax for example
    unclear = any(name != other and not re.search(r"_\d+$", name) for name, other in new.items())
    if unclear or (taken - set(new)) & set(new.values()):
        return architecture
    renamed: Mapping[str, Any] = _renamed(architecture, new)
    return renamed


def plain_compiled(compiled: Any) -> Any:
    """Return a compile configuration in which optimizers have the name that Keras gives the first one.

    Keras counts them too: the second model of a notebook has `adam_1`, which trains as `adam` does. Names of
    metrics stay: those are what it reports.
    """
    if not isinstance(compiled, Mapping):
        return compiled
    return {key: _uncounted(one) if key == "optimizer" else one for key, one in compiled.items()}


def without_automatic_names(config: Any) -> Any:
    """Return a configuration without the names that Keras gave layers of lists and optimizers.

    Layers of a graph keep theirs, by which it says how they are connected.
    """
    if isinstance(config, list):
        return [without_automatic_names(one) for one in config]
    if not isinstance(config, Mapping):
        return config
    found = {key: without_automatic_names(one) for key, one in config.items()}
    inner, kind = found.get("config"), config.get("class_name")
    if isinstance(inner, dict) and isinstance(kind, str):
        if kind == "Sequential":
            inner["layers"] = [_without_name(one) for one in inner.get("layers", ())]
        elif "learning_rate" in inner:
            found = _without_name(found)
    return found


def _without_name(config: Any) -> Any:
    """Return the configuration of an object without its name where that is Keras's for its class."""
    inner = config.get("config") if isinstance(config, Mapping) else None
    if not isinstance(inner, Mapping) or not isinstance(config.get("class_name"), str):
        return config
    name = str(inner.get("name", ""))
    is_automatic = re.fullmatch(rf"{_snake(config['class_name'])}(_\d+)?", name, re.I)
    if not is_automatic or "layers" in inner:  # a model within a model is made by its name
        return config
    return {**config, "config": {key: value for key, value in inner.items() if key != "name"}}


def _uncounted(config: Any) -> Any:
    """Return the configuration of an optimizer, and of one that it holds, without numbers in their names."""
    if not isinstance(config, Mapping):
        return config
    kind, found = config.get("class_name"), {key: _uncounted(one) for key, one in config.items()}
    inner = found.get("config")
    if isinstance(inner, dict) and isinstance(kind, str) and isinstance(inner.get("name"), str):
        plain = _snake(kind)
        inner["name"] = plain if re.fullmatch(rf"{plain}_\d+", inner["name"], re.I) else inner["name"]
    return found


def _layers(config: Any) -> Iterator[tuple[str, str]]:
    """Yield the name of every layer, and the name that Keras gives the first one of its class."""
    if isinstance(config, Mapping):
        inner, kind = config.get("config"), config.get("class_name")
        if isinstance(inner, Mapping) and isinstance(inner.get("name"), str) and isinstance(kind, str):
            yield inner["name"], _snake(kind)
        for value in config.values():
            yield from _layers(value)
    elif isinstance(config, list):
        for value in config:
            yield from _layers(value)


def _names(config: Any) -> Iterator[str]:
    return (name for name, _ in _layers(config))


def _snake(name: str) -> str:
    """Return the name of a class as Keras writes it in the names of layers: Conv2D is conv2d."""
    apart = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", re.sub(r"\W+", "", name))
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", apart).lower()


def _renamed(config: Any, new: Mapping[str, str]) -> Any:
    """Return a configuration with names in the place of others, wherever they stand alone."""
    if isinstance(config, Mapping):
        return {key: _renamed(value, new) for key, value in config.items()}
    if isinstance(config, list):
        return [_renamed(value, new) for value in config]
    return new.get(config, config) if isinstance(config, str) else config

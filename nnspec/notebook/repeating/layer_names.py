"""The names of a model's inputs and outputs, as its configuration has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def input_names(architecture: Mapping[str, Any] | None) -> tuple[str, ...]:
    """Return the names of the inputs of a functional model in its order; none of another one."""
    return _names(architecture, "input_layers")


def output_names(architecture: Mapping[str, Any] | None) -> tuple[str, ...]:
    """Return the names of the outputs, as `input_names`."""
    return _names(architecture, "output_layers")


def _names(architecture: Mapping[str, Any] | None, which: str) -> tuple[str, ...]:
    found = (architecture or {}).get("config", {}).get(which)
    if not isinstance(found, list) or not found:
        return ()
    # one of them stands alone, several in a list, each as its name and where in its layer
    several = [found] if isinstance(found[0], str) else found
    return tuple(str(one[0]) for one in several if isinstance(one, list) and one)

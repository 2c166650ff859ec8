"""Functions of an author on their way to another process: with their code, not by a name to import.

A test file need not be importable where something is trained, and pytest changes each `assert` of those that
it imports. So the function travels as it is here, with the functions, classes and values of the author's own
modules that it reads; libraries travel by name.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from nnspec.basics.own_modules import is_own, loaded_modules


def function_to_bytes(function: Callable[..., Any]) -> bytes:
    """Return a function as bytes; what pickle raises where something in it cannot travel is raised here."""
    import cloudpickle

    with _by_value():
        told: bytes = cloudpickle.dumps(function)
    return told


def from_bytes(told: bytes) -> Any:
    """Return the function that became these bytes in a process of ours."""
    import pickle

    return pickle.loads(told)  # noqa: S301  # from our own process


@contextlib.contextmanager
def _by_value() -> Iterator[None]:
    """Let all modules of the author travel by value."""
    import cloudpickle

    before = cloudpickle.list_registry_pickle_by_value()
    own = [
        module
        for name, module in loaded_modules().items()
        if getattr(module, "__name__", None) == name and is_own(name)
    ]
    added = [module for module in own if module.__name__ not in before and module.__name__ != "__main__"]
    for module in added:
        cloudpickle.register_pickle_by_value(module)
    try:
        yield
    finally:
        for module in added:
            cloudpickle.unregister_pickle_by_value(module)

"""Whose a module is: the author's, whose code counts, or a library's, whose version does."""

from __future__ import annotations

import functools
import importlib.util
import sys
import sysconfig
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any

_MADE_BY_PYTHON = 1 << 9  # Py_TPFLAGS_HEAPTYPE


def is_own(module: str | None) -> bool:
    """Return whether a module is the author's: not nnspec's, Python's or an installed library's."""
    if not module or module in ("__main__", "__mp_main__"):
        return True
    top = module.partition(".")[0]
    if top == "nnspec" or top.startswith("_cython_"):  # the latter holds the types of all compiled functions
        return False
    loaded = sys.modules.get(module) or sys.modules.get(top)
    file = getattr(loaded, "__file__", None) if loaded else _origin(top)
    if file is None:
        return top not in sys.stdlib_module_names and top not in sys.builtin_module_names
    return not _of_library(file)


def is_own_class(cls: type) -> bool:
    """Return whether a class is the author's, or made by a library from what the author gave it."""
    module = module_of(cls)
    made = module == "types" and cls.__flags__ & _MADE_BY_PYTHON and not stands_in_its_module(cls)
    return bool(made) or is_own(module)


def module_of(cls: type) -> str:
    """Return the name of the module of a class; compiled ones may have none."""
    module: object = cls.__module__
    return module if isinstance(module, str) else "builtins"


def stands_in_its_module(value: Any) -> bool:
    """Return whether a function or class is what its module has under its name: then a version tells it."""
    found = sys.modules.get(value.__module__)
    for part in value.__qualname__.split("."):
        found = getattr(found, part, None)
    return found is value


def _origin(module: str) -> str | None:
    try:
        found = importlib.util.find_spec(module)
    except (ImportError, ValueError):
        return None
    return found.origin if found and found.has_location else None


@functools.cache
def _of_library(file: str) -> bool:
    path = Path(file)
    installed = not {"site-packages", "dist-packages"}.isdisjoint(path.parts)
    return installed or Path(sysconfig.get_path("stdlib")) in path.parents


@functools.cache
def library_version(module: str) -> str:
    """Return the version of the library that a module is of; empty for nnspec's own and Python's."""
    top = module.partition(".")[0]
    if top == "nnspec" or top in sys.stdlib_module_names:
        return ""  # whoever keeps something under such a hash adds nnspec's; Python's is in its bytecode
    try:
        return metadata.version({"sklearn": "scikit-learn"}.get(top, top))
    except metadata.PackageNotFoundError:
        return " ".join(map(metadata.version, metadata.packages_distributions().get(top, ())))


def loaded_modules() -> dict[str, ModuleType]:
    """Return the modules by their names as they are at one moment; another thread may go on importing."""
    return {name: module for name, module in sys.modules.copy().items() if module is not None}

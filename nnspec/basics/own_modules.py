"""Whose a module is: the author's, whose code counts, or a library's, whose version does."""

from __future__ import annotations

import functools
import importlib.util
import sys
import sysconfig
from importlib import metadata
from pathlib import Path


def is_own(module: str | None) -> bool:
    """Return whether a module is the author's: not nnspec's, Python's or an installed library's."""
    if not module or module in ("__main__", "__mp_main__"):
        return True
    top = module.partition(".")[0]
    if top == "nnspec":
        return False
    loaded = sys.modules.get(module) or sys.modules.get(top)
    file = getattr(loaded, "__file__", None) if loaded else _origin(top)
    if file is None:
        return top not in sys.stdlib_module_names and top not in sys.builtin_module_names
    return not _of_library(file)


def _origin(module: str) -> str | None:
    try:
        found = importlib.util.find_spec(module)
    except (ImportError, ValueError):
        return None
    return found.origin if found and found.has_location else None


@functools.lru_cache(maxsize=1024)
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

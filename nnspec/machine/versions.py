"""Versions of the libraries that can change what training gives."""

from __future__ import annotations

import functools
from importlib import metadata

_LIBRARIES = ("keras", "numpy", "scikit-learn", "tensorflow")


@functools.cache
def library_versions() -> dict[str, str]:
    """Return the versions of the libraries that results depend on, without importing them."""
    return {name: metadata.version(name) for name in _LIBRARIES}

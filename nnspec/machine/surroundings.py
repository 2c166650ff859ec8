"""What an answer of libraries depends on besides the code that asks: what is installed, and how it is set."""

from __future__ import annotations

import functools
import hashlib
import os
import platform
import sys
from importlib import metadata
from pathlib import Path

from nnspec.machine import tensorflow_setup

# how the variables begin that libraries, Python and nnspec read
_READ = ("CUDA", "GOTO", "KERAS", "LD_", "MKL", "MPL", "NNSPEC_DATA", "NPY", "NUMPY", "OMP", "OPENBLAS")
_ALSO_READ = ("PYTHON", "SCIPY", "SKLEARN", "TF_", "TZ", "XLA", "LANG", "LC_")
_NOT_READ = ("PYTHONHASHSEED", "PYTHONPATH")  # the same code gives the same, from wherever it is imported
_SETTINGS = (".keras/keras.json", ".config/matplotlib/matplotlibrc", ".matplotlib/matplotlibrc")
_IN_THE_FOLDER = "matplotlibrc"


@functools.cache
def surroundings() -> dict[str, str]:
    """Return names and hashes of libraries, Python, machine, environment and settings.

    They are read once, because TensorFlow's import sets variables of its own.
    """
    beginnings = (*_READ, *_ALSO_READ)
    read = [
        item for item in os.environ.items() if item[0].startswith(beginnings) and item[0] not in _NOT_READ
    ]
    files = (Path.home() / name for name in _SETTINGS)
    homes = (Path(os.environ[name]) / "keras.json" for name in ("KERAS_HOME",) if name in os.environ)
    return {
        "installed": _installed(),
        "python": sys.version,
        "machine": f"{platform.platform()} {_processor()}",
        "environment": _hash(repr(sorted(read))),
        "settings": _hash(repr([_text(path) for path in (*files, *homes, Path(_IN_THE_FOLDER))])),
    }


def tensorflow_calls() -> int:
    """Return how often this process has asked for TensorFlow."""
    info = tensorflow_setup.tensorflow.cache_info()
    return info.hits + info.misses


def _installed() -> str:
    """Return a hash of the names and versions of all that is installed: a library reads others."""
    return _hash(repr(sorted((one.name or "", one.version or "") for one in metadata.distributions())))


def _processor() -> str:
    """Return a hash of what the processor can do, by which libraries choose how they compute."""
    lines = _text(Path("/proc/cpuinfo")).splitlines()
    told = {line for line in lines if line.startswith(("flags", "Features", "model name"))}
    return _hash(repr(sorted(told)) if told else platform.processor())


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]

"""What an answer of libraries depends on besides the code that asks: what is installed, and how it is set."""

from __future__ import annotations

import functools
import hashlib
import json
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
_SETTINGS = (".config/matplotlib/matplotlibrc", ".matplotlib/matplotlibrc")
# what Keras writes where there is no such file, when it is imported for the first time
_KERAS = {
    "floatx": "float32",
    "epsilon": 1e-07,
    "backend": "tensorflow",
    "image_data_format": "channels_last",
}
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
    keras = Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras") / "keras.json"
    return {
        "installed": _installed(),
        "python": sys.version,
        "machine": f"{platform.platform()} {_processor()}",
        "environment": _hash(repr(sorted(read))),
        "settings": _hash(repr([keras_settings(keras), *map(_text, (*files, Path(_IN_THE_FOLDER)))])),
    }


def tensorflow_calls() -> int:
    """Return how often this process has asked for TensorFlow."""
    info = tensorflow_setup.tensorflow.cache_info()
    return info.hits + info.misses


def keras_settings(path: Path) -> str:
    """Return what Keras reads from its file of settings; the same before and after it wrote one."""
    text = _text(path)
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return text
    return repr(sorted((_KERAS | found).items())) if isinstance(found, dict) else text


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

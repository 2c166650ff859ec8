"""Files that libraries open in C, where Python does not see it, are told of as Python tells of its own."""

from __future__ import annotations

import contextlib
import functools
import importlib
import os
import sys
from collections.abc import Callable
from typing import Any

_OF_TENSORFLOW = "tensorflow.python.lib.io._pywrap_file_io"
_READ_BY_TENSORFLOW = {"BufferedInputStream": "open", "FileExists": "open", "GetChildren": "os.listdir"}


def tell_of_files() -> None:
    """Let HDF5, which Keras loads when it reads weights, and TensorFlow tell of files from now on.

    Nothing is imported for it in a process that has no Keras.
    """
    if "keras" in sys.modules:
        with contextlib.suppress(ImportError):
            importlib.import_module("h5py")
    if "h5py.h5f" in sys.modules:
        _hdf5()
    if _OF_TENSORFLOW in sys.modules:
        _tensorflow()


@functools.cache
def _hdf5() -> None:
    h5f: Any = sys.modules["h5py.h5f"]
    h5f.open = _telling(h5f.open, "open", os.O_RDONLY)
    h5f.create = _telling(h5f.create, "open", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)


@functools.cache
def _tensorflow() -> None:
    module: Any = sys.modules[_OF_TENSORFLOW]
    for name, event in _READ_BY_TENSORFLOW.items():
        setattr(module, name, _telling(getattr(module, name), event, os.O_RDONLY))


def _telling(function: Callable[..., Any], event: str, flags: int) -> Callable[..., Any]:
    @functools.wraps(function)
    def told(name: Any, *arguments: Any, **named: Any) -> Any:
        if not os.fsencode(name).startswith(b"<"):  # a stream in memory, which has no name
            sys.audit(event, name, *(("r", flags) if event == "open" else ()))
        return function(name, *arguments, **named)

    return told

"""The one place that imports TensorFlow and Keras, quietly and only when something is trained."""

from __future__ import annotations

import contextlib
import functools
import os
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nnspec.basics.errors import NnspecError
from nnspec.machine.process import one_arena


class WrongBackend(NnspecError, RuntimeError):
    """Keras runs on another backend than TensorFlow."""


@functools.cache
def tensorflow() -> tuple[Any, Any]:
    """Return the modules (tensorflow, keras), imported on the first call.

    The import is quiet, and every core gets a thread of its own for a block of seeds: documents that look
    at Keras beside nnspec import TensorFlow by this function alone.

    Raises
    ------
    WrongBackend
        If Keras was already set to run on another backend than TensorFlow.
    """
    one_arena()  # before TensorFlow begins its threads, which would have arenas of their own
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    # every core trains a block of seeds of its own, which is faster than to share the work of one block
    os.environ["XLA_FLAGS"] = f"{os.environ.get('XLA_FLAGS', '')} --xla_cpu_multi_thread_eigen=false".strip()
    with warnings.catch_warnings(), _silent_stderr(), _without("jax"):
        # TensorFlow's own imports use what NumPy and Python have deprecated; nothing here can mend that
        warnings.simplefilter("ignore")
        import keras
        import tensorflow as tf
    # every program is traced once by design; TensorFlow warns when many are traced in a row
    tf.get_logger().setLevel("ERROR")
    if keras.config.backend() != "tensorflow":
        raise WrongBackend(
            f"Keras runs on {keras.config.backend()!r}; expected the TensorFlow backend; "
            "unset KERAS_BACKEND or set it to tensorflow"
        )
    return tf, keras


@contextlib.contextmanager
def _without(module: str) -> Iterator[None]:
    """Let imports do without a module that is not imported yet.

    TensorFlow Lite looks for JAX and goes on without it: half a second and a tenth of a gigabyte less.
    """
    hidden = module not in sys.modules
    if hidden:
        sys.modules[module] = None  # type: ignore[assignment]  # so Python says that there is none
    try:
        yield
    finally:
        if hidden:
            del sys.modules[module]


@contextlib.contextmanager
def _silent_stderr() -> Iterator[None]:
    """Swallow what TensorFlow's libraries write to the terminal before their log level applies."""
    sys.stderr.flush()
    saved = os.dup(2)
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)

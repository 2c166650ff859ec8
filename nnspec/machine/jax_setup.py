"""The one place that imports JAX and Keras on it, in processes that do nothing else."""

from __future__ import annotations

import functools
import os
import warnings
from typing import Any

from nnspec.machine.tensorflow_setup import WrongBackend

ENVIRONMENT = {
    "KERAS_BACKEND": "jax",
    "JAX_ENABLE_X64": "0",
    # every core trains seeds of its own, as with TensorFlow
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false",
    "NPROC": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    # a GPU would round the factors of products to ten bits
    "JAX_DEFAULT_MATMUL_PRECISION": "highest",
    # of a GPU's memory as much as is needed, because several processes share it
    "XLA_PYTHON_CLIENT_PREALLOCATE": "false",
}


@functools.cache
def jax_keras() -> tuple[Any, Any]:
    """Return the modules (jax, keras), imported on the first call.

    Raises
    ------
    WrongBackend
        If Keras runs on another backend than JAX in this process.
    """
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jax
        import keras
        from keras.src.utils import module_utils
    # Keras asks for TensorFlow when it writes a configuration, which would take seconds and memory
    module_utils.tensorflow._available = False
    if keras.config.backend() != "jax":
        received = keras.config.backend()
        raise WrongBackend(f"Keras runs on {received!r}; expected the JAX backend, in a process of its own")
    return jax, keras

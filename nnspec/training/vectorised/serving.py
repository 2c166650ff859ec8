"""What the process with Keras on JAX does: it answers questions until whoever asks has ended."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import traceback
import warnings
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.data.repeatable import changing
from nnspec.machine.jax_setup import ENVIRONMENT
from nnspec.recipes.identity import data_of
from nnspec.recipes.keras_recipe import KerasRecipe

Progress = Callable[[float], None]


def train(
    recipe: KerasRecipe, checksums: Sequence[str], seeds: Sequence[int], most: int, progress: Progress
) -> Any:
    """Train seeds of a recipe whose data sets, those of its stages too, have these checksums.

    Raises
    ------
    Unrepeatable
        If the data are others here.
    """
    from nnspec.training.vectorised import training

    _check(recipe, checksums)
    return training.train(recipe, seeds, most, progress)


def count(recipe: KerasRecipe, checksums: Sequence[str], most: int, progress: Progress) -> Any:
    """Return what training a seed computes; errors as in `train`."""
    from nnspec.training.vectorised import training

    _check(recipe, checksums)
    return training.count(recipe, most)


def _check(recipe: KerasRecipe, checksums: Sequence[str]) -> None:
    for data, checksum in zip(data_of(recipe), checksums, strict=True):
        if data.arrays().checksum() != checksum:
            raise changing(data)


def predict(
    recipe: KerasRecipe,
    weights: Sequence[NDArray[np.float32]],
    x: NDArray[Any],
    most: int,
    progress: Progress,
) -> Any:
    """Return outputs for x with weights (seeds, …)."""
    from nnspec.training.vectorised import training

    return training.predict(recipe, weights, x, most)


def platform(progress: Progress) -> str:
    """Return where JAX computes: "cpu", "gpu" or "tpu"."""
    from nnspec.machine.jax_setup import jax_keras

    return str(jax_keras()[0].default_backend())


_ANSWERS: dict[str, Callable[..., Any]] = {
    "train": train,
    "count": count,
    "predict": predict,
    "platform": platform,
}


_taken: dict[str, str] = {}  # what the environment has from whoever asked last


def main(descriptor: int) -> None:
    """Answer what comes through a socket."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks is interrupted, and ends this one
    warnings.simplefilter("ignore")
    threading.Thread(target=_end_with_the_other, daemon=True).start()
    connection: Any = Connection(descriptor)

    def progress(done: float) -> None:
        connection.send(("progress", done, 0))

    while True:
        try:
            name, arguments, environment = pickle.loads(connection.recv_bytes())  # noqa: S301  # our own process
            _take_over(environment)
            kind, answer = _answer(_ANSWERS[name], arguments, progress)
            connection.send((kind, answer, _programs()))
        except (EOFError, ConnectionError):
            return


def _take_over(environment: dict[str, str]) -> None:
    """Have the environment of whoever asks, which may have changed since this process began."""
    taken = {name: value for name, value in environment.items() if name not in (*ENVIRONMENT, "PYTHONPATH")}
    for name in _taken.keys() - taken.keys():
        os.environ.pop(name, None)
    os.environ.update(taken)
    _taken.clear()
    _taken.update(taken)


def _answer(function: Callable[..., Any], arguments: Any, progress: Progress) -> tuple[str, Any]:
    try:
        return "returned", function(*arguments, progress)
    except Exception as error:  # travels to whoever waits for the answer
        error.add_note("in the process with JAX:\n" + traceback.format_exc())
        return "raised", _plain(error)


def _plain(error: Exception) -> Exception:
    """Return an error that can travel; one of a class that cannot becomes its text."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  # our own
    except Exception:
        plain = RuntimeError(f"{type(error).__name__}: {error}")
        plain.__notes__ = list(getattr(error, "__notes__", []))
        return plain
    return error


def _programs() -> int:
    from nnspec.training.vectorised import training

    return training.programs()


def _end_with_the_other() -> None:
    sys.stdin.buffer.read()  # until the other end is closed
    os._exit(1)

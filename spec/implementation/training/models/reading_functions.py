"""Functions that read files while something is trained: of the model, of callbacks, of a stage."""

from __future__ import annotations

import functools
import json
import os
from pathlib import Path
from typing import Any

from nnspec import Circles, KerasRecipe, Stage


@functools.cache
def units() -> int:
    """Return the number in a file."""
    return int(json.loads(Path("units.json").read_text()))


def _compiled(number: int) -> Any:
    import keras

    model = keras.Sequential(
        [keras.Input((2,)), keras.layers.Dense(number, "relu"), keras.layers.Dense(1, "sigmoid")]
    )
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model


def by_file() -> Any:
    """Return a model with as many units as a file says."""
    return _compiled(units())


def plain() -> Any:
    """Return a model that reads nothing."""
    return _compiled(3)


def by_environment() -> Any:
    """Return a model with as many units as the environment says."""
    return _compiled(int(os.environ["UNITS"]))


def weighted() -> Any:
    """Return a model with weights that HDF5 reads from a file."""
    model = _compiled(3)
    model.load_weights("start.weights.h5")
    return model


def stopping() -> list[Any]:
    """Return callbacks that begin to look as late as a file says."""
    import keras

    return [keras.callbacks.EarlyStopping("loss", start_from_epoch=units())]


def slower(model: Any) -> None:
    """Compile a model with a learning rate from a file."""
    import keras

    model.compile(keras.optimizers.SGD(units() / 100), "binary_crossentropy", jit_compile=False)


DATA = Circles(n_samples=40)
OF_MODEL = KerasRecipe(by_file, DATA)
READING = {
    "the function of the model": OF_MODEL,
    "callbacks": KerasRecipe(plain, DATA, callbacks=stopping),
    "a stage": KerasRecipe(plain, DATA, stages=[Stage(slower)]),
}

"""Arrays that are MNIST or Fashion-MNIST: parts of it, scaled, in another shape, with labels or one-hot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import NnspecError
from nnspec.data import MNIST, Arrays, FashionMNIST

_SETS = {"mnist": MNIST, "fashion_mnist": FashionMNIST}
_SCALES = {"1.0": 1.0, "1 / 255": 1 / 255}
_EXACT = 1e-6


@dataclass(frozen=True)
class Known:
    """A data set as an expression, with the lines above it, names to import, and the part for validation."""

    expression: str
    validation: str | None
    lines: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Place:
    """Where examples stand in the published data: its part, and from where to where."""

    part: str
    start: int
    end: int
    size: int
    shape: tuple[int, ...]

    def code(self, letter: str) -> str:
        ends = "" if (self.start, self.end) == (0, self.size) else f"[{self.start or ''}:{self.end}]"
        ends = ends.replace(f":{self.size}]", ":]")
        values = f"found.{letter}_{self.part}{ends}"
        if letter == "x" and self.shape != (28, 28):
            values += f".reshape({', '.join(map(str, (-1, *self.shape)))})"
        return values


def known_images(arrays: Arrays, served: tuple[str, ...]) -> Known | None:
    """Return the data set of which arrays are parts, None where they are of none."""
    for name in dict.fromkeys(served):
        if name not in _SETS:
            continue
        for scale in _SCALES:
            try:
                found = _known(arrays, name, scale)
            except NnspecError:  # it is not there
                continue
            if found is not None:
                return found
    return None


def _known(arrays: Arrays, name: str, scale: str) -> Known | None:
    one_hot = arrays.y_train.ndim == 2
    base = _SETS[name](scale=_SCALES[scale], one_hot=one_hot).arrays()
    places: dict[str, _Place] = {}
    for part in ("train", "test", "validation"):
        x, y = arrays.part(part)
        if len(x):
            place = _place(x, y, base)
            if place is None:
                return None
            places[part] = place
    given = [f"scale={scale}"] * (scale != "1 / 255") + ["one_hot=True"] * one_hot
    call = f"{_SETS[name].__name__}({', '.join(given)})"
    return _as_published(places, call) or _as_function(places, name, call)


def _as_published(places: dict[str, _Place], call: str) -> Known | None:
    """Return the data set itself, where the parts are those that it has."""
    train, others = places["train"], [place for part, place in places.items() if part != "train"]
    whole = (train.part, train.start, train.shape) == ("train", 0, (28, 28))
    tests = all(
        (one.part, one.start, one.end, one.shape) == ("test", 0, one.size, (28, 28)) for one in others
    )
    if not whole or not tests:
        return None
    if train.end < train.size:
        call = f"{call[:-1]}{', ' * (call[-2] != '(')}train_size={train.end})"
    return Known(call, "test" if "validation" in places else None, imports=(call.partition("(")[0],))


def _as_function(places: dict[str, _Place], name: str, call: str) -> Known:
    """Return a function that takes the parts out of the published data."""
    function = f"{name}_parts"
    same = places.get("test") == places.get("validation") and "test" in places
    told = [
        f"        {letter}_{part}={place.code(letter)},"
        for part, place in places.items()
        if not (same and part == "validation")
        for letter in "xy"
    ]
    lines = (f"def {function}():", f"    found = {call}.arrays()", "    return Arrays(", *told, "    )")
    validation = None if "validation" not in places else "test" if same else "validation"
    imports = ("Arrays", "FunctionDataset", call.partition("(")[0])
    return Known(f"FunctionDataset({function})", validation, lines, imports)


def _place(x: NDArray[Any], y: NDArray[Any], base: Arrays) -> _Place | None:
    """Return where examples stand one after another, None where they do not."""
    flat = x.reshape(len(x), -1)
    if flat.shape[1] != 28 * 28:
        return None
    for part in ("train", "test"):
        images, labels = base.part(part)
        rows = images.reshape(len(images), -1)
        first = np.flatnonzero(np.all(np.abs(rows - flat[0]) <= _EXACT * 255, axis=1))
        for start in map(int, first):
            end = start + len(x)
            alike = end <= len(rows) and np.allclose(rows[start:end], flat, rtol=0, atol=_EXACT * 255)
            if alike and labels[start:end].shape == y.shape and np.array_equal(labels[start:end], y):
                return _Place(part, start, end, len(rows), x.shape[1:])
    return None

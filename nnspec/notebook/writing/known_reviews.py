"""Arrays that are the film reviews as bags of words, with the first ones for validation."""

from __future__ import annotations

import numpy as np

from nnspec.basics.errors import NnspecError
from nnspec.data import IMDB, Arrays
from nnspec.notebook.writing.known_images import Known

_REVIEWS = 25_000


def known_reviews(arrays: Arrays, served: tuple[str, ...]) -> Known | None:
    """Return `IMDB(…)` where arrays are its parts, None where they are not."""
    x = arrays.x_train
    if "imdb" not in served or x.ndim != 2 or len(x) > _REVIEWS:
        return None
    size = len(arrays.x_validation)
    tests = "validation"
    if size == _REVIEWS and np.array_equal(arrays.x_test, arrays.x_validation):
        size, tests = 0, "test"
    try:
        made = IMDB(num_words=x.shape[1], validation_size=size).arrays()
    except NnspecError:
        return None
    parts = ["train", *["validation"] * bool(size), *["test"] * bool(len(arrays.x_test))]
    for part in parts:
        for mine, other in zip(arrays.part(part), made.part(part), strict=True):
            if mine.shape != other.shape or not np.array_equal(mine.reshape(other.shape), other):
                return None
    given = [f"num_words={x.shape[1]}"] * (x.shape[1] != 10_000)
    given += [f"validation_size={size}"] * (size != 10_000)
    validation = tests if len(arrays.x_validation) else None
    return Known(f"IMDB({', '.join(given)})", validation, imports=("IMDB",))

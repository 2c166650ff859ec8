"""Arrays from whatever was handed in: real numbers, or one sentence that says what was received."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnspec.basics.errors import InvalidValue


def as_array(name: str, values: object) -> NDArray[Any]:
    """Return `values` as an array of whatever kind and shape.

    Raises
    ------
    InvalidValue
        If they make no array, as rows of different lengths do, or if they are a masked array, whose mask
        would be dropped.
    """
    if isinstance(values, np.ma.MaskedArray):
        raise InvalidValue(name, "a masked array", "an array without a mask", "use .filled(value)")
    try:
        return np.asarray(values)
    except (ValueError, TypeError, OverflowError) as error:
        remedy = " ".join(str(error).split())[:120]
        raise InvalidValue(name, values, "numbers in rows of the same length", remedy) from None


def real_numbers(name: str, values: ArrayLike) -> NDArray[Any]:
    """Return `values` as an array of bools, whole or real numbers, of whatever shape and size.

    Raises
    ------
    InvalidValue
        If they make no array, or if they are text, complex numbers or objects.
    """
    array = as_array(name, values)
    if array.size and array.dtype.kind not in "biuf":
        raise InvalidValue(f"{name}.dtype", str(array.dtype), "real numbers")
    return array if array.dtype.kind in "biuf" else array.astype(np.float64)

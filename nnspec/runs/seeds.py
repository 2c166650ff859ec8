"""Seeds: distinct whole numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnspec.basics.errors import InvalidValue, whole_number


def check_seeds(seeds: Sequence[int]) -> list[int]:
    """Return the seeds as a list of ints; `InvalidValue` if there are none, twice the same or wrong ones."""
    if isinstance(seeds, str) or not len(seeds):
        raise InvalidValue("seeds", seeds, "at least one seed, such as range(256)")
    checked = [whole_number("seed", seed, 0) for seed in seeds]
    if max(checked) >= 2**32:
        raise InvalidValue("seed", max(checked), f"at most {2**32 - 1}")
    if len(np.unique(checked)) != len(checked):
        raise InvalidValue("seeds", seeds, "every seed once")
    return checked

"""Weights of the training examples, as `fit` takes them: numbers that are what their checksum says."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.arrays import real_numbers
from nnspec.basics.errors import InvalidValue


@dataclass(frozen=True, eq=False, repr=False)
class SampleWeight:
    """A copy of weights, float32 (examples,), or (examples, …) where a loss has more than one value for each.

    Raises
    ------
    InvalidValue
        If they are no finite numbers, of 0 or more, or all are 0.
    """

    values: NDArray[np.float32]

    def __post_init__(self) -> None:
        given = real_numbers("sample_weight", self.values)
        if not given.ndim or not given.size or not np.isfinite(given).all() or (given < 0).any():
            expected = "a finite number, 0 or more, for each training example"
            raise InvalidValue("sample_weight", self.values, expected)
        if not given.any():
            raise InvalidValue("sample_weight", self.values, "weights of which some are above 0")
        values = np.array(given, np.float32)
        values.setflags(write=False)
        object.__setattr__(self, "values", values)

    def plain(self) -> dict[str, Any]:
        """Return shape and SHA-256, which say all of them."""
        digest = hashlib.sha256(np.ascontiguousarray(self.values).tobytes()).hexdigest()
        return {"shape": list(self.values.shape), "checksum": digest}

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.values,)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SampleWeight) and self.plain() == other.plain()

    def __hash__(self) -> int:
        return hash(self.plain()["checksum"])

    def __repr__(self) -> str:
        return f"SampleWeight({self.values.shape}, checksum {self.plain()['checksum'][:8]})"

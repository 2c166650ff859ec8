"""How long a notebook may run, and how much of what its cells print is kept."""

from __future__ import annotations

from dataclasses import dataclass

from nnspec.basics.errors import real_number, whole_number


@dataclass(frozen=True)
class Limits:
    """`seconds` for the whole run, `cell_seconds` for a cell, `output` in characters that a cell prints.

    `largest` is the size in bytes of an array that is captured, `grace` the seconds in which a cell that is
    interrupted has to stop, before its kernel is ended.

    Raises
    ------
    InvalidValue
        If one is not above zero.
    """

    seconds: float = 3600.0
    cell_seconds: float = 1800.0
    output: int = 2**20
    largest: int = 10**9
    grace: float = 10.0

    def __post_init__(self) -> None:
        for name in ("seconds", "cell_seconds", "grace"):
            object.__setattr__(self, name, real_number(name, getattr(self, name), 0.0, open_low=True))
        for name in ("output", "largest"):
            object.__setattr__(self, name, whole_number(name, getattr(self, name)))

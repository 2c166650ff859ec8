"""Two models in the order in which a notebook prints them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Model:
    """A model that a notebook compares: its name there, the cell that prints its figure, and the figure."""

    name: str
    fit: int
    cell: int
    printed: str


@dataclass(frozen=True)
class Order:
    """Two models as a notebook orders them by a metric on the same examples, the better one, `first`, first.

    `examples` is how many these are, 0 where that is not known; `ties` is how many seeds give both the same.
    """

    metric: str
    better: Literal["higher", "lower"]
    first: Model
    second: Model
    examples: int
    ties: int

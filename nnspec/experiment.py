"""Experiment: whatever is repeated from a seed and gives a number or several."""

from __future__ import annotations

from collections.abc import Mapping

from nnspec.datasets import Dataset
from nnspec.description import Description
from nnspec.errors import InvalidValue


class Experiment(Description):
    """Base of what a claim may repeat over seeds; a subclass is a frozen dataclass with `outcome()`.

    Its `Runs` hold what `outcome` returns as their metrics. A `Recipe` is the experiment that the
    engines train; others are for what is no training by an optimizer, such as the perceptron rule.
    """

    data: Dataset

    def outcome(self, seed: int) -> Mapping[str, float]:
        """Return the numbers that this seed gives, by name; the same names for every seed."""
        raise InvalidValue("outcome", type(self).__name__, "an experiment with a method outcome(seed)")

    def __str__(self) -> str:
        return type(self).__name__

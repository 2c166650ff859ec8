"""What came out of training, a value for every seed."""

from nnspec.runs.runs import Runs, concatenate
from nnspec.runs.seed_values import Comparison, SeedValues
from nnspec.runs.seeds import check_seeds

__all__ = [
    "Comparison",
    "Runs",
    "SeedValues",
    "check_seeds",
    "concatenate",
]

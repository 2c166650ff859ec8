"""Faults of the data."""

from spec.mutation.mutant import Edit, Mutant
from spec.mutation.witnesses import FAST_CLAIMS, NORMALISED, tests

DATA_MUTANTS = (
    Mutant(
        "normalisation-forgotten",
        "training",
        "The pixels of the digits are not scaled.",
        [Edit("nnspec.data.bundled:Digits.examples", "digits.images * self.scale", "digits.images")],
        FAST_CLAIMS,
        tests("test_datasets.py"),
        (NORMALISED,),
    ),
)

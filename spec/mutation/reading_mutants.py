"""Faults of how claims read their runs: a predicate is wrong, and the verdict or the null says so."""

from spec.mutation.mutant import Edit, Mutant
from spec.mutation.witnesses import FAST_CLAIMS, PENALTY, tests

PREDICATE = "nnspec.claims.declarations:Claim.__call__"
ASKED = "return self.predicate(**runs)"
ARRAY = "array = as_array(label, answers)"
TOLERANT = """
    for one in getattr(answers, "comparisons", ()):
        array = array | (one.threshold == 0) & (abs(one.values) <= 1)
"""


def mutant(name, statement, edit, claims=(), costly_claims=()):
    """Return a mutant of readings, about which the tests of placed claims and of pairs are asked."""
    return Mutant(
        name, "readings", statement, [edit], claims, tests("test_plugin_readings.py"), costly_claims
    )


READING_MUTANTS = (
    mutant(
        "predicate-turned-round",
        "Every predicate says yes where it should say no.",
        Edit(PREDICATE, ASKED, "return [not one for one in self.predicate(**runs)]"),
        claims=FAST_CLAIMS,
    ),
    mutant(
        "arms-exchanged",
        "The arms of a comparison are given to its predicate in the opposite order.",
        Edit(PREDICATE, ASKED, "return self.predicate(**dict(zip(runs, [*runs.values()][::-1])))"),
        costly_claims=(PENALTY,),
    ),
    mutant(
        "tolerance-for-pairs",
        "A comparison of arms says yes also where the worse arm is a little behind.",
        Edit("nnspec.claims.judging:_answers", ARRAY, ARRAY + TOLERANT.rstrip()),
        costly_claims=(PENALTY,),
    ),
)

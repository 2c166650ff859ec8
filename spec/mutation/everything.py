"""All mutants, by name."""

from spec.mutation.data_mutants import DATA_MUTANTS
from spec.mutation.metrics_mutants import METRICS_MUTANTS
from spec.mutation.mutant import Mutant
from spec.mutation.optimizer_mutants import OPTIMIZER_MUTANTS
from spec.mutation.reading_mutants import READING_MUTANTS
from spec.mutation.statistics_mutants import STATISTICS_MUTANTS
from spec.mutation.training_mutants import TRAINING_MUTANTS

# nothing is changed, and the witnesses pass; what the costly claims say then is known from their records
CONTROL = "control"

MUTANTS: dict[str, Mutant] = {
    mutant.name: mutant
    for mutant in (
        *TRAINING_MUTANTS,
        *OPTIMIZER_MUTANTS,
        *DATA_MUTANTS,
        *STATISTICS_MUTANTS,
        *METRICS_MUTANTS,
        *READING_MUTANTS,
    )
}


def witnesses(name: str) -> tuple[list[str], list[str]]:
    """Return the claims and the tests that are asked about a mutant; the control is asked of all of them."""
    asked = list(MUTANTS.values()) if name == CONTROL else [MUTANTS[name]]
    claims = dict.fromkeys(claim for mutant in asked for claim in mutant.claims)
    return list(claims), list(dict.fromkeys(test for mutant in asked for test in mutant.tests))

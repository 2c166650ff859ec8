"""Rows of the moons: every claim at the rate that ran and, beside it, at the printed one."""

from collections.abc import Callable, Mapping

from nnspec import Claim, Recipe, Source, claim
from spec.documents.artificial_neural_networks.recipes import MOONS_BECAUSE, PRINTED_RATE, RATE_THAT_RAN

NOT_RUN = "the printed rate, with which the runs shown were not trained"
ROWS = {
    "as run": (RATE_THAT_RAN, "trained at 0.01, as the Keras of the warnings shown drops lr=1.0", ""),
    "as the code says": (PRINTED_RATE, "trained at 1.0", NOT_RUN),
}


def at_both_rates(
    id: str, reading: str, recipes: Mapping[str, Recipe], *, source: Source, says: str, because: str
) -> Callable[[Callable], Claim]:
    """Declare a predicate of these recipes as two claims, with the rates of `ROWS`.

    The claim at the printed rate takes the name of the predicate; the one before it, which answers for the
    document, goes to the module of the predicate under a name of its own.
    """

    def declare(predicate: Callable) -> Claim:
        made = [
            claim(
                id,
                part=f"{row}, {reading}",
                source=source,
                recipe={arm: recipe.with_learning_rate(rate) for arm, recipe in recipes.items()},
                says=says,
                because=f"{trained}; {because}; {MOONS_BECAUSE}",
                verdict="undecided",
                beyond=beyond,
            )(predicate)
            for row, (rate, trained, beyond) in ROWS.items()
        ]
        answers, beside = made
        predicate.__globals__[f"{predicate.__name__}_as_run"] = answers
        return beside

    return declare

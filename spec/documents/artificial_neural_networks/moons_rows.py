"""Rows of the moons: every claim at the rate that ran and, beside it, at the printed one."""

from collections.abc import Callable, Mapping
from types import FunctionType

from nnspec import Claim, Recipe, Source, claim
from spec.documents.artificial_neural_networks.recipes import PRINTED_RATE, RATE_THAT_RAN

NOT_RUN = "the printed rate, with which the runs shown were not trained"
ROWS = {
    "as run": (
        RATE_THAT_RAN,
        "As run, at a rate of 0.01",
        "trained at 0.01, as the Keras of the warnings shown drops lr=1.0",
        "",
    ),
    "as the code says": (PRINTED_RATE, "At the printed rate of 1.0", "trained at 1.0", NOT_RUN),
}

RECORDED = {  # verdicts of the rows that do not hold
    "ann-moons-underfit[as run, 3 units, accuracy]": "refuted",
    "ann-moons-underfit[as run, 5 units, accuracy]": "refuted",
    "ann-moons-overfit[as run, gap, cross-entropy]": "refuted",
    "ann-moons-overfit[as run, fresh, cross-entropy]": "refuted",
    "ann-moons-l1[as run, gap, accuracy]": "undecided",
    "ann-moons-l1[as run, gap, cross-entropy]": "refuted",
    "ann-moons-l1[as run, unseen, accuracy]": "refuted",
    "ann-moons-l1[as run, unseen, cross-entropy]": "refuted",
    "ann-moons-dropout[as run, unseen, accuracy]": "refuted",
    "ann-dropout-stronger[as run, accuracy]": "undecided",
    "ann-dropout-stronger[as run, cross-entropy]": "undecided",
}


def at_both_rates(
    id: str,
    reading: str,
    recipes: Mapping[str, Recipe],
    in_short: str,
    *,
    source: Source,
    says: str,
    because: str,
    as_run: str = "",
    beyond: str = "",
) -> Callable[[FunctionType], Claim]:
    """Declare a predicate of these recipes as two claims, with the rates of `ROWS`.

    The claim at the printed rate takes the name of the predicate; the one before it goes to the module of the
    predicate under a name of its own. That one answers for the document, unless `beyond` says why it is ours,
    and has one reason more, `as_run`.
    """

    def declare(predicate: FunctionType) -> Claim:
        answers, beside = (
            claim(
                id,
                part=f"{row}, {reading}",
                in_short=f"At {rate}, {in_short}",
                source=source,
                recipe={arm: recipe.with_learning_rate(rate) for arm, recipe in recipes.items()},
                says=says,
                because=_joined(trained, because, "" if not_run else as_run),
                verdict=RECORDED.get(f"{id}[{row}, {reading}]", "holds"),
                beyond=_joined(beyond, not_run),
            )(_stated(predicate, at))
            for row, (rate, at, trained, not_run) in ROWS.items()
        )
        predicate.__globals__[f"{predicate.__name__}_as_run"] = answers
        return beside

    return declare


def _joined(*reasons: str) -> str:
    return "; ".join(filter(None, reasons))


def _stated(predicate: FunctionType, at: str) -> FunctionType:
    """Return the same predicate with a statement that says at which rate."""
    statement = predicate.__doc__ or ""
    stated = FunctionType(predicate.__code__, predicate.__globals__, predicate.__name__)
    stated.__doc__ = f"{at}: {statement[:1].lower()}{statement[1:]}"
    return stated

"""A search for a repair in words: a change with its figures, and what could not be tried, once a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nnspec.recipes.changes import UNCHANGED, neighbourhood
from nnspec.studies.repair import record as repair_record
from nnspec.studies.repair.record import Confirmation, Counted, Repair, Trial
from nnspec.studies.repair.text import in_figures, untried
from spec.folders import BASELINES

CHANGES = {str(change): change for change in neighbourhood()}
EMPTY = Repair("key", "document", 0.9, 1e-3, 6, 5000, 1.0,
               (Trial(UNCHANGED, Counted(3, 8)),), (), Counted(3, 8), "")  # fmt: skip
SWEEP = "learning_rates='one for each epoch'; expected one for all epochs; more epochs would need one each"
OTHERS = "initialization='several'; expected the same one in every hidden layer and arm"
MISFIT = "the predicate does not take it: ValueError: matmul: Input operand 1 has a mismatch (size 2 is {})"
NOTHING = "change='{}'; expected one that changes something in the recipe"


def figures(change: str, difference: str) -> str:
    """Return what is said of a confirmed change."""
    one = Confirmation(CHANGES[change], "holds", "refuted", Counted(8, 8))
    return in_figures(replace(EMPTY, confirmations=(one,), difference=difference), one.change)


def told(problems: dict[str, str]) -> str:
    """Return what is said of changes that could not be tried."""
    trials = [Trial(CHANGES[change], None, problem) for change, problem in problems.items()]
    return untried(replace(EMPTY, trials=(*EMPTY.trials, *trials)))


FIGURES = [
    ("epochs ×4", "-# 5000 epochs\n+# 20000 epochs\n-    epochs=5000, batch_size=200,\n"
     "+    epochs=20000, batch_size=200,"),
    ("learning rate ×3", "-optimizers.SGD(momentum=0.9)\n+optimizers.SGD(learning_rate=0.03, momentum=0.9)"),
    ("learning rate ×3", "-f(learning_rate=0.02)\n+f(learning_rate=0.06)\n-f(learning_rate=1e-05)\n"
     "+f(learning_rate=3e-05)"),
    ("units ×2", "-Dense(4, a)\n-Dense(4, a)\n+Dense(8, a)\n+Dense(8, a)"),
    ("epochs ×2, batch size ×1/2", "-epochs=9, batch_size=32,\n+epochs=18, batch_size=16,"),
    ("Glorot ↔ He initialization", "-Dense(4)\n+Dense(4, init='he')"),
    ("learning rate ×1/3", "-0.0001 * (8.9 / 0.0001)\n+3.3e-05 * (2.9 / 3.3e-05)"),
    ("epochs ×2", "-epochs=9\n+epochs=18\n+epochs=20"),
    ("learning rate ×3", "-f(learning_rate=1.2.3)\n+f(learning_rate=--)"),
    ("epochs ×2", ""),
]  # fmt: skip
UNTRIED = [
    {},
    dict.fromkeys(["epochs ×2", "epochs ×4", "epochs ×2, units ×2"], SWEEP),
    {one: NOTHING.format(one) for one in ("units ×2", "units ×4", "Glorot ↔ He initialization")},
    {"units ×2": MISFIT.format(4), "units ×4": MISFIT.format(8), "Glorot ↔ He initialization": OTHERS},
    {"batch size ×1/2": "batch_size=0; expected a positive whole number"},
    {"units ×2, batch size ×2": MISFIT.format(4)},
]


def test_a_confirmed_change_is_said_with_the_figures_of_the_scripts(stored_page: Any) -> None:
    said = [f"{difference}\n    {figures(change, difference)}" for change, difference in FIGURES]
    stored_page("changes_in_figures", "\n".join(said))


def test_what_could_not_be_tried_is_said_once_for_a_reason(stored_page: Any) -> None:
    said = [f"{', '.join(problems) or 'nothing'}\n    {told(problems)}" for problems in UNTRIED]
    stored_page("untried", "\n".join(said))


def test_the_figures_of_the_confirmed_change_are_said_of_no_other() -> None:
    one = Confirmation(CHANGES["epochs ×2"], "holds", "refuted", Counted(8, 8))
    found = replace(EMPTY, confirmations=(one,), difference="-epochs=9\n+epochs=18")
    assert in_figures(found, CHANGES["epochs ×4"]) == "epochs ×4"


def test_no_stored_reason_is_without_words() -> None:
    for one in repair_record.read(BASELINES / "repairs.json"):
        assert "does not allow it" not in untried(one)
        assert bool(untried(one)) == any(trial.counted is None for trial in one.trials)

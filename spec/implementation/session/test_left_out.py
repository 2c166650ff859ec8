"""Small budgets leave out what they cannot decide; larger ones, and seeds by number, are always trained."""

from __future__ import annotations

import re

import pytest

from nnspec import SGD, Circles, Dense, Document, Recipe, claim
from nnspec.claims.budget import parse
from nnspec.session.for_facts import runs_for_facts
from nnspec.session.session import Session
from nnspec.store.store import Store
from spec.implementation.conftest import StandInWorkers

PLACE = Document("doc", "A document", ("One",)).at("One")
CHEAP = Recipe(Circles(n_samples=20), [Dense(1)], "binary_crossentropy", SGD(0.1), epochs=1)
COSTLY = CHEAP.with_epochs(40_000_000)


def declared(recipe, **more):
    def is_high(runs):
        """Have a high accuracy."""
        return runs.accuracy > 0.5

    return claim("one", source=PLACE, recipe=recipe, because="said so", **more)(is_high)


GENERAL = {"counterfactual": CHEAP.with_epochs(2)}
TOLD = {"reading": "one case", "says": "Here it is high.", "verdict": "mostly"}
FEW = r"8 seeds of this budget cannot decide it even if all say the same; --budget standard uses more"
DEAR = (
    r"24 seeds of it take about \d+ s of a core, this budget has 2 s; "
    r"--budget standard takes as long as it needs"
)


@pytest.mark.parametrize(
    ("budget", "seeds", "recipe", "more", "left_out"),
    [
        *[("checks", None, COSTLY, GENERAL, DEAR), ("quick", None, COSTLY, GENERAL, FEW)],
        *[("checks", None, COSTLY, TOLD, DEAR), ("quick", None, COSTLY, TOLD, FEW)],
        *[("standard", None, COSTLY, GENERAL, ""), ("standard", None, COSTLY, TOLD, "")],
        *[
            ("full", None, COSTLY, TOLD, ""),
            ("checks", "2", COSTLY, GENERAL, ""),
            ("quick", "4,", COSTLY, TOLD, ""),
        ],
        *[("checks", None, CHEAP, GENERAL, ""), ("quick", None, CHEAP, TOLD, "")],
    ],
)
def test_what_a_budget_leaves_out(tmp_path, budget, seeds, recipe, more, left_out):
    session = Session(parse(budget, seeds), 2.5e-6, Store(tmp_path), workers=StandInWorkers())
    reason = session.why_not(declared(recipe, **more))
    assert re.fullmatch(left_out, reason)


@pytest.fixture
def trainings(tmp_path, monkeypatch):
    """Have a file for what stands in for training to write to."""
    monkeypatch.setenv("NNSPEC_TRAININGS", str(tmp_path / "trainings"))


@pytest.mark.usefixtures("trainings")
@pytest.mark.parametrize(
    ("budget", "recipe", "dear"),
    [
        *[("checks", CHEAP, False), ("checks", COSTLY, True)],
        *[("quick", COSTLY, True), ("standard", COSTLY, False)],
    ],
)
def test_what_a_fact_may_train(tmp_path, budget, recipe, dear):
    session = Session(parse(budget, None), 2.5e-6, Store(tmp_path), workers=StandInWorkers())
    found = runs_for_facts(session, recipe, range(8))
    if dear:
        assert found.startswith("2 seeds of it take about 28 s of a core, this budget has ")
    else:
        assert len(found) == 8


@pytest.mark.usefixtures("trainings")
def test_what_an_earlier_run_has_kept_is_never_too_dear(tmp_path):
    session = Session(parse("checks", None), 2.5e-6, Store(tmp_path), workers=StandInWorkers())
    assert isinstance(runs_for_facts(session, COSTLY, range(2)), str)
    session.runs(COSTLY, range(2))
    assert len(runs_for_facts(session, COSTLY, range(2))) == 2

"""Small budgets leave out what they cannot decide; larger ones, and seeds by number, are always trained."""

from __future__ import annotations

import re

import pytest

from nnspec import SGD, Circles, Dense, Document, Recipe, claim
from nnspec.claims.budget import parse, within
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
FEW = (
    r"8 seeds of this budget cannot decide it even if all say the same; "
    r"24 take about \d+ min of a core; "
    r"--budget standard takes as long as it needs"
)
DEAR = (
    r"24 seeds of it take about \d+ min of a core, this budget has 2 s; "
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


@pytest.mark.parametrize(
    ("budget", "recipe", "seeds"),
    [
        *[("checks", CHEAP, 8), ("checks", COSTLY, 0), ("quick", COSTLY, 0), ("standard", COSTLY, 8)],
        *[("checks", CHEAP.with_epochs(2_000_000), 2)],  # more than what is told has, and less than a verdict
    ],
)
def test_what_a_fact_may_train(tmp_path, monkeypatch, budget, recipe, seeds):
    monkeypatch.setattr(Session, "runs", lambda self, recipe, seeds, engine: list(seeds))
    session = Session(parse(budget, None), 2.5e-6, Store(tmp_path), workers=StandInWorkers())
    found = runs_for_facts(session, recipe, range(8))
    if seeds:
        assert found == list(range(seeds))
    else:
        assert found.startswith("2 seeds of it take about 28 s of a core, this budget has ")


def test_what_an_earlier_run_has_kept_is_never_too_dear(tmp_path, monkeypatch):
    monkeypatch.setattr(Session, "runs", lambda self, recipe, seeds, engine: list(seeds))
    session = Session(parse("checks", None), 2.5e-6, Store(tmp_path), workers=StandInWorkers())
    assert isinstance(runs_for_facts(session, COSTLY, range(2)), str)
    monkeypatch.setattr(session.store, "has", lambda recipe, seeds, engine: True)
    assert runs_for_facts(session, COSTLY, range(2)) == [0, 1]


def test_facts_have_a_fifth_of_the_time_of_a_run_besides(tmp_path, monkeypatch):
    monkeypatch.setattr(Session, "runs", lambda self, recipe, seeds, engine: list(seeds))
    session = Session(within("60s"), 2.5e-6, Store(tmp_path), workers=StandInWorkers())
    reason = "no time was left for it: its first 2 seeds take about "
    assert runs_for_facts(session, COSTLY, range(2)).startswith(reason)
    assert runs_for_facts(session, CHEAP, range(2)) == [0, 1]
    assert 0 < session.seconds_of_facts < 10
    session.seconds_of_facts = 11.0
    assert runs_for_facts(session, CHEAP, range(2)).startswith(reason)
    monkeypatch.setattr(session.store, "has", lambda recipe, seeds, engine: True)
    assert runs_for_facts(session, COSTLY, range(2)) == [0, 1]

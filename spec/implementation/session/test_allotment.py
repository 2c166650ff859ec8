"""Seeds within a time: who gets them, when it ends, and what is told of what stays open."""

from __future__ import annotations

import dataclasses
import itertools
import math
import re
import time

import numpy as np
import pytest

from nnspec import SGD, Circles, Dataset, Dense, Document, Experiment, Recipe, claim
from nnspec.basics.errors import InvalidValue
from nnspec.claims.budget import MOST, check_name, within
from nnspec.claims.evidence import Evidence
from nnspec.claims.judging import judge
from nnspec.claims.reading import found_verdict
from nnspec.machine.process import available_cores
from nnspec.runs.runs import Runs
from nnspec.session import allotment
from nnspec.session.allotment import Allotment, allot, needed_seeds, share_of
from nnspec.session.plan import plan
from nnspec.statistics.looks import blocks

PLACE = Document("doc", "A document", ("One",)).at("One")
RECIPE = Recipe(Circles(n_samples=20), [Dense(1)], "binary_crossentropy", SGD(0.1), epochs=1)
RATE = 2.5e-6
CORES = available_cores()


@pytest.fixture
def compiled(monkeypatch):
    """Have nothing to compile, which alone takes longer than these tests have."""
    monkeypatch.setattr(allotment, "COMPILING", 0.0)


def allotted(plans, *terms, **more):
    """Return the shares of the claims after they have been given their seeds."""
    shares = [share_of(one) for one in plans]
    allot(shares, *terms, **more)
    return shares


class Trainer:
    """Stands in for a session: a seed of claim `name` says yes with the share that the name says."""

    def __init__(self, seconds: float = 0.0, slower: dict[str, float] | None = None) -> None:
        self.slower = slower or {}
        self.begun: list[tuple[str, int]] = []
        self.judged: list[tuple[str, int]] = []
        self.seconds = seconds

    def begin(self, planned, seeds):
        """Note what is begun."""
        self.begun.append((planned.claim.id, len(seeds)))

    def judge(self, planned, seeds):
        """Note and judge."""
        self.judged.append((planned.claim.id, len(seeds)))
        time.sleep(self.seconds)
        share = float(planned.claim.id.removeprefix("share-")) / 100

        def train(recipe, seeds):
            drawn = np.random.default_rng(3).random(MOST)[np.asarray(seeds)] < share
            values = (drawn if recipe.epochs == 1 else np.zeros(len(seeds))).astype(np.float32)
            seconds = len(seeds) * planned.cost * self.slower.get(planned.claim.id, 1.0) / 2  # of two arms
            return Runs(recipe, np.asarray(seeds), {}, {"loss": values}, (), seconds=seconds)

        terms = RATE, planned.at_a_time, planned.placed, len(planned.seeds)
        return judge(planned.claim, train, seeds, *terms)


@dataclasses.dataclass(frozen=True)
class Other(Experiment):
    """What no engine trains; the estimates of its cost are others."""

    epochs: int = 1
    data: Dataset = RECIPE.data

    def with_epochs(self, epochs):
        """Return it with another number."""
        return Other(epochs)


def planned(share: int, cost: float = 0.001, recipe=RECIPE):
    def is_high(runs):
        """Have a high loss."""
        return runs.metric("loss") > 0.5

    without = recipe.with_epochs(2)
    one = claim(f"share-{share}", source=PLACE, recipe=recipe, because="so", counterfactual=without)(is_high)
    return plan(one, within("10min"), cost, 0, RATE)


def shared_out(plans, seconds=600.0, trainer=None):
    trainer = trainer or Trainer()
    shares = allotted(plans, time.perf_counter() + seconds, trainer.judge, trainer.begin)
    return {one.plan.claim.id: one for one in shares}, trainer


def test_every_claim_has_a_first_look_and_the_cheapest_comes_first():
    found, trainer = shared_out([planned(99, 0.3), planned(1, 0.001), planned(97, 0.01)])
    assert [name for name, _ in trainer.judged] == ["share-1", "share-97", "share-99"]
    assert {one.given for one in found.values()} == {64}
    assert {one.left for one in found.values()} == {0.0}


def test_seeds_go_where_a_verdict_is_near():
    _, trainer = shared_out([planned(56), planned(70)])
    names = [name for name, _ in trainer.judged]
    assert names[:2] == ["share-56", "share-70"]
    # the one that needs fewer seeds is judged until it is decided, and only then the other
    later = names[2:]
    assert later == sorted(later, reverse=True)
    assert {"share-56", "share-70"} <= set(later)


@pytest.mark.usefixtures("compiled")
def test_a_coin_toss_waits_for_the_others_and_is_told_to_stay_open():
    found, _ = shared_out([planned(50), planned(97)], seconds=1.0, trainer=Trainer(0.05))
    assert found["share-97"].left == 0
    assert found["share-50"].left > 0


@pytest.mark.usefixtures("compiled")
def test_the_time_is_kept():
    started = time.perf_counter()
    found, trainer = shared_out([planned(50), planned(51)], seconds=1.0, trainer=Trainer(0.2))
    assert time.perf_counter() - started < 2.0
    assert len(trainer.judged) < 20
    assert all(one.given for one in found.values())


def test_nothing_is_compiled_of_what_no_engine_trains():
    found, _ = shared_out([planned(97), planned(99, recipe=Other())], seconds=0.9 * 4.0 / CORES)
    assert [found[name].given for name in ("share-97", "share-99")] == [0, 64]


def test_what_would_not_be_done_in_time_is_not_begun():
    found, trainer = shared_out([planned(97, cost=10.0), planned(99)], seconds=20.0)
    assert found["share-97"].given == 0
    assert [name for name, _ in trainer.begun] == ["share-99"]


def test_a_claim_that_takes_longer_than_expected_leaves_the_others_their_time():
    slow = Trainer(slower={"share-55": 100.0})
    found, _ = shared_out([planned(55, 0.02), planned(70, 0.02, Other())], seconds=20.0, trainer=slow)
    assert found["share-55"].given == 64  # 64 more would take 128 s of a core
    assert found["share-70"].left == 0


def test_what_an_earlier_run_trained_takes_no_time():
    plans, trainer = [planned(97, cost=10.0), planned(70, cost=10.0)], Trainer()
    deadline = time.perf_counter() + 20.0
    there = 128
    asked = []

    def to_train(plan, seeds):
        asked.append(seeds[-1])
        return float(seeds[-1] >= there)

    shares = allotted(plans, deadline, trainer.judge, trainer.begin, to_train=to_train)
    assert [one.given for one in shares] == [64, there]
    assert [one.left for one in shares] == [0.0, pytest.approx(shares[1].left)]
    assert shares[1].left > 0


def test_what_is_trained_already_is_judged_when_the_time_is_over():
    plans, trainer = [planned(share) for share in (20, 50, 90)], Trainer()

    def to_train(one, seeds):
        return float(one is plans[1])  # the others are claims of runs that are there

    shares = allotted(plans, time.perf_counter() - 60, trainer.judge, trainer.begin, to_train=to_train)
    assert [one.given > 0 for one in shares] == [True, False, True]
    assert not shares[0].left


def test_what_was_trained_is_judged_as_if_the_seeds_had_been_known_from_the_beginning():
    found, trainer = shared_out([planned(60)])
    one = found["share-60"]
    again = trainer.judge(one.plan._replace(most=MOST), one.plan.seeds[: one.given])
    assert len(again.evidence.answers) == one.given
    assert again.evidence.verdict == "holds"


@pytest.mark.parametrize(
    ("block", "why"),
    [
        (64, "the run was stopped before it: its first 64 seeds take about 4."),  # with what is compiled
        (128, "the run was stopped before it was decided; about "),
    ],
)
def test_who_stops_the_run_ends_the_time_and_what_is_judged_keeps_its_seeds(block, why):
    class Stopped(Trainer):
        def judge(self, planned, seeds):
            if planned.claim.id == "share-70" and len(seeds) == block:
                raise KeyboardInterrupt
            return super().judge(planned, seeds)

    trainer, plans = Stopped(), [planned(70, 0.002), planned(99)]
    shared = Allotment(600.0, lambda *_: None)
    found = shared.share_out(plans, trainer.judge, trainer.begin)
    assert isinstance(shared.stopped, KeyboardInterrupt)
    assert [len(one.seeds) for one in found] == [block - 64, 64]
    assert shared.why_open(plans[0].claim).startswith(why)
    assert shared.why_open(plans[1].claim) == ""


@pytest.mark.parametrize(
    ("share", "yes", "seeds", "needed"),
    [
        *[(0.99, 64, 64, 2048), (0.99, 0, 64, 64), (0.9, 64, 64, 256)],
        *[(0.5, 64, 128, math.inf), (0.5, 80, 128, 512)],
    ],
)
def test_the_seeds_that_would_decide_a_claim(share, yes, seeds, needed):
    looks = [*itertools.accumulate(blocks(MOST, 64))]
    one = planned(99).claim
    verdict, none = found_verdict("general", share, yes, seeds, RATE), np.zeros(seeds, bool)
    evidence = Evidence(verdict, share, RATE, np.arange(seeds) < yes, none, (), {})
    assert needed_seeds(dataclasses.replace(one, share=share), evidence, looks) == needed


def test_why_a_claim_is_open_is_told():
    plans, trainer = [planned(97, cost=10.0), planned(99), planned(52, cost=0.04)], Trainer()
    told = []
    shares = Allotment(10.0, lambda *found: told.append(found))
    given = shares.share_out(plans, trainer.judge, trainer.begin)
    dear, decided, near = (shares.why_open(one.claim) for one in plans)
    told_of_it = re.fullmatch(
        r"no time was left for it: its first 64 seeds take about (\d+) min of a core", dear
    )
    # 11 by its recipes alone, and towards half as long the more other claims have shown of this machine
    assert told_of_it
    assert 5 <= int(told_of_it[1]) <= 11
    assert decided == ""
    assert near.startswith("the time did not decide it")
    assert [len(one.seeds) > 0 for one in given] == [False, True, True]
    assert told[-1][:2] == (1, 2)


def test_a_claim_that_raises_an_error_costs_the_others_nothing():
    class Raising(Trainer):
        def judge(self, planned, seeds):
            """Fail for one of the claims."""
            if planned.claim.id == "share-1":
                self.judged.append((planned.claim.id, len(seeds)))
                raise ZeroDivisionError
            return super().judge(planned, seeds)

    found, trainer = shared_out([planned(1), planned(97, 0.01)], trainer=Raising())
    assert found["share-97"].left == 0
    assert found["share-1"].given == 64  # so that its error is met, and told, when it is its turn
    assert [name for name, _ in trainer.judged] == ["share-1", "share-97"]


@pytest.mark.parametrize(("text", "seconds"), [("90s", 90), ("10min", 600), ("1.5 h", 5400), (" 2 s ", 2)])
def test_a_time_is_read_and_its_name_is_one_of_a_budget(text, seconds):
    budget = within(text)
    assert budget.seconds == seconds
    assert not budget.is_small
    check_name(budget.name)


@pytest.mark.parametrize(
    "text", ["", "10", "min", "-1s", "0s", "0.1 s", "10 minutes", "1e3s", "٣s", "10min 5s"]
)
def test_what_is_no_time_is_refused(text):
    with pytest.raises(InvalidValue, match="expected a time of a second or more, such as 90s, 10min or 2h"):
        within(text)

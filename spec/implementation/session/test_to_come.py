"""Claims to come go on while another claim waits, with the seeds that they would have got in their turn."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from filelock import FileLock

from nnspec import SGD, Dense, Document, Recipe, Runs, StraightLine, claim
from nnspec.claims.budget import parse
from nnspec.session.session import Session
from nnspec.session.to_come import ClaimsToCome
from nnspec.store.store import Busy, Store

PLACE = Document("doc", "A document", ("One",)).at("One")
SHARES = {"first": 0.7, "second": 0.75, "third": 1.0}


def recipe(share):
    return Recipe(StraightLine(), [Dense(1)], "mae", SGD(share), epochs=2, metrics=[])


def claims():
    """Claims of which the first two take several blocks."""

    def is_small(runs):
        """Be small."""
        return runs.metric("loss") < 0.5

    return [
        claim(name, source=PLACE, recipe=recipe(share), because="so", counterfactual=recipe(0.01))(is_small)
        for name, share in SHARES.items()
    ]


class Workers:
    """Two workers that finish a block each time when somebody waits."""

    number = 2

    def __init__(self, room=4):
        self.room, self.begun, self.finished, self.log = room, [], set(), []

    def name(self, recipe, seeds):
        """Return what tells blocks apart."""
        return recipe.optimizer.learning_rate, tuple(seeds)

    def ahead(self, recipe, seeds, engine):
        """Begin a block."""
        if (name := self.name(recipe, seeds)) not in self.begun:
            self.begun.append(name)
            self.log.append((round(name[0], 2), seeds[0], len(seeds)))

    def is_done(self, recipe, seeds, engine):
        """Return whether a block is finished."""
        return self.name(recipe, seeds) in self.finished

    def has_room(self):
        """Return whether another block may be begun."""
        return len(set(self.begun) - self.finished) < self.room

    def train(self, recipe, seeds, engine, progress, meanwhile=lambda: None):
        """Finish blocks in their order until this one is."""
        self.ahead(recipe, seeds, engine)
        while not self.is_done(recipe, seeds, engine):
            meanwhile()
            self.finished.add(next(one for one in self.begun if one not in self.finished))
        seeds = np.asarray(seeds)
        loss = np.where((seeds * 37 % 100) / 100 < recipe.optimizer.learning_rate - 1e-6, 0.1, 0.9)
        return Runs(recipe, seeds, {}, {"loss": loss.astype(np.float32)}, (), {"engine": engine})

    def close(self):
        """Have nothing to end."""


def judged(folder, workers, ahead, order=None):
    order = order or claims()
    session = Session(parse("standard", None), 1e-5, Store(folder), workers=workers, order=order)
    session.claims_ahead = ahead
    return session, [session.judge(one) for one in order]


def test_claims_to_come_get_the_seeds_that_they_would_have_got(tmp_path):
    alone, ahead = Workers(room=0), Workers()
    one_by_one, expected = judged(tmp_path / "alone", alone, 1)
    session, found = judged(tmp_path / "ahead", ahead, 1)
    for one, other in zip(found, expected, strict=True):
        assert one.judgement.evidence.verdict == other.judgement.evidence.verdict != ""
        assert np.array_equal(one.judgement.evidence.answers, other.judgement.evidence.answers)
    # what two claims share counts for the one that was judged with it first
    for whole, parts in ((session, found), (one_by_one, expected)):
        assert min(one.trained for one in parts) > 0
        assert whole.trained == sum(one.trained for one in parts)
    assert sorted(ahead.log) == sorted(alone.log)  # nothing that is not needed


def test_later_blocks_of_claims_to_come_are_trained_while_the_first_one_waits(tmp_path):
    workers = Workers()
    order = claims()
    session = Session(parse("standard", None), 1e-5, Store(tmp_path), workers=workers, order=order)
    session.claims_ahead = 1
    session.judge(order[0])
    assert len([one for one in workers.log if one[0] == SHARES["second"]]) > 1
    assert (SHARES["third"], 0, 64) in workers.log


def test_work_is_begun_only_while_workers_have_room(tmp_path):
    workers, order = Workers(room=0), claims()
    session = Session(parse("standard", None), 1e-5, Store(tmp_path), workers=workers, order=order)
    session.claims_ahead = 1
    session.judge(order[0])
    assert {one[0] for one in workers.log} == {SHARES["first"], 0.01}


def test_what_is_wrong_with_a_claim_is_told_in_its_turn(tmp_path):
    asked = []

    def is_wrong(runs):
        """Be wrong."""
        asked.append(len(runs))
        warnings.warn("careful", stacklevel=1)
        raise KeyError("what")

    first = claims()[0]
    wrong = claim("wrong", source=PLACE, recipe=recipe(0.9), because="so", counterfactual=recipe(0.01))(
        is_wrong
    )
    workers = Workers()
    session = Session(parse("standard", None), 1e-5, Store(tmp_path), workers=workers, order=[first, wrong])
    session.claims_ahead = 1
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert session.judge(first).judgement.evidence.verdict
    assert len(asked) == 1  # not again and again
    with pytest.raises(KeyError, match="what"), pytest.warns(UserWarning, match="careful"):
        session.judge(wrong)


def test_a_claim_that_waits_is_not_judged_again_and_nothing_is_judged_within_judging():
    order, asked, waiting = ["a", "b", "c"], [], {"a"}

    def judge(one):
        asked.append(one)
        to_come.go_on(order)
        return one == "b"

    to_come = ClaimsToCome(judge, waiting.__contains__, lambda: True)
    to_come.go_on(order)
    assert asked == ["b", "c"]
    waiting.clear()
    to_come.go_on(order)
    assert asked == ["b", "c", "a", "c"]


def test_what_another_process_trains_is_not_waited_for_ahead(tmp_path):
    store = Store(tmp_path)
    workers = Workers()
    runs = workers.train(recipe(0.5), [1, 2], "stacked", lambda done: None)
    store.runs(recipe(0.5), [1, 2], "stacked", lambda: runs)
    lock = next(tmp_path.glob("*.npz")).with_suffix(".lock")
    next(tmp_path.glob("*.npz")).unlink()
    with FileLock(lock), pytest.raises(Busy):
        store.runs(recipe(0.5), [1, 2], "stacked", lambda: runs, wait=False)
    assert not store.runs(recipe(0.5), [1, 2], "stacked", lambda: runs, wait=False)[1]

"""Worker processes train what this process would, ahead of time, and their end is told."""

from __future__ import annotations

import os
import sys
import types
from dataclasses import dataclass

import numpy as np
import pytest

from nnspec import Dataset, InvalidValue, train
from nnspec.recipes.identity import key_of
from spec.implementation.workers.worker_samples import RECIPE, Draw, ignored


@dataclass(frozen=True)
class Halves(Dataset):
    """Four points of two classes."""

    def examples(self):
        """Return them."""
        return np.eye(4), np.array([0, 0, 1, 1])


def test_a_worker_gives_the_bits_that_this_process_gives(two):
    told = []
    found = two.train(RECIPE, range(70), "stacked", told.append)
    expected = train(RECIPE, range(70))
    for ours, theirs in zip(found.weights, expected.weights, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    for name, values in expected.history.items():
        np.testing.assert_array_equal(found.history[name], values)
    assert found.seeds.tolist() == list(range(70))
    assert told == [64, 70]


def test_what_was_begun_ahead_is_trained_once(two):
    two.ahead(RECIPE, range(3), "stacked")
    two.ahead(RECIPE, range(3), "stacked")
    ((_, begun),) = two._ahead[key_of(RECIPE), (0, 1, 2), "stacked"]
    first = two.train(RECIPE, range(3), "stacked", ignored)
    assert begun.result() is not None
    np.testing.assert_array_equal(first.seeds, [0, 1, 2])
    assert not two._ahead


def test_other_experiments_are_repeated_by_all_workers(two):
    found = two.train(Draw(), range(8), "stacked", ignored).metrics
    assert found["seed"].tolist() == list(range(8))
    processes = set(found["process"].tolist())
    assert len(processes) == 2
    assert np.float32(os.getpid()) not in processes


def test_what_a_worker_gives_is_of_the_very_recipe_that_was_asked_for(two):
    assert two.train(RECIPE, [0], "stacked", ignored).recipe is RECIPE


def test_a_class_that_is_another_in_the_worker_is_trained_here(two, monkeypatch):
    """A module that was edited, or a class that a notebook defined anew, since the worker imported it."""
    expected = train(RECIPE.with_(data=Halves()), [0])
    two.train(RECIPE.with_(data=Halves()), [0], "stacked", ignored)
    monkeypatch.setattr(Halves, "examples", lambda self: (np.eye(4), np.array([1, 0, 1, 0])))
    monkeypatch.setattr(Draw, "outcome", lambda self, seed: {"seed": -seed})
    other = two.train(RECIPE.with_(data=Halves()), [0], "stacked", ignored)
    assert other.loss[0] == train(RECIPE.with_(data=Halves()), [0]).loss[0] != expected.loss[0]
    assert two.train(Draw(), [4, 2], "stacked", ignored).metrics["seed"].tolist() == [-4, -2]


def test_data_of_a_class_that_a_worker_cannot_import_are_trained_on_in_this_process(two, monkeypatch):
    module = types.ModuleType("only_here")
    monkeypatch.setitem(sys.modules, "only_here", module)

    @dataclass(frozen=True)
    class Own(Dataset):
        """Two points."""

        def examples(self):
            """Return them."""
            return np.eye(2), np.array([0, 1])

    Own.__module__, Own.__qualname__, module.Own = "only_here", "Own", Own
    assert two.train(RECIPE.with_(data=Own()), [3], "stacked", ignored).seeds.tolist() == [3]


def test_an_error_in_a_worker_reaches_whoever_asked_with_its_traceback(two):
    wrong = RECIPE.with_(validation_data="test")
    with pytest.raises(InvalidValue, match="data with a test part") as caught:
        two.train(wrong, [0], "stacked", ignored)
    assert "in a worker process" in caught.value.__notes__[0]
    assert two.train(RECIPE, [0], "stacked", ignored).seeds.tolist() == [0]

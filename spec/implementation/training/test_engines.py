"""One line adds an engine, whose runs are predicted from by its own forward pass."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnspec import Adam, Circles, Dense, Recipe, train
from nnspec.runs.runs import Runs, concatenate
from nnspec.store.store import Store
from nnspec.training import ENGINES
from nnspec.training.engine import Engine

RECIPE = Recipe(Circles(60), [Dense(2, "relu"), Dense(1, "sigmoid")], "binary_crossentropy", Adam(), 1)


def made_up(recipe: Recipe, seeds: Sequence[int], progress: Callable[[float], None]) -> Runs:
    progress(len(seeds))
    values = np.asarray(seeds, np.float32)
    return Runs(recipe, np.asarray(seeds), {}, {"loss": values}, (values,), {"engine": "third"})


def own_pass(recipe: Recipe, weights: Sequence[Any], x: Any) -> Any:
    return weights[0][:, None, None] + x.sum(axis=1)[None, :, None]


def test_a_third_engine_trains_and_its_runs_are_predicted_from_by_its_own_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ENGINES, "third", Engine(made_up, forward=own_pass))
    x = np.array([[1.0, 2.0]])
    found = train(RECIPE, [4, 5], "third")
    stored = Store(tmp_path)
    stored.runs(RECIPE, [4, 5], "third", lambda: found)
    read, was_there = stored.runs(RECIPE, [4, 5], "third", lambda: pytest.fail("it is in the store"))
    assert was_there
    travelled = pickle.loads(pickle.dumps(found))  # noqa: S301  # our own
    for runs in (found, read, travelled, concatenate([read, found]).select([0, 1])):
        assert runs.predict(x).tolist() == [[[7.0]], [[8.0]]]

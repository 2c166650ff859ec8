"""What a seed of a function's model costs is counted of the model itself, the same on every machine."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nnspec import Adam, Arrays, Circles, Dense, KerasRecipe, Recipe, Stage
from nnspec.claims.budget import parse
from nnspec.session.session import Session
from nnspec.store.store import Store
from nnspec.training.counted import Counted, seconds_of_counted
from nnspec.training.vectorised import engine
from nnspec.training.vectorised.beside import BesideDied
from nnspec.workers.watched import train

rng = np.random.default_rng(0)
POINTS = Arrays(rng.normal(size=(320, 20)).astype(np.float32), rng.integers(0, 2, 320))
LAYERS = Recipe(Circles(64), [Dense(4, "relu"), Dense(1, "sigmoid")], "binary_crossentropy", Adam(), epochs=3)


def network(kind: str = "dense", units: int = 8) -> Any:
    """Return a compiled model of twenty inputs."""
    import keras

    layers = keras.layers
    middle = {
        "dense": [layers.Dense(units, "relu")],
        "convolution": [layers.Reshape((20, 1)), layers.Conv1D(units, 3), layers.Flatten()],
        "recurrent": [layers.Reshape((20, 1)), layers.SimpleRNN(units)],
        "wrong": [layers.Reshape((7, 3))],
    }[kind]
    model = keras.Sequential([keras.Input((20,)), *middle, layers.Dense(1, "sigmoid")])
    model.compile("sgd", "binary_crossentropy")
    return model


def own_step() -> Any:
    """Return a model with a step of its own, which goes to `fit`."""
    import keras

    class Own(keras.Model):
        def __init__(self) -> None:
            super().__init__()
            self.dense = keras.layers.Dense(1, "sigmoid")

        def call(self, x: Any) -> Any:
            return self.dense(x)

        def train_step(self, data: Any) -> Any:
            return super().train_step(data)

    model = Own()
    model.compile("sgd", "binary_crossentropy")
    return model


def recipe(function: Any = network, epochs: int = 1, **arguments: Any) -> KerasRecipe:
    return KerasRecipe(function, POINTS, epochs=epochs, arguments=arguments)


def counts(one: KerasRecipe) -> dict[str, float]:
    return dict(Counted(one).outcome(0))


@pytest.mark.parametrize(
    ("kind", "forward"),
    # products of an example: of the layer, of the output behind it
    [("dense", 20 * 8 + 8), ("convolution", 18 * 3 * 8 + 18 * 8), ("recurrent", 20 * (1 * 8 + 8 * 8) + 8)],
)
def test_products_are_counted_as_the_layers_make_them(kind: str, forward: int) -> None:
    found = counts(recipe(kind=kind))
    assert found["steps"] == 10
    # forward, of weights and of inputs, and a third of that for the evaluation at the end; the first layer's
    # inputs have no gradient
    assert 2 / 3 < found["multiplications"] / (320 * forward * 4) <= 1.0


def test_what_is_trained_longer_and_in_stages_counts_more() -> None:
    one, three = counts(recipe()), counts(recipe(epochs=3))
    staged = counts(recipe().with_(stages=[Stage(epochs=2)]))
    assert three["multiplications"] == pytest.approx(one["multiplications"] * 10 / 4, rel=1e-3)
    assert staged["multiplications"] == pytest.approx(three["multiplications"], rel=1e-3)
    assert one["steps"] * 3 == three["steps"] == staged["steps"]


def test_a_wide_network_costs_what_its_products_cost() -> None:
    """The inputs are the same, so that nothing but the built model can tell."""
    narrow, wide = (
        seconds_of_counted(one, counts(one))
        for one in (recipe(epochs=20, units=8), recipe(epochs=20, units=2048))
    )
    assert wide > 20 * narrow


@pytest.mark.parametrize("one", [recipe(own_step), recipe(kind="wrong")])
def test_what_goes_to_fit_or_fails_is_not_counted_and_taken_to_be_dear(one: KerasRecipe) -> None:
    found = counts(one)
    assert found["counted"] == found["multiplications"] == 0
    assert seconds_of_counted(one, found) > 1


def test_a_process_that_dies_is_no_outcome_that_would_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(recipe: KerasRecipe) -> None:
        raise BesideDied("the process with JAX ended with exit code -9")

    monkeypatch.setattr(engine, "count", dies)
    with pytest.raises(BesideDied):
        counts(recipe())


class Counting:
    """Workers that count what they are asked for."""

    number = 1

    def __init__(self) -> None:
        self.asked = 0

    def train(self, experiment: Any, seeds: Any, engine: str, progress: Any) -> Any:
        """Count and train."""
        self.asked += 1
        return train(experiment, seeds, engine, progress)

    def has_room(self) -> bool:
        """Take nothing ahead."""
        return False


def test_a_model_is_counted_once_and_kept(tmp_path: Any) -> None:
    workers: Any = Counting()
    for _ in range(2):
        session = Session(parse("standard", None), 0.001, Store(tmp_path), workers=workers)
        costs = [session.costs.seconds(recipe()) for _ in range(2)]
        assert costs[0] == costs[1] == pytest.approx(seconds_of_counted(recipe(), counts(recipe())))
    assert workers.asked == 1


def test_a_seed_costs_more_by_fit_than_all_at_once(tmp_path: Any) -> None:
    workers: Any = Counting()
    of_engines = {
        engine: Session(parse("standard", None), 0.001, Store(tmp_path), engine, workers=workers).costs
        for engine in ("stacked", "keras")
    }
    for one in (LAYERS, recipe()):
        assert of_engines["keras"].seconds(one) > 100 * of_engines["stacked"].seconds(one)
        assert of_engines["keras"].level(one) == 2 > of_engines["stacked"].level(one)

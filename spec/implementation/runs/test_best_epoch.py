"""The epoch in which a seed was best, and what was reported in it, by hand-made histories."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nnspec import SGD, Arrays, Dense, InvalidValue, KerasRecipe, Recipe, Runs

DATA = Arrays(np.zeros((10, 2), np.float32), np.arange(10) % 2)
LOSS = np.array([[3, 1, 1, 2], [4, 3, 2, 1], [np.nan, 5, np.nan, np.nan], [np.nan] * 4], np.float32)
ACCURACY = np.array([[0.1, 0.2, 0.3, 0.4], [0.4, 0.3, 0.2, 0.1], [0.5, 0.6, 0.7, 0.8], [0.0] * 4], np.float32)
NAN = float("nan")


def network() -> Any:
    raise AssertionError


def runs(recipe: Any) -> Runs:
    history = {"val_loss": LOSS, "accuracy": ACCURACY, "val_accuracy": ACCURACY, "own": LOSS}
    return Runs(recipe, np.arange(4), history, {"epochs": np.full(4, 4, np.float32)}, ())


LAYERS = runs(Recipe(DATA, [Dense(1)], "mse", SGD(0.1), epochs=4))
FUNCTION = runs(KerasRecipe(network, DATA, epochs=4))


@pytest.mark.parametrize("found", [LAYERS, FUNCTION], ids=["layers", "function"])
def test_it_is_the_first_of_the_best_and_nan_where_nothing_is_finite(found: Runs) -> None:
    np.testing.assert_array_equal(found.best_epoch(), [2, 4, 2, NAN])
    np.testing.assert_array_equal(found.best_epoch("val_accuracy"), [4, 1, 4, 1])
    np.testing.assert_array_equal(found.best_epoch("val_accuracy", "min"), [1, 4, 1, 1])
    assert found.best_epoch().label == "epoch of the best val loss"


def test_what_was_reported_in_it() -> None:
    values = LAYERS.epoch("accuracy", LAYERS.best_epoch("val_loss"))
    np.testing.assert_allclose(values, np.array([0.2, 0.1, 0.6, NAN], np.float32))
    assert values.label == "accuracy in an epoch of its own"


def test_epochs_are_counted_from_the_initial_one() -> None:
    later = runs(KerasRecipe(network, DATA, epochs=14, initial_epoch=10))
    np.testing.assert_array_equal(later.best_epoch(), [12, 14, 12, NAN])
    np.testing.assert_array_equal(later.epoch("val_loss", later.best_epoch()), [1, 1, 5, NAN])


def test_a_name_that_does_not_say_what_is_better_needs_a_mode() -> None:
    np.testing.assert_array_equal(LAYERS.best_epoch("own", "max"), [1, 1, 2, NAN])
    with pytest.raises(InvalidValue, match='give mode="max" or mode="min"'):
        LAYERS.best_epoch("own")
    with pytest.raises(InvalidValue, match="mode='best'"):
        LAYERS.best_epoch("own", "best")


@pytest.mark.parametrize("epoch", [[1, 2, 3], [1, 2, 3, 5], [0, 1, 1, 1], [1.5, 1, 1, 1]])
def test_there_is_an_epoch_for_every_seed(epoch: list[float]) -> None:
    with pytest.raises(InvalidValue, match="one for each of the 4 seeds, from 1 to 4"):
        LAYERS.epoch("accuracy", epoch)  # type: ignore[arg-type]


def test_accuracies_count_the_examples_that_an_epoch_has() -> None:
    split = runs(KerasRecipe(network, DATA, epochs=4, validation_split=0.5))
    for name in ("accuracy", "val_accuracy"):
        assert split.epoch(name, 1).fractions.bottom.tolist() == [0, 5, 0, 5]  # of five no tenth is a share
    steps = runs(KerasRecipe(network, DATA, epochs=4, steps_per_epoch=1, batch_size=3))
    assert steps.epoch("accuracy", 1).fractions is None

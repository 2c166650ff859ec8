"""What a seed of a function's model is taken to cost: more with all that makes it longer, and no Keras."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nnspec import Arrays, KerasRecipe, Stage
from nnspec.training.cost import cost_level, seconds_of_function


def network() -> Any:
    raise AssertionError("nobody builds a model to tell what it costs")


def recipe(x: Any, **fit: Any) -> KerasRecipe:
    return KerasRecipe(network, Arrays(x, np.arange(len(x)) % 2), **fit)


POINTS = np.random.default_rng(0).normal(size=(960, 2)).astype(np.float32)
FEW = {"epochs": 2, "batch_size": 32}


@pytest.mark.parametrize("fit", [{"epochs": 3}, {"batch_size": 31}])
def test_more_epochs_and_more_batches_cost_more(fit: dict[str, int]) -> None:
    assert seconds_of_function(recipe(POINTS, **{**FEW, **fit})) > seconds_of_function(recipe(POINTS, **FEW))


def test_more_and_larger_examples_cost_more() -> None:
    costs = [seconds_of_function(recipe(x, **FEW)) for x in (POINTS[:480], POINTS, np.tile(POINTS, (1, 9)))]
    assert costs == sorted(set(costs))


def test_an_epoch_costs_the_same_whichever_it_is() -> None:
    one, two, three = (seconds_of_function(recipe(POINTS, epochs=epochs)) for epochs in (1, 2, 3))
    assert three - two == pytest.approx(two - one)


def test_what_is_not_trained_costs_its_evaluation() -> None:
    assert 0 < seconds_of_function(recipe(POINTS, epochs=0)) < seconds_of_function(recipe(POINTS, epochs=1))


def test_images_and_words_cost_more_than_as_many_numbers() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (64, 16, 16))
    flat, images = pixels.reshape(64, -1), pixels[..., None]
    words = flat.copy()
    words[0, 0] = 9_999
    costs = [seconds_of_function(recipe(x, **FEW)) for x in (flat, pixels, images, words)]
    assert costs[0] < costs[1] == costs[2] < costs[3]
    assert seconds_of_function(recipe(words / 2.0, **FEW)) == costs[0]


def test_the_shape_alone_tells_what_the_arrays_tell_but_for_words() -> None:
    points = recipe(POINTS, **FEW)
    assert seconds_of_function(points, POINTS.shape) == seconds_of_function(points)


def test_a_test_part_and_a_further_stage_cost_more_and_shorter_epochs_less() -> None:
    points = recipe(POINTS, **FEW)
    tested = points.with_(data=Arrays(POINTS, np.arange(960) % 2, POINTS, np.arange(960) % 2))
    others = [points.with_(steps_per_epoch=9), points, tested, points.with_(stages=[Stage(epochs=9)])]
    costs = list(map(seconds_of_function, others))
    assert costs == sorted(set(costs))


def test_its_level_rises_with_its_seconds() -> None:
    levels = [cost_level(recipe(POINTS, epochs=epochs)) for epochs in (1, 1_000, 100_000)]
    assert levels == [0, 1, 2]

"""A callback that watches what a fit does not report never acts, as in Keras, and the runs say so."""

from __future__ import annotations

from typing import Any

import pytest

from nnspec import train
from spec.implementation.training.models.parity_models import VECTORS, compiled


def _stopping() -> list[Any]:
    import keras

    return [keras.callbacks.EarlyStopping("val_loss", patience=0, min_delta=9.0)]


def _misspelt() -> list[Any]:
    import keras

    return [keras.callbacks.ReduceLROnPlateau("los", mode="min")]


@pytest.mark.filterwarnings("ignore:.*(conditioned on metric|is not available):UserWarning")
@pytest.mark.parametrize("engine", ["vectorised", "keras"])
def test_nothing_stops_without_the_value_that_is_watched_and_the_runs_say_so(engine: str) -> None:
    recipe = compiled(data=VECTORS, fit={"epochs": 3, "callbacks": _stopping, "validation_data": None})
    runs = train(recipe, [0, 1], engine)
    assert runs.metrics["epochs"].tolist() == [3, 3]
    assert runs.provenance["unwatched"] == (
        "EarlyStopping watches 'val_loss', which this fit does not report, and never acts; "
        "there are accuracy, loss: give it validation_data or a validation_split"
    )


@pytest.mark.filterwarnings("ignore:.*(conditioned on metric|is not available):UserWarning")
def test_names_that_are_there_are_told_and_a_value_that_is_watched_is_not() -> None:
    misspelt = train(compiled(data=VECTORS, fit={"epochs": 1, "callbacks": _misspelt}), [0])
    expected = "there are accuracy, loss, val_accuracy, val_loss, learning_rate"
    assert misspelt.provenance["unwatched"].endswith(expected)
    watched = train(compiled(data=VECTORS, fit={"epochs": 3, "callbacks": _stopping}), [0])
    assert "unwatched" not in watched.provenance
    assert watched.metrics["epochs"] == [2]

"""Results that runs do not have: the message says what is missing, why, and what there is."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from nnspec import SGD, Circles, Dense, Experiment, InvalidValue, Recipe, Runs

RECIPE = Recipe(Circles(), [Dense(1, "sigmoid")], "binary_crossentropy", SGD(), epochs=2)


@dataclass(frozen=True)
class Coin(Experiment):
    """An experiment of its own."""


def runs(recipe: Any = RECIPE, *more: str) -> Runs:
    """Return made-up runs with a history of loss and accuracy, and of `more`."""
    ones = np.ones((3, 2), np.float32)
    history = dict.fromkeys(("loss", "accuracy", *more), ones)
    return Runs(recipe, np.arange(3), history, {"loss": ones[:, 0], "accuracy": ones[:, 0]}, ())


def tossed() -> Runs:
    """Return runs of an experiment that is no recipe."""
    return Runs(Coin(), np.arange(3), {}, {"heads": np.ones(3, np.float32)}, ())  # type: ignore[arg-type]


VALIDATED = RECIPE.with_(validation_data="test")
OWN = "Coin is an experiment of its own, which keeps what outcome() returns and no history"
NOT_VALIDATED = "nothing was validated: give the recipe validation_data='test' or 'validation'"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: tossed().history["loss"],
            f"history='loss'; expected nothing, because these runs have no history; {OWN}",
        ),
        (
            lambda: tossed().epoch("loss", 1),
            f"history='loss'; expected nothing, because these runs have no history; {OWN}",
        ),
        (lambda: tossed().accuracy, f"metric='accuracy'; expected one of heads; {OWN}"),
        (lambda: tossed().metric("haeds"), "metric='haeds'; expected one of heads; did you mean 'heads'?"),
        (
            lambda: runs().history["val_loss"],
            f"history='val_loss'; expected one of accuracy, loss; {NOT_VALIDATED}",
        ),
        (
            lambda: runs().epoch("val_accuracy", -1),
            f"history='val_accuracy'; expected one of accuracy, loss; {NOT_VALIDATED}",
        ),
        (
            lambda: runs().test_accuracy,
            "metric='test_accuracy'; expected one of accuracy, loss; "
            "the data have no test part: give them a train_size that leaves some examples",
        ),
        (
            lambda: runs().metric("mean_absolute_error"),
            "metric='mean_absolute_error'; expected one of accuracy, loss; "
            "add it to the recipe: metrics=['accuracy', 'mean_absolute_error']",
        ),
        (
            lambda: runs(VALIDATED, "val_loss").metric("val_loss"),
            "metric='val_loss'; expected one of accuracy, loss; it is a history: runs.epoch('val_loss', -1)",
        ),
        (
            lambda: runs().epoch("test_loss", 1),
            "history='test_loss'; expected one of accuracy, loss; "
            "runs.metric('test_loss') is evaluated with the final weights",
        ),
        (
            lambda: runs().history["acuracy"],
            "history='acuracy'; expected one of accuracy, loss; did you mean 'accuracy'?",
        ),
        (lambda: runs().metrics[None], "metric=None; expected one of accuracy, loss"),  # type: ignore[index]
        (lambda: runs().metric([1]), "metric=[1]; expected one of accuracy, loss"),  # type: ignore[arg-type]
    ],
)
def test_a_result_that_is_not_there_is_told_with_those_that_are(
    call: Callable[[], Any], message: str
) -> None:
    with pytest.raises(InvalidValue) as caught:
        call()
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("found", "name", "remedy"),
    [
        (tossed(), "val_accuracy", OWN),
        (tossed(), "heads", "runs.metric('heads')"),
        (runs(), "val_accuracy", NOT_VALIDATED),
        (runs(VALIDATED, "val_accuracy"), "val_accuracy", "runs.epoch('val_accuracy', -1)"),
        (runs(), "acuracy", "did you mean 'accuracy'?"),
    ],
)
def test_an_attribute_that_is_not_there_says_where_the_result_is(found: Any, name: str, remedy: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        getattr(found, name)
    metrics, histories = ", ".join(found.metrics), ", ".join(found.history) or "none"
    assert str(caught.value) == (
        f"attribute={name!r}; expected a metric ({metrics}) or a history ({histories}); {remedy}"
    )
    assert not hasattr(found, name)
    assert not hasattr(found, "__array__")


def test_results_by_name_are_mappings_as_before_also_after_a_journey() -> None:
    found = pickle.loads(pickle.dumps(runs()))  # noqa: S301  # our own
    assert (list(found.history), found.history.get("val_loss"), "loss" in found.metrics) == (
        ["loss", "accuracy"],
        None,
        True,
    )
    with pytest.raises(InvalidValue, match="nothing was validated"):
        found.history["val_loss"]

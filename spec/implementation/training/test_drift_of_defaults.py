"""Drift where the truth is known: a changed default is caught, other random numbers are not.

The networks are really trained. What a new version of Keras would do is done here to the defaults of the
installed one: a recipe that leaves them open follows them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from nnspec import Adam, Circles, Dense, Recipe, train
from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.results.claim_record import ClaimRecord
from nnspec.results.drift import Drift, drift
from nnspec.results.reading import records
from nnspec.training.stacked import engine as stacked
from spec.implementation.results.drift_samples import judged, results

LEFT_OPEN = Recipe(
    Circles(n_samples=200, train_size=160),
    [Dense(4, "relu"), Dense(1, "sigmoid")],
    "binary_crossentropy",
    Adam(),
    epochs=40,
)
OLD, FRESH = range(128), range(5000, 5128)


def claims(seeds: range) -> Mapping[str, ClaimRecord]:
    """Return the records of two claims on these seeds, one on the training loss and one on the test loss."""
    found = train(LEFT_OPEN, seeds).metrics
    asked = [judged(name, found[name], threshold=0.69) for name in ("loss", "test_loss")]
    return records(results(*asked), "NEW")


@pytest.fixture(scope="module")
def before() -> Mapping[str, ClaimRecord]:
    """Return what was found with the defaults that are installed."""
    return claims(OLD)


@pytest.fixture
def defaults(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, object]]:
    """Return the defaults of Adam, to be changed; programs that were compiled with others are forgotten."""
    _, keras = tensorflow()
    function = keras.optimizers.Adam.__init__
    names = function.__code__.co_varnames[1 : function.__code__.co_argcount]
    changed = dict(zip(names[-len(function.__defaults__) :], function.__defaults__, strict=True))
    original = tuple(changed.values())

    class Defaults(dict[str, object]):
        def __setitem__(self, name: str, value: object) -> None:
            assert name in self, f"Adam has no argument {name}"
            super().__setitem__(name, value)
            monkeypatch.setattr(function, "__defaults__", tuple(self.values()))

    stacked._program.cache_clear()
    yield Defaults(changed)
    assert tuple(changed.values()) == original
    stacked._program.cache_clear()


def moved(found: Drift) -> dict[str, str]:
    """Return what was found of each claim."""
    return {claim.key: claim.finding for claim in found.claims}


def test_the_same_seeds_and_defaults_are_identical(before: Mapping[str, ClaimRecord]) -> None:
    assert moved(drift(before, claims(OLD))) == {"loss": "identical", "test_loss": "identical"}


def test_other_random_numbers_move_nothing(before: Mapping[str, ClaimRecord]) -> None:
    assert moved(drift(before, claims(FRESH))) == {"loss": "no change shown", "test_loss": "no change shown"}


@pytest.mark.parametrize(("name", "value"), [("learning_rate", 0.003), ("epsilon", 0.1)])
@pytest.mark.parametrize("seeds", [OLD, FRESH], ids=["same seeds", "fresh seeds"])
def test_a_changed_default_of_adam_is_caught(
    before: Mapping[str, ClaimRecord], defaults: dict[str, object], name: str, value: float, seeds: range
) -> None:
    """A comparison of 128 seeds a side sees the training loss move; on forty test points it may not.

    Momentum that is gone (`beta_1=0`) moves neither enough to be seen with so few seeds; it takes the
    claims of a whole document to see it.
    """
    defaults[name] = value
    assert moved(drift(before, claims(seeds)))["loss"] == "moved"

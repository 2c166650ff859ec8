"""A function's model is trained as `model.fit` on TensorFlow does it, from equal weights in equal order."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from nnspec import KerasRecipe, train
from nnspec.machine.tensorflow_setup import tensorflow
from spec.implementation.training.models.parity_table import TABLE

SEED = 5
# sums of float32 in another order, about 1e-7 each, over six steps and the losses of some dozen examples
REPORTED = {"rtol": 1e-5, "atol": 2e-6}
# Adam divides a gradient by its own size: round-off in one that is nearly zero is a part of a step of 1e-3
WEIGHTS = {"rtol": 1e-4, "atol": 5e-6}


@contextlib.contextmanager
def eagerly() -> Iterator[None]:
    """Let TensorFlow run the operations of `fit` one by one, which is less work here than to trace them."""
    tf, _ = tensorflow()
    tf.config.run_functions_eagerly(True)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings(
                "ignore", "Even though the .* option is set, this option does not apply to"
            )
            yield
    finally:
        tf.config.run_functions_eagerly(False)


traced = contextlib.nullcontext
TRACED = (
    *("BinaryCrossentropy", "SparseCategoricalCrossentropy after a sigmoid"),  # compiled by XLA, as they come
    "layers on images",  # gradients of grouped convolutions are
    *("weights of losses, a class beside a count", "the same in a list"),  # losses of outputs are reported
    "a batch of one",  # so many steps are slow one by one
)


@pytest.mark.filterwarnings("ignore:.*received `from_logits=True`:UserWarning")  # a row is there for it
@pytest.mark.parametrize("name", TABLE)
def test_a_model_is_trained_as_by_fit(name: str) -> None:
    check(TABLE[name], traced if name in TRACED else eagerly)


def test_the_tolerance_notices_another_seed_and_another_rate() -> None:
    first, second = train(TABLE["SGD"], [SEED, SEED + 1]).history["loss"]
    assert not np.allclose(first, second, **REPORTED)
    other = TABLE["SGD, Nesterov"]
    assert not np.allclose(train(other, [SEED]).history["loss"], first, **REPORTED)


def check(recipe: KerasRecipe, how: Callable[[], contextlib.AbstractContextManager[None]] = traced) -> None:
    """Check that the engine gives what `fit` gives: reported values, metrics, weights."""
    found = train(recipe, [SEED])
    with how():
        expected = train(recipe, [SEED], "keras")
    assert found.provenance["engine"] == "vectorised", found.provenance
    assert expected.provenance["engine"] == "keras"
    assert set(found.history) == set(expected.history)
    for key, values in expected.history.items():
        np.testing.assert_allclose(found.history[key], values, **REPORTED, err_msg=key)
    assert set(found.metrics) == set(expected.metrics)
    for key, values in expected.metrics.items():
        np.testing.assert_allclose(found.metrics[key], values, **REPORTED, err_msg=key)
    assert len(found.weights) == len(expected.weights)
    for number, (ours, theirs) in enumerate(zip(found.weights, expected.weights, strict=True)):
        np.testing.assert_allclose(ours, theirs, **WEIGHTS, err_msg=f"weight {number}")

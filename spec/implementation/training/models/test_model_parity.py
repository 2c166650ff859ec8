"""A function's model is trained as `model.fit` on TensorFlow does it, from equal weights in equal order."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from nnspec import KerasRecipe, train
from nnspec.machine import jax_setup
from nnspec.training.vectorised.beside import fresh
from spec.implementation.training.models.parity_table import TABLE

SEED = 5
# sums of float32 in another order, about 1e-7 each, over six steps and the losses of some dozen examples
REPORTED = {"rtol": 1e-5, "atol": 2e-6}
# Adam divides a gradient by its own size: round-off in one that is nearly zero is a part of a step of 1e-3
WEIGHTS = {"rtol": 1e-4, "atol": 5e-6}


# three quarters of the time would go into making programs fast that run for milliseconds; what is computed is
# the same. Programs as they are in use have tests of their own, of a few rows (`test_programs_in_use.py`)
UNOPTIMISED = "--xla_backend_optimization_level=0 --xla_cpu_use_fusion_emitters=false"


@pytest.fixture(scope="module")
def unoptimised() -> Iterator[None]:
    """Have programs that are compiled quickly, by a process that ends with these tests."""
    flags = jax_setup.ENVIRONMENT["XLA_FLAGS"]
    with pytest.MonkeyPatch.context() as patch, fresh():
        patch.setitem(jax_setup.ENVIRONMENT, "XLA_FLAGS", f"{flags} {UNOPTIMISED}")
        yield


@pytest.mark.filterwarnings("ignore:.*received `from_logits=True`:UserWarning")  # a row is there for it
@pytest.mark.parametrize("name", TABLE)
@pytest.mark.usefixtures("unoptimised")
def test_a_model_is_trained_as_by_fit(name: str) -> None:
    check(TABLE[name])


@pytest.mark.usefixtures("unoptimised")
def test_the_tolerance_notices_another_seed_and_another_rate() -> None:
    first, second = train(TABLE["SGD"], [SEED, SEED + 1]).history["loss"]
    assert not np.allclose(first, second, **REPORTED)
    other = TABLE["SGD, Nesterov"]
    assert not np.allclose(train(other, [SEED]).history["loss"], first, **REPORTED)


def check(recipe: KerasRecipe) -> None:
    """Check that the engine gives what `fit` gives: reported values, metrics, weights."""
    found, expected = train(recipe, [SEED]), train(recipe, [SEED], "keras")
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

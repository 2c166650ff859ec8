"""The vectorised engine on a GPU gives what it gives on the processor; skipped where JAX sees no GPU."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from nnspec import KerasRecipe, train
from nnspec.machine import jax_setup
from nnspec.runs.runs import Runs
from nnspec.training.vectorised.beside import beside, fresh
from spec.implementation.training.models.parity_models import compiled
from spec.implementation.training.models.parity_table import TABLE

pytestmark = pytest.mark.gpu

ROWS = ("Adam, amsgrad", "Embedding, Adam", "Embedding, mask_zero, LSTM", "layers on images", "EarlyStopping")
# of single precision, added up in another order for four to eighteen steps
REPORTED = {"rtol": 1e-4, "atol": 1e-5}
# and in Adam's steps a gradient that is nearly zero is divided by its own size
WEIGHTS = {"rtol": 1e-3, "atol": 1e-4}
MANY = compiled(optimizer=lambda k: k.optimizers.Adam(0.01), fit={"epochs": 200})
SEEDS = range(256)


@pytest.fixture(autouse=True, scope="module")
def gpu() -> None:
    if beside.ask("platform") != "gpu":
        pytest.skip("JAX sees no GPU; pip install -e '.[test,gpu]' on a machine that has one")


@pytest.fixture
def processor() -> Iterator[Any]:
    """Return what trains in a process that sees no GPU."""

    def trained(recipe: KerasRecipe, seeds: Any) -> Runs:
        with pytest.MonkeyPatch.context() as patch, fresh():
            patch.setitem(jax_setup.ENVIRONMENT, "JAX_PLATFORMS", "cpu")
            return train(recipe, seeds)

    yield trained
    beside.close()


@pytest.mark.parametrize("name", ROWS)
def test_from_equal_weights_and_order_a_gpu_gives_the_same(name: str, processor: Any) -> None:
    expected, found = processor(TABLE[name], range(4)), train(TABLE[name], range(4))
    assert found.provenance["engine"] == expected.provenance["engine"] == "vectorised"
    for key, values in expected.history.items():
        np.testing.assert_allclose(found.history[key], values, **REPORTED, err_msg=key)
    for ours, theirs in zip(found.weights, expected.weights, strict=True):
        np.testing.assert_allclose(ours, theirs, **WEIGHTS)


def test_another_learning_rate_is_noticed(processor: Any) -> None:
    other = compiled(optimizer=lambda k: k.optimizers.Adam(0.0101, amsgrad=True))
    expected, found = processor(other, range(4)), train(TABLE["Adam, amsgrad"], range(4))
    with pytest.raises(AssertionError):
        np.testing.assert_allclose(found.history["loss"], expected.history["loss"], **REPORTED)


def test_after_many_epochs_the_seeds_are_distributed_alike(processor: Any) -> None:
    from scipy.stats import ks_2samp

    expected = processor(MANY, SEEDS).metrics["loss"]
    found = train(MANY, range(256, 512)).metrics["loss"]
    assert ks_2samp(found, expected).pvalue > 1e-4

"""Programs as they are in use, compiled for speed, train as `model.fit` on TensorFlow does it, too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from nnspec.machine import jax_setup
from nnspec.training.vectorised.beside import fresh
from spec.implementation.training.models.parity_table import TABLE
from spec.implementation.training.models.test_model_parity import check, traced


@pytest.fixture(autouse=True, scope="module")
def optimised(optimised_flags: str) -> Iterator[None]:
    """Have a process without the settings of the other tests."""
    with pytest.MonkeyPatch.context() as patch, fresh():
        patch.setitem(jax_setup.ENVIRONMENT, "XLA_FLAGS", optimised_flags)
        yield


@pytest.mark.parametrize("name", ["Nadam", "Embedding, Adam", "a subclassed model", "class_weight"])
def test_a_model_is_trained_as_by_fit(name: str) -> None:
    check(TABLE[name], traced)

"""Programs as they are in use, compiled for speed, train as `model.fit` on TensorFlow does it, too."""

from __future__ import annotations

import pytest

from spec.implementation.training.models.parity_table import TABLE
from spec.implementation.training.models.test_model_parity import check


@pytest.mark.parametrize("name", ["Nadam", "Embedding, Adam", "a subclassed model", "class_weight"])
def test_a_model_is_trained_as_by_fit(name: str) -> None:
    check(TABLE[name])

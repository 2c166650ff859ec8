"""The keras engine itself, which calls `fit` epoch by epoch, trains as one plain call of `fit` does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import nnspec
from nnspec import train
from spec.implementation.training.models.parity_kinds_of_models import MODELS
from spec.implementation.training.models.parity_losses import EMBEDDINGS, OPTIMIZERS
from spec.implementation.training.models.parity_models import EVEN, of_model

SEED = 5
ROWS = {
    name: {**OPTIMIZERS, **EMBEDDINGS, **MODELS}[name]
    for name in (
        "averages that overwrite",
        "accumulated gradients",
        "Embedding, Nadam",
        "weights of losses, a class beside a count",
    )
}


def _copying(k: Any, *, eagerly: bool) -> Any:
    model = k.Sequential([k.Input((8,)), k.layers.Dense(1, "sigmoid")])
    how = {"run_eagerly": True} if eagerly else {"jit_compile": False}
    model.compile(k.optimizers.ScheduleFreeAdamW(0.05), "binary_crossentropy", **how)
    return model


# `fit` loses the copy of the weights with which this optimizer would begin, unless it runs eagerly
ROWS["a copy of weights, lost"] = of_model(lambda k: _copying(k, eagerly=False), EVEN)
ROWS["a copy of weights, kept"] = of_model(lambda k: _copying(k, eagerly=True), EVEN)


def _named(values: Any) -> Any:
    return getattr(values, "arrays", values)


@pytest.mark.parametrize("name", ROWS)
def test_the_reference_is_a_plain_fit(name: str) -> None:
    recipe = ROWS[name].with_(shuffle=False)
    start, runs = train(recipe.with_epochs(0), [SEED], "keras"), train(recipe, [SEED], "keras")
    nnspec.tensorflow()[1].backend.clear_session()
    data, model = recipe.data.arrays(), recipe.function()
    model.set_weights([one[0] for one in start.weights])
    fitted = model.fit(
        _named(data.x_train),
        _named(data.y_train),
        batch_size=recipe.batch_size,
        epochs=recipe.epochs,
        validation_data=(_named(data.x_test), _named(data.y_test)),
        shuffle=False,
        verbose=0,
    )
    assert set(fitted.history) == set(runs.history)
    for key, values in fitted.history.items():
        np.testing.assert_allclose(runs.history[key][0], values, rtol=1e-6, err_msg=key)
    for ours, theirs in zip(runs.weights, model.get_weights(), strict=True):
        np.testing.assert_allclose(ours[0], theirs, rtol=1e-6, atol=1e-8)

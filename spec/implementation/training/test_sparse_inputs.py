"""Bags of words go through sparse products, which give what dense ones give; other examples do not."""

from dataclasses import replace

import numpy as np
import pytest

from nnspec import Dense, Dropout, train
from nnspec.training.stacked import engine as stacked
from nnspec.training.stacked import stacking
from nnspec.training.stacked.sparse_inputs import SparseInputs, is_sparse
from spec.implementation.training.parity_samples import OwnBags, bags


def forget():
    """Let what was compiled be compiled again."""
    stacking._stacking.cache_clear()
    stacked._program.cache_clear()


@pytest.mark.parametrize("rest", [0, 1, 20], ids=["whole batches", "one left", "twenty left"])
def test_sparse_products_give_what_dense_ones_give_with_dropout_and_many_classes(monkeypatch, rest):
    """Without XLA's compilation the masks and everything behind the first layer are the same too.

    A last batch is filled up with the first example, which may stand in that batch itself.
    """
    layers = [Dense(8, "relu"), Dropout(0.5), Dense(2, "softmax")]
    recipe = bags().with_(layers=layers, loss="sparse_categorical_crossentropy")
    recipe = recipe.with_(batch_size=(len(recipe.data.arrays().x_train) - rest) // (2 if rest else 1))
    sparse = train(recipe, range(6))
    assert stacking.stacking(recipe).layout is SparseInputs
    assert not SparseInputs.compiled
    monkeypatch.setattr(stacking, "is_sparse", lambda _: False)
    forget()
    dense = train(recipe, range(6))
    forget()
    for key, values in dense.history.items():
        np.testing.assert_allclose(sparse.history[key], values, rtol=1e-5, atol=1e-6)
    for ours, theirs in zip(sparse.weights, dense.weights, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(
    ("part", "change", "layers"),
    [
        ("x_train", lambda x: x * 2, []),
        ("x_test", lambda x: x * 2, []),
        ("x_train", lambda x: x.astype(np.float32), []),
        ("x_train", lambda x: 1 - x, []),
        ("x_train", lambda x: x, [Dropout(0.5)]),
    ],
    ids=["not only ones", "not only ones in a test", "floats", "too many", "no dense layer in front"],
)
def test_other_examples_are_not_taken_for_bags_of_words(monkeypatch, part, change, layers):
    recipe = bags()
    assert is_sparse(recipe)
    arrays = recipe.data.arrays()
    changed = replace(arrays, **{part: change(getattr(arrays, part))})
    monkeypatch.setattr(OwnBags, "arrays", lambda _: changed)
    assert not is_sparse(recipe.with_(layers=[*layers, *recipe.layers]))

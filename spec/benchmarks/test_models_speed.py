"""Models of functions: what a seed and epoch costs here and by `model.fit`, in rounds taken in turn.

Our time holds the evaluation at the end, on all cores, and that of `fit` does not. What the ratios are with
it on both sides, and where seeds are few without it on either, is kept too (`compare`).
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pytest

from nnspec import Arrays, Circles, FashionMNIST, KerasRecipe
from spec.benchmarks.comparison import compare
from spec.benchmarks.interleaved import Contender
from spec.benchmarks.peers.function_fit import FunctionFit, Vectorised

pytestmark = pytest.mark.speed


def classifier(kind: str) -> Any:
    """Return a compiled model of a kind."""
    import keras

    layers = keras.layers
    inside = {
        "4-4": ((2,), [layers.Dense(4, "relu"), layers.Dense(4, "relu")]),
        "normalised": (
            (2,),
            [
                *(layers.Dense(16), layers.BatchNormalization(), layers.ReLU(), layers.Dropout(0.2)),
                layers.Dense(16, "relu"),
            ],
        ),
        "wide": ((28, 28), [layers.Flatten(), layers.Dense(128, "relu"), layers.Dropout(0.2)]),
        "mean": (
            (40,),
            [layers.Embedding(10_000, 16), layers.GlobalAveragePooling1D(), layers.Dense(16, "relu")],
        ),
        "LSTM": ((40,), [layers.Embedding(5000, 32), layers.LSTM(32)]),
        "convolutions": (
            (28, 28, 1),
            [
                *(layers.Conv2D(8, 3, activation="relu"), layers.MaxPooling2D()),
                *(layers.Conv2D(16, 3, activation="relu"), layers.MaxPooling2D(), layers.Flatten()),
            ],
        ),
    }
    shape, middle = inside[kind]
    images = kind in ("wide", "convolutions")
    end = layers.Dense(10, "softmax") if images else layers.Dense(1, "sigmoid")
    model = keras.Sequential([keras.Input(shape), *middle, end])
    loss = "sparse_categorical_crossentropy" if images else "binary_crossentropy"
    model.compile("adam", loss, metrics=["accuracy"])
    return model


def tokens(words: int) -> Arrays:
    """Return 2560 texts of forty words, which are positive where rare words prevail."""
    x = np.random.default_rng(0).integers(0, words, (2560, 40))
    return Arrays(x.astype(np.float32), (x.mean(axis=1) > words / 2).astype(np.int64))


@dataclass(frozen=True)
class Work:
    """Data, batch size, and how many seeds and epochs are trained at once."""

    data: Any
    batch_size: int
    seeds: int
    epochs: int = 1


WORK = {
    "normalised": Work(Circles(n_samples=992), 32, 256, 10),
    "4-4": Work(Circles(n_samples=992), 32, 256, 10),
    "wide": Work(FashionMNIST(train_size=6400), 32, 8),
    "mean": Work(tokens(10_000), 128, 8, 3),
    "LSTM": Work(tokens(5000), 128, 8, 3),
    "convolutions": Work(FashionMNIST(train_size=3200), 32, 8),
}


@pytest.mark.parametrize("kind", WORK)
def test_a_seed_and_epoch_of_a_model_is_cheaper_than_by_fit(benchmark, kind, present):
    work = WORK[kind]
    recipe = KerasRecipe(
        classifier, work.data, epochs=work.epochs, batch_size=work.batch_size, arguments={"kind": kind}
    )
    present(recipe)
    group = f"model {kind}, {work.epochs} epochs, {work.seeds} seeds"
    with (
        Contender(partial(Vectorised, recipe, work.seeds, further_epoch=work.epochs < 10)) as ours,
        Contender(partial(FunctionFit, recipe)) as theirs,
    ):
        ratios = compare(
            benchmark,
            ours,
            theirs,
            group=group,
            peer="model.fit",
            unit="seconds per seed and epoch",
            rounds=5,
        )
    assert all(ratio > 0 for ratio in ratios)

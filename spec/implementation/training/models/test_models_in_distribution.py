"""Models whose layers draw random numbers are the same training in distribution, each engine with its own."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import ks_2samp

from nnspec import KerasRecipe, train
from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.training.models.built import built
from nnspec.training.models.parts import fit_data
from spec.implementation.training.models.parity_models import EVEN, SERIES, of_model

FITS, OURS = 40, range(1000, 1160)
ERROR = 1e-4  # of a Kolmogorov-Smirnov test of these numbers, which tells other rates apart, see below


def noisy(k: Any, rate: float = 0.4) -> Any:
    layers = k.layers
    inside = [layers.Dense(12, "relu"), layers.Dropout(rate), layers.GaussianNoise(rate), layers.Dense(8)]
    inside += [layers.AlphaDropout(rate / 4), layers.GaussianDropout(rate / 2)]
    model = k.Sequential([k.Input((8,)), *inside, layers.Dense(1, "sigmoid")])
    model.compile(k.optimizers.Adam(0.02), "binary_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model


def recurrent(k: Any, rate: float = 0.5) -> Any:
    layers = k.layers
    inside = [layers.SpatialDropout1D(rate / 2), layers.LSTM(6, dropout=rate, recurrent_dropout=rate)]
    model = k.Sequential([k.Input((7, 3)), *inside, layers.Dense(1, "sigmoid")])
    model.compile(k.optimizers.Adam(0.05), "binary_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model


def recipe_of(build: Any, data: Any, epochs: int) -> KerasRecipe:
    return of_model(build, data, epochs=epochs, validation_data=None)


NOISY, RECURRENT = recipe_of(noisy, EVEN, 6), recipe_of(recurrent, SERIES, 4)
LESS_NOISY = recipe_of(lambda k: noisy(k, 0.2), EVEN, 6)
LESS_DROPOUT = recipe_of(lambda k: recurrent(k, 0.2), SERIES, 4)


@functools.cache
def losses_of_fit(recipe: KerasRecipe) -> NDArray[np.float64]:
    """Return the losses of the last epoch of `model.fit`, from 40 seeds, on one compiled model."""
    tensorflow()
    data = fit_data(recipe)
    found = built(recipe, data)
    model = found.model
    fresh = [variable.numpy() for variable in model.optimizer.variables]
    losses = []
    for seed in range(FITS):
        for variable in model.weights:
            variable.assign(found.initial.of(variable, seed))
        for variable, value in zip(model.optimizer.variables, fresh, strict=True):
            variable.assign(value)
        fitted = model.fit(data.x, data.y, epochs=recipe.epochs, verbose=0)
        losses.append(fitted.history["loss"][-1])
    return np.array(losses)


@functools.cache
def losses(recipe: KerasRecipe) -> NDArray[np.float32]:
    """Return the losses of the last epoch of the vectorised engine."""
    runs = train(recipe, OURS)
    assert runs.provenance["engine"] == "vectorised"
    return np.asarray(runs.epoch("loss", -1))


def test_noise_and_dropout_are_distributed_as_by_fit() -> None:
    assert ks_2samp(losses(NOISY), losses_of_fit(NOISY)).pvalue > ERROR


def test_recurrent_dropout_is_distributed_as_by_fit() -> None:
    assert ks_2samp(losses(RECURRENT), losses_of_fit(RECURRENT)).pvalue > ERROR


def test_other_rates_are_told_apart() -> None:
    assert ks_2samp(losses(LESS_NOISY), losses_of_fit(NOISY)).pvalue < ERROR
    assert ks_2samp(losses(LESS_DROPOUT), losses_of_fit(RECURRENT)).pvalue < ERROR

"""Glorot's initial weights by hand: bounds, variance, and the same distribution as Keras's."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.textbook.initialization import (
    glorot_normal,
    glorot_uniform,
    glorot_uniform_bound,
    glorot_variance,
)

SHAPE = (300, 500)
DRAWS = SHAPE[0] * SHAPE[1]
KINDS = pytest.mark.parametrize("draw", [glorot_uniform, glorot_normal])


def test_bound_and_variance_are_the_textbook_formulas() -> None:
    assert glorot_variance(3, 5) == 0.25
    assert glorot_uniform_bound(3, 5) == pytest.approx(math.sqrt(6 / 8), rel=1e-15)


@KINDS
def test_mean_and_variance_of_many_weights_are_those_asked_for(draw: Any) -> None:
    kernel = draw(*SHAPE, rng=np.random.default_rng(0))
    variance = glorot_variance(*SHAPE)
    assert kernel.shape == SHAPE
    assert kernel.dtype == np.float64
    # five standard errors: 1 in 1.7 million seeds fails. The variance of a sample errs by at most
    # sqrt(2 / n), its value for a normal distribution, which exceeds that of both distributions here
    assert abs(kernel.mean()) < 5 * math.sqrt(variance / DRAWS)
    assert kernel.var() == pytest.approx(variance, rel=5 * math.sqrt(2 / DRAWS))


def test_uniform_weights_fill_the_range_up_to_the_bound() -> None:
    largest = np.abs(glorot_uniform(*SHAPE, rng=np.random.default_rng(1))).max()
    bound = glorot_uniform_bound(*SHAPE)
    # all of n draws miss the outermost share 1e-4 of the range with probability exp(-15)
    assert bound * (1 - 1e-4) < largest <= bound


@KINDS
def test_the_distribution_is_that_of_keras(draw: Any) -> None:
    from scipy.stats import ks_2samp

    _, keras = tensorflow()
    name = "".join(word.capitalize() for word in draw.__name__.split("_"))
    theirs = np.asarray(getattr(keras.initializers, name)(seed=2)(SHAPE)).ravel()
    ours = draw(*SHAPE, rng=np.random.default_rng(2)).ravel()
    # 1 in a million seeds fails; a spread that is off by 8 % is seen almost surely with 150,000 draws
    assert ks_2samp(ours, theirs, method="asymp").pvalue > 1e-6
    assert ks_2samp(1.08 * ours, theirs, method="asymp").pvalue < 1e-6
    # float32 rounds the largest weight
    assert np.abs(ours).max() == pytest.approx(np.abs(theirs).max(), rel=1e-3)


@KINDS
def test_one_generator_gives_one_kernel(draw: Any) -> None:
    one, same, other = (draw(3, 4, rng=np.random.default_rng(seed)) for seed in (5, 5, 6))
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)

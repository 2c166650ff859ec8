"""Learning-rate sweeps, and the named rules that read a suggested rate off a sweep's loss curve.

Every rule takes the rates (epochs,) and the losses (seeds, epochs) of a sweep and returns one rate
per seed. Losses that are not finite, as after a divergence, are ignored; a seed without enough
finite losses gets NaN.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnspec.basics.arrays import real_numbers
from nnspec.basics.errors import InvalidValue, real_number, whole_number

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Rule = Callable[[ArrayLike, ArrayLike], Floats]


def exponential_sweep(start: float, tenfold_every: float, epochs: int) -> tuple[float, ...]:
    """Return start · 10^(epoch / tenfold_every) for every epoch, beginning with epoch 0.

    `tenfold_every` is in epochs: `exponential_sweep(1e-4, 20, 100)` climbs from 0.0001 to 8.91.

    Raises
    ------
    InvalidValue
        If a value is not positive, or if the last rate is too large for a float.
    """
    start = real_number("start", start, 0.0, open_low=True)
    tenfold_every = real_number("tenfold_every", tenfold_every, 0.0, open_low=True)
    epochs = whole_number("epochs", epochs)
    if np.log10(start) + (epochs - 1) / tenfold_every > 308:
        raise InvalidValue("tenfold_every", tenfold_every, "a sweep that stays below 1e308")
    return tuple(start * 10 ** (epoch / tenfold_every) for epoch in range(epochs))


def minimum_over_ten(learning_rates: ArrayLike, losses: ArrayLike) -> Floats:
    """Return a tenth of the rate with the lowest loss, (seeds,) float64; no smoothing.

    Source: the rule of thumb "about 10x smaller than the bottom of the curve" of *Neural Network
    Classification with TensorFlow*; Géron's *Hands-On Machine Learning* gives the same one.

    Raises
    ------
    InvalidValue
        If shapes or rates do not make a sweep.
    """
    rates, values, finite = _checked(learning_rates, losses)
    return np.where(finite.any(axis=1), rates[values.argmin(axis=1)] / 10, np.nan)


def still_falling(learning_rates: ArrayLike, losses: ArrayLike) -> Floats:
    """Return the first rate at which half of the fall to the lowest loss is done, (seeds,) float64.

    No smoothing. The fall is counted from the first loss. Its other half is still to come, so the
    loss is "still decreasing but not quite flattened out".

    Source: nnspec's own reading of that rule of thumb of *Neural Network Classification with
    TensorFlow*, which leaves open how steep a curve is that still falls. "The largest rate at which
    the slope is still half of the steepest" would be closer to the words, but it needs a smoothing
    width, and on the document's own curve widths of 0.05 to 0.2 decades give 0.020 to 0.028.

    Raises
    ------
    InvalidValue
        If shapes or rates do not make a sweep.
    """
    rates, values, finite = _checked(learning_rates, losses)
    first = np.take_along_axis(values, finite.argmax(axis=1)[:, None], axis=1)
    half_way = (first + values.min(axis=1, keepdims=True)) / 2
    return np.where(finite.any(axis=1), rates[(values <= half_way).argmax(axis=1)], np.nan)


def steepest(learning_rates: ArrayLike, losses: ArrayLike) -> Floats:
    """Return the rate from which the loss falls fastest over the logarithm of the rate, (seeds,) float64.

    Smoothing and the part of the sweep that counts are those of fastai's `lr_find`: a bias-corrected
    exponential average with weight 0.98 on the past; then without the first tenth, without what
    follows once the average exceeds four times its lowest value, and without the five last losses
    before that point. The average lags behind the losses, and the suggestion with it. A seed with
    fewer than two losses in a row left gets NaN.

    Source: `steep` of fastai 2; the sweep is Smith's learning-rate range test (2017,
    arXiv:1506.01186).

    Raises
    ------
    InvalidValue
        If shapes or rates do not make a sweep of at least ten epochs.
    """
    rates, values, finite = _checked(learning_rates, losses, at_least=10)
    smoothed, counts = _as_lr_find(values, finite)
    both = counts[:, 1:] & counts[:, :-1]
    slopes = np.where(both, np.diff(smoothed, axis=1) / np.diff(np.log(rates)), np.inf)
    return np.where(both.any(axis=1), rates[slopes.argmin(axis=1)], np.nan)


def valley(learning_rates: ArrayLike, losses: ArrayLike) -> Floats:
    """Return the rate half-way along the longest valley of the loss, (seeds,) float64.

    The valley is the longest strictly decreasing subsequence, the earliest to end among equals. With
    n losses in it the suggestion lies n - ⌊n/3⌋ - ⌊n/6⌋ losses before its end, about n/2; gaps in the
    subsequence are not counted. fastai's description says "roughly 2/3 through the longest valley",
    its code is what is followed here. Smoothing and the part that counts are as in `steepest`.

    Source: `valley` of fastai 2, the default of its `lr_find`, by ESRI.

    Raises
    ------
    InvalidValue
        If shapes or rates do not make a sweep of at least ten epochs.
    """
    rates, values, finite = _checked(learning_rates, losses, at_least=10)
    smoothed, counts = _as_lr_find(values, finite)
    # Losses that do not count go to the end, because positions in the valley number the others.
    order = np.argsort(~counts, axis=1, kind="stable")
    curve = np.take_along_axis(np.where(counts, smoothed, np.inf), order, axis=1)
    lengths = np.isfinite(curve).astype(np.int64)
    for i in range(1, curve.shape[1]):
        higher = curve[:, :i] > curve[:, i : i + 1]
        lengths[:, i] += np.where(higher, lengths[:, :i], 0).max(axis=1)
    end = lengths.argmax(axis=1)
    n = lengths.max(axis=1)
    position = np.maximum(end - n + n // 3 + n // 6, 0)
    chosen = np.take_along_axis(order, position[:, None], axis=1)[:, 0]
    return np.where(n > 0, rates[chosen], np.nan)


RULES: dict[str, Rule] = {
    "minimum / 10": minimum_over_ten,
    "still falling": still_falling,
    "steepest": steepest,
    "valley": valley,
}
"""The rules by the names that claims and figures give them."""


def _as_lr_find(losses: Floats, finite: Bools) -> tuple[Floats, Bools]:
    """Return the losses as fastai's `lr_find` smooths them and which of them it looks at, (seeds, epochs)."""
    epochs = losses.shape[1]
    ages = np.arange(epochs)[:, None] - np.arange(epochs)
    weights = np.where(ages >= 0, 0.98 ** np.maximum(ages, 0), 0.0)
    # Dividing by the weights that took part is the correction for the average's start at zero.
    totals = finite @ weights.T
    sums = np.where(finite, losses, 0.0) @ weights.T
    smoothed = sums / np.maximum(totals, np.finfo(np.float64).tiny)
    best = np.minimum.accumulate(np.where(totals > 0, smoothed, np.inf), axis=1)
    # A negative loss, as clipped cross-entropy of raw outputs can give, has no four times as large.
    diverged = (smoothed > 4 * best) & (best > 0)
    recorded = np.where(diverged.any(axis=1), diverged.argmax(axis=1) + 1, epochs)
    position = np.arange(epochs)
    return smoothed, finite & (position >= epochs // 10) & (position < recorded[:, None] - 5)


def _checked(learning_rates: ArrayLike, losses: ArrayLike, at_least: int = 1) -> tuple[Floats, Floats, Bools]:
    """Return rates (epochs,), losses (seeds, epochs) with infinity for what is not finite, and what is."""
    rates = real_numbers("learning_rates", learning_rates).astype(np.float64)
    values = real_numbers("losses", losses).astype(np.float64)
    if rates.ndim != 1 or len(rates) < at_least:
        expected = f"(epochs,) with at least {at_least} epochs"
        raise InvalidValue("learning_rates.shape", rates.shape, expected, "sweep for more epochs")
    if not (np.isfinite(rates).all() and (rates > 0).all() and (np.diff(rates) > 0).all()):
        raise InvalidValue("learning_rates", rates.tolist(), "positive rates, each above the one before")
    if values.ndim != 2 or values.shape[1] != len(rates):
        expected = f"(seeds, {len(rates)}), as many losses per seed as rates"
        raise InvalidValue("losses.shape", values.shape, expected, "one seed alone is losses[None]")
    finite = np.isfinite(values)
    return rates, np.where(finite, values, np.inf), finite

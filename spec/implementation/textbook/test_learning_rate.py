"""The sweep, and the rules against curves whose answer is known and against a plain loop."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from nnspec.textbook.learning_rate import (
    RULES,
    exponential_sweep,
    minimum_over_ten,
    steepest,
    still_falling,
    valley,
)

RATES = np.array(exponential_sweep(1e-4, 20, 100))

# What model_9 of "Neural Network Classification with TensorFlow" printed, epochs 1 to 100.
DOCUMENTED = np.array(
    [
        0.6945, 0.6938, 0.6930, 0.6922, 0.6914, 0.6906, 0.6898, 0.6889, 0.6880, 0.6871, 0.6863, 0.6856,
        0.6847, 0.6842, 0.6835, 0.6829, 0.6826, 0.6819, 0.6816, 0.6811, 0.6806, 0.6801, 0.6796, 0.6790,
        0.6784, 0.6778, 0.6770, 0.6760, 0.6754, 0.6739, 0.6726, 0.6711, 0.6688, 0.6672, 0.6660, 0.6625,
        0.6560, 0.6521, 0.6415, 0.6210, 0.5904, 0.5688, 0.5346, 0.4533, 0.3455, 0.2570, 0.1968, 0.1336,
        0.1310, 0.1002, 0.1166, 0.1368, 0.0879, 0.1187, 0.0733, 0.1132, 0.1057, 0.0664, 0.1898, 0.1895,
        0.4131, 0.1707, 0.0569, 0.1007, 0.1323, 0.1819, 0.6672, 0.5301, 0.4140, 0.4574, 0.4759, 0.3748,
        0.4710, 0.4143, 0.5961, 0.4787, 0.4720, 0.2565, 1.1824, 0.6873, 0.7068, 0.6879, 0.6996, 0.6471,
        0.7457, 0.7546, 0.7681, 0.7596, 0.7778, 0.7741, 0.7851, 0.7441, 0.7354, 0.7548, 0.8087, 0.7714,
        0.8001, 0.9554, 0.9268, 0.8563,
    ]
)  # fmt: skip


def noisy_curves(seeds: int = 30) -> NDArray[np.float64]:
    """Sweeps that fall somewhere, bottom out and climb again, (seeds, 100)."""
    rng = np.random.default_rng(5)
    x = np.log10(RATES)
    fall, climb = rng.uniform(-2.5, -1.5, (seeds, 1)), rng.uniform(-0.9, 0, (seeds, 1))
    curves = 0.7 - 0.6 / (1 + np.exp(-(x - fall) * 8)) + 3 / (1 + np.exp(-(x - climb) * 6))
    curves += rng.normal(0, 0.02, curves.shape)
    return np.asarray(curves)


def as_lr_find(losses: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Rates and losses of one seed that fastai's `lr_find` would look at, in its own order of steps."""
    average, smoothed, best = 0.0, [], np.inf
    for number, value in enumerate(losses, start=1):
        average = 0.98 * average + 0.02 * value
        smoothed.append(average / (1 - 0.98**number))
        best = min(best, smoothed[-1])
        if smoothed[-1] > 4 * best:
            break
    first, last = len(losses) // 10, len(smoothed) - 5
    return RATES[first:last], np.array(smoothed[first:last])


def valley_by_loop(rates: NDArray[np.float64], losses: NDArray[np.float64]) -> float:
    lengths = [1] * len(losses)
    for i in range(len(losses)):
        lengths[i] += max((lengths[j] for j in range(i) if losses[j] > losses[i]), default=0)
    longest = max(lengths)
    return float(rates[max(lengths.index(longest) - longest + longest // 3 + longest // 6, 0)])


def test_the_sweep_climbs_tenfold_in_the_epochs_given() -> None:
    sweep = exponential_sweep(1e-4, 20, 100)
    assert len(sweep) == 100
    assert [sweep[epoch] for epoch in (0, 20, 40)] == pytest.approx([1e-4, 1e-3, 1e-2], rel=1e-12)
    assert sweep[99] == pytest.approx(8.9125, abs=5e-5)


def test_the_sweep_has_the_bits_of_the_documents_expression() -> None:
    assert exponential_sweep(1e-4, 20, 100) == tuple(1e-4 * 10 ** (epoch / 20) for epoch in range(100))


@pytest.mark.parametrize("name", RULES)
def test_every_rule_reads_the_documents_curve_as_the_document_does(name: str) -> None:
    (found,) = RULES[name](RATES, DOCUMENTED[None])
    assert 0.01 <= found <= 0.02


def test_a_tenth_of_the_rate_with_the_lowest_loss() -> None:
    rates = [0.1, 1.0, 10.0, 100.0]
    found = minimum_over_ten(rates, [[3.0, 2.0, 1.0, 4.0], [3.0, 1.0, 2.0, 1.0]])
    np.testing.assert_allclose(found, [1.0, 0.1], rtol=1e-15)


def test_still_falling_is_the_first_rate_with_half_of_the_fall_done() -> None:
    rates = [1.0, 2.0, 3.0, 4.0, 5.0]
    losses = [
        [10.0, 9.0, 4.0, 0.0, 8.0],
        [10.0, 5.0, 6.0, 0.0, 8.0],  # exactly half counts, and a later rise does not
        [1.0, 2.0, 3.0, 4.0, 5.0],  # never falls
    ]
    np.testing.assert_array_equal(still_falling(rates, losses), [3.0, 2.0, 1.0])


def test_steepest_finds_the_step_of_a_curve_that_falls_once() -> None:
    losses = np.where(np.arange(100) <= 40, 1.0, 0.5)
    assert steepest(RATES, losses[None]).tolist() == [RATES[40]]


def test_steepest_agrees_with_fastais_steps_one_seed_at_a_time() -> None:
    curves = noisy_curves()
    expected = []
    for curve in curves:
        rates, losses = as_lr_find(curve)
        expected.append(rates[np.argmin(np.diff(losses) / np.diff(np.log(rates)))])
    np.testing.assert_array_equal(steepest(RATES, curves), expected)
    assert len(set(expected)) > 3, "curves that all give the same rate show nothing"


def test_steepest_is_not_misled_by_the_way_back_from_an_explosion() -> None:
    losses = np.where(np.arange(100) <= 40, 1.0, 0.5)
    losses[70] = 1e6
    assert steepest(RATES, losses[None]).tolist() == [RATES[40]]


def test_valley_lies_half_way_along_a_curve_that_only_falls() -> None:
    losses = np.linspace(1, 0, 100)
    # Of the 85 losses that count from the tenth epoch on: -1 + 85 // 3 + 85 // 6
    assert valley(RATES, losses[None]).tolist() == [RATES[10 - 1 + 28 + 14]]


def test_valley_agrees_with_a_plain_loop_one_seed_at_a_time() -> None:
    curves = noisy_curves()
    expected = [valley_by_loop(*as_lr_find(curve)) for curve in curves]
    np.testing.assert_array_equal(valley(RATES, curves), expected)
    assert len(set(expected)) > 3, "curves that all give the same rate show nothing"


def test_valley_of_a_curve_that_never_falls_is_the_first_rate_that_counts() -> None:
    assert valley(RATES, np.linspace(0, 1e-3, 100)[None] + 1).tolist() == [RATES[10]]


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_divergence_late_in_the_sweep_changes_nothing(name: str, bad: float) -> None:
    curves = noisy_curves()
    diverged = curves.copy()
    diverged[:, 95:] = bad
    np.testing.assert_array_equal(RULES[name](RATES, diverged), RULES[name](RATES, curves))


@pytest.mark.parametrize("name", RULES)
def test_missing_losses_in_the_middle_are_passed_over(name: str) -> None:
    gap = DOCUMENTED.copy()
    gap[[20, 50]] = np.nan
    (found,) = RULES[name](RATES, gap[None])
    # two of a hundred losses less: at most one step of the sweep away
    assert found == pytest.approx(RULES[name](RATES, DOCUMENTED[None])[0], rel=0.13)


@pytest.mark.parametrize("name", RULES)
def test_a_seed_without_a_finite_loss_gets_nan_and_the_others_keep_theirs(name: str) -> None:
    losses = np.stack([DOCUMENTED, np.full(100, np.nan), np.full(100, np.inf), DOCUMENTED])
    found = RULES[name](RATES, losses)
    assert found.dtype == np.float64
    assert np.isnan(found).tolist() == [False, True, True, False]
    assert found[0] == found[3] == RULES[name](RATES, DOCUMENTED[None])[0]


def test_losses_below_zero_are_no_divergence() -> None:
    # four times the lowest loss says nothing where clipped cross-entropy runs away to -7190
    losses = np.where(np.arange(100) <= 40, 1.0, -7190.0)
    assert steepest(RATES, losses[None]).tolist() == [RATES[40]]

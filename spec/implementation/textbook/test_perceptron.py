"""The perceptron: what it learns, what it cannot, and how often it has to learn at most."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue
from nnspec.textbook.perceptron import fit, fit_all
from nnspec.textbook.perceptron_bound import margin, separating_direction, update_bound

CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
AND, XOR = np.array([0, 0, 0, 1]), np.array([0, 1, 1, 0])


def clouds(seed: int, features: int = 2, gap: float = 0.2) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return points on both sides of a plane through nowhere in particular, `gap` or more away from it."""
    rng = np.random.default_rng(seed)
    direction = rng.normal(size=features)
    direction /= np.linalg.norm(direction)
    x = rng.normal(size=(60, features))
    distance = x @ direction - 0.3
    return x + np.where(distance >= 0, gap, -gap)[:, None] * direction, (distance >= 0).astype(np.int64)


def test_every_update_is_rosenblatts_rule() -> None:
    found = fit([[2.0, -1.0]], [0], seed=0, learning_rate=0.5)
    # zero weights say class 1, so the inputs (2, -1, 1) are subtracted once, times one half
    assert found.weights.tolist() == [-1.0, 0.5]
    assert (found.bias, found.updates, found.errors_per_pass, found.converged) == (-0.5, 1, (1, 0), True)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("features", [1, 2, 5])
def test_separable_classes_are_learned_within_the_bound(seed: int, features: int) -> None:
    x, y = clouds(seed, features)
    found = fit(x, y, seed=seed, passes=2000)
    assert found.converged
    assert found.errors_per_pass[-1] == 0
    assert found.predict(x).tolist() == y.tolist()
    assert 0 < found.updates == sum(found.errors_per_pass) <= update_bound(x, y)


def test_the_learning_rate_only_stretches_weights_that_start_at_zero() -> None:
    x, y = clouds(3)
    one, half = fit(x, y, seed=4), fit(x, y, seed=4, learning_rate=0.5)
    # halving is exact in floating point
    np.testing.assert_array_equal(half.weights, one.weights / 2)
    assert half.errors_per_pass == one.errors_per_pass


def test_xor_is_never_learned() -> None:
    found = fit(CORNERS, XOR, seed=0, passes=50)
    assert not found.converged
    assert len(found.errors_per_pass) == 50
    assert min(found.errors_per_pass) > 0


def test_one_seed_gives_one_result_and_another_seed_another() -> None:
    x, y = clouds(5)
    one, same = (fit(x, y, seed=6, initial_deviation=0.1) for _ in range(2))
    np.testing.assert_array_equal(one.weights, same.weights)
    assert one.weights.tolist() != fit(x, y, seed=7, initial_deviation=0.1).weights.tolist()
    generator = np.random.default_rng(6)
    np.testing.assert_array_equal(one.weights, fit(x, y, seed=generator, initial_deviation=0.1).weights)


def one_by_one(x, y, seed: int, passes: int) -> tuple[list[float], list[int]]:
    """Return weights and errors a pass by the rule as it is printed, an example after the other."""
    rng, inputs = np.random.default_rng(seed), np.column_stack([x, np.ones(len(x))])
    weights, errors = rng.normal(0, 0.5, inputs.shape[1]), []
    while len(errors) < passes and 0 not in errors:
        errors.append(0)
        for example in rng.permuted(np.arange(len(inputs))):
            wrong = y[example] - (inputs[example] @ weights >= 0)
            weights, errors[-1] = weights + wrong * inputs[example], errors[-1] + abs(int(wrong))
    return weights.tolist(), errors


@pytest.mark.parametrize("own_data", [False, True])
def test_seeds_that_learn_together_learn_what_each_does_alone(own_data: bool) -> None:
    data = [clouds(seed if own_data else 3, features=3, gap=0.05) for seed in range(20)]
    found = fit_all(data if own_data else data[:1], seeds=range(20), passes=70, initial_deviation=0.5)
    assert len({len(one.errors_per_pass) for one in found}) > 1  # some are ready before others
    for seed, one in enumerate(found):
        weights, errors = one_by_one(*data[seed if own_data else 0], seed, 70)
        np.testing.assert_allclose([*one.weights, one.bias], weights, rtol=1e-12)
        assert list(one.errors_per_pass) == errors
        assert (one.updates, one.converged) == (sum(errors), errors[-1] == 0)
        alone = fit(*data[seed if own_data else 0], seed=seed, passes=70, initial_deviation=0.5)
        np.testing.assert_array_equal(alone.weights, one.weights)


@pytest.mark.parametrize(
    ("data", "seeds", "message"),
    [
        ([], [], r"data, seeds=\(0, 0\); expected data of every seed, or one pair for all"),
        ([([[0.0]], [0])], [], r"data, seeds=\(1, 0\)"),
        ([([[0.0]], [0])] * 3, [1, 2], r"data, seeds=\(3, 2\)"),
        ([([[0.0]], [0]), ([[0.0, 1.0]], [0])], [1, 2], "as many examples and features for every seed"),
        ([([[0.0]], [2])], [1], "labels 0 and 1"),
        ([([[0.0]], [0])], [-1], "seed=-1"),
    ],
)
def test_data_that_do_not_fit_the_seeds_are_refused(data, seeds, message) -> None:
    with pytest.raises(InvalidValue, match=message):
        fit_all(data, seeds=seeds)


def test_the_initial_weights_have_the_spread_that_is_asked_for() -> None:
    # a single example that is right at once leaves the initial weights as they are
    starts = [fit([[0.0]], [0], seed=seed, initial_deviation=0.5, passes=1) for seed in range(2000)]
    kept = [found.weights[0] for found in starts]
    # the standard deviation of 2000 draws is known to 0.5 / sqrt(4000) = 0.008; five times that
    assert np.std(kept) == pytest.approx(0.5, abs=0.04)


def test_every_pass_takes_the_examples_in_an_order_of_its_own() -> None:
    x, y = clouds(12)
    ends = {tuple(fit(x, y, seed=seed, passes=1).weights) for seed in range(5)}
    assert len(ends) > 1
    # were the order of the first pass kept, the same generator would not be asked a second time
    twice = np.random.default_rng(0)
    fit(CORNERS, XOR, seed=twice, passes=2)
    once = np.random.default_rng(0)
    fit(CORNERS, XOR, seed=once, passes=1)
    assert twice.random() != once.random()


def test_the_data_are_left_as_they_were() -> None:
    x, y = clouds(8)
    before = x.copy()
    fit(x, y, seed=0)
    np.testing.assert_array_equal(x, before)


def test_the_margin_of_two_points_is_half_their_distance() -> None:
    # (0, 1) and (2, 1) with the constant input turn into (0, -1) and (2, 1): nearest in between (1, 0)
    assert margin([[0.0], [2.0]], [0, 1], separating_direction([[0.0], [2.0]], [0, 1])) == pytest.approx(
        1 / np.sqrt(2), rel=1e-12
    )


def test_the_bound_counts_the_constant_input_in_radius_and_margin() -> None:
    # the farthest of the two points is (2, 1), R² = 5, and γ² = 1 / 2
    assert update_bound([[0.0], [2.0]], [0, 1]) == pytest.approx(10, rel=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_no_other_direction_has_a_larger_margin(seed: int) -> None:
    x, y = clouds(seed)
    best = separating_direction(x, y)
    assert np.linalg.norm(best) == pytest.approx(1, rel=1e-12)
    rng = np.random.default_rng(seed)
    others = best + rng.normal(size=(500, 3)) * np.logspace(-6, 0, 500)[:, None]
    # a margin is exact to the round-off of sums of three products
    assert max(margin(x, y, other) for other in others) <= margin(x, y, best) * (1 + 1e-9)


def test_the_margin_is_that_of_a_support_vector_machine() -> None:
    from sklearn.svm import LinearSVC

    x, y = clouds(9, gap=0.5)
    # squared hinge loss with a constant input and the bias penalised: the same problem but for C = ∞
    machine = LinearSVC(C=1e6, loss="squared_hinge", tol=1e-10, max_iter=1_000_000, random_state=0)
    machine.fit(x, y)
    theirs = margin(x, y, [*machine.coef_[0], machine.intercept_[0]])
    # a finite C leaves the constraints open by about 1 / C, relative to 1
    assert margin(x, y, separating_direction(x, y)) == pytest.approx(theirs, rel=1e-4)


def test_any_direction_that_separates_gives_a_bound_and_the_best_one_the_lowest() -> None:
    x, y = clouds(10)
    learned = fit(x, y, seed=0, passes=1000)
    bound = update_bound(x, y, [*learned.weights, learned.bias])
    assert bound >= update_bound(x, y) >= learned.updates


def test_the_bound_grows_as_the_classes_come_closer() -> None:
    wide, narrow = (update_bound(*clouds(11, gap=gap)) for gap in (0.5, 0.05))
    assert wide < narrow


@pytest.mark.parametrize("shift", [0.0, 1e6])
def test_classes_that_overlap_have_no_bound(shift: float) -> None:
    with pytest.raises(InvalidValue, match="y='classes that overlap or touch'; expected linearly separable"):
        update_bound(CORNERS + shift, XOR)
    with pytest.raises(InvalidValue, match="its margin is -"):
        update_bound(CORNERS, AND, [1.0, 1.0, -0.5])

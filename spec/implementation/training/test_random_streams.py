"""Every seed has its own shuffles and dropout masks, uniform and unrelated to those of others."""

import numpy as np
import pytest

from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.training.initial_weights import initializer_seed
from nnspec.training.shuffling import Shuffles
from nnspec.training.stacked import dropout_masks

ERROR_RATE = 1e-6  # of each test here; seeds are fixed, so they pass or fail for good


def test_every_order_is_a_permutation_and_no_two_epochs_or_seeds_share_one():
    orders = np.concatenate([Shuffles(seed, 50).epochs(20) for seed in range(20)])
    assert (np.sort(orders, axis=1) == np.arange(50)).all()
    assert len({tuple(order) for order in orders}) == len(orders)


def test_epochs_drawn_in_pieces_are_those_drawn_at_once():
    pieces = Shuffles(3, 30)
    in_pieces = np.concatenate([pieces.epochs(2), pieces.epochs(3)])
    np.testing.assert_array_equal(in_pieces, Shuffles(3, 30).epochs(5))


def test_every_example_comes_at_every_place_equally_often():
    from scipy.stats import chisquare

    orders = np.concatenate([Shuffles(seed, 10).epochs(100) for seed in range(200)])
    counts = np.array([np.bincount(orders[:, place], minlength=10) for place in range(10)])
    # rows and columns both add up to the number of orders, hence 81 degrees of freedom
    assert chisquare(counts.ravel(), ddof=100 - 1 - 81).pvalue > ERROR_RATE
    unshuffled = np.tile(np.arange(10), (20_000, 1))
    fixed = np.array([np.bincount(unshuffled[:, place], minlength=10) for place in range(10)])
    assert chisquare(fixed.ravel(), ddof=100 - 1 - 81).pvalue < ERROR_RATE


def test_shuffles_of_neighbouring_seeds_and_epochs_are_not_correlated():
    orders = np.stack([Shuffles(seed, 500).epochs(2) for seed in range(100)])
    ranks = (orders - orders.mean()) / orders.std()
    between_seeds = (ranks[:-1, 0] * ranks[1:, 0]).mean()
    between_epochs = (ranks[:, 0] * ranks[:, 1]).mean()
    # means of about 50,000 products of unrelated standardised numbers: five standard errors
    assert abs(between_seeds) < 5 / np.sqrt(99 * 500)
    assert abs(between_epochs) < 5 / np.sqrt(100 * 500)


def masks(seeds, rate=0.4, uses=1, features=8):
    tf, _ = tensorflow()
    ones = tf.ones((32, features, len(seeds)))
    keys = tf.constant(dropout_masks.keys(seeds))
    drawn = [dropout_masks.dropout(ones, rate, tf.constant(use, tf.uint32), keys, 2) for use in range(uses)]
    return np.stack([mask.numpy() for mask in drawn])


@pytest.mark.parametrize("rate", [0.1, 0.25, 0.5, 0.9])
def test_dropout_zeroes_its_share_and_keeps_the_mean(rate):
    drawn = masks(range(64), rate, uses=20)
    assert set(np.unique(drawn)) == {np.float32(0), np.float32(1 / (1 - rate))}
    spread = np.sqrt(rate * (1 - rate) / drawn.size)
    assert abs((drawn == 0).mean() - rate) < 5 * spread
    assert abs(drawn.mean() - 1) < 5 * spread / (1 - rate)


def test_masks_of_different_seeds_uses_units_and_examples_are_not_correlated():
    drawn = (masks(range(64), 0.5, uses=20) > 0) * 2.0 - 1
    for pairs in (
        drawn[..., :-1] * drawn[..., 1:],
        drawn[:-1] * drawn[1:],
        drawn[:, :, :-1] * drawn[:, :, 1:],
        drawn[:, :-1] * drawn[:, 1:],
    ):
        assert abs(pairs.mean()) < 5 / np.sqrt(pairs.size)


def test_a_mask_depends_on_the_seed_and_not_on_its_place_in_the_block():
    np.testing.assert_array_equal(masks([5, 9, 7])[..., 2], masks([7, 1])[..., 0])


def test_initializer_seeds_differ_between_seeds_shapes_and_occurrences():
    drawn = [
        initializer_seed(seed, shape, occurrence)
        for seed in range(300)
        for shape in ((2, 4), (4, 4), (4, 2))
        for occurrence in range(2)
    ]
    assert len(set(drawn)) == len(drawn)
    assert all(0 <= seed < 2**32 for seed in drawn)


def test_both_layouts_drop_the_same_units():
    tf, _ = tensorflow()
    keys = tf.constant(dropout_masks.keys(range(5)))
    counter = tf.constant(3, tf.uint32)
    last = dropout_masks.dropout(tf.ones((32, 8, 5)), 0.4, counter, keys, seeds_axis=2).numpy()
    first = dropout_masks.dropout(tf.ones((5, 32, 8)), 0.4, counter, keys, seeds_axis=0).numpy()
    np.testing.assert_array_equal(last.transpose(2, 0, 1), first)

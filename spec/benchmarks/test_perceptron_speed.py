"""How long a seed of the perceptron takes for its passes over blobs, and scikit-learn's for as many."""

from importlib import metadata
from statistics import median

import pytest

from nnspec import Blobs
from nnspec.textbook.perceptron import fit_all
from spec.benchmarks.interleaved import timed
from spec.benchmarks.sizes import NAME, SIZE

pytestmark = pytest.mark.speed

PASSES, SEEDS = 20, SIZE.perceptron_seeds
OVERLAPPING = Blobs(centers=((-1.0, 0.0), (1.0, 0.0)), n_samples=1000)  # so that no pass is the last


def test_the_time_of_the_perceptron(benchmark):
    """scikit-learn's is compiled code that learns from one seed, ours learns from all of them in NumPy."""
    from sklearn.linear_model import Perceptron

    data = OVERLAPPING.arrays()
    theirs_seconds, ours_seconds = [], []

    def theirs():
        peer = Perceptron(max_iter=PASSES, tol=None, random_state=len(theirs_seconds))
        theirs_seconds.append(timed(peer.fit, data.x_train, data.y_train)[0])

    def ours():
        first = SEEDS * len(ours_seconds)
        pairs, seeds = [(data.x_train, data.y_train)], range(first, first + SEEDS)
        seconds, found = timed(fit_all, pairs, seeds=seeds, passes=PASSES)
        assert {len(one.errors_per_pass) for one in found} == {PASSES}
        ours_seconds.append(seconds / SEEDS)

    benchmark.group = f"perceptron, {PASSES} passes over 1000 points, {SEEDS} seeds"
    benchmark.pedantic(ours, setup=theirs, rounds=SIZE.rounds)
    ratios = [their / our for our, their in zip(ours_seconds, theirs_seconds, strict=True)]
    benchmark.extra_info.update(
        peer="scikit-learn's Perceptron",
        group=benchmark.group,
        size=NAME,
        unit="seconds per seed",
        ours=ours_seconds,
        theirs=theirs_seconds,
        ratios=ratios,
        ratio=median(ratios),
        seeds=SEEDS,
        versions={name: metadata.version(name) for name in ("numpy", "scikit-learn")},
    )

"""How long the perceptron takes for its passes over blobs, and scikit-learn's for as many."""

from importlib import metadata
from statistics import median

import pytest

from nnspec import Blobs
from nnspec.textbook.perceptron import fit
from spec.benchmarks.interleaved import timed
from spec.benchmarks.sizes import NAME, SIZE

pytestmark = pytest.mark.speed

PASSES = 20
OVERLAPPING = Blobs(centers=((-1.0, 0.0), (1.0, 0.0)), n_samples=1000)  # so that no pass is the last


def test_the_time_of_the_perceptron(benchmark):
    """scikit-learn's is compiled code, ours is for reading; that it is slower is no secret."""
    from sklearn.linear_model import Perceptron

    data = OVERLAPPING.arrays()
    theirs_seconds, ours_seconds = [], []

    def theirs():
        peer = Perceptron(max_iter=PASSES, tol=None, random_state=len(theirs_seconds))
        theirs_seconds.append(timed(peer.fit, data.x_train, data.y_train)[0])

    def ours():
        seconds, found = timed(fit, data.x_train, data.y_train, seed=len(ours_seconds), passes=PASSES)
        assert len(found.errors_per_pass) == PASSES
        ours_seconds.append(seconds)

    benchmark.group = f"perceptron, {PASSES} passes over 1000 points"
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
        seeds=1,
        versions={name: metadata.version(name) for name in ("numpy", "scikit-learn")},
    )

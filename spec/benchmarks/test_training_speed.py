"""How much cheaper a seed is in the stacked engine than in `model.fit`, both in one interleaved run."""

from functools import partial

import pytest

from spec.benchmarks.comparison import compare
from spec.benchmarks.interleaved import Contender
from spec.benchmarks.peers.keras_fit import KerasFitAnew
from spec.benchmarks.peers.stacked import Stacked
from spec.benchmarks.sizes import FULL, SIZE
from spec.documents.tf_classification.recipes import MODEL_7

pytestmark = pytest.mark.speed

SEEDS = min(256, SIZE.circles_seeds)
ROUNDS = min(5, SIZE.rounds)


def test_a_stacked_seed_costs_a_thousandth_of_fit(benchmark):
    """Circles, 4-4-1, 100 epochs: one seed by `model.fit` before every round of 256 seeds at once.

    Compilation is apart for both: the stacked program is compiled before the first round, and of
    `model.fit` the time of `fit` alone counts, whose tracing of a second or so stays in, since every seed
    pays it anew.
    """
    recipe = MODEL_7.with_epochs(SIZE.circles_epochs)
    stacked, fit = partial(Stacked, recipe, SEEDS), partial(KerasFitAnew, recipe)
    with Contender(stacked) as ours, Contender(fit) as theirs:
        compare(
            benchmark,
            ours,
            theirs,
            group="training speed",
            peer="model.fit, traced for every seed",
            rounds=ROUNDS,
        )
    if SIZE is FULL:
        assert benchmark.extra_info["ratio"] >= 1000

"""How much cheaper a seed is in the stacked engine than in `model.fit`, both in one interleaved run."""

import time
from importlib import metadata
from statistics import median

from nnspec import Adam, Circles, Dense, Recipe, train

SEEDS = 256
CIRCLES_4_4_1 = Recipe(
    Circles(n_samples=1000, noise=0.03, random_state=42),
    [Dense(4, "relu"), Dense(4, "relu"), Dense(1, "sigmoid")],
    "binary_crossentropy",
    Adam(0.001),
    epochs=100,
)


def test_a_stacked_seed_costs_a_thousandth_of_fit(benchmark):
    """Circles, 4-4-1, 100 epochs: one seed by `model.fit` before every round of 256 seeds at once.

    Compilation is apart for both: the stacked program is compiled before the first round, and of
    `model.fit` the time of `fit` alone counts, whose tracing of a second or so stays in, since every seed
    pays it anew.
    """
    started = time.perf_counter()
    train(CIRCLES_4_4_1, [0])
    with_compilation = time.perf_counter() - started
    fit_seconds: list[float] = []

    def fit_one_seed():
        fit_seconds.append(train(CIRCLES_4_4_1, [len(fit_seconds)], engine="keras").seconds)

    benchmark.pedantic(train, args=(CIRCLES_4_4_1, range(SEEDS)), setup=fit_one_seed, rounds=5)
    stacked_seconds = [seconds / SEEDS for seconds in benchmark.stats.stats.data]
    ratios = [fit / stacked for fit, stacked in zip(fit_seconds, stacked_seconds, strict=True)]
    benchmark.extra_info.update(
        ratio=median(ratios),
        ratios=ratios,
        fit_seconds_per_seed=fit_seconds,
        stacked_seconds_per_seed=stacked_seconds,
        first_call_seconds=with_compilation,
        versions={name: metadata.version(name) for name in ("tensorflow", "keras", "numpy")},
    )
    assert median(ratios) >= 1000

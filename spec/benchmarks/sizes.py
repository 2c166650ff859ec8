"""How much every benchmark does, in one place: `full` for figures, `smoke` to see that everything runs.

`NNSPEC_BENCHMARK_SIZE=smoke pytest spec/benchmarks` chooses; full is the default.
"""

import os
from dataclasses import dataclass

from nnspec.basics.errors import one_of


@dataclass(frozen=True)
class Size:
    """Rounds, and per benchmark the seeds of a round and the epochs of a training.

    `their_…` are those of the peers, which take so long for a seed that fewer tell as much; where they
    train fewer epochs, both sides are stated per epoch.
    """

    rounds: int
    circles_seeds: int
    circles_epochs: int
    jax_seeds: int
    quantiles_seeds: int
    quantiles_epochs: int
    their_quantiles_epochs: int
    moons_seeds: int
    moons_epochs: int
    their_moons_epochs: int
    small_images_seeds: int
    images_seeds: int
    reviews_seeds: int
    growth_seeds: tuple[int, ...]
    growth_epochs: int
    two_cores_seeds: int
    perceptron_seeds: int
    tasks: int
    matrix_side: int
    copied_mebibytes: int


FULL = Size(
    rounds=7,
    circles_seeds=1024,
    circles_epochs=100,
    jax_seeds=256,
    quantiles_seeds=256,
    quantiles_epochs=500,
    their_quantiles_epochs=50,
    moons_seeds=64,
    moons_epochs=5000,
    their_moons_epochs=250,
    small_images_seeds=32,
    images_seeds=8,
    reviews_seeds=8,
    growth_seeds=(64, 256, 1024, 4096, 16384),
    growth_epochs=50,
    two_cores_seeds=2048,
    perceptron_seeds=256,
    tasks=2000,
    matrix_side=2048,
    copied_mebibytes=512,
)
SMOKE = Size(
    rounds=2,
    circles_seeds=8,
    circles_epochs=2,
    jax_seeds=8,
    quantiles_seeds=8,
    quantiles_epochs=4,
    their_quantiles_epochs=2,
    moons_seeds=4,
    moons_epochs=20,
    their_moons_epochs=5,
    small_images_seeds=2,
    images_seeds=2,
    reviews_seeds=2,
    growth_seeds=(8, 128),
    growth_epochs=2,
    two_cores_seeds=128,
    perceptron_seeds=8,
    tasks=20,
    matrix_side=256,
    copied_mebibytes=16,
)
_SIZES = {"full": FULL, "smoke": SMOKE}
NAME = one_of("NNSPEC_BENCHMARK_SIZE", os.environ.get("NNSPEC_BENCHMARK_SIZE", "full"), _SIZES)
SIZE = _SIZES[NAME]

"""How time and memory grow with the number of seeds."""

from contextlib import ExitStack
from functools import partial
from itertools import pairwise
from statistics import median

import pytest

from nnspec.machine.process import available_cores
from spec.benchmarks.comparison import versions
from spec.benchmarks.interleaved import Contender, interleaved
from spec.benchmarks.peers.stacked import Stacked
from spec.benchmarks.sizes import NAME, SIZE
from spec.documents.tf_classification.recipes import MODEL_7

pytestmark = pytest.mark.speed

RECIPE = MODEL_7.with_epochs(SIZE.growth_epochs)


def test_the_time_of_a_seed_over_the_number_of_seeds(benchmark):
    """Every number of seeds in a process of its own, whose peak memory is its own too, in turn.

    `extra_info` has `seconds_per_seed`, the rounds by number of seeds, and `peak_memory_mib` and
    `memory_at_start_mib`, the most that a process held in the end and before it trained anything.
    """
    benchmark.group = f"growth with the seeds, circles 4-4-1, {RECIPE.epochs} epochs"
    with ExitStack() as stack:
        contenders = {
            seeds: stack.enter_context(Contender(partial(Stacked, RECIPE, seeds, in_process=True)))
            for seeds in SIZE.growth_seeds
        }
        *smaller, largest = contenders.values()
        interleaved(benchmark, largest, *smaller, rounds=SIZE.rounds)
        peaks = {seeds: contender.peak_memory() for seeds, contender in contenders.items()}
    rounds = {seeds: [r.seconds_per_seed for r in c.rounds] for seeds, c in contenders.items()}
    medians = {seeds: median(found) for seeds, found in rounds.items()}
    benchmark.extra_info.update(
        group=benchmark.group,
        size=NAME,
        unit="seconds per seed",
        epochs=RECIPE.epochs,
        seconds_per_seed=rounds,
        medians=medians,
        steps=[medians[more] / medians[fewer] for fewer, more in pairwise(medians)],
        peak_memory_mib=peaks,
        memory_at_start_mib={seeds: c.memory_at_start for seeds, c in contenders.items()},
        compile_seconds=largest.compile_seconds,
        cores=available_cores(),
        versions=versions(largest),
    )
    assert all(len(found) == len(rounds[max(rounds)]) for found in rounds.values())

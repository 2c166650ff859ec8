"""What a second worker is worth on every backend, and what handing out a task costs."""

from functools import partial
from statistics import median

import pytest

from nnspec.machine.process import available_cores
from nnspec.workers.backends import BACKENDS
from spec.benchmarks.comparison import compare, versions
from spec.benchmarks.interleaved import Contender
from spec.benchmarks.peers.spread_over import SpreadOver, TasksWithoutWork
from spec.benchmarks.peers.stacked import Stacked
from spec.benchmarks.sizes import NAME, SIZE
from spec.documents.tf_classification.recipes import MODEL_7

pytestmark = pytest.mark.speed

RECIPE = MODEL_7.with_epochs(SIZE.circles_epochs)
MODULES = {"dask": "distributed"}
MANY = 1000  # workers that one scheduler would have to keep busy


@pytest.mark.skipif(available_cores() < 2, reason="one core is all there is")
@pytest.mark.parametrize("backend", BACKENDS)
def test_the_worth_of_a_second_worker(benchmark, backend, installed):
    """The same seeds on two workers and on one that has one core."""
    installed(MODULES.get(backend))
    seeds = SIZE.two_cores_seeds
    two, one = (partial(SpreadOver, RECIPE, seeds, backend, workers) for workers in (2, 1))
    group = f"two workers of {backend}, circles 4-4-1, {RECIPE.epochs} epochs, {seeds} seeds"
    with Contender(two) as ours, Contender(one, cores=1) as theirs:
        ratios = compare(benchmark, ours, theirs, group=group, peer="one worker")
    assert all(ratio > 0 for ratio in ratios)


@pytest.mark.parametrize("backend", ["loky", "dask"])
def test_what_a_task_costs(benchmark, backend, installed):
    """Tasks without work against blocks of 64 seeds with it, and where one scheduler would saturate.

    A scheduler that takes `task_seconds` for a task keeps `block_seconds / task_seconds` workers busy, if
    its time does not depend on their number; `seeds_for_1000` is how many seeds a block would need for
    a thousand workers.
    """
    installed(MODULES.get(backend))
    benchmark.group = f"a task of {backend}, circles 4-4-1, {RECIPE.epochs} epochs"
    one_core = partial(Stacked, RECIPE, 64, in_process=True)
    with Contender(partial(TasksWithoutWork, RECIPE, SIZE.tasks, backend)) as tasks:
        with Contender(one_core, cores=1) as block:
            for _ in range(SIZE.rounds):
                block.round()
        benchmark.pedantic(tasks.round, rounds=SIZE.rounds)
        task = median(found.seconds_per_seed for found in tasks.rounds)
        seed = median(found.seconds_per_seed for found in block.rounds)
        benchmark.extra_info.update(
            group=benchmark.group,
            size=NAME,
            seeds=SIZE.tasks,
            task_seconds=task,
            block_seconds=64 * seed,
            workers_kept_busy=64 * seed / task,
            seeds_for_1000=MANY * task / seed,
            versions=versions(tasks, block),
        )
    assert task > 0

"""How close to the machine's limit the wide network 784-128-10 is trained."""

from functools import partial
from statistics import median

import pytest

from nnspec import Recipe
from spec.benchmarks.comparison import aside, versions
from spec.benchmarks.interleaved import Contender, interleaved
from spec.benchmarks.peers.numpy_machine import NumpyMachine
from spec.benchmarks.peers.stacked import Stacked
from spec.benchmarks.sizes import NAME, SIZE
from spec.documents.multilayer_perceptrons.recipes import PLAIN_TODAY

pytestmark = pytest.mark.speed


def test_the_share_of_the_machines_throughput_that_a_wide_network_reaches(benchmark, present):
    """An epoch of 784-128-10 and, before every round of it, the machine's own products and copies.

    Nothing but matrix products counts as work, and all that `train` does as time: drawing the orders,
    gathering the batches, Adam, which reads and writes four numbers per weight and step, and the
    evaluation. `shares` are those of the small products, `shares_of_large` those of the large ones.
    """
    recipe = PLAIN_TODAY.with_epochs(1).with_(validation_data=None)
    present(recipe)
    seeds = SIZE.images_seeds
    benchmark.group = f"the machine's limit, Fashion-MNIST 784-128-10, an epoch, {seeds} seeds"
    with Contender(partial(Stacked, recipe, seeds)) as ours, Contender(NumpyMachine) as machine:
        interleaved(benchmark, ours, machine, rounds=SIZE.rounds)
        peak = ours.peak_memory()
    measured = aside(machine.rounds)
    reached = [operations(recipe) / found.seconds_per_seed / 1e9 for found in ours.rounds]
    shares = [ours / small for ours, small in zip(reached, measured["small_gflops"], strict=True)]
    of_large = [ours / large for ours, large in zip(reached, measured["large_gflops"], strict=True)]
    benchmark.extra_info.update(
        group=benchmark.group,
        size=NAME,
        seeds=seeds,
        seconds_per_seed=[found.seconds_per_seed for found in ours.rounds],
        machine=measured,
        reached_gflops=reached,
        shares=shares,
        share=median(shares),
        shares_of_large=of_large,
        compile_seconds=ours.compile_seconds,
        peak_memory_mib={"ours": peak},
        versions=versions(ours, machine),
    )
    assert all(gflops > 0 for gflops in reached)


def operations(recipe: Recipe) -> float:
    """Return the additions and multiplications of all matrix products of an epoch and the evaluation.

    In training there are two products for the first layer, whose inputs need no gradient, and three
    for the others; evaluation takes one for each, over the training and the test part.
    """
    from nnspec.training.shapes import kernel_shapes

    data = recipe.data.arrays()
    entries = [inputs * units for inputs, units in kernel_shapes(recipe)]
    training = 2 * entries[0] + 3 * sum(entries[1:])
    evaluated = len(data.x_train) + len(data.x_test)
    return 2.0 * (len(data.x_train) * training * recipe.epochs + evaluated * sum(entries))

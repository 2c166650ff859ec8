"""The engine that trains all seeds at once: `fit` with a seeds axis, as one compiled program."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.recipes.recipe import Recipe
from nnspec.runs.runs import Runs, concatenate
from nnspec.training.initial_weights import initial_kernels
from nnspec.training.model_fit import keras_optimizer
from nnspec.training.shuffling import Shuffles
from nnspec.training.stacked import dropout_masks
from nnspec.training.stacked.program import StackedProgram
from nnspec.training.stacked.program_key import ProgramOf, program_key
from nnspec.training.stacked.stacking import stacking

Progress = Callable[[float], None]


def train(recipe: Recipe, seeds: Sequence[int], progress: Progress = lambda _: None) -> Runs:
    """Train the recipe for every seed, a block of seeds at a time, and return the runs.

    Blocks have a fixed size and are filled up with repeated seeds, so that what one seed gives
    depends on nothing but the recipe and the seed. `progress` is called with the number of seeds
    done, in fractions while a block is trained.
    """
    size = block_size(recipe)
    parts: list[Runs] = []
    for start in range(0, len(seeds), size):
        block = list(seeds[start : start + size])
        parts.append(_train_block(recipe, block, size, _within(progress, start, len(block))))
    return concatenate(parts)


def _within(progress: Progress, start: int, seeds: int) -> Progress:
    return lambda share: progress(start + share * seeds)


def block_size(recipe: Recipe) -> int:
    """Return how many seeds are trained together."""
    return stacking(recipe).block_size


def _train_block(recipe: Recipe, seeds: list[int], size: int, progress: Progress) -> Runs:
    tf, keras = tensorflow()
    padded = seeds + seeds[:1] * (size - len(seeds))
    program = _program(ProgramOf(recipe), size)
    rates = recipe.learning_rates or (float(keras_optimizer(recipe).learning_rate),) * recipe.epochs
    program.start(recipe.data.arrays(), initial_kernels(recipe, padded), dropout_masks.keys(padded))
    started = time.perf_counter()
    histories: list[dict[str, NDArray[np.float32]]] = []
    for first, number, orders in _orders(padded, program, recipe.epochs):
        histories.append(program.epochs(orders, rates[first : first + number]))
        progress((first + number) / recipe.epochs)
    metrics = program.evaluate()
    seconds = time.perf_counter() - started
    keep = slice(len(seeds))
    return Runs(
        recipe=recipe,
        seeds=np.asarray(seeds, np.int64),
        history={k: np.concatenate([h[k] for h in histories], axis=1)[keep] for k in histories[0]},
        metrics={k: v[keep] for k, v in metrics.items()},
        weights=tuple(w[keep] for w in program.weights()),
        provenance={"engine": "stacked", "keras": keras.__version__, "tensorflow": tf.__version__},
        seconds=seconds * len(seeds) / size,
    )


def _orders(seeds: list[int], program: StackedProgram, epochs: int) -> Any:
    """Yield (first epoch, number of epochs, orders), drawn on a second core while the first trains."""
    shuffles = [Shuffles(seed, program.examples) for seed in seeds]
    starts = range(0, epochs, program.epochs_per_call)
    numbers = [min(program.epochs_per_call, epochs - first) for first in starts]
    if program.steps == 1:  # in a batch of all examples their order makes no difference
        any_order = program.batches(np.zeros((len(seeds), 0, program.examples), np.int64))
        yield from ((first, number, any_order) for first, number in zip(starts, numbers, strict=True))
        return

    drawn = np.empty((len(seeds), max(numbers), program.examples), np.int64)  # one for all draws

    def draw(number: int) -> NDArray[np.int32]:
        for orders, shuffle in zip(drawn, shuffles, strict=True):
            shuffle.epochs(number, out=orders[:number])
        return program.batches(drawn[:, :number])

    with ThreadPoolExecutor(1) as second_core:
        ahead = second_core.submit(draw, numbers[0])
        for index, first in enumerate(starts):
            orders = ahead.result()
            if index + 1 < len(numbers):
                ahead = second_core.submit(draw, numbers[index + 1])
            yield first, numbers[index], orders


@functools.lru_cache(maxsize=64)
def _program(key: ProgramOf, size: int) -> StackedProgram:
    program = StackedProgram(key.recipe, size)
    program.compile()
    return program


def home(recipe: Recipe) -> int:
    """Return a number that recipes have in common which share a compiled program."""
    return hash(program_key(recipe))


def programs() -> int:
    """Return how many programs this process has compiled; their memory is freed when it ends."""
    return _program.cache_info().misses

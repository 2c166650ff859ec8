"""A process of its own in which the stacked engine's programs are compiled quickly."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor

from nnspec import Runs, train
from spec.implementation.conftest import UNOPTIMISED

TRAININGS = 40  # after which another process takes the place of one that has 30 megabytes of each


def _settle() -> None:
    os.environ["XLA_FLAGS"] = UNOPTIMISED


@contextlib.contextmanager
def training_apart() -> Iterator[Callable[..., Runs]]:
    """Give `train` of a process that ends afterwards; XLA has other settings there, which it reads once."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, spawn, _settle, max_tasks_per_child=TRAININGS) as pool:
        yield lambda *asked: pool.submit(train, *asked).result()

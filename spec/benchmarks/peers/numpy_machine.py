"""What the machine itself can do: matrix products and copying memory, by NumPy."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from nnspec.machine.process import available_cores
from spec.benchmarks.interleaved import Round, timed
from spec.benchmarks.sizes import SIZE

_SECONDS = 0.2  # how long the small products are repeated, about


class NumpyMachine:
    """Throughput of float32 products and of copies, as much as all cores give together.

    Aside stand `small_gflops`, products of (32, 784) and (784, 128) on every core at once,
    `large_gflops`, products of two large matrices on all cores, and `copied_gigabytes`, read and
    written a second, by large copies on every core at once.
    """

    libraries = ("numpy",)

    def __init__(self) -> None:
        rng = np.random.default_rng(0)
        self._cores = available_cores()
        shapes = [(32, 784), (784, 128), (SIZE.matrix_side,) * 2, (SIZE.matrix_side,) * 2]
        arrays = [rng.uniform(-1, 1, shape).astype(np.float32) for shape in shapes]
        self._small, self._large = arrays[:2], arrays[2:]
        number = SIZE.copied_mebibytes * 2**20 // 4 // self._cores
        self._copies = [
            (np.ones(number, np.float32), np.ones(number, np.float32)) for _ in range(self._cores)
        ]
        self._repetitions = 1

    def compile(self) -> float:
        """Find how often a small product has to be repeated; nothing is compiled."""
        seconds, _ = timed(self._products, 100)
        self._repetitions = max(1, round(100 * _SECONDS / seconds))
        self._products(1)
        self._large[0] @ self._large[1]
        return 0.0

    def train(self, number: int) -> Round:
        """Measure everything once."""
        with ThreadPoolExecutor(self._cores) as pool:
            small, _ = timed(lambda: list(pool.map(self._products, [self._repetitions] * self._cores)))
            copy, _ = timed(lambda: list(pool.map(lambda pair: np.copyto(*pair), self._copies)))
        large, _ = timed(np.matmul, *self._large)
        small_operations = 2 * 32 * 784 * 128 * self._repetitions * self._cores
        moved = 2 * sum(target.nbytes for target, _ in self._copies)
        aside = {
            "small_gflops": small_operations / small / 1e9,
            "large_gflops": 2 * SIZE.matrix_side**3 / large / 1e9,
            "copied_gigabytes": moved / copy / 1e9,
        }
        return Round(small + copy + large, aside=aside)

    def _products(self, repetitions: int) -> None:
        from threadpoolctl import threadpool_limits

        left, right = self._small
        result = np.empty((len(left), right.shape[1]), np.float32)
        with threadpool_limits(1):  # the threads here are one for every core already
            for _ in itertools.repeat(None, repetitions):
                np.matmul(left, right, out=result)

"""nnspec itself: all seeds of a round at once, on every core, as `nnspec verify` trains them."""

from __future__ import annotations

from nnspec import Recipe, train
from nnspec.runs.runs import Runs
from nnspec.workers.pool import Workers
from spec.benchmarks.interleaved import Round, timed


class Stacked:
    """The stacked engine. Its time holds all that `train` does, the evaluation of all parts included.

    Each core has a worker process that trains blocks of seeds, unless other `workers` are given. With
    `in_process` blocks are trained one after another in this process, whose memory is then that of a
    training. With `further_epoch` every round is trained once more for an epoch more; what that takes
    longer, which is an epoch and nothing else, stands aside, for all seeds.
    """

    libraries = ("tensorflow", "keras", "nnspec")
    engine = "stacked"

    def __init__(
        self,
        recipe: Recipe,
        seeds: int,
        further_epoch: bool = False,
        in_process: bool = False,
        workers: Workers | None = None,
    ) -> None:
        if in_process:
            from nnspec.machine.tensorflow_setup import tensorflow

            tensorflow()
        self._recipe, self._seeds, self._further_epoch = recipe, seeds, further_epoch
        self._workers = None if in_process else workers or Workers()
        recipe.data.arrays()

    def compile(self) -> float:
        """Train an epoch twice and return what the first time took longer."""
        first, again = (timed(self._train, 0, 1)[0] for _ in range(2))
        return max(0.0, first - again)

    def train(self, number: int) -> Round:
        """Train the seeds of a round."""
        seconds, runs = timed(self._train, number, self._recipe.epochs)
        if runs.provenance["engine"] != self.engine:
            raise ValueError(f"engine={runs.provenance!r}; expected {self.engine}")
        aside = {}
        if self._further_epoch:
            longer, _ = timed(self._train, number, self._recipe.epochs + 1)
            aside["further_epoch_seconds"] = longer - seconds
        return Round(seconds, self._seeds, self._recipe.epochs, tuple(map(float, runs.accuracy)), aside)

    def close(self) -> None:
        """End the workers."""
        if self._workers is not None:
            self._workers.close()

    def _train(self, number: int, epochs: int) -> Runs:
        recipe = self._recipe.with_epochs(epochs)
        seeds = range(number * self._seeds, (number + 1) * self._seeds)
        if self._workers is None:
            return train(recipe, seeds)
        return self._workers.train(recipe, seeds, "stacked", lambda _: None)

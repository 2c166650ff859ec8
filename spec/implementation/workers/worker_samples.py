"""What workers are given to do: a small recipe, and experiments that draw, sleep or end their process."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

from nnspec import Adam, Circles, Dataset, Dense, Experiment, Recipe, StraightLine

RECIPE = Recipe(Circles(100), [Dense(2, "relu"), Dense(1, "sigmoid")], "binary_crossentropy", Adam(), 3)


def ignored(done):
    """Take note of nothing."""


@dataclass(frozen=True)
class Draw(Experiment):
    """An experiment that no engine trains."""

    data: Dataset = field(default_factory=StraightLine)

    def outcome(self, seed):
        """Return the seed itself, and which process this is."""
        return {"seed": seed, "process": os.getpid()}


@dataclass(frozen=True)
class Kills(Experiment):
    """An experiment that ends its process as a machine does that has run out of memory, so many times."""

    file: str
    times: int
    data: Dataset = field(default_factory=StraightLine)

    def outcome(self, seed):
        """Return the seed where nothing is left to end."""
        file = Path(self.file)
        ended = len(file.read_text()) if file.exists() else 0
        if ended < self.times:
            file.write_text("x" * (ended + 1))
            os.kill(os.getpid(), signal.SIGKILL)
        return {"seed": seed}


@dataclass(frozen=True)
class Sleeps(Experiment):
    """An experiment that takes as long as it is told."""

    seconds: float
    data: Dataset = field(default_factory=StraightLine)

    def outcome(self, seed):
        """Return the seed after so many seconds."""
        time.sleep(self.seconds)
        return {"seed": seed}

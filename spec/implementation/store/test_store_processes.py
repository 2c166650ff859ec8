"""The store under parallel processes, as `pytest -n 2` makes them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TWO_AT_ONCE = """
import sys, time
from pathlib import Path
import numpy as np
from nnspec import SGD, Dense, Recipe, Runs, StraightLine
from nnspec.store.store import Store

folder, me, other = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
recipe = Recipe(StraightLine(), [Dense(1)], "mae", SGD(), epochs=2, metrics=[])

def train():
    with (folder / "trained").open("a") as file:
        file.write(me + "\\n")
    time.sleep(0.3)  # long enough for the other process to come to the door
    return Runs(recipe, np.array([4, 11]), {}, {"loss": np.float32([len(me), 2])}, (), {"by": me})

(folder / f"{me} is ready").touch()
while not (folder / f"{other} is ready").exists():
    time.sleep(0.005)
runs, was_there = Store(folder / "store").runs(recipe, [4, 11], "stacked", train)
print(was_there, runs.provenance["by"], runs.metrics["loss"].tolist())
"""


def test_two_processes_at_once_train_once(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    names = ("one", "another")
    processes = [
        subprocess.Popen(  # noqa: S603  # our own interpreter and code
            [sys.executable, "-c", TWO_AT_ONCE, str(tmp_path), *order],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for order in (names, names[::-1])
    ]
    told = [process.communicate(timeout=60)[0].split(maxsplit=1) for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sorted(was_there for was_there, _ in told) == ["False", "True"]
    assert told[0][1] == told[1][1]
    assert len((tmp_path / "trained").read_text().splitlines()) == 1

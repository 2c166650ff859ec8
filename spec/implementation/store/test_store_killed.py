"""`nnspec verify` killed at random moments: nothing finished is lost, nothing half-written is believed.

NNSPEC_KILLS=50 pytest -s on this file kills more often and prints the counts.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nnspec.store.upkeep import survey
from spec.implementation.conftest import UNOPTIMISED

KILLS = int(os.environ.get("NNSPEC_KILLS", "5"))
CLAIMS = "".join(
    f"test_{n} = declare('claim-{n}', recipe({share}, {n + 2}), verdict='{verdict}')\n"
    for n, (share, verdict) in enumerate([(1.0, "holds"), (0.5, "refuted"), (0.9, "undecided")] * 6)
)
REALLY_TRAINED = """
def two_epochs(runs):
    "It was trained for two epochs."
    return (runs.loss < 9e9) & (runs.recipe.epochs == 2)

""" + "".join(
    f"test_{n} = declare('claim-{n}', recipe({n}.1, 2), two_epochs, counterfactual=recipe({n}.1, 3))\n"
    for n in range(4)
)
# entries of megabytes, so that many kills hit a writer
SLOW = "weights = (np.ones((len(seeds), 2, 1), np.float32), np.ones((len(seeds), 8000), np.float32))"


def started(project: Any, store: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  # our own interpreter and code
        [sys.executable, "-m", "nnspec", "verify", "--report=", *arguments],
        cwd=project.path,
        env=os.environ | {"NNSPEC_STORE": str(store), "XLA_FLAGS": UNOPTIMISED},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def entries(store: Path) -> set[str]:
    """Return the entries of a store, all of them verified."""
    found = survey(store, whole=True)
    assert [entry.problem for entry in found if entry.facts is None] == []
    return {entry.path.name for entry in found}


def claims_of(path: Path) -> list[dict[str, Any]]:
    """Return what was found, without times and how much of it was stored already."""
    found = json.loads(path.read_text())["claims"]
    changing = {"training_seconds", "seeds_trained", "cached", "seconds"}
    return [{name: value for name, value in claim.items() if name not in changing} for claim in found]


def killed_often(project: Any, kills: int, trained: Callable[[], int]) -> int:
    """Kill runs, compare with one that is not, and return how many left a half-written entry behind.

    `trained` counts the blocks that have been trained, of which a run that begins to train makes more.
    """
    store, whole = project.path / "killed", project.path / "whole"
    before = time.monotonic()
    assert started(project, whole, "--results=whole.json").wait(600) == 0
    seconds, wanted = time.monotonic() - before, entries(whole)
    moments, killed, writing, known = random.Random(0), 0, 0, set[str]()  # noqa: S311  # no secret
    for _ in range(20 * kills):
        if killed == kills:
            break
        process = started(project, store, "--results=killed.json")
        deadline, done = time.monotonic() + 600, trained()
        # every second one is killed at any moment, the others soon after they began to train
        if killed % 2 == 0:
            time.sleep(moments.uniform(0, seconds))
        else:
            while process.poll() is None and trained() == done:
                assert time.monotonic() < deadline
                time.sleep(0.001)
            time.sleep(moments.uniform(0, seconds / 10))
        os.killpg(process.pid, signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        writing += bool(list(store.glob("*.partial")))
        found = entries(store) if store.exists() else set()
        assert known <= found <= wanted
        known = found
        if known == wanted:
            for path in store.iterdir():
                path.unlink()
            known = set()
    assert killed == kills
    assert started(project, store, "--results=killed.json").wait(600) == 0
    assert entries(store) == wanted
    assert list(store.glob("*.partial")) == []
    assert claims_of(project.path / "killed.json") == claims_of(project.path / "whole.json")
    return writing


def test_killed_runs_lose_nothing_that_was_finished_and_end_like_an_uninterrupted_one(project: Any) -> None:
    project.declare(CLAIMS)
    project.stand_in_for_workers()
    conftest = project.path / "conftest.py"
    text = conftest.read_text()
    start = text.index("    weights = (")
    conftest.write_text(text[:start] + f"    {SLOW}\n" + text[text.index("    return Runs(") :])
    writing = killed_often(project, KILLS, lambda: len(project.trainings))
    assert len(claims_of(project.path / "whole.json")) == 18
    print(f"{KILLS} runs killed, {writing} of them with a half-written entry left behind")


def test_the_same_where_worker_processes_really_train(project: Any) -> None:
    project.declare(REALLY_TRAINED)
    store, kills = project.path / "killed", max(1, KILLS // 5)
    killed_often(project, kills, lambda: len(list(store.glob("*.npz"))))
    print(f"{kills} runs killed that really trained")

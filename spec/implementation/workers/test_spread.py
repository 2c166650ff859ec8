"""Blocks of seeds on joblib's processes and on a Dask cluster of two real workers, killed and joined late."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnspec import Adam, Circles, Dense, InvalidValue, Recipe, train
from nnspec.commands.exit_codes import WRONG_USAGE
from nnspec.workers import block
from nnspec.workers import pool as workers
from nnspec.workers.backends import Dask, Loky
from nnspec.workers.pool import ClusterLost, Workers

RECIPE = Recipe(Circles(100), [Dense(2, "relu"), Dense(1, "sigmoid")], "binary_crossentropy", Adam(), 3)
# in a worker: what is trained is made up, takes a while, and says which process did it
PRELOAD = """
import os, time
from pathlib import Path
import numpy as np
from nnspec.training import Runs
from nnspec.workers import block

def stand_in(recipe, seeds, engine):
    folder = Path(os.environ["NNSPEC_TEST_FOLDER"])
    (folder / f"begun {os.getpid()} {seeds[0]}").touch()
    while recipe.epochs > 3 and not (folder / "go on").exists():  # long trainings wait for the test
        time.sleep(0.02)
    yes = (np.asarray(seeds) * 37 % 100) / 100 < (recipe.optimizer.learning_rate or 0.5) - 1e-6
    accuracy = np.where(yes, 0.9, 0.1).astype(np.float32)
    (folder / f"done {os.getpid()} {seeds[0]}").touch()
    metrics = {"loss": np.ones(len(seeds), np.float32), "accuracy": accuracy}
    return Runs(recipe, np.asarray(seeds), {}, metrics, (), {"engine": "made up"}, 0.5)

block.train = stand_in
"""


def ignored(done: float) -> None:
    """Take note of nothing."""


def until(what: Callable[[], Any], seconds: float = 240.0) -> Any:
    """Wait for something to be true."""
    deadline = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return found


class Cluster:
    """A scheduler and workers on this machine, each in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "preload.py").write_text(PRELOAD)
        self.processes: list[subprocess.Popen[bytes]] = []
        (folder / "dask").mkdir()
        self.scheduler = self._start(
            "scheduler", "--host=127.0.0.1", "--port=0", "--scheduler-file=scheduler.json"
        )
        until((folder / "scheduler.json").exists)
        until(lambda: (folder / "scheduler.json").read_text().strip().endswith("}"))

    @property
    def address(self) -> str:
        """The address of the scheduler."""
        return str(json.loads((self.folder / "scheduler.json").read_text())["address"])

    def worker(self) -> subprocess.Popen[bytes]:
        """Start one more worker."""
        options = ["--nthreads=1", "--no-nanny", "--no-dashboard", "--preload=preload.py"]
        return self._start("worker", "--scheduler-file=scheduler.json", "--local-directory=dask", *options)

    def close(self) -> None:
        """End all processes."""
        for process in self.processes:
            process.kill()
            process.wait()

    def told(self, what: str) -> set[str]:
        """Return which processes have begun, or done, a block, by their ids."""
        return {path.name.split()[1] for path in self.folder.glob(f"{what} *")}

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(  # noqa: S603  # our own interpreter and code
            [sys.executable, "-W", "ignore", "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]],
            cwd=self.folder,
            env=os.environ | {"NNSPEC_TEST_FOLDER": str(self.folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.processes.append(process)
        return process


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    pytest.importorskip("distributed")
    found = Cluster(tmp_path)
    yield found
    found.close()


@contextmanager
def connected(cluster: Cluster) -> Iterator[Workers]:
    pool = Workers(Dask(cluster.address))
    try:
        yield pool
    finally:
        pool.close()


pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of distributed's own imports
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # connections to processes that were killed
]


def test_a_worker_that_is_killed_or_joins_late_changes_nothing(cluster: Cluster) -> None:
    first = cluster.worker()
    recipe = RECIPE.with_epochs(10)
    with connected(cluster) as pool:
        for start in range(0, 8 * 64, 64):
            pool.ahead(recipe, range(start, start + 64), "stacked")
        until(lambda: cluster.told("begun"))
        late = cluster.worker()
        until(lambda: cluster.told("begun") == {str(first.pid), str(late.pid)})
        first.send_signal(signal.SIGKILL)
        (cluster.folder / "go on").touch()
        found = [pool.train(recipe, range(s, s + 64), "stacked", ignored) for s in range(0, 8 * 64, 64)]
    assert np.concatenate([runs.seeds for runs in found]).tolist() == list(range(8 * 64))
    assert cluster.told("done") == {str(late.pid)}


def test_where_the_scheduler_is_gone_what_was_finished_is_there_and_the_rest_is_told(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_SECONDS_LOST", 1.0)
    cluster.worker()
    with connected(cluster) as pool:
        assert len(pool.train(RECIPE, range(64), "stacked", ignored)) == 64
        pool.ahead(RECIPE.with_epochs(1000), range(64), "stacked")
        cluster.scheduler.kill()
        with pytest.raises(ClusterLost) as caught:
            pool.train(RECIPE.with_epochs(1000), range(64), "stacked", ignored)
        assert f"backend='dask at {cluster.address}'; expected a backend that answers; " in str(caught.value)
        assert "what was finished is kept" in str(caught.value)
        started = time.monotonic()
        with pytest.raises(ClusterLost):
            pool.train(RECIPE.with_epochs(999), range(64), "stacked", ignored)
        assert time.monotonic() - started < 60


def test_verify_on_a_cluster_gives_the_local_verdicts(all_kinds: Any, cluster: Cluster) -> None:
    cluster.worker(), cluster.worker()
    assert all_kinds.nnspec("verify", "--results=local.json", "--report=") == 0
    (all_kinds.path / "store").rename(all_kinds.path / "local")
    arguments = ["verify", "--results=cluster.json", "--report=", f"--cluster={cluster.address}"]
    assert all_kinds.nnspec(*arguments) == 0
    names = ("verdict", "seeds", "successes", "interval", "values", "counterfactual")
    local, spread_out = (
        {key: [claim[name] for name in names] for key, claim in all_kinds.read(f"{where}.json").items()}
        for where in ("local", "cluster")
    )
    assert spread_out == local
    assert len(cluster.told("done")) >= 1


def test_a_worker_with_other_versions_is_refused(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster.worker()
    monkeypatch.setattr(block, "engine_version", lambda: "another")
    with connected(cluster) as pool, pytest.raises(InvalidValue, match="install the same nnspec"):
        pool.train(RECIPE, range(3), "stacked", ignored)


def test_joblibs_processes_give_the_bits_of_this_one_and_one_that_is_killed_is_replaced() -> None:
    pool = Workers(Loky(1))
    try:
        found = pool.train(RECIPE, range(3), "stacked", ignored)
        expected = train(RECIPE, range(3))
        for ours, theirs in zip(found.weights, expected.weights, strict=True):
            np.testing.assert_array_equal(ours, theirs)
        pool.ahead(RECIPE.with_epochs(4), range(3), "stacked")
        (pid,) = pool._executor._processes  # type: ignore[attr-defined]
        os.kill(pid, signal.SIGKILL)
        assert pool.train(RECIPE.with_epochs(4), range(3), "stacked", ignored).seeds.tolist() == [0, 1, 2]
    finally:
        pool.close()


def grown(megabytes: int) -> int:
    """Keep so much memory, in a worker, and return which process it is."""
    sys.grown = os.urandom(10**6) * megabytes  # type: ignore[attr-defined]
    time.sleep(1.1)  # its memory is looked at once a second
    return os.getpid()


def test_one_of_joblibs_processes_that_has_grown_is_replaced_as_compiled_programs_are_never_freed() -> None:
    pool = Loky(1)
    try:
        first, same, last = (pool.start().submit(grown, size).result(60) for size in (1, 400, 1))
        assert first == same != last
    finally:
        pool.close()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--backend=slurm"], "backend='slurm'; expected one of dask, loky, processes"),
        (["--backend=dask"], "cluster=None; expected the address of a Dask scheduler"),
        (["--backend=loky", "--cluster=tcp://localhost:1"], "backend='loky'; expected dask"),
        (["--cluster=nowhere"], "cluster='nowhere'; expected the address of a Dask scheduler"),
        (["--cluster=tcp://127.0.0.1:1"], "cluster='tcp://127.0.0.1:1'; expected the address"),
        (["--max-memory=much"], "max_memory='much'; expected a size such as 500MB or 4GB"),
        (["--max-memory=10MB"], "max_memory='10MB'; expected at least 2 GB"),
        (["--max-memory=1.8GB"], "max_memory='1.8GB'; expected at least 2 GB"),
    ],
)
def test_a_backend_that_is_not_there_is_wrong_usage(
    all_kinds: Any,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    sentence: str,
) -> None:
    monkeypatch.setattr("nnspec.workers.backends._SECONDS_TO_CONNECT", 1)
    assert all_kinds.nnspec("verify", *arguments) == WRONG_USAGE
    said = capsys.readouterr()
    assert sentence in said.err
    assert said.err.count("\n") == 1

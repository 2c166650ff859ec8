"""Backends of training: processes of one's own, joblib's loky, and a Dask cluster that is there already."""

from __future__ import annotations

import re
from concurrent.futures import Executor
from typing import Any

from nnspec.basics.errors import InvalidValue, one_of
from nnspec.workers.pool import Workers

_ADDRESS = re.compile(r"(?:[a-z]+://)?(?:[^\s/:]+|\[[0-9a-fA-F:.]+\]):(\d{1,5})")
BACKENDS = ("processes", "loky", "dask")
_SECONDS_TO_CONNECT = 10


class Loky:
    """joblib's processes on this machine."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.name = f"loky with {workers} workers"

    def start(self) -> Executor:
        """Return joblib's executor, a new one where the last one is broken."""
        from joblib.externals.loky import get_reusable_executor

        # compiled programs are worth keeping for as long as a run lasts
        executor: Executor = get_reusable_executor(max_workers=self.workers, timeout=3600)
        return executor

    def answers(self) -> bool:
        """Return that this machine is there."""
        return True

    def close(self) -> None:
        """End the processes."""
        self.start().shutdown(kill_workers=True)  # type: ignore[call-arg]  # loky's own


class Dask:
    """The workers of a Dask scheduler, whose address is `tcp://host:port`.

    Raises
    ------
    InvalidValue
        If distributed is not installed, or no scheduler answers there.
    """

    def __init__(self, address: str) -> None:
        self.name = f"dask at {address}"
        try:
            from distributed import Client
        except ImportError:
            remedy = 'pip install -e ".[cluster]"'
            raise InvalidValue("backend", "dask", "distributed to be installed", remedy) from None
        try:
            self._client: Any = Client(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            remedy = " ".join(str(error).split())[:200]
            expected = "the address of a Dask scheduler, such as tcp://127.0.0.1:8786"
            raise InvalidValue("cluster", address, expected, remedy) from None
        self.workers = max(1, len(self._client.scheduler_info(n_workers=-1)["workers"]))

    def start(self) -> Executor:
        """Return an executor of the cluster, whose workers may come and go."""
        executor: Executor = self._client.get_executor(pure=False)
        return executor

    def answers(self) -> bool:
        """Return whether the scheduler is connected."""
        return bool(self._client.status == "running")

    def close(self) -> None:
        """Leave the cluster as it is."""
        self._client.close(timeout=_SECONDS_TO_CONNECT)


def backend(name: str | None, cluster: str | None) -> str:
    """Return the name of the backend that is asked for.

    Raises
    ------
    InvalidValue
        If there is no such backend, a cluster is named for another one than dask, dask has none, or it has no
        host and port.
    """
    chosen = one_of("backend", name or ("dask" if cluster else "processes"), BACKENDS)
    if chosen == "dask" and not cluster:
        remedy = "--cluster tcp://host:8786"
        raise InvalidValue("cluster", cluster, "the address of a Dask scheduler", remedy)
    if cluster and not ((match := _ADDRESS.fullmatch(cluster)) and 0 < int(match[1]) < 2**16):
        expected = "the address of a Dask scheduler, such as tcp://127.0.0.1:8786"
        raise InvalidValue("cluster", cluster, expected, "it needs a host and a port")
    if cluster and chosen != "dask":
        raise InvalidValue("backend", chosen, "dask, because a cluster is named", "leave one of them out")
    return chosen


def spread(name: str, cluster: str | None, workers: int) -> Workers:
    """Return what trains on the workers of a Dask cluster, or on so many of joblib's.

    Raises
    ------
    InvalidValue
        If distributed is not installed, or no scheduler answers.
    """
    return Workers(Dask(cluster) if name == "dask" and cluster else Loky(workers))

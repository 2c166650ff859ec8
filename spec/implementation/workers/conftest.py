"""Pools of one and of two worker processes."""

import pytest

from nnspec.workers.own_processes import OwnProcesses
from nnspec.workers.pool import Workers


@pytest.fixture(scope="module")
def two():
    """Return two workers, which end with the module."""
    pool = Workers(OwnProcesses(2))
    yield pool
    pool.close()


@pytest.fixture
def one():
    """Return a single worker and the pool around it."""
    processes = OwnProcesses(1)
    pool = Workers(processes)
    yield pool, processes.processes[0]
    pool.close()

"""Loads the plugin of nnspec, and what its own tests need to run pytest inside pytest."""

import compileall
import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from nnspec.machine.process import available_cores

pytest_plugins = ["nnspec.pytest_plugin", "pytester", "spec.implementation.stored_pages"]


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Let plain `pytest`, which is the whole suite, take all cores, as `-n` does; `-n0` and files take one.

    Half of the tests wait for other processes, and what one process compiles for all would fill its memory.
    """
    is_whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    is_one = config.option.collectonly or config.option.usepdb or "PYTEST_XDIST_WORKER" in os.environ
    is_one = is_one or getattr(config.option, "nnspec_time", None)  # several processes cannot share a time
    if is_whole and not is_one and getattr(config.option, "numprocesses", 0) is None:
        config.option.numprocesses, config.option.dist = available_cores(), "worksteal"
        # hundreds of processes import it, and each would compile it where Python is to write nothing
        compileall.compile_dir(Path(__file__).parent / "nnspec", quiet=2)


def pytest_sessionstart() -> None:
    """Let a process of xdist have a core of its own, where there are as many as cores.

    What a test starts has as many workers as it sees cores, and each of them imports TensorFlow.
    """
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "0"))
    if processes >= available_cores() > 1 and hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        own = int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw"))
        os.sched_setaffinity(0, {cores[own % len(cores)]})


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Look for no garbage in what is collected: all of it lasts, and a tenth of the time went into that."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()

"""Loads the plugin of nnspec, and what its own tests need to run pytest inside pytest."""

import os

import pytest

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
        config.option.numprocesses, config.option.dist = len(os.sched_getaffinity(0)), "worksteal"

"""Plain `pytest` takes all cores; whoever asks for files, for one process or for no run at all gets one."""

import importlib.util
import os
from types import SimpleNamespace

import pytest

from spec.folders import ROOT

SOURCES = pytest.Config.ArgsSource
CORES = len(os.sched_getaffinity(0))


def asked(source=SOURCES.TESTPATHS, **options):
    """Return with how many processes and how distributed the suite is run."""
    options = {"collectonly": False, "usepdb": False, "numprocesses": None, "dist": "no"} | options
    found = SimpleNamespace(**options)
    spec = importlib.util.spec_from_file_location("conftest_of_the_suite", ROOT / "conftest.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.pytest_cmdline_main(SimpleNamespace(args_source=source, option=found))
    return found.numprocesses, found.dist


def test_the_whole_suite_takes_all_cores(monkeypatch):
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    assert asked() == (CORES, "worksteal")


@pytest.mark.parametrize(
    ("source", "options", "found"),
    [
        (SOURCES.ARGS, {}, (None, "no")),
        (SOURCES.TESTPATHS, {"numprocesses": 0}, (0, "no")),
        (SOURCES.TESTPATHS, {"nnspec_time": "10min"}, (None, "no")),
        (SOURCES.TESTPATHS, {"numprocesses": 3, "dist": "load"}, (3, "load")),
    ],
)
def test_who_asks_for_something_else_gets_that(monkeypatch, source, options, found):
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    assert asked(source, **options) == found


def test_a_process_of_xdist_starts_no_others(monkeypatch):
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw0")
    assert asked() == (None, "no")

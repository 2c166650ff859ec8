"""Plain `pytest` takes all cores; whoever asks for files, for one process or for no run at all gets one."""

import importlib.util
import os
from types import SimpleNamespace

import pytest

from nnspec.machine.process import available_cores
from spec.folders import ROOT

SOURCES = pytest.Config.ArgsSource
CORES = available_cores()


def conftest():
    spec = importlib.util.spec_from_file_location("conftest_of_the_suite", ROOT / "conftest.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def asked(source=SOURCES.TESTPATHS, **options):
    """Return with how many processes and how distributed the suite is run."""
    options = {"collectonly": False, "usepdb": False, "numprocesses": None, "dist": "no"} | options
    found = SimpleNamespace(**options)
    conftest().pytest_cmdline_main(SimpleNamespace(args_source=source, option=found))
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


@pytest.mark.parametrize(
    ("number", "processes", "cores", "found"),
    [("gw1", 2, {4, 7}, [{7}]), ("gw2", 3, {4, 7}, [{4}]), ("gw1", 2, {0, 1, 2}, []), ("gw0", 2, {3}, [])],
)
def test_a_process_of_xdist_has_a_core_of_its_own_where_they_take_all(
    monkeypatch, number, processes, cores, found
):
    taken = []
    monkeypatch.setenv("PYTEST_XDIST_WORKER", number)
    monkeypatch.setenv("PYTEST_XDIST_WORKER_COUNT", str(processes))
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: cores)
    monkeypatch.setattr(os, "sched_setaffinity", lambda process, chosen: taken.append(chosen))
    conftest().pytest_sessionstart()
    assert taken == found


def test_who_takes_no_other_processes_keeps_all_cores(monkeypatch):
    monkeypatch.delenv("PYTEST_XDIST_WORKER_COUNT", raising=False)
    monkeypatch.setattr(os, "sched_setaffinity", lambda process, chosen: pytest.fail("a core is chosen"))
    conftest().pytest_sessionstart()

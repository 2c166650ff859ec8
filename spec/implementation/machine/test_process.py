"""How many cores a process may use, on systems that say so and on those that do not."""

from __future__ import annotations

import os

import pytest

from nnspec.machine.process import available_cores


def test_the_cores_that_a_process_may_use_are_counted_and_not_all_of_the_machine(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {3, 5}, raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 64)
    assert available_cores() == 2


@pytest.mark.parametrize(("counted", "found"), [(8, 8), (None, 1)])
def test_where_the_system_does_not_say_as_on_macos_all_cores_are_taken(monkeypatch, counted, found):
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: counted)
    assert available_cores() == found

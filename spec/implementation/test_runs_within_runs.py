"""A run of pytest inside another one takes nothing away from the process."""

from __future__ import annotations

import sys

IMPORTS = """
import sys
from {module} import Finder

def test_imports():
    sys.meta_path.append(Finder())
"""


class Finder:
    """A finder of modules that finds none."""

    def find_spec(self, name, path=None, target=None):
        """Find nothing."""


def test_what_finds_packages_for_a_module_that_stays_stays_too(project, monkeypatch):
    # as importlib_metadata does it: its own finder comes in, and Python's own one finds packages no more
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    before = list(sys.meta_path)
    project.declare(IMPORTS.format(module=__name__))
    project.pytest("spec").assert_outcomes(passed=1)
    added = [one for one in sys.meta_path if one not in before]
    assert [type(one) for one in added] == [Finder]


def test_a_finder_of_the_project_goes_with_the_project(project, monkeypatch):
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    before = list(sys.meta_path)
    (project.path / "own_finder.py").write_text("class Finder:\n    find_spec = lambda *given: None\n")
    monkeypatch.syspath_prepend(project.path)
    project.declare(IMPORTS.format(module="own_finder"))
    project.pytest("spec").assert_outcomes(passed=1)
    assert sys.meta_path == before

"""What makes a run of pytest inside another one slow, done once for all of them.

Every run reads the entry points of all that is installed a dozen times, parses pytest's own files for a
traceback that nobody sees, and looks for garbage twice among the objects of this process, of which
TensorFlow alone has a million. None of it is what the tests are about.
"""

from __future__ import annotations

import ast
import functools
import importlib.metadata

import pytest
from _pytest._code import source as sources

# plugins that are installed for other tests take a second to import, or ask git who one is
ADDOPTS = "--import-mode=importlib -p no:hypothesispytest -p no:benchmark"


@functools.cache
def _with_plugins() -> list[importlib.metadata.Distribution]:
    """Return what is installed and brings plugins of pytest."""
    found = importlib.metadata.distributions()
    return [one for one in found if one.entry_points.select(group="pytest11")]


@functools.cache
def _parsed(text: str) -> ast.AST:
    return ast.parse(text, "source", "exec")


def hasten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the runs of a test do without."""
    with_plugins, original = _with_plugins(), sources.getstatementrange_ast

    def statement_range(
        line: int, source: sources.Source, assertion: bool = False, astnode: ast.AST | None = None
    ) -> tuple[ast.AST, int, int]:
        return original(line, source, assertion, astnode or _parsed(str(source)))

    monkeypatch.setattr("importlib.metadata.distributions", lambda: with_plugins)
    monkeypatch.setattr("_pytest._code.code.getstatementrange_ast", statement_range)
    monkeypatch.setattr("_pytest.unraisableexception.gc_collect_harder", lambda iterations: None)

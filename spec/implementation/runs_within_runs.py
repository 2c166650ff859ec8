"""What a run of pytest inside another one must not take away, and what makes it slow.

pytester forgets the modules that are first imported inside of it. Compiled ones, NumPy's among them,
cannot be imported a second time, so they stay here, and with them what they added to the finders of
modules: importlib_metadata, which Dask needs, takes the place of Python's own finder of packages, so
that without its addition no package would be known to this process any more.

Every run reads the entry points of all that is installed a dozen times, parses pytest's own files for a
traceback that nobody sees, and looks for garbage twice among the objects of this process, of which
TensorFlow alone has a million. None of it is what the tests are about.
"""

from __future__ import annotations

import ast
import functools
import importlib.metadata
import sys
from pathlib import Path

import pytest
from _pytest._code import source as sources
from _pytest.assertion.rewrite import AssertionRewritingHook
from _pytest.pytester import SysModulesSnapshot, SysPathsSnapshot

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


def forget_modules_in(folder: Path) -> None:
    """Forget the modules of a project, so that the next one of the same name is imported anew."""
    for name, module in sys.modules.copy().items():  # a thread may import meanwhile
        if str(getattr(module, "__file__", "")).startswith(str(folder)):
            del sys.modules[name]


def keep_imported(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let a run forget the modules in the folder alone, and keep the finders that others added."""
    original = SysPathsSnapshot.restore

    def restore(self: SysPathsSnapshot) -> None:
        before = list(sys.meta_path)
        original(self)
        # a rewriter of assertions belongs to the run that is over
        new = [one for one in before if one not in sys.meta_path]
        new = [one for one in new if not isinstance(one, AssertionRewritingHook)]
        sys.meta_path.extend(one for one in new if _module_of(one) in sys.modules)

    monkeypatch.setattr(SysPathsSnapshot, "restore", restore)
    monkeypatch.setattr(SysModulesSnapshot, "restore", lambda self: forget_modules_in(folder))


def _module_of(finder: object) -> str:
    return (finder if isinstance(finder, type) else type(finder)).__module__


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

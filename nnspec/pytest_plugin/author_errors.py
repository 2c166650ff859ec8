"""Errors in an author's code, told in two lines: what went wrong, and the line of the author where it did."""

from __future__ import annotations

import inspect
import linecache
import re
import sysconfig
import textwrap
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nnspec.basics.error_text import text_of
from nnspec.basics.errors import InvalidValue
from nnspec.basics.nearest import suggestion
from nnspec.claims.declarations import claim, fact
from nnspec.recipes.experiment import SEED

_PACKAGE = Path(__file__).parents[1]
_FOREIGN = [_PACKAGE, *map(Path, set(sysconfig.get_paths().values()))]
_OF_FILES = (SyntaxError, ImportError)  # what pytest hides in an error of its own
_FRAME = re.compile(r'^\s*File "([^"]+)", line (\d+), in ', re.MULTILINE)


def author_line(error: BaseException, root: Path, below: str = "") -> str:
    """Return file, line and text of the innermost line of an author's code that took part; empty if none.

    `below` is a file: what was called before it is left out.
    """
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return shown(error.filename, error.lineno, root)
    frames = [(frame.filename, frame.lineno or 1) for frame in traceback.extract_tb(error.__traceback__)]
    last = max((place for place, (file, _) in enumerate(frames) if file == below), default=-1)
    # in another process it was raised where its traceback has been kept as text
    texts = [*getattr(error, "__notes__", []), "" if (cause := error.__cause__) is None else text_of(cause)]
    elsewhere = [(file, int(line)) for text in texts for file, line in _FRAME.findall(text)]
    for file, line in reversed(frames[last + 1 :] + elsewhere):
        if _is_the_authors(Path(file), root):
            return shown(file, line, root)
    return ""


def seed_of(error: BaseException) -> str:
    """Return for which seed an outcome went wrong, with brackets; empty if it is not known."""
    notes = [note for note in getattr(error, "__notes__", []) if note.startswith(SEED)]
    return f" ({notes[0]})" if notes else ""


def _is_the_authors(path: Path, root: Path) -> bool:
    return root in path.parents and not any(folder in path.parents for folder in _FOREIGN)


def raised_by_nnspec(error: BaseException, below: str) -> bool:
    """Tell whether nnspec's own code, called by the file `below` or by what that called, took part."""
    files = [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
    called = files[len(files) - files[::-1].index(below) :] if below in files else files
    return not called or any(_PACKAGE in Path(file).parents for file in called)


def shown(file: str, line: int, root: Path) -> str:
    """Return a line of a file with its place, as one follows it from a terminal."""
    path = Path(file)
    text = textwrap.shorten(linecache.getline(file, line), 100, placeholder=" …")
    return f"{path.relative_to(root) if root in path.parents else path}:{line}: {text}"


def collection_error(excinfo: pytest.ExceptionInfo[BaseException], root: Path, *, everything: bool) -> str:
    """Return which line of which file could not be imported, and what is wrong with it.

    A wrong value is told of whatever file; of other errors, unless `everything` is told, pytest tells itself,
    and the answer is empty.
    """
    error = excinfo.value
    if isinstance(error, InvalidValue):
        return _declaration_error(excinfo, root)
    if isinstance(error, pytest.Collector.CollectError) and isinstance(error.__cause__, _OF_FILES):
        error = error.__cause__
    elif isinstance(error, pytest.Collector.CollectError):
        return ""
    if not everything or not (place := author_line(error, root)):
        return ""
    text = error.msg if isinstance(error, SyntaxError) else " ".join(text_of(error).split())
    meant = _meant(error)
    return f"{place}\n  {type(error).__name__}: {text}" + (f"; {meant}" if meant else "")


def _meant(error: BaseException) -> str:
    """Return which argument of `claim` or `fact` was probably meant by one that they do not have."""
    wrong = re.search(r"\b(claim|fact)\(\) got an unexpected keyword argument '(\w+)'", text_of(error))
    if wrong is None:
        return ""
    declares: Callable[..., Any] = claim if wrong[1] == "claim" else fact
    names = [*inspect.signature(declares).parameters]
    return suggestion(wrong[2], names, f"it has {', '.join(names)}")


def _declaration_error(excinfo: pytest.ExceptionInfo[BaseException], root: Path) -> str:
    for entry in reversed(excinfo.traceback):
        path = Path(entry.path)
        # the line of a module names the claim, which a function that it calls may not do
        if entry.frame.code.name == "<module>" and root in path.parents:
            statement = textwrap.shorten(str(entry.statement), 100, placeholder=" …")
            return f"{path.relative_to(root)}:{entry.lineno + 1}: {statement}\n  {excinfo.value}"
    return str(excinfo.value)

"""What a module has declared: a list in the module itself, so that no claim is lost without a word."""

from __future__ import annotations

import inspect
import sys
from dataclasses import dataclass
from types import FrameType

from nnspec.basics.errors import InvalidValue

_LIST = "__nnspec_declared__"


@dataclass(frozen=True, eq=False)
class Declared:
    """A claim or fact, what it is called in messages, and the line of the module that declared it."""

    item: object
    name: str
    file: str
    line: int


def note(item: object, name: str) -> None:
    """Add a declaration to the list of the module that is being imported.

    A module is found by its frame, not by where the predicate was written: a function elsewhere may
    declare claims for it. What a test or a program declares while it runs is in no list.
    """
    frame = importing(name)
    if frame is not None and frame.f_globals.get("__name__") != "__main__":
        declared = frame.f_globals.setdefault(_LIST, [])
        declared.append(Declared(item, name, frame.f_code.co_filename, frame.f_lineno))


def declared_in(module: object) -> list[Declared]:
    """Return what was declared while this module was imported, in its order."""
    found: list[Declared] = vars(module).get(_LIST, [])
    return found


def importing(name: str) -> FrameType | None:
    """Return the frame of the module that is being imported, for a declaration of this name.

    Raises
    ------
    InvalidValue
        If a class stands between: its claims would be methods, which nothing calls with an object.
    """
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_code.co_name != "<module>":
        of_a_function = frame.f_code.co_flags & inspect.CO_OPTIMIZED
        if not of_a_function and "__qualname__" in frame.f_locals:
            where = f"class {frame.f_locals['__qualname__']}"
            raise InvalidValue(
                f"{name}: place", where, "a function of the module", "move it out of the class"
            )
        frame = frame.f_back
    return frame

"""Reads what code does and the values that it holds, into a hash.

Followed are functions, classes and values that the code names, through all modules of the author; of
libraries it is their version.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import importlib.util
import os
import re
import types
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from nnspec.basics.own_modules import is_own, is_own_class, library_version, module_of, stands_in_its_module
from nnspec.basics.read_names import BY_NAME, OF_FILES, OUTSIDE, all_names, read_names
from nnspec.basics.values import NotFollowed, held_by

_PLAIN = (type(None), bool, int, float, complex, str, bytes, type(...), type(NotImplemented))
# what Python adds to a class, which says nothing or is told by the rest
_NOT_READ = {
    *("__annotate__", "__annotate_func__", "__annotations__", "__annotations_cache__", "__abstractmethods__"),
    *("_abc_impl", "__dict__", "__firstlineno__", "__module__", "__slotnames__"),
    *("__static_attributes__", "__weakref__"),
}
_SINGLE_DISPATCH = functools.singledispatch(lambda one: one).__code__  # type: ignore[attr-defined]
_OF_DISPATCH = ("_clear_cache", "dispatch", "register")  # all but its registry
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


class ReadingOfCode:
    """Hashes values one after another; what may change and was met before is told by its number."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._met: dict[int, tuple[int, object]] = {}  # with the values, so that no number is used twice
        self.unseen: dict[str, None] = {}  # what may change without the hash, by its name
        self.of_files: dict[str, None] = {}  # what finds out about files that nobody sees

    @property
    def all_seen(self) -> bool:
        """Whether all that was added is told by the hash, files aside."""
        return not self.unseen

    def digest(self) -> str:
        """Return the hash of all that was added."""
        return self._hash.hexdigest()

    def met(self) -> list[object]:
        """Return all that may change and was met, but for what sets hold."""
        return [value for _, value in self._met.values()]

    def add(self, value: Any) -> None:
        """Add a value of any kind."""
        kind = type(value)
        if kind in _PLAIN:
            self._tell(kind.__name__, value if kind is bytes else repr(value))
            return
        if kind is tuple:  # whether two equal ones are one object is the compiler's choice
            self._all("tuple", value)
            return
        if id(value) in self._met and kind not in (types.CodeType, frozenset):
            self._tell("again", str(self._met[id(value)][0]))
            return
        self._met[id(value)] = len(self._met), value
        if kind is list:
            self._all("list", value)
        elif kind is dict:
            self._all("dict", [part for item in value.items() for part in item])
        elif kind in (set, frozenset):
            self._tell(kind.__name__, *sorted(map(self._alone, value)))
        elif kind is types.CodeType:
            self._code(value)
        elif kind is types.FunctionType:
            self._function(value)
        elif issubclass(kind, type):
            self._class(value)
        elif issubclass(kind, types.ModuleType):
            self._module(value, set())
        elif kind is np.ndarray and not value.dtype.hasobject:
            self._tell("array", str(value.dtype), str(value.shape), np.ascontiguousarray(value).tobytes())
        else:
            self._object(value)

    def _tell(self, *parts: str | bytes) -> None:
        for part in parts:
            told = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
            self._hash.update(f"{len(told)}:".encode() + told)

    def _all(self, name: str, values: Iterable[Any]) -> None:
        values = list(values)
        self._tell(name, str(len(values)))
        for value in values:
            self.add(value)

    def _code(self, code: types.CodeType) -> None:
        counts = (code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_flags)
        self._tell("code", repr(counts), code.co_code, getattr(code, "co_exceptiontable", b""))
        self._tell(repr((code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars)))
        self.unseen |= dict.fromkeys(name for name in code.co_names if name in OUTSIDE)
        self.of_files |= dict.fromkeys(name for name in code.co_names if name in OF_FILES)
        self._all("constants", code.co_consts)

    def _function(self, function: types.FunctionType) -> None:
        self._tell("function", str(function.__module__), function.__qualname__)
        if function is os.getenv:
            self.unseen["getenv"] = None
        own = is_own(function.__module__)
        if not own:
            self._tell(library_version(function.__module__))
            if stands_in_its_module(function):
                return
        if own:
            self._code(function.__code__)
        self._all("defaults", [function.__defaults__, function.__kwdefaults__, function.__doc__])
        dispatches = function.__code__ is _SINGLE_DISPATCH
        for name, value in sorted(vars(function).items()):
            if not dispatches or name not in _OF_DISPATCH:
                self._all(name, [value])
        for cell in () if dispatches else function.__closure__ or ():  # which has what it has found so far
            try:
                self.add(cell.cell_contents)
            except ValueError:
                self._tell("empty")
        if not own:
            return
        names, imports = read_names(function.__code__)
        attributes = all_names(function.__code__)
        for name in sorted(names & function.__globals__.keys()):
            self._tell(name)
            self._named(function.__globals__[name], attributes)
        for name, level in imports:
            package = str(function.__globals__.get("__package__") or "")
            self._imported("." * level + name, package, attributes)

    def _named(self, value: Any, attributes: set[str]) -> None:
        if issubclass(type(value), types.ModuleType):
            self._module(value, attributes)
        else:
            self.add(value)

    def _imported(self, name: str, package: str, attributes: set[str]) -> None:
        """Add a module that a function imports when it is called."""
        try:
            full = importlib.util.resolve_name(name, package)
            self._tell("import", full)
            # as the call will do; of a library the version is enough
            if is_own(full):
                self._module(importlib.import_module(full), attributes)
            else:
                self._tell(library_version(full))
        except Exception:  # what keeps it from being imported is told where it is called
            self._tell("absent", name)

    def _module(self, module: types.ModuleType, attributes: set[str]) -> None:
        """Add a module: the text of its file, and those of these attributes that it has.

        Where one of them looks names up, all that the module has counts.
        """
        self._tell("module", module.__name__)
        if not is_own(module.__name__):
            self._tell(library_version(module.__name__))
            return
        file = getattr(module, "__file__", None)
        try:
            self._tell(Path(file).read_bytes() if file else "")
        except OSError:
            self._tell("no file")
        names = attributes & vars(module).keys()
        if not BY_NAME.isdisjoint(attributes):  # any of them, by a name that nobody knows before
            names = {name for name in vars(module) if not name.startswith("__")}
        for name in sorted(names):
            value = vars(module)[name]
            self._tell(name)
            if id(value) not in self._met:
                if issubclass(type(value), types.ModuleType):
                    self._met[id(value)] = len(self._met), value
                self._named(value, attributes)

    def _class(self, cls: type) -> None:
        self._tell("class", module_of(cls), cls.__qualname__)
        if not is_own_class(cls):
            self._tell(library_version(module_of(cls)))
            return
        if is_own_class(type(cls)):
            self.add(type(cls))
        self._all("bases", cls.__mro__[1:])
        for name, value in sorted(vars(cls).items()):
            if name in _NOT_READ:
                continue
            self._tell(name)
            if name == "__dataclass_fields__":  # the rest of them is in the methods made of them
                self._all("fields", [part for key, one in value.items() for part in (key, one.metadata)])
            elif name == "__doc__" and isinstance(value, str):
                self.add(_ADDRESS.sub("", value))  # that dataclasses write may show a default's
            else:
                self.add(value)

    def _object(self, value: Any) -> None:
        """Add what is of another class: all that it holds, as far as that can be told."""
        kind = type(value)
        self.add(kind)
        try:
            held = held_by(value)
        except NotFollowed:
            self.unseen[f"an object of class {kind.__qualname__}"] = None
            held = []
        self._all("object", held)

    def _alone(self, value: Any) -> str:
        reading = ReadingOfCode()
        reading.add(value)
        self.unseen |= reading.unseen
        self.of_files |= reading.of_files
        return reading.digest()

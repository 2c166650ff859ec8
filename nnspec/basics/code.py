"""What code a class is made of: its methods, what they call and read, as one hash.

Two classes of one name are the same exactly when this is. Followed are functions, classes and values that the
code names, through all modules of the author; of libraries it is their version. What code looks up by a
computed name, or reads from a file or a network, is not seen.
"""

from __future__ import annotations

import dis
import functools
import hashlib
import importlib
import importlib.util
import types
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from nnspec.basics.errors import InvalidValue
from nnspec.basics.own_modules import is_own, library_version

_PLAIN = (type(None), bool, int, float, complex, str, bytes, type(...), type(NotImplemented))
# what Python and dataclasses add to a class, which says nothing or is told by the fields
_NOT_READ = {
    *(
        "__annotate__",
        "__annotate_func__",
        "__annotations__",
        "__annotations_cache__",
        "__dataclass_fields__",
    ),
    *("__abstractmethods__", "_abc_impl", "__dataclass_params__", "__delattr__", "__dict__", "__doc__"),
    *("__eq__", "__firstlineno__", "__hash__", "__match_args__", "__module__", "__replace__", "__repr__"),
    *("__setattr__", "__slotnames__", "__static_attributes__", "__weakref__"),
}
_WRAPPED = {property: ("fget", "fset"), staticmethod: ("__func__",), classmethod: ("__func__",)} | {
    functools.cached_property: ("func",),
    functools.partial: ("func", "args", "keywords"),
    functools.partialmethod: ("func", "args", "keywords"),
    types.MethodType: ("__func__", "__self__"),
    functools._lru_cache_wrapper: ("__wrapped__",),
}


def code_hash(classes: Iterable[type]) -> str:
    """Return a hash of what classes do, 64 hexadecimal digits; empty where all are of libraries or nnspec.

    Raises
    ------
    InvalidValue
        If a value that their code reads is nested too deeply.
    """
    own = [cls for cls in classes if is_own(cls.__module__)]
    if not own:
        return ""
    reading = _Reading()
    try:
        for cls in own:
            reading.add(cls)
    except RecursionError:
        name = own[0].__qualname__
        raise InvalidValue(name, "values nested too deeply", "code that reads plainer ones") from None
    return reading.digest()


@functools.lru_cache(maxsize=1024)
def _read_names(code: types.CodeType) -> tuple[frozenset[str], tuple[tuple[str, int], ...]]:
    """Return the global names that code and the functions in it read, and the modules that they import."""
    names, imports = set(), []
    level = 0
    previous: list[Any] = []
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
            names.add(step.argval)
        elif step.opname == "IMPORT_NAME":
            level = next((one for one in previous[-2:] if isinstance(one, int)), 0)
            imports.append((step.argval, level))
        previous.append(step.argval)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            inner_names, inner_imports = _read_names(constant)
            names |= inner_names
            imports += inner_imports
    return frozenset(names), tuple(imports)


def _all_names(code: types.CodeType) -> set[str]:
    inner = (_all_names(one) for one in code.co_consts if isinstance(one, types.CodeType))
    return set(code.co_names).union(*inner)


class _Reading:
    """Hashes values one after another; what may change and was met before is told by its number."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._met: dict[int, tuple[int, object]] = {}  # with the values, so that no number is used twice

    def digest(self) -> str:
        return self._hash.hexdigest()

    def add(self, value: Any) -> None:
        """Add a value of any kind."""
        kind = type(value)
        if kind in _PLAIN:
            self._tell(kind.__name__, value if kind is bytes else repr(value))
            return
        if kind is tuple:  # whether two equal ones are one object is the compiler's choice
            self._all("tuple", value)
            return
        if id(value) in self._met and not isinstance(value, types.CodeType | frozenset):
            self._tell("again", str(self._met[id(value)][0]))
            return
        self._met[id(value)] = len(self._met), value
        if kind is list:
            self._all("list", value)
        elif kind is dict:
            self._all("dict", [part for item in value.items() for part in item])
        elif kind in (set, frozenset):
            self._tell(kind.__name__, *sorted(map(_alone, value)))
        elif isinstance(value, types.CodeType):
            self._code(value)
        elif isinstance(value, types.FunctionType):
            self._function(value)
        elif isinstance(value, type):
            self._class(value)
        elif isinstance(value, types.ModuleType):
            self._module(value, set())
        elif isinstance(value, np.ndarray) and value.dtype != object:
            self._tell("array", str(value.dtype), str(value.shape), np.ascontiguousarray(value).tobytes())
        elif kind in _WRAPPED:
            self._all(kind.__name__, [getattr(value, name) for name in _WRAPPED[kind]])
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
        self._all("constants", code.co_consts)

    def _function(self, function: types.FunctionType) -> None:
        self._tell("function", str(function.__module__), function.__qualname__)
        if not is_own(function.__module__):
            self._tell(library_version(function.__module__))
            return
        self._code(function.__code__)
        self._all("defaults", [function.__defaults__, function.__kwdefaults__])
        for cell in function.__closure__ or ():
            try:
                self.add(cell.cell_contents)
            except ValueError:
                self._tell("empty")
        names, imports = _read_names(function.__code__)
        attributes = _all_names(function.__code__)
        for name in sorted(names & function.__globals__.keys()):
            self._tell(name)
            self._named(function.__globals__[name], attributes)
        for name, level in imports:
            package = str(function.__globals__.get("__package__") or "")
            self._imported("." * level + name, package, attributes)

    def _named(self, value: Any, attributes: set[str]) -> None:
        if isinstance(value, types.ModuleType):
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
        """Add a module: the text of its file, and those of these attributes that it has."""
        self._tell("module", module.__name__)
        if not is_own(module.__name__):
            self._tell(library_version(module.__name__))
            return
        file = getattr(module, "__file__", None)
        try:
            self._tell(Path(file).read_bytes() if file else "")
        except OSError:
            self._tell("no file")
        for name in sorted(attributes & vars(module).keys()):
            value = vars(module)[name]
            self._tell(name)
            if id(value) not in self._met:
                if isinstance(value, types.ModuleType):
                    self._met[id(value)] = len(self._met), value
                self._named(value, attributes)

    def _class(self, cls: type) -> None:
        self._tell("class", cls.__module__, cls.__qualname__)
        if not is_own(cls.__module__):
            self._tell(library_version(cls.__module__))
            return
        self._all("bases", cls.__mro__[1:])
        for name, value in sorted(vars(cls).items()):
            if name not in _NOT_READ:
                self._tell(name)
                self.add(value)

    def _object(self, value: Any) -> None:
        """Add what is of another class: what pickle would need of it, else its class alone."""
        self.add(type(value))
        self._tell(str(getattr(value, "__module__", "")), str(getattr(value, "__qualname__", "")))
        try:
            parts = value.__reduce_ex__(2)
        except Exception:  # a lock or the like, which holds no values
            return
        if isinstance(parts, str):
            self._tell(parts)
            return
        state, items = parts[1:3], parts[3:5]  # the items of lists and mappings come as iterators
        self._all("object", [*state, *(None if one is None else list(one) for one in items)])


def _alone(value: Any) -> str:
    reading = _Reading()
    reading.add(value)
    return reading.digest()

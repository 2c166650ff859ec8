"""What values hold: the parts of an object by which it differs from others of its class."""

from __future__ import annotations

import _thread
import copyreg
import functools
import os
import re
import sys
import types
import weakref
from collections.abc import Callable
from typing import Any

from nnspec.basics.errors import NnspecError
from nnspec.basics.own_modules import is_own, is_own_class, loaded_modules

_NOTHING: tuple[type, ...] = (_thread.LockType, _thread.RLock)
_PICKLED_BY = ("__getstate__", "__reduce__", "__reduce_ex__", "__getnewargs__", "__getnewargs_ex__")
_FORWARDING = (weakref.ProxyType, weakref.CallableProxyType)
_READ: dict[type, Callable[[Any], list[Any]]] = {
    property: lambda one: [one.fget, one.fset, one.fdel, one.__doc__],
    staticmethod: lambda one: [one.__func__, _set_on(one)],
    classmethod: lambda one: [one.__func__, _set_on(one)],
    functools.cached_property: lambda one: [one.func],
    functools.partial: lambda one: [one.func, one.args, one.keywords, _set_on(one)],
    functools.partialmethod: lambda one: [one.func, one.args, one.keywords],
    functools.singledispatchmethod: lambda one: [one.dispatcher, one.func],
    functools._lru_cache_wrapper: lambda one: [_set_on(one)],
    types.MethodType: lambda one: [one.__func__, one.__self__],
    types.GetSetDescriptorType: lambda one: [one.__name__, one.__objclass__],
    types.MappingProxyType: lambda one: [dict(one)],
    re.Pattern: lambda one: [one.pattern, one.flags],
    weakref.ref: lambda one: [one()],
    memoryview: lambda one: [one.format, one.shape, one.tobytes()],
    type({}.keys()): list,
    type({}.values()): list,
    type({}.items()): list,
}
# what an author's class keeps as a subclass of one of these
_CONTENT: dict[type, Callable[[Any], Any]] = {
    **{tuple: lambda one: list(tuple.__iter__(one)), list: lambda one: list(list.__iter__(one))},
    **{dict: lambda one: list(dict.items(one)), set: lambda one: frozenset(set.__iter__(one))},
    **{frozenset: lambda one: frozenset(frozenset.__iter__(one)), int: int.__int__, float: float.__float__},
    **{str: str.__str__},
}


class NotFollowed(NnspecError):  # it ends nothing, and is always caught
    """An object that may hold what nobody can read from outside, such as a generator."""


def held_by(value: Any) -> list[Any]:
    """Return all that an object holds, its class aside.

    Raises
    ------
    NotFollowed
        If that cannot be told.
    """
    kind = type(value)
    if kind in _NOTHING:
        return []
    if kind in _FORWARDING or issubclass(kind, type(os.environ)):
        raise NotFollowed
    try:
        own = _attributes(value) if is_own_class(kind) else []
        read = next((_READ[base] for base in kind.__mro__ if base in _READ), None)
        if read is not None:
            return [*own, *read(value)]
        bases = [base for base in kind.__mro__ if base is not object and not is_own_class(base)]
        if not bases:
            return own
        if own and bases[0] in _CONTENT:
            return [*own, _CONTENT[bases[0]](value)]
        return own + _reduced(value)
    except RecursionError:
        raise
    except Exception as error:  # of code of whatever kind
        raise NotFollowed from error


def _set_on(value: Any) -> dict[str, Any]:
    return {name: one for name, one in vars(value).items() if name != "__annotations__"}


def _attributes(value: Any) -> list[Any]:
    """Return the names and values of an object's attributes, in slots too, without asking the object."""
    found: list[Any] = []
    for cls in type(value).__mro__:
        for name, one in sorted(vars(cls).items()):
            if isinstance(one, types.MemberDescriptorType):
                try:
                    found += [name, one.__get__(value)]
                except AttributeError:
                    found += [name]
            elif name == "__dict__" and isinstance(one, types.GetSetDescriptorType):
                found += [name, dict(one.__get__(value))]
    return found or [None]


def _reduced(value: Any) -> list[Any]:
    """Return what pickle would need of an object."""
    kind = type(value)
    for name in _PICKLED_BY:
        if is_own(getattr(getattr(kind, name, None), "__module__", None) or "builtins"):
            raise NotFollowed  # which may leave something out
    reduce = copyreg.dispatch_table.get(kind)
    parts = reduce(value) if reduce else value.__reduce_ex__(2)
    if isinstance(parts, str):
        if not _is_global(value, parts):
            raise NotFollowed
        return [str(getattr(value, "__module__", "")), parts]
    # the items of lists and mappings come as iterators
    return [*parts[:3], *(None if one is None else list(one) for one in parts[3:5])]


def _is_global(value: Any, name: str) -> bool:
    """Return whether an object is what a module has under a name, as pickle demands."""
    if module := getattr(value, "__module__", None):
        found: Any = sys.modules.get(module)
        for part in name.split("."):
            found = getattr(found, part, None)
        return found is value
    # of a library, such as ufuncs, which do not say where they stand
    holding = [
        one for one, module in loaded_modules().items() if getattr(module, "__dict__", {}).get(name) is value
    ]
    return any(not is_own(one) for one in holding)

"""Something done to modules right after they were imported, whoever imports them."""

from __future__ import annotations

import contextlib
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType

Action = Callable[[ModuleType], None]


def after_import(actions: Mapping[str, Action]) -> None:
    """Call an action with each of these modules once it is imported; at once where it already is."""
    for name, action in actions.items():
        if name in sys.modules:
            _quietly(action, sys.modules[name])
    sys.meta_path.insert(0, _Finder(actions))


def _quietly(action: Action, module: ModuleType) -> None:
    """Call it; where a module of another version is made otherwise the notebook runs all the same."""
    with contextlib.suppress(Exception):
        action(module)


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, actions: Mapping[str, Action]) -> None:
        self._actions = actions

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Find the module as the others do, and let its loader call the action at the end."""
        if fullname not in self._actions:
            return None
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(fullname, path, target)
            if spec is not None and spec.loader is not None:
                spec.loader = _Loader(spec.loader, self._actions[fullname])
                return spec
        return None


class _Loader(importlib.abc.Loader):
    def __init__(self, loader: importlib.abc.Loader, action: Action) -> None:
        self._loader, self._action = loader, action

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        _quietly(self._action, module)

    def __getattr__(self, name: str) -> object:
        return getattr(self._loader, name)

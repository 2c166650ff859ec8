"""A mutant: a fault that is put into the running program by editing the source of a function in memory.

Mutation testing asks whether tests notice faults that are known to be there (DeMillo, Lipton & Sayward,
"Hints on test data selection", Computer, 1978). No file is changed, and no other code knows of mutants.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any


@dataclass(frozen=True)
class Edit:
    """Replaces `old`, which occurs once in the source of `function`, "module:name" or "module:Class.name"."""

    function: str
    old: str
    new: str

    def mutated(self) -> CodeType:
        """Return the code of the function with the replacement.

        Raises
        ------
        ValueError
            If the source no longer has `old` exactly once, or the edit changes nothing.
        """
        target = self.target()
        source = textwrap.dedent(inspect.getsource(target))
        if source.count(self.old) != 1 or self.old == self.new:
            raise ValueError(
                f"{self.function}: {self.old!r} occurs {source.count(self.old)} times; expected once; the "
                "source has changed, mend the mutant"
            )
        tree = ast.parse(source.replace(self.old, self.new))
        # decorators have done their work already; what is replaced is the function inside them
        tree.body[0].decorator_list = []  # type: ignore[attr-defined]  # it is a function
        module = compile(tree, target.__code__.co_filename, "exec", dont_inherit=True, flags=_ANNOTATIONS)
        (code,) = (part for part in module.co_consts if isinstance(part, CodeType))
        return code

    def apply(self) -> Callable[[], None]:
        """Put the edit in wherever the function was imported to, and return the way back."""
        target = self.target()
        original, target.__code__ = target.__code__, self.mutated()

        def undo() -> None:
            target.__code__ = original

        return undo

    def target(self) -> FunctionType:
        """Return the function itself, without caches and properties around it."""
        module, _, path = self.function.partition(":")
        found: Any = importlib.import_module(module)
        for name in path.split("."):
            found = inspect.getattr_static(found, name)
        for wrapper in ("__wrapped__", "func"):
            found = getattr(found, wrapper, found)
        if not isinstance(found, FunctionType):
            raise TypeError(f"{self.function} is {found!r}; expected a Python function")
        return found


# the flag of `from __future__ import annotations`, under which all of the package is compiled
_ANNOTATIONS = 0x1000000


@dataclass(frozen=True)
class Mutant:
    """A fault, what it stands for, and who is asked whether something is wrong.

    `kind` is training, statistics, metrics or readings. `claims`, `costly_claims` and `tests` of the
    implementation are node ids of pytest. Of the costly claims only a few seeds are asked, which can refute
    them, or have their null hold, and no more.
    """

    name: str
    kind: str
    statement: str
    edits: Sequence[Edit]
    claims: Sequence[str]
    tests: Sequence[str]
    costly_claims: Sequence[str] = ()

    @property
    def trains_otherwise(self) -> bool:
        """Whether training goes through the fault, so that nothing trained without it may be used."""
        modules = [edit.function.partition(":")[0] for edit in self.edits]
        return any(module.startswith(("nnspec.training", "nnspec.data")) for module in modules)

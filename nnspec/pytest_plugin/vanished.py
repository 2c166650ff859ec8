"""Claims and facts that were declared and would never run: the run fails and names them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from types import ModuleType

from nnspec.basics.errors import InvalidValue
from nnspec.basics.own_modules import loaded_modules
from nnspec.claims.declared import Declared, declared_in
from nnspec.pytest_plugin.spec_files import is_collected


def lost_in(module: ModuleType, collected: Collection[int], root: Path) -> str:
    """Return which declarations of a module no test item was made of; empty if there are none.

    `collected` are the identities of the declarations that have items.
    """
    remedy = (
        "expected every one under a name of its own in the module; "
        "another function of the same name follows, or what stands above the declaration replaces it"
    )
    return "\n".join(
        f"{_place(one, root)}: {one.name} would never run; {remedy}"
        for one in declared_in(module)
        if id(one.item) not in collected
    )


def check_helpers(
    collected: Collection[Path], root: Path, patterns: list[str], folders: Collection[Path]
) -> None:
    """Refuse declarations in conftest.py and in modules that are imported but belong to no test file.

    A file that is collected with one of the `folders`, where this run looks, is one of which it was asked for
    a part, or nothing.

    Raises
    ------
    InvalidValue
        If there is one; it names the first.
    """

    def elsewhere(path: Path) -> bool:
        return is_collected(path, patterns) and any(folder in path.parents for folder in folders)

    for module in loaded_modules().values():
        for one in declared_in(module) if isinstance(module, ModuleType) else []:
            path = Path(one.file)
            ours = root in path.parents and "site-packages" not in path.parts
            if ours and path not in collected and not elsewhere(path):
                expected = "a file that is collected, which this one is not"
                remedy = "move it into a file whose name begins with test_"
                raise InvalidValue(f"place of {one.name}", _place(one, root), expected, remedy)


def _place(one: Declared, root: Path) -> str:
    path = Path(one.file)
    return f"{path.relative_to(root) if root in path.parents else path}:{one.line}"

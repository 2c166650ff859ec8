"""The names that code reads: of globals, of attributes, of modules, and those that lead outside the code."""

from __future__ import annotations

import dis
import functools
import types
from typing import Any

# what code reads of the outside, or by names that are not written in it
OUTSIDE = {
    *("argv", "environ", "environb", "getenv", "getenvb"),
    *("__annotations__", "__import__", "eval", "exec", "get_annotations", "get_type_hints", "globals"),
    *("import_module", "modules"),
}
# what finds out about files, or reads them in C, so that nobody sees which they are
OF_FILES = {
    *("exists", "lexists", "isfile", "is_file", "isdir", "is_dir", "islink", "is_symlink", "stat", "lstat"),
    *("getatime", "getctime", "getmtime", "getsize"),
    *("imread", "read_feather", "read_hdf", "read_orc", "read_parquet", "read_file", "load_checkpoint"),
    *("CsvDataset", "FixedLengthRecordDataset", "TextLineDataset", "TFRecordDataset", "TFSMLayer"),
    "saved_model",
}
# what looks up names in a module
BY_NAME = {"getattr", "vars", "__dict__", "attrgetter", "__getattribute__"}


@functools.lru_cache(maxsize=1024)
def read_names(code: types.CodeType) -> tuple[frozenset[str], tuple[tuple[str, int], ...]]:
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
            inner_names, inner_imports = read_names(constant)
            names |= inner_names
            imports += inner_imports
    return frozenset(names), tuple(imports)


def all_names(code: types.CodeType) -> set[str]:
    """Return the names of globals and attributes that code and the functions in it read."""
    inner = (all_names(one) for one in code.co_consts if isinstance(one, types.CodeType))
    return set(code.co_names).union(*inner)

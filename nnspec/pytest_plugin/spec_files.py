"""Which Python files declare claims: those are collected whatever their names are."""

from __future__ import annotations

import ast
import functools
import sys
from pathlib import Path

from _pytest.pathlib import fnmatch_ex

_DECLARE = {"claim", "fact"}
_IMPORT = {"__import__", "importorskip", "exec", "eval"}  # functions
_PLAIN = {
    *sys.stdlib_module_names - {"builtins", "importlib", "pkgutil", "runpy"},
    *("nnspec", "pytest", "hypothesis", "numpy", "scipy", "pandas", "matplotlib", "sklearn", "joblib"),
    *("keras", "tensorflow", "jax", "torch", "rich"),
}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def is_collected(path: Path, patterns: list[str]) -> bool:
    """Tell whether a file is collected with its folder: by its name, or because it declares claims."""
    if path.name == "conftest.py":
        return False
    return is_test_file(path, patterns) or declares(path)


def is_test_file(path: Path, patterns: list[str]) -> bool:
    """Tell whether a name is one of those that pytest collects, `python_files`."""
    return any(fnmatch_ex(pattern, path) for pattern in patterns)


def may_declare(path: Path, root: Path) -> bool:
    """Tell whether a test file may declare claims or facts, by its own words or by something that it imports.

    What imports nothing but libraries that know nothing of claims certainly declares none.
    """
    try:
        if _has_words(path):
            return True
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError, RecursionError):  # its import says where and what
        return True
    folders = [folder for folder in path.parents if folder == root or root in folder.parents]
    return any(name not in _PLAIN or _is_local(name, folders) for name in _imported(tree))


def _is_local(name: str, folders: list[Path]) -> bool:
    return any((folder / f"{name}.py").exists() or (folder / name).is_dir() for folder in folders)


def _has_words(path: Path) -> bool:
    text = path.read_bytes()
    return any(word.encode() in text for word in _DECLARE)


def _imported(tree: ast.AST) -> set[str]:
    """Return the packages that a file imports; "" stands for those that its text does not name."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add("" if node.level else node.module or "")
        elif isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in _IMPORT:
                names.add(str(getattr(node.args[0], "value", "")) if node.args else "")
    return {name.partition(".")[0] for name in names}


@functools.lru_cache
def declares(path: Path) -> bool:
    """Tell whether a file declares claims or facts when it is imported, by reading it only."""
    try:
        source = path.read_bytes()
        if b"nnspec" not in source or not _has_words(path):  # which is most files, and quicker
            return False
        tree = ast.parse(source)
    except OSError:
        return False
    except (SyntaxError, ValueError):  # its import says where and what
        return any(line.startswith((b"@claim(", b"@fact(", b"@nnspec.")) for line in source.splitlines())
    functions, modules = _names(tree)
    return any(_is_declaration(call.func, functions, modules) for call in _calls_at_import(tree))


def _names(tree: ast.AST) -> tuple[set[str], set[str]]:
    """Return what `claim` and `fact`, and nnspec itself, are called in this file."""
    functions, modules = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "nnspec":
            functions |= {one.asname or one.name for one in node.names if one.name in _DECLARE}
            functions |= _DECLARE if any(one.name == "*" for one in node.names) else set()
        elif isinstance(node, ast.Import):
            modules |= {one.asname or one.name for one in node.names if one.name == "nnspec"}
    return functions, modules


def _calls_at_import(node: ast.AST) -> list[ast.Call]:
    """Return the calls outside of the bodies of functions; decorators are outside."""
    calls = [node] if isinstance(node, ast.Call) else []
    if isinstance(node, ast.Lambda):
        return calls
    inside = node.decorator_list if isinstance(node, _FUNCTIONS) else ast.iter_child_nodes(node)
    return calls + [call for child in inside for call in _calls_at_import(child)]


def _is_declaration(called: ast.expr, functions: set[str], modules: set[str]) -> bool:
    if isinstance(called, ast.Name):
        return called.id in functions
    attribute = isinstance(called, ast.Attribute) and called.attr in _DECLARE
    return attribute and isinstance(called.value, ast.Name) and called.value.id in modules  # type: ignore[attr-defined]

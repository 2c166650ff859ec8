"""The source of a cell as Python: magics and shell lines taken out, the rest as a tree."""

from __future__ import annotations

import ast
import re
import warnings

_MAGIC = re.compile(r"^(?P<indent>\s*)(?:[%!?]|[\w.]+\?{1,2}\s*$)")
_ASSIGNED = re.compile(r"^(?P<indent>\s*)(?P<names>[\w., ]+?)\s*=\s*[%!].*")
_OTHER_LANGUAGES = ("%%bash", "%%sh", "%%html", "%%javascript", "%%js", "%%writefile", "%%latex", "%%script")


def without_magics(source: str) -> str:
    """Return the Python of a cell, with as many lines; `!` and `%` lines become `pass`."""
    lines = source.split("\n")
    first = next((line for line in lines if line.strip()), "")
    if first.startswith(_OTHER_LANGUAGES):
        return ""
    kept: list[str] = []
    goes_on = False  # a shell line that ends in a backslash takes the next one with it
    for line in lines:
        if goes_on:
            kept.append("")
        elif assigned := _ASSIGNED.match(line):
            kept.append(f"{assigned['indent']}{assigned['names']} = None")
        elif magic := _MAGIC.match(line):
            kept.append(f"{magic['indent']}pass")
        else:
            kept.append(line)
            continue
        goes_on = line.endswith("\\")
    return "\n".join(kept)


def tree_of(source: str) -> ast.Module | None:
    """Return the syntax tree of a cell, or None where it is no Python of today, `print x` for example."""
    for text in (source, without_magics(source)):  # a line of a longer expression may begin with %
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of escapes that an author wrote
                return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return None


def bound_names(tree: ast.AST) -> set[str]:
    """Return the names that code binds outside of functions and classes, those of imports left out."""
    names: set[str] = set()
    waiting = list(ast.iter_child_nodes(tree))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
            continue
        if isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        waiting += ast.iter_child_nodes(node)
    return names


def read_names(tree: ast.AST) -> set[str]:
    """Return the names that code reads."""
    nodes = ast.walk(tree)
    return {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}


def text_of(node: ast.AST) -> str:
    """Return code on one line, shortened."""
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 100 else text[:99] + "…"

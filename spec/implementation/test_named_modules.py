"""What messages, docstrings, tests and pages call by its full name can be imported under it."""

from __future__ import annotations

import ast
import re
from pydoc import locate

from spec.folders import ROOT
from spec.implementation.project.pages import PAGES, text

NAME = re.compile(r"(?<![\w.@/-])nnspec(?:\.\w+)+")
IMPORT = re.compile(r"from (nnspec[\w.]*) import ([\w, ]+)")  # in programs that tests hand to another process
FILES = ("json", "html", "txt", "toml")  # nnspec-results.json is no module


def texts() -> list[str]:
    """Return every text in a Python file of the project, and the pages."""
    files = [*(ROOT / "nnspec").rglob("*.py"), *(ROOT / "spec").rglob("*.py")]
    nodes = (node for path in files for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    found = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [*found, *map(text, PAGES)]


def named() -> set[str]:
    """Return every full name in a text."""
    found = texts()
    names = {name for text in found for name in NAME.findall(text) if not name.endswith(FILES)}
    imports = (match for text in found for match in IMPORT.findall(text))
    return names | {
        f"{module}.{name.split()[0]}" for module, several in imports for name in several.split(",")
    }


def test_every_name_of_the_package_in_a_text_leads_somewhere() -> None:
    names = named()
    assert len(names) > 20
    assert sorted(name for name in names if locate(name) is None) == []
    assert locate("nnspec" + ".metrics.labels") is None  # in parts, because this file is looked through, too

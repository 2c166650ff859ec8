"""What messages and docstrings call by its full name can be imported under it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from pydoc import locate

import nnspec

PACKAGE = Path(nnspec.__file__).parent
NAME = re.compile(r"(?<![\w.@/-])nnspec(?:\.\w+)+")
FILES = ("json", "html", "txt", "toml")  # nnspec-results.json is no module


def named() -> set[str]:
    """Return every full name in a text of the package."""
    nodes = (node for path in PACKAGE.rglob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return {name for text in texts for name in NAME.findall(text) if not name.endswith(FILES)}


def test_every_name_of_the_package_in_a_text_leads_somewhere() -> None:
    names = named()
    assert len(names) > 9
    assert sorted(name for name in names if locate(name) is None) == []
    assert locate("nnspec.metrics.labels") is None

"""Documents, ours as other people's, need nothing of nnspec but the names of its public faces."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path
from typing import Any

import pytest

FACES = ("nnspec", "nnspec.textbook", "nnspec.plots")
SPEC = Path(__file__).parents[2]
DOCUMENTS = [*SPEC.glob("*.py"), *SPEC.glob("documents/**/*.py")]


def public(face: str) -> dict[str, Any]:
    module = importlib.import_module(face)
    return {name: getattr(module, name) for name in module.__all__}


def imported(code: str) -> list[tuple[str, str]]:
    """Return what some code imports of nnspec as (module, name); no name where it imports a module."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found += [(alias.name, "") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(node.module or "", alias.name) for alias in node.names]
    return [(module, name) for module, name in found if module.partition(".")[0] == "nnspec"]


def not_public(code: str) -> list[tuple[str, str]]:
    return [(face, name) for face, name in imported(code) if face not in FACES or name not in public(face)]


def test_documents_import_public_names_alone() -> None:
    codes = {path.relative_to(SPEC): path.read_text(encoding="utf-8") for path in DOCUMENTS}
    assert {path: wrong for path, code in codes.items() if (wrong := not_public(code))} == {}
    assert {face for code in codes.values() for face, _ in imported(code)} == set(FACES)


@pytest.mark.parametrize(
    "code",
    [
        "from nnspec.runs.seed_values import SeedValues",
        "from nnspec.runs import SeedValues",
        "from nnspec import claims",
        "from nnspec.plots import style",
        "def f():\n    from nnspec.textbook.metrics import labels",
        "import nnspec.claims.judging",
    ],
)
def test_what_is_inside_is_not_public(code: str) -> None:
    assert len(not_public(code)) == 1


def test_every_public_function_says_what_it_raises() -> None:
    functions = {**public("nnspec"), **public("nnspec.textbook")}.items()
    called = {name: value for name, value in functions if callable(value) and not isinstance(value, type)}
    assert [name for name, function in called.items() if "Raises" not in (function.__doc__ or "")] == []


@pytest.mark.parametrize("face", FACES)
def test_every_public_class_and_function_says_what_it_is(face: str) -> None:
    undocumented = [
        name
        for name, value in public(face).items()
        # a dataclass without a docstring gets its signature for one
        if callable(value) and (value.__doc__ or f"{name}(").startswith(f"{name}(")
    ]
    assert undocumented == []

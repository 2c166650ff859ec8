"""The version of the engines: a hash of what they do, whatever their files are called and say about it."""

from __future__ import annotations

import ast
import functools
import hashlib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

_PACKAGE = Path(__file__).parent.parent
# what training calls outside of its own folder; what data/ gives has a checksum of its own in the store
_CALLED = (
    *("basics/description", "machine/process", "machine/tensorflow_setup"),
    *("recipes/layers", "recipes/losses", "recipes/optimizers", "recipes/recipe", "runs/runs", "runs/seeds"),
)
_OF_MODELS = ("models", "vectorised")  # folders of what trains a function's model, and nothing else
_CALLED_BY_MODELS = (
    *("machine/jax_setup", "recipes/arguments", "recipes/keras_recipe", "recipes/sample_weight"),
    *("recipes/stage", "recipes/travelling"),
    # what sees which files they read
    *("machine/opened_in_c", "machine/outside", "machine/reads"),
)


@functools.cache
def engine_version() -> str:
    """Return a hash of the code that training goes through, 16 hexadecimal digits."""
    folder = _PACKAGE / "training"
    apart = {path for name in _OF_MODELS for path in (folder / name).rglob("*.py")} | {Path(__file__)}
    own = sorted(path for path in folder.rglob("*.py") if path not in apart)
    return version_of(path.read_text(encoding="utf-8") for path in [*own, *map(_file, _CALLED)])


@functools.cache
def models_version() -> str:
    """Return a hash of the code that a function's model goes through besides, and JAX's version."""
    own = sorted(path for name in _OF_MODELS for path in (_PACKAGE / "training" / name).rglob("*.py"))
    code = version_of(path.read_text(encoding="utf-8") for path in [*own, *map(_file, _CALLED_BY_MODELS)])
    return f"{code} jax {metadata.version('jax')}"


@functools.cache
def package_version() -> str:
    """Return a hash of all of nnspec's code, 16 hexadecimal digits: an experiment may call any of it."""
    texts = (path.read_bytes() for path in sorted(_PACKAGE.rglob("*.py")))
    return hashlib.sha256(b"".join(hashlib.sha256(text).digest() for text in texts)).hexdigest()[:16]


def version_of(sources: Iterable[str]) -> str:
    """Return a hash of what modules do, 16 hexadecimal digits, the same in every order of them.

    Imports, texts that stand alone, such as docstrings, and what an error says are no part of it.
    """
    digests = sorted(hashlib.sha256(repr(_done(ast.parse(one))).encode()).hexdigest() for one in sources)
    return hashlib.sha256("".join(digests).encode()).hexdigest()[:16]


def _done(node: object) -> object:
    """Return a syntax tree as nested lists, without what does nothing; the same in all versions of Python."""
    if isinstance(node, list):
        return [_done(item) for item in node if not _does_nothing(item)]
    if isinstance(node, ast.Raise):
        return "raise"
    if isinstance(node, ast.AST):
        fields = ((name, _done(value)) for name, value in ast.iter_fields(node) if value is not None)
        return [type(node).__name__, *(field for field in fields if field[1] != [])]
    return repr(node)


def _does_nothing(node: object) -> bool:
    text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return text or isinstance(node, ast.Import | ast.ImportFrom)


def _file(module: str) -> Path:
    return _PACKAGE / f"{module}.py"

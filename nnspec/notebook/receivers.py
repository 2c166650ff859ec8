"""Whether `fit` is called on a Keras model, as far as the source says: by its imports and its names."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

_KERAS = ("keras", "tensorflow", "tf_keras")
_MAKE = {"Sequential", "Model", "Functional", "clone_model", "load_model", "model_from_json"}


class Receivers:
    """Knows the names of a notebook that hold Keras models, and those that hold what other libraries made."""

    def __init__(self, trees: Iterable[ast.Module]) -> None:
        nodes = [node for tree in trees for node in ast.walk(tree)]
        self._modules = dict(_imported(nodes))
        self._own = {node.name for node in nodes if isinstance(node, ast.ClassDef) and self._is_model(node)}
        self.models: set[str] = set()
        self.foreign: set[str] = set()
        for node in nodes:
            if isinstance(node, ast.Assign):
                names = {ast.unparse(target) for target in node.targets}
                self.models |= names if self.makes_model(node.value) else set()
                self.foreign |= names if self.is_foreign(node.value) else set()
        self.foreign -= self.models

    def is_foreign(self, node: ast.expr) -> bool:
        """Return whether an expression is of a library that is not Keras: imported from it, or made by it."""
        while isinstance(node, ast.Call | ast.Attribute):
            if isinstance(node, ast.Attribute) and ast.unparse(node) in self.foreign:
                return True
            node = node.func if isinstance(node, ast.Call) else node.value
        if not isinstance(node, ast.Name):
            return False
        module = self._modules.get(node.id)
        return node.id in self.foreign if module is None else module.partition(".")[0] not in _KERAS

    def is_module(self, text: str) -> bool:
        """Return whether a name is that of a module or of something imported."""
        return text.partition(".")[0] in self._modules

    def makes_model(self, node: ast.expr) -> bool:
        """Return whether an expression is a call that makes a Keras model."""
        if not isinstance(node, ast.Call):
            return False
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return name in self._own or (name in _MAKE and not self.is_foreign(node.func))

    def _is_model(self, node: ast.ClassDef) -> bool:
        names = (ast.unparse(base).rpartition(".")[2] for base in node.bases)
        return any(name in ("Model", "Sequential") for name in names)


def _imported(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, str]]:
    """Yield the names that imports bind, with the module of each."""
    for node in nodes:
        if isinstance(node, ast.Import):
            for one in node.names:
                yield one.asname or one.name.partition(".")[0], one.name
        elif isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                yield one.asname or one.name, node.module

"""Calls of `fit`, `compile` and `evaluate` that can be read from the source, nothing run."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from nnspec.notebook.cells import Notebook
from nnspec.notebook.receivers import Receivers
from nnspec.notebook.source import bound_names, text_of, tree_of

Method = Literal["fit", "compile", "evaluate"]

_METHODS: dict[str, Method] = {
    "fit": "fit",
    "fit_generator": "fit",
    "compile": "compile",
    "evaluate": "evaluate",
    "evaluate_generator": "evaluate",
}
# the arguments by which a call is known to be Keras's, also where the model is not
_OWN: Mapping[Method, set[str]] = {
    "fit": {
        *("epochs", "nb_epoch", "validation_data", "validation_split", "steps_per_epoch", "callbacks"),
        *("initial_epoch", "batch_size", "verbose", "class_weight", "validation_steps"),
    },
    "compile": {"optimizer", "loss", "metrics", "loss_weights"},
    "evaluate": {"return_dict"},
}
_POSITIONS: Mapping[Method, tuple[str, ...]] = {
    "fit": ("x", "y", "batch_size", "epochs", "verbose"),
    "compile": ("optimizer", "loss", "metrics"),
    "evaluate": ("x", "y", "batch_size", "verbose"),
}
_FOREIGN = {"re", "regex", "scaler", "tokenizer", "encoder", "vectorizer", "pipeline"}


@dataclass(frozen=True)
class Call:
    """A call in the source.

    `order` counts the calls of its method in the cell from 0, in the order of the source; `line` is that of
    the cell, from 1. `arguments` are code by name. `function` is the helper in which the call stands, empty
    outside of one, and `called_in` the cells that call that helper; `in_loop`: it may run repeatedly.
    """

    cell: int
    line: int
    method: Method
    order: int
    model: str
    arguments: Mapping[str, str]
    function: str = ""
    called_in: tuple[int, ...] = ()
    in_loop: bool = False


@dataclass(frozen=True)
class Code:
    """The code of a notebook: a tree for every cell that is Python, and the cells that are not."""

    trees: Mapping[int, ast.Module]
    unreadable: tuple[int, ...]

    def literal(self, text: str, before: int) -> int | None:
        """Return the whole number that some code stands for: itself, or a name last bound to one above."""
        if text.isdecimal():
            return int(text)
        bound = [cell for cell, tree in self.trees.items() if cell <= before and text in bound_names(tree)]
        if not bound:
            return None
        values = [node for node in ast.walk(self.trees[bound[-1]]) if _binds(node, text)]
        value = values[0].value if len(values) == 1 and isinstance(values[0], ast.Assign) else None
        whole = isinstance(value, ast.Constant) and type(value.value) is int
        return value.value if whole else None  # type: ignore[union-attr]  # checked above


def _binds(node: ast.AST, name: str) -> bool:
    """Tell whether a statement binds a name, by whatever means."""
    if not isinstance(node, ast.stmt) or isinstance(node, ast.FunctionDef | ast.ClassDef):
        return False
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign | ast.For):
        targets = [node.target]
    named = (inner for target in targets for inner in ast.walk(target))
    return any(isinstance(inner, ast.Name) and inner.id == name for inner in named)


def code_of(notebook: Notebook) -> Code:
    """Return the syntax trees of a notebook."""
    trees = {cell.number: tree_of(cell.source) for cell in notebook.code}
    unreadable = tuple(number for number, tree in trees.items() if tree is None)
    return Code({number: tree for number, tree in trees.items() if tree is not None}, unreadable)


def calls_of(code: Code, logs: Collection[int] = ()) -> tuple[Call, ...]:
    """Return the calls of Keras's methods, from the top; `logs` are the cells that store a log of `fit`.

    A call is Keras's by its arguments, by what it is called on, or by the log that its cell shows, or a cell
    that calls its helper; what another library made is none.
    """
    receivers = Receivers(code.trees.values())
    found = [
        (cell, call, function, loop)
        for cell, tree in code.trees.items()
        for call, function, loop in sorted(_walk(tree, "", False), key=lambda one: one[0].lineno)
    ]
    models = receivers.models | {
        text_of(call.func.value)  # type: ignore[attr-defined]  # an attribute, as `_walk` gives
        for _, call, *_ in found
        if _is_own(call) or _compiles(call, receivers)
    }
    calls: list[Call] = []
    for cell, call, function, loop in found:
        method = _method(call)
        model = text_of(call.func.value)  # type: ignore[attr-defined]
        called_in = _callers(code, function) if function else ()
        told = method == "evaluate" or (method == "fit" and bool({cell, *called_in} & set(logs)))
        told = told and bool(call.args or call.keywords) and model not in _FOREIGN
        told = told and not receivers.is_foreign(call.func.value)  # type: ignore[attr-defined]
        makes = receivers.makes_model(call.func.value)  # type: ignore[attr-defined]
        if not (_is_own(call) or model in models or makes or told):
            continue
        order = sum(one.cell == cell and one.method == method for one in calls)
        calls.append(
            Call(cell, call.lineno, method, order, model, _arguments(call), function, called_in, loop)
        )
    return tuple(calls)


def _walk(node: ast.AST, function: str, loop: bool) -> Iterator[tuple[ast.Call, str, bool]]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _METHODS:
        yield node, function, loop
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        function, loop = function or node.name, False
    elif isinstance(node, ast.For | ast.While | ast.ListComp | ast.GeneratorExp | ast.DictComp):
        loop = True
    for child in ast.iter_child_nodes(node):
        yield from _walk(child, function, loop)


def _method(call: ast.Call) -> Method:
    return _METHODS[call.func.attr]  # type: ignore[attr-defined]  # an attribute, as `_walk` gives


def _compiles(call: ast.Call, receivers: Receivers) -> bool:
    """Return whether it is `model.compile(...)`, and not that of a module such as `re`."""
    text = text_of(call.func.value)  # type: ignore[attr-defined]  # an attribute, as `_walk` gives
    is_module = receivers.is_module(text) or text in _FOREIGN
    return _method(call) == "compile" and bool(call.args) and not is_module


def _is_own(call: ast.Call) -> bool:
    return bool({keyword.arg for keyword in call.keywords} & _OWN[_method(call)])


def _arguments(call: ast.Call) -> dict[str, str]:
    names = _POSITIONS[_method(call)]
    generator = isinstance(call.func, ast.Attribute) and call.func.attr.endswith("_generator")
    if generator:
        names = ("generator", "steps_per_epoch", "epochs", "verbose")
    starred = next((at for at, one in enumerate(call.args) if isinstance(one, ast.Starred)), len(call.args))
    found = {name: text_of(value) for name, value in zip(names, call.args[:starred], strict=False)}
    found |= {"*": ", ".join(map(text_of, call.args[starred:]))} if starred < len(call.args) else {}
    found |= {keyword.arg or "**": text_of(keyword.value) for keyword in call.keywords}
    return {"epochs" if name == "nb_epoch" else name: value for name, value in found.items()}


def _callers(code: Code, function: str) -> tuple[int, ...]:
    def calls(node: ast.AST) -> bool:
        named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
        if not named:
            return False
        func = node.func  # type: ignore[attr-defined]  # a call
        if isinstance(func, ast.Name):
            return func.id == function
        return bool(
            func.attr == function and function not in _METHODS
        )  # `model.fit` calls no helper of that name

    return tuple(cell for cell, tree in code.trees.items() if any(map(calls, ast.walk(tree))))

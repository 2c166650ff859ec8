"""Values that calls returned and a cell shows: lists, tuples, dicts and numbers, with their names."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nnspec.notebook.figures import Figure, Where, figure
from nnspec.notebook.literals import Numbers, numbers_in
from nnspec.notebook.metric_names import data_in, is_figure, keras_name, metric_in
from nnspec.notebook.printed_text import Line

Names = tuple[str, ...] | None


@dataclass
class Origins:
    """Which names hold what `evaluate` returned, its parts included, in the cells read so far.

    `metrics` has the names of an evaluate's values by the code of its model: the loss, then the metrics
    in the order of `compile`.
    """

    metrics: dict[str, Names] = field(default_factory=dict)
    evaluated: dict[str, str] = field(default_factory=dict)
    parts: dict[str, tuple[str, int]] = field(default_factory=dict)

    def read(self, tree: ast.Module) -> None:
        """Take note of what a cell compiles and binds."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _method(node) == "compile" and _model(node) != "re":
                self.metrics[_model(node)] = compiled_names(node)
            elif isinstance(node, ast.Assign):
                self._unpack(node)
                for target in (one for one in node.targets if isinstance(one, ast.Name)):
                    self.evaluated.pop(target.id, None)
                    if (model := self.model_of(node.value)) is not None:
                        self.evaluated[target.id] = model

    def _unpack(self, node: ast.Assign) -> None:
        for names in (one.elts for one in node.targets if isinstance(one, ast.Tuple | ast.List)):
            model = self.model_of(node.value)
            for index, name in enumerate(names):
                if isinstance(name, ast.Name):
                    self.parts.pop(name.id, None)
                    if model is not None:
                        self.parts[name.id] = (model, index)

    def part_of(self, node: ast.expr | None) -> str | None:
        """Return the name of the metric of a variable, or an item, in which a part of an evaluate stands."""
        part: tuple[str, int] | None = None
        if isinstance(node, ast.Name):
            part = self.parts.get(node.id)
        elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            model, index = self.model_of(node.value), node.slice.value
            part = (model, index) if model is not None and type(index) is int else None
        if part is None:
            return None
        names = self.metrics.get(part[0]) or ("loss",)
        known = names[part[1]] if -len(names) <= part[1] < len(names) else ""
        return known or (metric_in(node.id) if isinstance(node, ast.Name) else "")

    def model_of(self, node: ast.expr) -> str | None:
        """Return the model whose `evaluate` an expression shows, or None."""
        if isinstance(node, ast.Call) and _method(node).startswith("evaluate"):
            known = bool(node.args or node.keywords) or _model(node) in self.metrics
            return _model(node) if known else None
        return self.evaluated.get(node.id) if isinstance(node, ast.Name) else None


def compiled_names(call: ast.Call) -> Names:
    """Return the names of what `evaluate` returns after a `compile`; None where one cannot be read."""
    given: Mapping[str | None, ast.expr] = {keyword.arg: keyword.value for keyword in call.keywords}
    metrics = given.get("metrics") or (call.args[2] if len(call.args) > 2 else None)
    if isinstance(given.get("loss"), ast.List | ast.Dict | ast.Tuple) or None in given:
        return None
    if metrics is None:
        return ("loss",)
    names = (
        [_name(one) for one in metrics.elts]
        if isinstance(metrics, ast.List | ast.Tuple)
        else [_name(metrics)]
    )
    return None if None in names else ("loss", *(str(name) for name in names))


def returned_in(
    cell: int, tree: ast.Module, lines: Sequence[Line], bars: Sequence[Figure], origins: Origins
) -> Iterator[Figure]:
    """Yield the figures of values that a cell shows, by its last expression and by `print`."""
    last = tree.body[-1].value if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    prints = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_print(node)]
    printed = [node.args[-1] for node in prints if node.args]
    evaluates = 0
    for line in lines:
        if line.kind not in ("result", "stdout"):
            continue
        numbers = numbers_in(line.text)
        label = ""
        if line.kind == "stdout" and numbers is None:
            label, bracket, rest = line.text.partition("[")
            numbers = numbers_in(bracket + rest)
        shown = [last] if line.kind == "result" else printed
        nodes = [node for node in shown if node is not None]
        if numbers is None or not nodes or (line.kind == "stdout" and isinstance(numbers, str)):
            continue
        models = [model for node in nodes if (model := origins.model_of(node)) is not None]
        where = Where(cell, line.output, line.number)
        if models:
            order = evaluates if bars and any(bar.order == evaluates for bar in bars) else None
            beside = [bar.metric for bar in bars if bar.order == order] if order is not None else []
            model = models[min(evaluates, len(models) - 1)]
            yield from _of_evaluate(
                where, numbers, _names(numbers, origins.metrics.get(model), beside), order
            )
            evaluates += 1
        elif not label:
            yield from _of_others(where, numbers, nodes[0] if line.kind == "result" else None, origins)


def _names(numbers: Numbers, compiled: Names, beside: Sequence[str]) -> Names:
    """Return the names of the values: those of `compile`, or of the bar where those are not to be read."""
    count = 1 if isinstance(numbers, str) else len(numbers)
    if compiled is not None and len(compiled) == count:
        # a metric that `compile` calls mse is printed as mse or by its full name: the bar says which
        printed = {keras_name(name): name for name in beside}
        return tuple(printed.get(keras_name(name), name) for name in compiled)
    if len(beside) == count and beside[0] == "loss":
        return tuple(beside)
    if count == 2 and "loss" in beside and len(beside) == 2:  # Keras 3 sorts its bar, and not what it returns
        return ("loss", next(name for name in beside if name != "loss"))
    return ("loss",) if count == 1 else None


def _of_evaluate(where: Where, numbers: Numbers, names: Names, order: int | None) -> Iterator[Figure]:
    if isinstance(numbers, dict):
        pairs = [(name, value) for name, value in numbers.items() if isinstance(value, str)]
        form = "returned dict"
    elif isinstance(numbers, str):
        pairs, form = [((names or ("loss",))[0], numbers)], "returned number"
    else:
        form = "returned list" if isinstance(numbers, list) else "returned tuple"
        texts = [value for value in numbers if isinstance(value, str)]
        known = names if names and len(names) == len(texts) else ("",) * len(texts)
        pairs = list(zip(known, texts, strict=True))
    for name, value in pairs:
        yield figure(where, "evaluate", form, name, value, order=order)


def _of_others(where: Where, numbers: Numbers, node: ast.expr | None, origins: Origins) -> Iterator[Figure]:
    """Yield histories, dicts of metrics, and values whose variables are named after metrics."""
    if isinstance(numbers, dict):
        yield from _of_dict(where, numbers)
        return
    parts = node.elts if isinstance(node, ast.Tuple | ast.List) else [node]
    values = list(numbers) if isinstance(numbers, list | tuple) else [numbers]
    for part, value in zip(parts, values, strict=False) if len(parts) == len(values) else ():
        if not isinstance(value, str) or part is None or value.isdecimal():
            continue
        form = "returned tuple" if isinstance(numbers, tuple) else "returned number"
        text = ast.unparse(part)
        name = part.id if isinstance(part, ast.Name) else ""
        if (metric := origins.part_of(part)) is not None:
            yield figure(where, "evaluate", form, metric or text, value, data=data_in(text))
        elif name and metric_in(name):
            yield figure(where, "returned", form, name, value, name=metric_in(name), data=data_in(name))
        elif form == "returned number" and (key := history_metric(part)):
            yield figure(where, "returned", form, key, value, data=data_in(key))


def history_metric(node: ast.expr) -> str:
    """Return the metric that an expression takes from a History, as its key says; empty for others."""
    for one in ast.walk(node):
        key = one.slice if isinstance(one, ast.Subscript) else None
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and metric_in(key.value):
            return key.value
    return ""


def _of_dict(where: Where, numbers: Mapping[str, Numbers]) -> Iterator[Figure]:
    lists = {name: values for name, values in numbers.items() if isinstance(values, list)}
    if lists and len(lists) == len(numbers):
        if not any(name in ("loss", "val_loss") for name in lists):
            return
        for name, values in lists.items():
            for epoch, value in enumerate(values, 1):
                if isinstance(value, str) and is_figure(name):
                    mean, count = not name.startswith("val_"), len(values)
                    yield figure(
                        where,
                        "fit",
                        "History dict",
                        name,
                        value,
                        running_mean=mean,
                        epoch=epoch,
                        epochs=count,
                    )
        return
    for name, value in numbers.items():
        if isinstance(value, str) and metric_in(name) and not value.isdecimal():
            yield figure(where, "returned", "returned dict", name, value)


def _method(node: ast.AST) -> str:
    called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return node.func.attr if called else ""  # type: ignore[attr-defined]  # a call of an attribute


def _model(node: ast.AST) -> str:
    return ast.unparse(node.func.value)  # type: ignore[attr-defined]  # a call of an attribute


def _is_print(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id == "print"


def _name(node: ast.expr) -> str | None:
    """Return the name of a metric as a log has it: a text, a class in snake case, or its `name`."""
    if isinstance(node, ast.Constant):
        return _snake(node.value) if isinstance(node.value, str) else None
    if isinstance(node, ast.Call):
        for keyword in node.keywords:
            if keyword.arg == "name":
                return _name(keyword.value)
        node = node.func
    text = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else None
    return None if text is None else _snake(text)


def _snake(text: str) -> str:
    """Return the name that Keras gives a metric of a class of this name; of another name itself."""
    return "".join(
        f"_{c.lower()}" if c.isupper() and i and not text[i - 1].isupper() else c.lower()
        for i, c in enumerate(text)
    )

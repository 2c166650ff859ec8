"""The data of a fit as code: a data set that nnspec has, or a file that is written beside."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import NnspecError
from nnspec.basics.size import shown_size
from nnspec.data import Arrays, Circles, Dataset, Moons
from nnspec.notebook.static import Static
from nnspec.notebook.writing.known_images import known_images
from nnspec.notebook.writing.known_reviews import known_reviews
from nnspec.notebook.writing.named_arrays import PARTS, are_named, arrays_of, reading_lines

LARGEST = 2**23  # bytes of arrays that are written beside a specification
_GENERATED: Mapping[str, type[Circles] | type[Moons]] = {"make_circles": Circles, "make_moons": Moons}


@dataclass(frozen=True)
class DataCode:
    """An expression for a data set, the lines that it needs above it, names to import, and arrays to write.

    `validation` is the part that serves as validation data, None where there is none. `arrays` go into a file
    whose name is put into the `expression` and the `lines` for `{file}`.
    """

    expression: str
    validation: str | None
    lines: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    arrays: Mapping[str, NDArray[Any]] = field(default_factory=dict)


def data_code(arrays: Arrays, static: Static, served: tuple[str, ...]) -> DataCode | str:
    """Return the code of a data set of these arrays, or why there is none."""
    validation = "validation" if len(arrays.x_validation) else None
    if are_named(arrays):
        named, lines = dict(arrays_of(arrays)), reading_lines(arrays)
        if too_large := _too_large(named):
            return too_large
        return DataCode("FunctionDataset(several)", validation, lines, ("Arrays", "FunctionDataset"), named)
    for dataset in _generated(static):
        if validation is None and _same(dataset, arrays):
            name = type(dataset).__name__
            return DataCode(_call(dataset), validation, imports=(name,))
    for known in (known_images, known_reviews):
        if found := known(arrays, served):
            return DataCode(found.expression, found.validation, found.lines, found.imports)
    parts = dict(arrays_of(arrays))
    if too_large := _too_large(parts):
        return too_large
    return DataCode('NPZDataset("{file}")', validation, imports=("NPZDataset",), arrays=parts)


def _too_large(parts: Mapping[str, NDArray[Any]]) -> str:
    """Return that arrays are too large to be written beside; empty where they are not."""
    size = sum(values.nbytes for values in parts.values())
    told = f"its data of {shown_size(size)} are no data set that nnspec has, and too large for a file beside"
    return told if size > LARGEST else ""


def _generated(static: Static) -> Iterator[Dataset]:
    """Yield the data sets that calls of scikit-learn's generators with plain numbers would make."""
    for tree in static.code.trees.values():
        for node in ast.walk(tree):
            name = _called(node)
            if name not in _GENERATED or not isinstance(node, ast.Call):
                continue
            try:
                given = {one.arg: ast.literal_eval(one.value) for one in node.keywords if one.arg}
                first = [ast.literal_eval(one) for one in node.args]
            except (ValueError, TypeError, SyntaxError):
                try:
                    given, first = _with_names(static, node)
                except (ValueError, TypeError, SyntaxError):
                    continue
            for train_size in _sizes(given, first):
                try:
                    arguments = {**given, **dict(zip(("n_samples",), first, strict=False))}
                    yield _GENERATED[name](**{**arguments, "train_size": train_size})
                except (NnspecError, TypeError):
                    continue


def _with_names(static: Static, node: ast.Call) -> tuple[dict[str, Any], list[Any]]:
    """Return the arguments of a call, names of whole numbers included, `make_circles(n_samples)`."""

    def value(one: ast.expr) -> Any:
        if isinstance(one, ast.Name):
            return static.code.literal(one.id, max(static.code.trees))
        return ast.literal_eval(one)

    return {one.arg: value(one.value) for one in node.keywords if one.arg}, [value(one) for one in node.args]


def _sizes(given: Mapping[str, Any], first: list[Any]) -> Iterator[int | None]:
    yield None
    examples = first[0] if first else given.get("n_samples", 100)
    if isinstance(examples, int):
        yield from sorted({round(examples * share) for share in (0.8, 0.75, 0.7, 0.9, 0.5)})


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    func = node.func
    return func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""


def _same(dataset: Dataset, arrays: Arrays) -> bool:
    try:
        made = dataset.arrays()
    except NnspecError:
        return False
    return all(
        len(mine) == 0 or (mine.shape == other.shape and np.array_equal(mine, other))
        for part in PARTS[:2]
        for mine, other in zip(arrays.part(part), made.part(part), strict=True)
    )


def _call(dataset: Dataset) -> str:
    """Return the call that makes a data set: its first argument, and those that are not the default."""
    usual = type(dataset)().get_config()["config"]
    config = dataset.get_config()["config"]
    told = [f"{name}={value!r}" for name, value in config.items() if value != usual[name]]
    return f"{type(dataset).__name__}({', '.join(told)})"

"""Numbers that code prints without the name of a metric: `print(h.history["accuracy"][-1])`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence

from nnspec.notebook.figures import Figure, Where, figure
from nnspec.notebook.metric_names import data_in, is_percentage, keras_name, metric_in
from nnspec.notebook.printed_by import printed_by
from nnspec.notebook.printed_text import Line
from nnspec.notebook.returned import Origins, history_metric

_NUMBER = re.compile(r"-?(?:\d+\.\d+(?:e[-+]?\d+)?|\d+e[-+]?\d+|nan)", re.I)


def numbers_in_prints(
    trees: Mapping[int, ast.Module], cell: int, lines: Sequence[Line], taken: frozenset[int], origins: Origins
) -> Iterator[Figure]:
    """Yield the numbers of printed lines of which the code says the metric.

    Those are a part of what `fit` or `evaluate` gave, and what is printed alone from a variable that is named
    after a metric. `taken` are the lines of logs.
    """
    for number, template in printed_by(trees, cell, lines, taken).items():
        line = next(one for one in lines if one.number == number)
        match = template.pattern.fullmatch(line.text) or template.pattern.fullmatch(line.text.rstrip())
        alone = not "".join(part for part in template.parts if isinstance(part, str)).strip()
        for at, expression in enumerate(template.holes):
            text = match[at + 1].strip() if match else ""
            bare = text.removesuffix("%").strip()
            if expression is None or not _NUMBER.fullmatch(bare):
                continue
            if metric := _metric(expression, origins, alone and len(template.holes) == 1):
                after = line.text[match.end(at + 1) :].lstrip() if match else ""
                percent = text != bare or after.startswith("%") or is_percentage(keras_name(metric), bare)
                yield figure(
                    Where(cell, line.output, number),
                    "sentence",
                    "printed number",
                    metric,
                    bare,
                    percent=percent,
                    data=data_in(ast.unparse(expression)),
                )


def _metric(expression: ast.expr, origins: Origins, alone: bool) -> str:
    """Return the name of the metric that an expression gives; empty where the code does not say it."""
    for node in ast.walk(expression):
        if isinstance(node, ast.Name | ast.Subscript) and (part := origins.part_of(node)):
            return part
    if key := history_metric(expression):
        return key
    return metric_in(expression.id) if alone and isinstance(expression, ast.Name) else ""

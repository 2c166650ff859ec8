"""The figures and orders of a notebook that can be read without running it: what a test run collects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from nnspec.notebook.calls import Call
from nnspec.notebook.figures import Figure
from nnspec.notebook.repeating.evaluated_names import EvaluatedNames
from nnspec.notebook.repeating.joined import counting
from nnspec.notebook.repeating.story import neighbours
from nnspec.notebook.static import Static

Data = tuple[str, ...]  # what the code gives as examples


@dataclass(frozen=True)
class ListedFigure:
    """A printed figure under the name of its test, such as cell-12-line-3-accuracy."""

    name: str
    figure: Figure


@dataclass(frozen=True)
class ListedOrder:
    """Two figures, the better one first, under the name of their test."""

    name: str
    first: Figure
    second: Figure


@dataclass(frozen=True)
class Listed:
    """What is tested of a notebook; the names are all different.

    `others` is how many orders there can be besides, of the same data under other names, which only the run
    shows.
    """

    figures: tuple[ListedFigure, ...]
    orders: tuple[ListedOrder, ...]
    others: int = 0


def listed(static: Static) -> Listed:
    """Return the figures that count and the orders of models that the code gives the same data by name.

    Whether the data are the same under that name tells the run alone.
    """
    figures = counting(static)
    names = _once([f"{_place(one)}-{one.metric or 'figure'}" for one in figures])
    pairs = list(_pairs(static, figures))
    orders = _once([f"order-{_place(one)}-{_place(other)}-{metric}" for one, other, metric in pairs])
    return Listed(
        tuple(map(ListedFigure, names, figures)),
        tuple(ListedOrder(name, one, other) for name, (one, other, _) in zip(orders, pairs, strict=True)),
        max(0, _most(figures) - len(pairs)),
    )


def printed_order(first: Figure, second: Figure) -> str:
    """Return an order as it is printed, the better figure first."""
    both = " before ".join(f"{one.printed} in cell [{one.cell}]" for one in (first, second))
    return f"by {first.metric} {both}"


def _most(figures: list[Figure]) -> int:
    """Return how many orders of models a run can show: of n figures of a metric at most n."""
    evaluated = [one for one in figures if one.name and (one.kind != "fit" or one.name.startswith("val_"))]
    values: dict[str, list[float]] = {}
    for one in evaluated:
        values.setdefault(one.name.removeprefix("val_"), []).append(one.value)
    differ = [held for held in values.values() if len(set(held)) > 1]
    return sum(len(held) if len(held) > 2 else 1 for held in differ)


def _pairs(static: Static, figures: list[Figure]) -> Iterator[tuple[Figure, Figure, str]]:
    """Yield pairs of figures of one metric on the same data, by the code, of models after different fits."""
    groups: dict[tuple[Data, str], dict[tuple[str, int], Figure]] = {}
    names = EvaluatedNames(static)
    for one in sorted(figures, key=lambda one: one.kind == "fit"):
        call = _call(static, names, one)
        if call is None or not one.name:
            continue
        data, fitted = _data(call), _fitted(static, call)
        if data is None or fitted is None or (one.kind == "fit" and not one.name.startswith("val_")):
            continue
        group = groups.setdefault((data, one.name.removeprefix("val_")), {})
        group.setdefault(fitted, one)  # what evaluate gives counts before the last epoch's validation
    for (_, metric), group in groups.items():
        for one, other in neighbours(list(group.values()), metric):
            yield one, other, metric


def _call(static: Static, names: EvaluatedNames, figure: Figure) -> Call | None:
    """Return the call whose figure this is, where the code has one alone that can be it."""
    method = "fit" if figure.kind == "fit" else "evaluate"
    logs = [
        one for one in static.logs if (one.cell, one.kind, one.order) == (figure.cell, method, figure.order)
    ]
    if len(logs) == 1 and figure.kind in ("fit", "evaluate"):
        return static.call_of(logs[0])
    cells = names.cells_behind(figure.cell)
    calls = [one for one in static.calls if one.cell in cells and one.method == method]
    return calls[0] if len(calls) == 1 and not calls[0].in_loop and not calls[0].function else None


def _data(call: Call) -> Data | None:
    given = call.arguments
    if call.method == "evaluate":
        if "*" in given:
            return (given["*"],)
        return (given["x"], given.get("y", "")) if "x" in given else None
    if "validation_data" in given:
        text = given["validation_data"].strip()
        inside = text[1:-1] if text[:1] in "([" and text[-1:] in ")]" else text
        return tuple(part.strip() for part in inside.split(",", 1)) if inside.count(",") == 1 else (text,)
    share = given.get("validation_split")
    return (given.get("x", ""), given.get("y", ""), share) if share else None


def _fitted(static: Static, call: Call) -> tuple[str, int] | None:
    """Return the model of a call and the cell of its last fit so far."""
    if call.method == "fit":
        return call.model, call.cell
    fits = [
        one.cell
        for one in static.calls
        if one.method == "fit" and one.model == call.model and (one.cell, one.line) < (call.cell, call.line)
    ]
    return (call.model, fits[-1]) if fits else None


def _place(figure: Figure) -> str:
    return f"cell-{figure.cell}-line-{figure.line}"


def _once(names: list[str]) -> list[str]:
    """Return names that are all different, those that come again with a number."""
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return found

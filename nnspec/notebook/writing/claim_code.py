"""Printed figures and orders of models as the code of claims."""

from __future__ import annotations

import json
import re
from decimal import Decimal

from nnspec.claims.figure import lower_or_higher
from nnspec.notebook.figure_words import printed, what
from nnspec.notebook.repeating.asked import Asked
from nnspec.notebook.repeating.claims import documented
from nnspec.notebook.repeating.placing import PlacedFigure, PlacedOrder
from nnspec.notebook.repeating.quantities import better_values
from nnspec.notebook.repeating.recipes import Repeated
from nnspec.statistics.figures import slack
from nnspec.statistics.scales import MOST_WORDS


def claim_code(
    one: PlacedFigure, repeated: Repeated, trains_on: bool, recipe: str, names: tuple[str, str]
) -> str:
    """Return a claim of a figure that was placed; `names` are those of the claim and of its function."""
    asked, result = one.asked, one.result
    written = documented(asked.figure)
    better, key = better_values(asked.key), asked.key
    value, read = value_code(asked, repeated, trains_on, "runs")
    metric = key if trains_on or asked.evaluation is None else f"test_{key}"
    told = _text(written) if isinstance(written, str) else repr(written)
    plain = asked.evaluation is not None and lower_or_higher(metric) == better
    figure = told if plain else f"Figure({told}, lambda runs: {value}, {_text(better)})"
    places = " or ".join(one.places) if len(one.places) <= MOST_WORDS else "undecided"
    section, said = f"Cell [{asked.figure.cell}]", f"{key} {printed(asked)}"
    sign = ">=" if better == "higher" else "<="
    return "\n".join(
        [
            "@claim(",
            f"    {_text(names[0])},",
            f"    source=NOTEBOOK.at({_text(section)}, {_text(what(one))}),",
            f"    says={_text(f'{section} prints {said}.')},",
            '    reading="figure",',
            f"    recipe={recipe},",
            f"    documented={{{_text(metric)}: {figure}}},",
            f"    because={_text(f'to confirm: the figure is {read}')},",
            f"    verdict={_text(places)},",
            f"    measured={_text(f'{result.successes} of {result.seeds} runs do at least as well')},",
            ")",
            f"def {names[1]}(runs):",
            f'    """A run does at least as well as {_docstring(said)} in cell [{asked.figure.cell}]."""',
            f"    return {value} {sign} {_limit(written, better)}",
        ]
    )


def _limit(written: float | str | None, better: str) -> str:
    """Return the number that a value has to reach, or to stay below, to be told as the figure or better."""
    sign = -1 if better == "higher" else 1
    if isinstance(written, str):  # half a unit of the last digit that was printed
        half = Decimal(5).scaleb(-len(written.partition(".")[2]) - 1)
        return format(Decimal(written) + sign * half, "f")
    number = float(written or 0.0)
    return f"{number + sign * slack(number, None):.8g}"


def value_code(asked: Asked, repeated: Repeated, trains_on: bool, runs: str) -> tuple[str, str]:
    """Return the code of the value of every run that a figure is compared with, and what that is in words."""
    key, figure = asked.key, asked.figure
    if asked.evaluation is None:
        if isinstance(asked.taken, str):
            return _extreme_code(asked, repeated, runs), f"the {asked.taken} that `fit` reports of all epochs"
        if asked.taken == -1 or (repeated.stops and figure.kind == "fit"):
            return f"{runs}.epoch({_text(key)}, -1)", "what `fit` reports in its last epoch"
        told = f"what `fit` reports in epoch {asked.taken}"
        return f"{runs}.epoch({_text(key)}, {repeated.before + asked.taken})", told
    if trains_on:
        told = "what `evaluate` gives on the examples that it was trained on"
        return f"{runs}.metric({_text(key)})", told
    return f"{runs}.metric({_text(f'test_{key}')})", "what `evaluate` gives on other examples, its test part"


def _extreme_code(asked: Asked, repeated: Repeated, runs: str) -> str:
    end, key = "max" if asked.taken == "highest" else "min", _text(asked.key)
    if repeated.before:  # epochs of fits before are none of its own
        return f"{runs}.history[{key}][:, {repeated.before}:].{end}(axis=1)"
    return f'{runs}.epoch({key}, {runs}.best_epoch({key}, mode="{end}"))'


def order_value(asked: Asked, repeated: Repeated, trains_on: bool, runs: str) -> str:
    """Return the code of the value by which a run is ordered, which both arms have whatever their epochs."""
    last = asked.evaluation is None and asked.taken in (-1, repeated.epochs - repeated.before)
    return (
        f"{runs}.epoch({_text(asked.key)}, -1)" if last else value_code(asked, repeated, trains_on, runs)[0]
    )


def order_code(one: PlacedOrder, values: tuple[str, str], recipes: tuple[str, str], name: str) -> str:
    """Return a claim that one model is better than another, of the values of the runs of these recipes."""
    result, order = one.result, one.order
    arms = [recipe.lower() for recipe in recipes]
    places = " or ".join(one.places) if 0 < len(one.places) <= MOST_WORDS else "undecided"
    verb, sign = ("higher", ">") if order.better == "higher" else ("lower", "<")
    metric = re.sub(r"\W+", "_", order.metric).strip("_")
    where = f"in_cell_{max(order.first.cell, order.second.cell)}"
    given = ", ".join(f"{_text(arm)}: {recipe}" for arm, recipe in zip(arms, recipes, strict=True))
    return "\n".join(
        [
            "@claim(",
            f"    {_text(name)},",
            f"    source=NOTEBOOK.at({_text(result.section)}),",
            f"    says={_text(result.says)},",
            '    reading="one case",',
            f"    recipe={{{given}}},",
            '    because="to confirm: the notebook compares these two, and says which is the better one",',
            f"    verdict={_text(places)},",
            f"    measured={_text(f'{result.successes} of {result.seeds} runs have this order')},",
            ")",
            f"def test_{arms[0]}_has_a_{verb}_{metric}_than_{arms[1]}_{where}({', '.join(arms)}):",
            f'    """{_docstring(result.statement)}."""',
            f"    return {values[0]} {sign} {values[1]}",
        ]
    )


def names_of(one: PlacedFigure, document: str, model: str, taken: set[str]) -> tuple[str, str]:
    """Return a name for the claim of a figure and one for its function, which no other claim has."""
    metric = re.sub(r"\W+", "_", one.asked.key).strip("_").lower()
    cell = one.asked.figure.cell
    base, number = f"{document}-cell-{cell}-{metric.replace('_', '-')}", 1
    while (name := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    taken.add(name)
    end = "" if number == 1 else f"_{number}"
    return name, f"test_{model}_does_as_well_as_the_{metric}_of_cell_{cell}{end}"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _docstring(text: str) -> str:
    return " ".join(text.replace("\\", "\\\\").replace('"', "'").split())

"""A printed figure as the code of a claim."""

from __future__ import annotations

import json
import re
from decimal import Decimal

from nnspec.claims.figure import lower_or_higher
from nnspec.notebook.figure_words import printed, what
from nnspec.notebook.repeating.claims import documented
from nnspec.notebook.repeating.placing import PlacedFigure
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
    if asked.evaluation is not None:
        metric = key if trains_on else f"test_{key}"
        value = f"runs.metric({_text(metric)})"
        on = "the examples that it was trained on" if trains_on else "other examples, its test part"
        read = f"what `evaluate` gives on {on}"
    else:
        metric = key
        epoch = -1 if repeated.stops else repeated.before + (asked.figure.epoch or 1)
        value = f"runs.epoch({_text(key)}, {epoch})"
        read = f"what `fit` reports in epoch {asked.figure.epoch}"
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
            f"    source=NOTEBOOK.at({_text(section)}, {_text(what(asked))}),",
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

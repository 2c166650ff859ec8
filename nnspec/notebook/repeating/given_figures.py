"""Figures that somebody names, where a notebook stores none: `12:accuracy=0.91` of what cell [12] trains."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nnspec.basics.errors import InvalidValue
from nnspec.notebook.captured import Captured
from nnspec.notebook.figures import Where, figure
from nnspec.notebook.metric_names import keras_name
from nnspec.notebook.repeating.asked import Asked
from nnspec.notebook.repeating.chains import trained_epochs
from nnspec.notebook.static import Static

_FORM = "a cell, a metric and a figure, such as 12:accuracy=0.91 or 12:val_accuracy=91%"
_GIVEN = re.compile(r"(?P<cell>\d{1,6}):(?P<metric>\w+)=(?P<printed>-?\d+(?:\.\d+)?)\s*(?P<percent>%?)")


def checked(name: str, text: str) -> str:
    """Return a figure as it is named.

    Raises
    ------
    InvalidValue
        If it is none.
    """
    if _GIVEN.fullmatch(text.strip()) is None:
        raise InvalidValue(name, text, _FORM)
    return text.strip()


def given_figure(text: str, captured: Captured) -> Asked:
    """Return a figure of the last evaluation of a cell that has the metric, or of the end of its last fit.

    Raises
    ------
    InvalidValue
        If the cell has evaluated or fitted nothing with this metric.
    """
    found = _GIVEN.fullmatch(checked("figure", text))
    if found is None:
        raise InvalidValue("figure", text, _FORM)
    cell, metric, percent = int(found["cell"]), found["metric"], bool(found["percent"])
    where = Where(cell, 0, 0)
    known: list[str] = []
    for one in reversed([one for one in captured.evaluations if one.cell == cell and one.fit is not None]):
        if (key := _key(metric, list(one.result))) is not None:
            made = figure(where, "evaluate", "given", metric, found["printed"], percent=percent)
            return Asked(made, one.fit or 0, one, key)
        known += one.result
    for fit in reversed([fit for fit in captured.fits if fit.cell == cell and fit.history]):
        if (key := _key(metric, list(fit.history))) is not None:
            last = {"epoch": trained_epochs(fit), "epochs": trained_epochs(fit)}
            made = figure(where, "fit", "given", metric, found["printed"], percent=percent, **last)
            return Asked(made, fit.number, None, key, trained_epochs(fit))
        known += fit.history
    expected = f"a metric of cell [{cell}]: {', '.join(dict.fromkeys(known)) or 'it has fitted nothing'}"
    raise InvalidValue("figure", text, expected)


def offered(static: Static, captured: Captured) -> tuple[str, ...]:
    """Return the figures of the prose as they would be named: each for the last evaluation above it.

    What a sentence says of training, or of a metric that was not evaluated, is none, nor is one below a fit
    that came after that evaluation.
    """
    found: list[str] = []
    for one in static.candidates:
        above = [e for e in captured.evaluations if e.cell is not None and e.cell < one.cell]
        fits = [fit.cell for fit in captured.fits if fit.cell is not None and fit.cell < one.cell]
        newer = bool(above) and max(fits, default=-1) > (above[-1].cell or 0)
        if one.data == "training" or not above or newer:
            continue
        if _key(one.name, list(above[-1].result)) is not None:
            found.append(f"{above[-1].cell}:{one.name}={one.printed}{'%' * one.percent}")
    return tuple(dict.fromkeys(found))


def _key(metric: str, names: Sequence[str]) -> str | None:
    exact = [name for name in names if name == metric]
    alike = exact or [name for name in names if keras_name(name) == keras_name(metric)]
    return alike[0] if len(alike) == 1 else None

"""The comparison of two benchmark runs as Markdown, and as one HTML file without JavaScript or network."""

from __future__ import annotations

import math
from typing import Any

from nnspec.report.drawing.svg import across, add, drawing, markup, upright
from nnspec.report.page import template
from nnspec.report.words.markdown import code, joined, table, text_line
from nnspec.report.words.printable import printable
from nnspec.report.words.wording import count, percent
from nnspec.studies.speed.comparison import Change, Comparison
from nnspec.studies.speed.run import BenchmarkRun
from nnspec.studies.speed.wording import INTERVALS, NEW_AGAINST_OLD, run_in_words, short, times, unit_in_words

_SYMBOLS = {"slower": "▲", "faster": "▼", "no change shown": "=", "too few rounds": "?"}
# the colours that the report on claims has for them
_CLASSES = {"slower": "refuted", "faster": "holds"}  # else "undecided"
_MARGIN = 3.0  # percent of the width, so that whole marks fit


def markdown(comparison: Comparison) -> str:
    """Return the comparison as Markdown: a headline, a table, and under which terms it was made."""
    terms = _terms(comparison)
    columns = ["benchmark", "verdict", terms["cost"], *terms["columns"]]
    lines = [f"## {text_line(_headline(comparison))}", "", text_line(terms["how"]), ""]
    lines += [f"- {name}: {text_line(run_in_words(run))}" for name, run in _runs(comparison)]
    if comparison.versions:
        lines.append(f"- changed: {text_line(_versions(comparison))}")
    rows = []
    for change in comparison.changes:
        shown = _shown(comparison, change)
        cells = map(text_line, (shown["verdict"], shown["cost"], *map(" ".join, shown["cells"])))
        rows.append([code(shown["name"]), *cells])
    lines += ["", *table(columns, rows)]
    remarks = [(change.name, note) for change in comparison.changes for note in change.notes]
    remarks += [(name, f"not compared: {reason}") for name, reason in comparison.not_compared.items()]
    if remarks:
        lines += ["", *(f"- {code(short(name))}: {text_line(remark)}" for name, remark in remarks)]
    lines += ["", *(f"{text_line(sentence)}  " for sentence in (terms["level"], terms["intervals"]))]
    return joined(lines).rstrip()


def html(comparison: Comparison) -> str:
    """Return the comparison as the text of one HTML file, every text in it escaped."""
    verdicts: list[str] = [change.verdict for change in comparison.changes]
    facts = [(name, run_in_words(run)) for name, run in _runs(comparison)]
    if comparison.versions:
        facts.append(("Changed", _versions(comparison)))
    return template("comparison.html.jinja").render(
        headline=_headline(comparison),
        terms=printable(_terms(comparison)),
        facts=printable(facts),
        counts=[
            (name, _SYMBOLS[name], _CLASSES.get(name, "undecided"), verdicts.count(name))
            for name in _SYMBOLS
            if name in verdicts or name != "too few rounds"
        ],
        changes=[printable(_shown(comparison, change)) for change in comparison.changes],
        not_compared=printable([(short(name), why) for name, why in comparison.not_compared.items()]),
    )


def _headline(comparison: Comparison) -> str:
    number, of = len(comparison.regressions), len(comparison.changes)
    if not number:
        return f"No benchmark of {of} is shown to be slower"
    return f"{count(number, 'benchmark')} of {of} {'is' if number == 1 else 'are'} slower"


def _terms(comparison: Comparison) -> dict[str, Any]:
    """Return what was compared and how, in sentences and headings."""
    if comparison.same_machine:
        how = "One machine: seconds are compared; the ratios to the peers of the same run stand beside them."
    else:
        known = comparison.old.machine and comparison.new.machine
        machines = "Different machines" if known else "It is not known whether the machine is the same"
        how = f"{machines}: seconds are not compared, only the ratios to the peers of the same run."
    columns = ["seconds, OLD → NEW"] if comparison.same_machine else []
    return {
        "how": how,
        "cost": "cost, NEW / OLD" if comparison.same_machine else "cost relative to the peer, NEW / OLD",
        "columns": [*columns, "times less than the peer, OLD → NEW"],
        "level": _level(comparison),
        "intervals": f"{NEW_AGAINST_OLD} {INTERVALS}",
    }


def _level(comparison: Comparison) -> str:
    level, family = percent(comparison.level), count(len(comparison.changes), "benchmark")
    if comparison.tolerance:
        counts = f"Slower and faster mean by more than {percent(comparison.tolerance)}, because whole runs "
        counts += "differ by a few percent without any cause in the code."
    else:
        counts = "Any difference counts as slower or faster."
    return (
        f"Level {level}, {family}: the chance that noise makes any of them count as slower is at most "
        f"{level}, and the same again for faster (one-sided Mann–Whitney tests on the raw rounds, Holm's "
        f"correction over the benchmarks; rounds are taken to be independent). {counts}"
    )


def _shown(comparison: Comparison, change: Change) -> dict[str, Any]:
    """Return everything that is shown of a change as text."""
    symbol, cost = _SYMBOLS[change.verdict], times(change.cost)
    seconds, ratios = ["–"], ["–"]
    if change.seconds is not None:
        old, new = (unit_in_words(one.value) for one in change.seconds)
        seconds = [old, f"→ {new}", change.measure.removeprefix("seconds ")]
    if change.ratios is not None:
        old, new = map(times, change.ratios)
        ratios = [f"{change.peer}:", old, f"→ {new}"]
    ends = [change.cost.low, change.cost.high]
    widest = max(max(one.cost.high, 1 / one.cost.low) for one in comparison.changes)
    reach = max(1.5, 1 + 2 * comparison.tolerance, min(4.0, widest))
    p = f"p {'< 0.0001' if change.p < 1e-4 else f'= {change.p:.2g}'}"
    said = f"{change.verdict}, cost {cost}"
    css_class = _CLASSES.get(change.verdict, "undecided")
    return {
        "name": short(change.name),
        "group": change.group,
        "measure": change.measure,
        "verdict": f"{symbol} {change.verdict}",
        "class": css_class,
        "cost": cost,
        "p": p,
        "rounds": f"{change.rounds[0]:,} and {change.rounds[1]:,} rounds",
        "cells": [seconds, ratios] if comparison.same_machine else [ratios],
        "notes": list(change.notes),
        "bar": _change_bar(
            change.cost.value, (ends[0], ends[1]), comparison.tolerance, reach, css_class, said
        ),
    }


def _change_bar(
    factor: float, interval: tuple[float, float], tolerance: float, reach: float, css_class: str, said: str
) -> str:
    """Return inline SVG of a factor and its interval, on a logarithmic axis from 1 / reach to reach.

    Up to 1 + `tolerance` either way is shaded, 1 is a line. `said` is the same in words.
    """

    def place(value: float) -> float:
        share = math.log(value) / math.log(reach)
        return 50 + (50 - _MARGIN) * max(-1.0, min(1.0, share))

    middle = 11.0
    root = drawing(f"share {css_class}", 22.0, said)
    low, high = place(1 / (1 + tolerance)), place(1 + tolerance)
    add(root, "rect", "yes", x=across(low), y=middle - 8, width=across(high - low), height=16)
    add(root, "line", "track", x1="0%", x2="100%", y1=middle, y2=middle)
    upright(root, "threshold", place(1.0), middle - 10, middle + 10)
    ends = [place(end) for end in interval]
    add(root, "line", "whisker", x1=across(ends[0]), x2=across(ends[1]), y1=middle, y2=middle)
    for end in ends:
        upright(root, "whisker", end, middle - 4, middle + 4)
    add(root, "circle", "found", cx=across(place(factor)), cy=middle, r=4.5)
    return markup(root)


def _runs(comparison: Comparison) -> list[tuple[str, BenchmarkRun]]:
    return [("OLD", comparison.old), ("NEW", comparison.new)]


def _versions(comparison: Comparison) -> str:
    listed = ", ".join(f"{name} {old} → {new}" for name, (old, new) in comparison.versions.items())
    return f"{listed}; a ratio to a peer moves also when the peer does"

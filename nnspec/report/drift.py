"""The drift of the claims as Markdown, and as one HTML file without JavaScript or network."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from nnspec.basics.grouping import grouped
from nnspec.report.drawing.drift_bar import drift_bar
from nnspec.report.page import template
from nnspec.report.parts import ClaimTexts, Plot, Since, TestTexts
from nnspec.report.words.markdown import code, joined, table, text_line
from nnspec.report.words.printable import printable
from nnspec.report.words.wording import count, number, percent
from nnspec.results.claim_record import ClaimRecord
from nnspec.results.drift import CHANGES, ClaimDrift, Drift, drift
from nnspec.results.drift_tests import Tested
from nnspec.statistics.order_statistics import CONFIDENCE

_SYMBOLS = {
    "moved": "▲",
    "verdict changed": "≠",
    "no change shown": "=",
    "too few seeds": "?",
    "identical": "≡",
    "same verdict": "=",
}
_CLASSES = {"moved": "refuted", "verdict changed": "refuted", "identical": "holds", "same verdict": "holds"}
_COLUMNS = ("claim", "finding", "verdict, OLD → NEW", "what", "OLD → NEW", "by", "p")
_METHOD = (
    "shares by Fisher's exact test, values by the Kolmogorov–Smirnov test, each p-value times a weight "
    "for where the two runs ended, then Holm's correction. Equal seeds only make the tests "
    "quieter; where all values are identical nothing is tested."
)
_NAMED = 3  # of the claims that were not compared, beside the counts; all stand with their reasons
_INTERVALS = (
    f"Intervals are {percent(CONFIDENCE)} intervals, each for itself and as if the number of seeds had been "
    "fixed: of a difference of shares Newcombe's, of a shift of the values (the median of all differences, "
    "Hodges–Lehmann) the shifts that a rank test does not reject. A distribution may move without its middle."
)


def markdown(found: Drift, sides: Mapping[str, str]) -> str:
    """Return the drift as Markdown: a headline, the sides, a table and under which terms it was made.

    `sides` says of OLD and NEW where they come from. Claims that are identical are only counted.
    """
    lines = [f"## {text_line(headline(found))}", ""]
    lines += [f"- {name}: {text_line(said)}" for name, said in _facts(found, sides)]
    listed = _listed(found)
    lines += ["", *table(_COLUMNS, (cells for claim in listed for cells in _rows(claim)))] if listed else []
    remarks = [(claim.key, note) for claim in listed for note in claim.notes]
    listing = [f"- {code(name)}: {text_line(remark)}" for name, remark in remarks]
    for reason, names in _not_compared(found):
        listing.append(f"- not compared, {text_line(reason)}: " + ", ".join(map(code, names)))
    lines += ["", *listing] if listing else []
    lines += ["", *(f"{text_line(sentence)}  " for sentence in (_level(found), _INTERVALS))]
    return joined(lines).rstrip()


def _rows(claim: ClaimDrift) -> list[list[str]]:
    """Return a row for each test of a claim; what is said of the claim itself stands in the first."""
    texts = _shown(claim)
    first = [code(claim.key), text_line(texts.finding), text_line(texts.verdicts)]
    tests = [[*map(text_line, test)] for test in texts.tests or (("", "", "", ""),)]
    return [[*(["", "", ""] if which else first), *cells] for which, cells in enumerate(tests)]


def html(found: Drift, sides: Mapping[str, str]) -> str:
    """Return the drift as the text of one HTML file, every text in it escaped."""
    return template("drift.html.jinja").render(vars(shown(found, sides)))


def shown(found: Drift, sides: Mapping[str, str]) -> Since:
    """Return the drift as the texts that a page shows."""
    return Since(
        headline=headline(found),
        # the last of the facts is what the tiles say
        facts=printable([*_facts(found, sides)[:-1], *_left_out(found)]),
        counts=[
            (name, _SYMBOLS[name], _CLASSES.get(name, "undecided"), number)
            for name, number in _counts(found).items()
        ],
        claims=[printable(_shown(claim)) for claim in _listed(found)],
        not_compared=printable([(reason, ", ".join(names)) for reason, names in _not_compared(found)]),
        level=_level(found),
        intervals=_INTERVALS,
    )


def headline(found: Drift) -> str:
    """Return in one line how many claims moved and how many verdicts changed."""
    claims = count(len(found.claims), "claim")
    moved = sum(claim.finding == "moved" for claim in found.claims)
    verdicts = sum(claim.verdict_changed for claim in found.claims)
    opened = sum(claim.verdicts[1] == "undecided" != claim.verdicts[0] for claim in found.claims)
    parts = [
        f"{moved} of {claims} moved" if moved else f"None of {claims} has moved",
        f"{count(verdicts, 'verdict')} changed" if verdicts else "no verdict changed",
        f"{opened} decided before {'is' if opened == 1 else 'are'} open" if opened else "",
    ]
    return ", ".join(filter(None, parts))


def _listed(found: Drift) -> list[ClaimDrift]:
    """Return what is worth a row, what changed first."""
    worth = [claim for claim in found.claims if claim.finding not in ("identical", "same verdict")]
    return sorted(worth, key=lambda claim: claim.finding not in CHANGES)


def _counts(found: Drift) -> dict[str, int]:
    findings: list[str] = [claim.finding for claim in found.claims]
    return {name: findings.count(name) for name in _SYMBOLS if name in findings}


def _facts(found: Drift, sides: Mapping[str, str]) -> list[tuple[str, str]]:
    facts = list(sides.items())
    if found.versions:
        changes = (f"{name} {old} → {new}" for name, (old, new) in found.versions.items())
        facts.append(("changed", ", ".join(changes)))
    counted = ", ".join(f"{number} {name}" for name, number in _counts(found).items())
    return [*facts, ("claims", counted)]


def _left_out(found: Drift) -> list[tuple[str, str]]:
    """Return what a page says beside its headline of the claims that it lists only further down."""
    return [("not compared", _few(list(found.not_compared)))] if found.not_compared else []


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"


def _not_compared(found: Drift) -> list[tuple[str, list[str]]]:
    """Return the reasons with the claims that each of them keeps from being compared."""
    return list(grouped(found.not_compared, lambda name: found.not_compared[name]).items())


def _level(found: Drift) -> str:
    return (
        f"Level {percent(found.level)}, {count(found.family, 'test')}: the chance that any claim counts as "
        f"moved although nothing has changed is at most {percent(found.level)}; {_METHOD}"
    )


def _shown(claim: ClaimDrift) -> ClaimTexts:
    """Return everything that is shown of a claim as text."""
    old, new = claim.verdicts
    return ClaimTexts(
        name=claim.key,
        finding=f"{_SYMBOLS[claim.finding]} {claim.finding}",
        style=_CLASSES.get(claim.finding, "undecided"),
        verdicts=f"{old} → {new}" if old != new else old,
        tests=tuple(map(_test, claim.tests)),
        notes=claim.notes,
    )


def _test(test: Tested) -> TestTexts:
    shares = test.alike is None
    show = percent if shares else _value
    seeds = f"{test.seeds[0]:,} and {test.seeds[1]:,} seeds"
    alike = "" if not test.alike else f", {test.alike} alike"
    by = "–"
    if test.by is not None:
        ends: Sequence[float] = (test.by.value, test.by.low, test.by.high)
        value, low, high = (_signed(100 * end if shares else end) for end in ends)
        by = f"{value} ({low} to {high})" + (" points" if shares else "")
    return (
        test.what if shares else f"median of {test.what}",
        f"{show(test.old)} → {show(test.new)} ({seeds}{alike})",
        by,
        "≤ 0.0001" if test.p <= 1e-4 else f"{test.p:.2g}",
    )


def _value(value: float) -> str:
    return number(None if math.isnan(value) else value)


def _signed(value: float) -> str:
    return f"{value:+.3g}".replace("-", "−") if value else "0"


def since_baseline(
    old: Mapping[str, ClaimRecord], new: Mapping[str, ClaimRecord], old_name: str, new_name: str
) -> Since:
    """Return the drift as a report on claims shows it: what changed, with drawings, and the rest counted.

    What was tested without a change, and every name that was not compared, is told by `nnspec compare`.

    Raises
    ------
    InvalidValue
        If the two have no claim in common that both examined.
    """
    found = drift(old, new)
    changed = {claim.key: claim for claim in found.claims if claim.finding in CHANGES}
    plots = {key: _plot(claim, old[key], new[key]) for key, claim in changed.items()}
    told = shown(found, {"OLD": old_name, "NEW": new_name})
    return replace(
        told,
        claims=[claim for claim in told.claims if claim.name in changed],
        not_compared=printable([(reason, _few(names)) for reason, names in _not_compared(found)]),
        identical=tuple(claim.key for claim in found.claims if claim.finding == "identical"),
        plots={key: plot for key, plot in plots.items() if plot.drawings},
    )


def _plot(claim: ClaimDrift, old: ClaimRecord, new: ClaimRecord) -> Plot:
    before = {quantity.label: quantity for quantity in old.quantities}
    drawings: dict[str, str] = {}
    for quantity in new.quantities:
        label = quantity.label
        if label in before and label not in drawings:
            values = before[label].array.tolist()
            drawings[label] = drift_bar(label, values, quantity.array.tolist(), quantity.threshold)
    return Plot(claim.finding, tuple(filter(None, drawings.values())))

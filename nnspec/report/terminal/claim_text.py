"""Everything that is stored about a claim as text for a terminal, with small plots."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

from nnspec.claims.budget import TOO_FEW
from nnspec.report.claim import ShownClaim, evidence
from nnspec.report.terminal.text_plot import seeds_plot, share_plot
from nnspec.report.words.markdown import joined
from nnspec.report.words.printable import printable
from nnspec.report.words.wording import SYMBOLS, claimed, number, place_in_words, reading_sentence
from nnspec.results.claim_result import ClaimResult, Interval, PlacedFigure
from nnspec.results.message import INDENT, WIDTH, labelled, start, wrapped

_PLOT = WIDTH - INDENT


def claim_text(
    claim: ClaimResult, origin: str, besides: Mapping[str, str] | None = None, budget: str = "standard"
) -> str:
    """Return a claim as lines of at most 79 columns, commands apart.

    `origin` says where the record comes from, `besides` are labels and texts of what else is known, and
    `budget` is that of the run.
    """
    item = evidence(printable(claim), budget)
    symbol = SYMBOLS[item.verdict]
    lines = [*wrapped(f"{symbol} {item.told}: {item.key}{_recorded(item)}", others="  "), ""]
    for label, text in [*_rows(item), *(besides or {}).items()]:
        lines += labelled(label, text) if text else []
    if item.share is not None and item.claimed_share is not None:
        lines += ["", *_indented(share_plot(_shares(item), item.claimed_share, _PLOT))]
    for quantity in item.quantities:
        lines += ["", *_indented(seeds_plot(quantity, _PLOT))]
    if item.message:
        # a traceback has its own lines, and a command in it is pasted into a shell
        lines += ["", *(f"  {line}" for line in item.message.splitlines())]
    lines += ["", *labelled("found in", origin)]
    lines += [start("replay") + item.replay] if item.replay else []
    return joined(lines)


def _recorded(item: ShownClaim) -> str:
    if item.alarms:
        return ". NOT as recorded: " + " ".join(item.alarms)
    if item.few_seeds:
        return f". {TOO_FEW[0].upper()}{TOO_FEW[1:]}"
    return ", as recorded" if item.as_recorded else ""


def _rows(item: ShownClaim) -> Iterator[tuple[str, str]]:
    """Yield label and text of what is said in sentences."""
    yield "says", item.says
    yield "statement", item.statement
    yield "reading", reading_sentence(item.reading, item.word)
    source = [item.title or item.document, item.section, item.detail]
    yield "source", " › ".join(filter(None, source))
    asked = item.predicate
    if asked and item.claimed_share is not None:
        asked += f" for {claimed(item.claimed_share)} of the seeds"
    yield "read as", "; ".join(filter(None, [asked, item.because]))
    diverged = f" {item.diverged} diverged and count as a no." if item.diverged else ""
    yield "evidence", item.sentence + diverged
    yield "would turn", f"{item.turns}." if item.turns else ""
    if item.counterfactual:
        without = item.counterfactual.without
        described = f"without {without}" if without else item.counterfactual.description
        yield item.counterfactual.called, ": ".join(filter(None, [described, item.counterfactual_sentence]))
    for name, figure in item.figures.items():
        yield "figure", _figure(name, figure)
    for name, recipe in item.recipes.items():
        yield "recipe", f"{name}: {recipe}" if len(item.recipes) > 1 else recipe
    if item.measured:
        yield "recorded", f"{item.expected}: {item.measured}"
    for entry in item.drift:
        yield "changed call", f"{entry.printed} – {entry.happens}; today {entry.today}"
    for note in item.notes:
        yield "note", note
    yield "worst seeds", ", ".join(map(str, item.worst_seeds))


def _figure(name: str, figure: PlacedFigure) -> str:
    low, _, middle, _, high = figure.quantiles
    return (
        f"{name} {figure.printed} is documented, {place_in_words(figure)}; "
        f"median {number(middle)}, "
        f"central 95 % {number(low)} … {number(high)}"
    )


def _shares(item: ShownClaim) -> list[tuple[str, float, Interval | None]]:
    arms = [("claim", item.share or 0.0, item.interval)]
    other = item.counterfactual
    if other:
        arms.append((other.called, other.successes / other.seeds, other.interval))
    return arms


def _indented(lines: list[str]) -> list[str]:
    """Indent the lines of a plot and break those that are sentences."""
    return [part for line in lines for part in ([f"  {line}"] if len(line) <= WIDTH - 2 else _broken(line))]


def _broken(line: str) -> list[str]:
    return textwrap.wrap(line, WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)

"""What was found of a notebook as Markdown, for the page of a job."""

from __future__ import annotations

from nnspec.notebook import figure_words as words
from nnspec.notebook.found import Found
from nnspec.notebook.page.cells import told_of_runs
from nnspec.notebook.page.html import how_it_ran
from nnspec.notebook.repeating.placing import PlacedFigure
from nnspec.report.words.markdown import joined, table, text_line
from nnspec.report.words.wording import count, terms

_COLUMNS = ("cell", "what", "metric", "printed", "do as well", "place", "a reader gets: median, 90 %")


def markdown(found: Found) -> str:
    """Return what was found: what is strange first, then every figure, folded away."""
    placing = found.placing
    lines = [f"## nnspec: {text_line(found.name)}: {headline(found)}", ""]
    odd = [one for one in placing.placed if one.odd] if placing else []
    lines += [f"- {_figure(one)}" for one in odd] + [""] * bool(odd)
    lines += [f"- {text_line(item.statement)}: {item.told}" for item in found.orders]
    lines += [""] * bool(found.orders)
    lines += _listed("Findings", [one.sentence for one in found.findings])
    lines += _listed("Not run, or not captured", [text for _, text in told_of_runs(found, together=True)])
    if placing is not None:
        refused = [f"[{cell}] {why}" for cell, why in words.without_a_place(placing.not_placed)]
        lines += _listed("Without a place", refused)
        if placing.placed:
            lines += ["<details><summary>All printed figures</summary>", ""]
            lines += [*table(_COLUMNS, map(_cells, placing.placed)), "", "</details>", ""]
        told = words.drawn(placing), words.seeded(placing), words.offers(placing)
        said = filter(None, (*words.not_luck(placing), *told))
        lines += [line for text in said for line in (text_line(text), "")]
    with_what = [f"{terms(placing.results, 'any place is wrong')}."] if placing else []
    lines.append(text_line(" ".join([how_it_ran(found), *with_what])))
    return joined([*lines, ""])


def headline(found: Found) -> str:
    """Return how many figures were placed, how many of them hardly any run gives, and how many findings."""
    findings = count(len(found.findings), "finding")
    placing = found.placing
    if placing is None:
        return f"{count(len(found.static.figures), 'printed figure')} read; {findings}"
    odd = sum(one.odd for one in placing.placed)
    undecided = sum(words.place(one) == words.OPEN for one in placing.placed)
    placed = f"{count(len(placing.placed) - undecided, 'printed figure')} placed"
    left = f", {undecided} open for want of seeds" if undecided else ""
    return f"{placed}, {odd} of them lucky, unlucky or out of reach{left}; {findings}"


def _figure(one: PlacedFigure) -> str:
    what = f"{one.asked.key} {words.printed(one.asked)} of cell [{one.asked.figure.cell}]"
    runs = f"{words.do_as_well(one)} runs do at least as well"
    reader = f"a reader gets {words.reader_gets(one)}"
    return f"{text_line(f'{what} ({words.what(one)})')} is **{words.place(one)}**: {runs}; {reader}"


def _cells(one: PlacedFigure) -> list[str]:
    asked = one.asked
    told = words.printed(asked), words.do_as_well(one), words.place(one), words.reader_gets(one)
    return [text_line(text) for text in (f"[{asked.figure.cell}]", words.what(one), asked.key, *told)]


def _listed(title: str, sentences: list[str]) -> list[str]:
    if not sentences:
        return []
    return [f"**{title}**", "", *(f"- {text_line(one)}" for one in dict.fromkeys(sentences)), ""]

"""One benchmark run as Markdown and as one HTML file: what the same work costs here and by the peers."""

from __future__ import annotations

import io

from nnspec.report.page import template
from nnspec.report.parts import Picture
from nnspec.report.words.markdown import joined, table, text_line
from nnspec.report.words.printable import printable
from nnspec.report.words.wording import count
from nnspec.studies.speed.run import BenchmarkRun
from nnspec.studies.speed.scaling import Growth
from nnspec.studies.speed.section import COLUMNS, rows
from nnspec.studies.speed.wording import INTERVALS, limits, run_in_words, unit_in_words


def markdown(run: BenchmarkRun) -> str:
    """Return the run as Markdown: where it comes from, and a table with a row for every peer."""
    lines = [f"## {_headline(run)}", "", text_line(run_in_words(run)), ""]
    cells = [[*map(text_line, texts)] for texts in rows(run)]
    lines += [*table(COLUMNS, cells), ""] if cells else []
    lines += [line for sentence in [*limits(run), INTERVALS] for line in (text_line(sentence), "")]
    return joined(lines).rstrip()


def html(run: BenchmarkRun) -> str:
    """Return the run as the text of one HTML file, with a picture of the growth if that was measured."""
    return template("performance.html.jinja").render(
        headline=_headline(run),
        source=run_in_words(run),
        columns=COLUMNS,
        rows=printable(rows(run)),
        limits=printable(limits(run)),
        picture=None if run.growth is None else _picture(run.growth),
        intervals=INTERVALS,
    )


def _headline(run: BenchmarkRun) -> str:
    compared = len(rows(run))
    if not compared:
        return "A run of benchmarks without peers"
    return joined([f"{count(compared, 'comparison')} with peers that did the same work"])


def _picture(growth: Growth) -> Picture:
    from nnspec.studies.speed.figure import growth as figure

    buffer = io.BytesIO()
    figure(growth).savefig(buffer, format="png")
    costs = [f"{number:,} seeds {unit_in_words(min(s))}" for number, s in growth.seconds.items()]
    alt = f"{growth.group}: time a seed and memory; the fastest rounds are {', '.join(costs)}"
    return Picture("How time and memory grow with the seeds", alt, buffer.getvalue())

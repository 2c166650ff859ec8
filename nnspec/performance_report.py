"""One benchmark run as Markdown and as one HTML file: what the same work costs here and by the peers."""

from __future__ import annotations

import io

from nnspec.benchmark_run import BenchmarkRun
from nnspec.comparison_report import INTERVALS, run_in_words, short, times, unit_in_words
from nnspec.growth import Growth
from nnspec.rank_tests import median
from nnspec.report.html import printable, template
from nnspec.report.markdown import row, text_line
from nnspec.report.picture import Picture

COLUMNS = ("work", "against", "costs less", "rounds", "here", "compilation apart")


def rows(run: BenchmarkRun) -> list[tuple[str, ...]]:
    """Return a row of text for every benchmark with a peer, in the columns of `COLUMNS`."""
    found: list[tuple[str, ...]] = []
    for benchmark in run.benchmarks.values():
        if benchmark.ratios is not None and benchmark.peer:
            unit, seconds = next(iter(benchmark.seconds.items()))
            compilation = benchmark.compile_seconds
            found.append(
                (
                    benchmark.group or short(benchmark.name),
                    benchmark.peer,
                    times(median(benchmark.ratios)),
                    str(len(benchmark.ratios)),
                    f"{unit_in_words(median(seconds).value)} {unit.removeprefix('seconds ')}",
                    "–" if compilation is None else unit_in_words(compilation),
                )
            )
    return found


def markdown(run: BenchmarkRun) -> str:
    """Return the run as Markdown: where it comes from, and a table with a row for every peer."""
    lines = [f"## {_headline(run)}", "", text_line(run_in_words(run)), "", table(run), "", INTERVALS]
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")


def table(run: BenchmarkRun) -> str:
    """Return the table alone."""
    lines = [
        row(COLUMNS),
        row(["---"] * len(COLUMNS)),
        *(row([*map(text_line, cells)]) for cells in rows(run)),
    ]
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")


def html(run: BenchmarkRun, growth: Growth | None) -> str:
    """Return the run as the text of one HTML file, with a picture of the growth if that was measured."""
    return template("performance.html.jinja").render(
        headline=_headline(run),
        source=run_in_words(run),
        columns=COLUMNS,
        rows=printable(rows(run)),
        picture=None if growth is None else _picture(growth),
        intervals=INTERVALS,
    )


def _headline(run: BenchmarkRun) -> str:
    return f"{len(rows(run))} comparisons with peers that did the same work"


def _picture(growth: Growth) -> Picture:
    from nnspec.plots.growth import growth as figure

    buffer = io.BytesIO()
    figure(growth).savefig(buffer, format="png")
    costs = [f"{number:,} seeds {unit_in_words(min(s))}" for number, s in growth.seconds.items()]
    alt = f"{growth.group}: time a seed and memory; the fastest rounds are {', '.join(costs)}"
    return Picture("How time and memory grow with the seeds", alt, buffer.getvalue())

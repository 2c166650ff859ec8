"""Figures in sentences: those that code printed, and those in prose, which are candidates only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nnspec.notebook.cells import Cell
from nnspec.notebook.figures import Figure, Where, figure
from nnspec.notebook.metric_names import METRIC, data_in, is_asked, is_percentage, metric_of_word
from nnspec.notebook.printed_text import Line

# a figure has decimals, an exponent, a percent sign, or is nan; other whole numbers count something
_NUMBER = re.compile(
    r"(?<![\w.,/])(?P<number>-?(?:\d+\.\d+(?:e[-+]?\d+)?|\d+e[-+]?\d+|\d+(?=\s?%)|nan))"
    r"(?P<percent>\s?(?:%|percent\b))?(?![\w/]|\.\d)",
    re.I,
)
_OWN_LINES = re.compile(  # of callbacks, summaries and progress, which are no sentences of an author
    r"improved from|did not improve|saving model to|[Ee]poch \d+: |params|ETA|Restoring model|\(None,"
    r"|reducing learning rate|it/s|B/s|warning|threshold",
    re.I,
)
_SCORE = re.compile(r"(?<![A-Za-z])(?:score|correct|success)(?![A-Za-z])", re.I)
_NEAR = 60  # characters between a metric's name and its figure
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n\s*\n|\n\s*[-*] ")


@dataclass(frozen=True)
class Candidate:
    """A figure in a sentence of prose that names a metric; whether it is one of a run, its author knows."""

    cell: int
    metric: str
    name: str
    printed: str
    decimals: int
    percent: bool
    data: str
    sentence: str

    @property
    def value(self) -> float:
        """The figure as a number, a percentage as a share."""
        return float(self.printed) / (100 if self.percent else 1)


def sentences_in(cell: int, lines: Sequence[Line]) -> Iterator[Figure]:
    """Yield the figures in printed lines that are no logs."""
    for line in lines:
        if line.kind not in ("stdout", "display") or len(line.text) > 300 or _OWN_LINES.search(line.text):
            continue
        for word, number, percent, before in _pairs(line.text):
            yield figure(
                Where(cell, line.output, line.number),
                "sentence",
                "sentence",
                word,
                number,
                name=metric_of_word(word),
                percent=percent,
                data=data_in(before),
            )


def candidates_in(cell: Cell) -> Iterator[Candidate]:
    """Yield the figures in the prose of a Markdown cell beside which a metric is named."""
    text = re.sub(r"```.*?```|\$\$.*?\$\$|<[^>]*>|!?\[[^\]]*\]\([^)]*\)", " ", cell.source, flags=re.S)
    for sentence in _SENTENCE_END.split(text):
        shown = " ".join(sentence.replace("**", "").replace("`", "").split())
        for word, number, percent, before in _pairs(shown):
            if metric_of_word(word):
                digits = len(number.partition(".")[2])
                name = metric_of_word(word)
                yield Candidate(
                    cell.number, word, name, number, digits, percent, data_in(before) or data_in(shown), shown
                )


def _pairs(text: str) -> Iterator[tuple[str, str, bool, str]]:
    """Yield metric's word, number, whether a percent sign follows, and the text that leads to the number."""
    end = 0
    for found in _NUMBER.finditer(text):
        before, after = text[end : found.start()], text[found.end() : found.end() + 25]
        words = list(METRIC.finditer(before))
        percent = bool(found["percent"])
        end = found.end()
        if is_asked(before):
            continue
        if words and len(before) - words[-1].end() <= _NEAR:
            word, number = words[-1].group(), found["number"]
            yield word, number, percent or is_percentage(metric_of_word(word), number), before
        elif percent and (late := METRIC.search(after)):
            yield late.group(), found["number"], percent, before + after
        elif percent and (score := _SCORE.search(before)):
            yield score.group(), found["number"], percent, before

"""Lines of progress that Keras 1 to 3 print: how far, and the figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from nnspec.notebook.printed_text import Line

Style = Literal["Keras 3 bar", "bar by step", "bar by sample", "bar without speed", "verbose=2"]

NUMBER = r"[-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|nan|inf)"
_COUNT = re.compile(r"\s*(?P<done>\d+)/(?P<all>\d+|Unknown)(?![\d/])(?P<rest>.*)", re.S)
_UNCOUNTED = re.compile(r"\s*(?:- )?\d+s(?: \d+\w*/\w+)? - (?P<rest>.*: .*)", re.S)
_BAR = re.compile(r"[=>.]{5,}\]?|\[[=>.]+\]")
_PAIR = re.compile(rf"(?P<name>[A-Za-z_][^:]*?): (?P<value>{NUMBER})", re.I)
_EPOCH = re.compile(r"\s*Epoch (?P<epoch>\d+)/(?P<epochs>\d+)(?!\d)(?P<rest>.*)", re.S)
_TRAIN_ON = re.compile(r"\s*Train on (?P<examples>\d+) samples")


@dataclass(frozen=True)
class Progress:
    """A line of progress; `all` is None where no number is printed, `pairs` are names and printed values."""

    line: Line
    style: Style
    done: int | None
    all: int | None
    complete: bool
    pairs: tuple[tuple[str, str], ...]


def epoch_of(text: str) -> tuple[int, int, str] | None:
    """Return k, N and what follows of a line `Epoch k/N`."""
    found = _EPOCH.fullmatch(text)
    return (int(found["epoch"]), int(found["epochs"]), found["rest"]) if found else None


def examples_of(text: str) -> int | None:
    """Return the number of a line `Train on 60000 samples`."""
    found = _TRAIN_ON.match(text)
    return int(found["examples"]) if found else None


def progress_of(line: Line) -> Progress | None:
    """Return the line of progress that a line is, with or without figures."""
    if uncounted := _UNCOUNTED.fullmatch(line.text):
        pairs = _pairs(uncounted["rest"])
        return Progress(line, "verbose=2", None, None, True, pairs) if pairs else None
    counted = _COUNT.fullmatch(line.text)
    if counted is None:
        return None
    rest, pairs = counted["rest"], _pairs(counted["rest"])
    style = _style(rest)
    if style is None or (style == "verbose=2" and not pairs):
        return None
    done, unknown = int(counted["done"]), counted["all"] == "Unknown"
    total = None if unknown else int(counted["all"])
    complete = "ETA" not in rest and (unknown or done == total)
    return Progress(line, style, done, total, complete, pairs)


def _style(rest: str) -> Style | None:
    if "━" in rest:
        return "Keras 3 bar"
    if _BAR.search(rest):
        if "/sample" in rest:
            return "bar by sample"
        return "bar by step" if "/step" in rest else "bar without speed"
    return "verbose=2" if re.match(r"\s*-\s", rest) else None


def _pairs(rest: str) -> tuple[tuple[str, str], ...]:
    found = (_PAIR.fullmatch(part.strip()) for part in re.split(r"\s-\s", f" {rest} "))
    return tuple((pair["name"], pair["value"]) for pair in found if pair and pair["name"] != "ETA")

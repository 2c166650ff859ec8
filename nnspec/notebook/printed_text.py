"""What a cell showed when it ran: control characters resolved, line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nnspec.notebook.cells import Cell, OutputKind

_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass(frozen=True)
class Line:
    """A line of what a cell showed: its number from 1 within the cell, and the index of its output."""

    number: int
    output: int
    kind: OutputKind
    text: str


def resolved(text: str) -> str:
    """Return one line as a terminal shows it: without colours, returns and backspaces carried out."""
    text = _ANSI.sub("", text)
    if "\r" not in text and "\b" not in text:
        return text
    shown: list[str] = []
    column = 0
    for piece in re.findall(r"\r|\x08+|[^\r\x08]+", text):
        if piece == "\r":
            column = 0
        elif piece[0] == "\b":
            column = max(0, column - len(piece))
        else:
            shown[column : column + len(piece)] = piece
            column += len(piece)
    return "".join(shown).rstrip()


def printed_lines(cell: Cell) -> tuple[Line, ...]:
    """Return the lines that a cell showed; what it wrote to stdout goes on after messages on stderr."""
    lines: list[Line] = []
    waiting: list[tuple[int, str]] = []
    for index, output in enumerate(cell.outputs):
        if output.kind == "stdout":
            waiting.append((index, output.text))
        elif output.kind != "stderr":
            lines += _joined(waiting, len(lines))
            waiting = []
            texts = [output.text] if output.kind == "result" else output.text.splitlines()
            lines += [Line(len(lines) + 1 + n, index, output.kind, t) for n, t in enumerate(texts)]
    return (*lines, *_joined(waiting, len(lines)))


def _joined(pieces: Sequence[tuple[int, str]], before: int) -> list[Line]:
    """Return the lines of streams as one text; a line belongs to the output in which it begins."""
    text = "".join(text for _, text in pieces).replace("\r\n", "\n")
    starts = [index for index, piece in pieces for _ in range(piece.count("\n"))]
    starts = [pieces[0][0], *starts] if pieces else []
    shown = [resolved(line) for line in text.split("\n")]
    return [
        Line(before + number, starts[number - 1], "stdout", line)
        for number, line in enumerate(shown, 1)
        if line.strip() or number < len(shown)
    ]

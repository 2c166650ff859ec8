"""Summaries of one small model as Keras 1 to 3 print them, with layers that can be changed."""

from __future__ import annotations

from collections.abc import Sequence

Row = tuple[str, str, str]  # name and class, output shape, parameters

ROWS: tuple[Row, ...] = (
    ("dense (Dense)", "(None, 32)", "2,080"),
    ("dropout (Dropout)", "(None, 32)", "0"),
    ("dense_1 (Dense)", "(None, 10)", "330"),
)
_OLD = (29, 26, 10)  # widths
_TOTAL = "Total params: 2,410\nTrainable params: 2,410\nNon-trainable params: 0\n"


def keras_1(rows: Sequence[Row] = ROWS) -> str:
    """Return a table with a line under each row and a column of connections."""
    widths = (33, 22, 12, 33)
    lines = [_line("Layer (type)", "Output Shape", "Param #", "Connected to", widths=widths), "=" * 100]
    before = "input_1[0][0]"
    for name, shape, count in rows:
        lines += [_line(name, shape, count, before, widths=widths), "_" * 100]
        before = f"{name.partition(' ')[0]}[0][0]"
    lines[-1] = "=" * 100
    return "\n".join(("_" * 100, *lines, _TOTAL))


def keras_2(rows: Sequence[Row] = ROWS) -> str:
    """Return a table with a line under each row; what is longer than a column is cut."""
    lines = [_line("Layer (type)", "Output Shape", "Param #"), "=" * 65]
    for row in rows:
        lines += [_line(*row), "_" * 65]
    lines[-1] = "=" * 65
    return "\n".join(('Model: "sequential"', "_" * 65, *lines, _TOTAL, "_" * 65))


def tensorflow_2(rows: Sequence[Row] = ROWS) -> str:
    """Return a table of TensorFlow 2.9 to 2.15: moved by a blank, long names go on in the next line."""
    lines = [" " + _line("Layer (type)", "Output Shape", "Param #"), "=" * 65]
    for name, shape, count in rows:
        lines.append(" " + _line(name[:27], shape, count))
        lines += [" " + name[27:].ljust(64)] if name[27:] else []
        lines.append(" " * 65)
    return "\n".join(('Model: "sequential"', "_" * 65, *lines[:-1], "", "=" * 65, _TOTAL))


def keras_3(rows: Sequence[Row] = ROWS, colours: bool = True, width: int = 20) -> str:
    """Return a table in a frame; names longer than `width` go on in the next line."""
    bold, end = ("\x1b[1m", "\x1b[0m") if colours else ("", "")
    lines = [
        f'{bold}Model: "sequential"{end}',
        f"┏{'━' * width}┳{'━' * 16}┳{'━' * 15}┓",
        f"┃{bold}{'Layer (type)':<{width}}{end}┃{bold}{'Output Shape':<16}{end}┃{'Param #':>15}┃",
        f"┡{'━' * width}╇{'━' * 16}╇{'━' * 15}┩",
    ]
    for number, (name, shape, count) in enumerate(rows):
        lines += [f"├{'─' * width}┼{'─' * 16}┼{'─' * 15}┤"] if number else []
        parts = [name] if len(name) <= width else name.split(" ")
        lines.append(f"│{parts[0]:<{width}}│{shape:<16}│{count:>15}│")
        lines += [f"│{part:<{width}}│{'':<16}│{'':>15}│" for part in parts[1:]]
    lines += [f"└{'─' * width}┴{'─' * 16}┴{'─' * 15}┘", f"{bold} Total params: {end}2,410 (9.41 KB)"]
    return "\n".join(lines) + "\n"


def _line(*cells: str, widths: Sequence[int] = _OLD) -> str:
    return "".join(f"{cell[: width - 1]:<{width}}" for cell, width in zip(cells, widths, strict=True))

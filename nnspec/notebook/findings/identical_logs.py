"""The same log under different code."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nnspec.notebook.figures import Figure, Log
from nnspec.notebook.findings.finding import Finding
from nnspec.notebook.findings.lineage import lineage
from nnspec.notebook.static import Static

_LEAST = 4  # figures of four digits or more that differ from one another: chance does not repeat those


def identical_logs(static: Static) -> Iterator[Finding]:
    """Yield pairs of fits in different cells whose logs agree in every figure, and whose code does not.

    A fit's code is that of its cell and of what binds its names: two seeded runs of one code agree rightly.
    """
    seen: list[tuple[Log, tuple[tuple[int | None, str, str], ...]]] = []
    for log in static.logs:
        figures = static.figures_of(log) if log.kind == "fit" else []
        if len({one.printed for one in figures if _tells(one)}) < _LEAST or log.first_epoch == log.last_epoch:
            continue
        key = tuple((one.epoch, one.name, one.printed) for one in figures)
        for other, same in seen:
            if same == key and other.cell != log.cell and _code(static, other) != _code(static, log):
                yield Finding(
                    "identical logs",
                    (other.cell, log.cell),
                    f"Cells [{other.cell}] and [{log.cell}] have different code and the same log in all "
                    f"{len({one.epoch for one in figures})} epochs: one is not of its code, or both "
                    "train the same from one seed.",
                )
                break
        seen.append((log, key))


def _tells(one: Figure) -> bool:
    return one.printed not in ("nan", "inf", "-inf") and one.decimals >= 4


def _code(static: Static, log: Log) -> list[str]:
    """Return the code of a fit's cell, and of the cells that bind or compile what it reads."""
    trees = static.code.trees
    return [ast.dump(trees[cell]) for cell in lineage(static, log.cell) if cell in trees]

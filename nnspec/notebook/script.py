"""A Python script as cells: one, or those that `# %%` begins."""

from __future__ import annotations

import re

from nnspec.notebook.cells import Cell

_MARK = re.compile(r"^# ?%%(?P<rest>.*)$", re.M)
_MARKDOWN = re.compile(r"\[(markdown|md)\]", re.I)


def script_cells(text: str) -> tuple[Cell, ...]:
    """Return the cells of a script; what stands before the first mark is a cell where it is not blank."""
    marks = list(_MARK.finditer(text))
    first = text[: marks[0].start()] if marks else text
    parts = [("", first)] if first.strip() or not marks else []
    ends = [*(mark.start() for mark in marks[1:]), len(text)][: len(marks)]
    parts += [(mark["rest"], text[mark.end() + 1 : end]) for mark, end in zip(marks, ends, strict=True)]
    return tuple(
        Cell(number, "markdown", _uncommented(body))
        if _MARKDOWN.search(title)
        else Cell(number, "code", body.rstrip("\n"))
        for number, (title, body) in enumerate(parts)
    )


def _uncommented(text: str) -> str:
    """Return a Markdown cell without the `#` before its lines, or the quotes around them."""
    body = text.strip()
    if quoted := re.fullmatch(r'("""|\'\'\')(.*?)\1', body, re.S):
        return quoted[2].strip()
    return "\n".join(re.sub(r"^# ?", "", line) for line in body.splitlines())

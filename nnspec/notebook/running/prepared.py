"""The source of a cell as it is run: without installations and magics of other machines."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from nnspec.notebook.source import tree_of

_INSTALLS = re.compile(
    r"^\s*(?:[!%]{1,2}\s*)(?:(?:python3?|\{?sys\.executable\}?)\s+-m\s+)?(?:sudo\s+)?"
    r"(?:pip3?|conda|mamba|uv|apt|apt-get)\b.*"
)
_ELSEWHERE = re.compile(
    r"^\s*%{1,2}(?P<name>tensorflow_version|tensorboard|load_ext\s+tensorboard|autosave|shell)\b.*"
)
_OTHERS = re.compile(r"^%%(?P<name>bash|sh|html|javascript|js|latex|svg|perl|ruby|script|R)\b")
_SHELL = re.compile(r"^\s*(?:[\w.,\s]+=\s*)?!(?!=)")


@dataclass(frozen=True)
class Prepared:
    """The source that is run, and what there is to say of the cell beforehand."""

    source: str
    remarks: tuple[str, ...] = ()


def prepared(source: str) -> Prepared:
    """Return what is run of a cell: all but installations, and magics that no kernel here has."""
    lines, kept, remarks = source.split("\n"), [], []
    if other := _OTHERS.match(source.lstrip()):
        return Prepared("", (f"is no Python, but %%{other['name']}, and is not run",))
    goes_on = False  # a shell line that ends in a backslash takes the next one with it
    for line in lines:
        if goes_on:
            goes_on = line.endswith("\\")
            kept.append("")
            continue
        left_out = _INSTALLS.match(line) or _ELSEWHERE.match(line)
        if left_out:
            what = "installs nothing" if _INSTALLS.match(line) else "has no such magic here"
            remarks.append(f"{what}: {_short(line)} is left out")
            goes_on = line.endswith("\\")
            kept.append(f"{line[: len(line) - len(line.lstrip())]}pass")
            continue
        if _SHELL.match(line):
            remarks.append(f"runs a line of the shell: {_short(line)}")
        kept.append(line)
    return Prepared("\n".join(kept), tuple(dict.fromkeys(remarks)))


def without_import(source: str, line: int) -> str | None:
    """Return a cell without its lines up to the import on a line; None where that line is none.

    What stands above has been run, and is not run again.
    """
    tree = tree_of(source)
    found = [
        node
        for node in (tree.body if tree is not None else ())
        if isinstance(node, ast.Import | ast.ImportFrom) and node.lineno <= line <= (node.end_lineno or 0)
    ]
    if not found:
        return None
    lines = source.split("\n")
    done = found[0].end_lineno or line
    return "\n".join([*["#"] * done, *lines[done:]])  # IPython takes blank lines off


def _short(line: str) -> str:
    text = " ".join(line.split())
    return text if len(text) <= 60 else text[:59] + "…"

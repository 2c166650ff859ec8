"""Notebooks made by nbformat, to be read."""

from __future__ import annotations

from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from nnspec.notebook.reading import read_notebook
from nnspec.notebook.static import Static, read_static


def stream(text: str, name: str = "stdout") -> Any:
    return new_output("stream", name=name, text=text)


def result(text: str) -> Any:
    return new_output("execute_result", data={"text/plain": text})


def code(source: str = "", *outputs: Any, count: int | None = None) -> Any:
    """Return a cell of code; a text among its outputs is one on stdout."""
    made = [stream(one) if isinstance(one, str) else one for one in outputs]
    return new_code_cell(source, outputs=made, execution_count=count)


def written(path: Any, *cells: Any) -> str:
    """Write a notebook of cells, a text being one of Markdown, and return its path."""
    made = [new_markdown_cell(one) if isinstance(one, str) else one for one in cells]
    nbformat.write(new_notebook(cells=made), path)
    return str(path)


def read(tmp_path: Any, *cells: Any) -> Static:
    """Return what is read from a notebook of these cells."""
    return read_static(read_notebook(written(tmp_path / "made.ipynb", *cells)))


def figures(static: Static) -> list[tuple[str, str, str]]:
    """Return kind, Keras name and digits of the figures that count."""
    return [(one.kind, one.name, one.printed) for one in static.figures if not one.outdone]

"""Files read as notebooks: .ipynb of every version by nbformat, .py as a script."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nnspec.basics.errors import InvalidValue
from nnspec.basics.files import read_json, shown
from nnspec.notebook.cells import Cell, CellKind, Notebook, Output
from nnspec.notebook.script import script_cells

_EXPECTED = "a Jupyter notebook"
_KINDS: dict[str, CellKind] = {"code": "code", "markdown": "markdown", "raw": "raw", "heading": "markdown"}
_LARGEST = 2**24  # characters of a script; more is data, not code


def read_notebook(path: str | os.PathLike[str]) -> Notebook:
    """Return the cells of a notebook (.ipynb) or of a script (.py).

    Raises
    ------
    InvalidValue
        If it has another ending, cannot be read, or is no notebook or no text.
    """
    ending = Path(path).suffix.lower()
    if ending == ".py":
        return Notebook(str(path), "script", script_cells(_script(path)))
    if ending != ".ipynb":
        raise InvalidValue("file", str(path), "a notebook that ends in .ipynb, or a script that ends in .py")
    document = read_json(path, "Jupyter")
    return Notebook(str(path), "notebook", _cells(document, path), _language(document))


def _script(path: str | os.PathLike[str]) -> str:
    try:
        with open(path, encoding="utf-8-sig", opener=_without_waiting) as file:
            text = file.read(_LARGEST + 1)
    except OSError as error:
        raise InvalidValue("file", str(path), "a file that can be read", error.strerror or "") from error
    except UnicodeDecodeError as error:
        raise InvalidValue("file", str(path), "a script in UTF-8", f"it says: {error.reason}") from error
    if len(text) > _LARGEST or "\0" in text:
        raise InvalidValue("file", str(path), "a script in Python", "it is too large, or holds null bytes")
    return text


def _without_waiting(path: str, flags: int) -> int:
    descriptor = os.open(path, flags | os.O_NONBLOCK)
    os.set_blocking(descriptor, True)
    return descriptor


def _cells(document: object, path: str | os.PathLike[str]) -> tuple[Cell, ...]:
    if not isinstance(document, dict) or not isinstance(document.get("nbformat"), int):
        raise InvalidValue("file", shown(path), _EXPECTED, "it has no field nbformat")
    if document["nbformat"] not in range(2, 5):
        expected = f"{_EXPECTED} of nbformat 2 to 4"
        raise InvalidValue(f"{shown(path)}: nbformat", document["nbformat"], expected)
    try:
        import nbformat
        import nbformat.reader
    except ImportError as error:
        remedy = 'pip install "nnspec[notebook]"'
        raise InvalidValue("file", shown(path), "nbformat to be installed, which reads it", remedy) from error
    try:
        # its checks refuse notebooks that Jupyter opens, so what is used is checked here
        if document["nbformat"] < 4:  # its reader puts lines together that such files keep apart
            old = nbformat.reader.reads(json.dumps(document))  # type: ignore[no-untyped-call]
            node = nbformat.convert(old, 4)  # type: ignore[no-untyped-call]
        else:
            node = nbformat.from_dict(document)  # type: ignore[no-untyped-call]
        return tuple(_cell(number, cell) for number, cell in enumerate(node["cells"]))
    except InvalidValue:
        raise
    except (LookupError, TypeError, AttributeError, ValueError, nbformat.ValidationError) as error:
        missing = isinstance(error, KeyError)
        why = f"a field is missing: {error}" if missing else " ".join(str(error).split())
        raise InvalidValue("file", shown(path), _EXPECTED, why[:200]) from error


def _language(document: object) -> str:
    """Return the language that a notebook says it is in, in small letters; empty where it says nothing."""
    for place in (("metadata", "language_info", "name"), ("metadata", "kernelspec", "language")):
        said: object = document
        for name in place:
            said = said.get(name) if isinstance(said, dict) else None
        if isinstance(said, str) and said:
            return said.lower()
    return ""


def _cell(number: int, cell: Mapping[str, Any]) -> Cell:
    kind = cell["cell_type"]
    if kind not in _KINDS:
        raise ValueError(f"cell [{number}] is of the unknown type {kind!r}")
    count = cell.get("execution_count")
    if count is not None and (isinstance(count, bool) or not isinstance(count, int) or count < 0):
        raise ValueError(f"cell [{number}] has the execution count {count!r}")
    outputs = cell.get("outputs", ()) if kind == "code" else ()
    found = tuple(output_of(output) for output in outputs)
    return Cell(number, _KINDS[kind], _text(cell["source"]), count or None, found)


def output_of(output: Mapping[str, Any]) -> Output:
    """Return an output as nbformat has it."""
    kind = output["output_type"]
    if kind == "stream":
        stream = output.get("name", "stdout")
        return Output("stderr" if stream == "stderr" else "stdout", _text(output["text"]))
    if kind == "error":
        return Output("error", f"{output.get('ename', '')}: {output.get('evalue', '')}")
    text = _text(output.get("data", {}).get("text/plain", ""))
    return Output("result" if kind in ("execute_result", "pyout") else "display", text)


def _text(value: object) -> str:
    """Return the text of a field that holds one, or its lines."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        return "".join(value)
    raise ValueError(f"a text is expected where {str(value)[:40]!r} stands")

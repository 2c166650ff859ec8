"""The run of a notebook and what it trained as plain data; capture.schema.json describes it."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nnspec.basics.errors import InvalidValue
from nnspec.basics.files import check_schema, read_json, shown, unusable, write_text
from nnspec.basics.plain_data import mapped, plain, read
from nnspec.machine.versions import library_versions
from nnspec.notebook.captured import Captured
from nnspec.notebook.cells import Notebook
from nnspec.notebook.not_captured import NotCaptured
from nnspec.notebook.running.cell_run import CellRun

SCHEMA = 1
FILE = "capture.json"


def capture_record(
    notebook: Notebook, runs: Sequence[CellRun], captured: Captured, missing: Sequence[NotCaptured]
) -> dict[str, Any]:
    """Return how every cell came out, every fit and evaluation, and what is not captured."""
    document = {
        "schema": SCHEMA,
        "notebook": {
            "path": notebook.path,
            "kind": notebook.kind,
            "cells": len(notebook.cells),
            "code": code_checksum(notebook),
        },
        "libraries": library_versions(),
        "cells": plain(tuple(runs)),
        "served": list(captured.served),
        "remarks": [{"cell": cell, "text": text} for cell, text in captured.remarks],
        "fits": plain(captured.fits),
        "evaluations": plain(captured.evaluations),
        "summaries": plain(captured.summaries),
        "not_captured": plain(tuple(missing)),
    }
    return mapped(_finite, document)


def code_checksum(notebook: Notebook) -> str:
    """Return a SHA-256 of the code of all cells in their order, 64 hexadecimal digits."""
    sources = [(cell.number, cell.source) for cell in notebook.code]
    return hashlib.sha256(json.dumps(sources).encode()).hexdigest()


def read_runs(notebook: Notebook, folder: Path) -> tuple[CellRun, ...]:
    """Return how the cells of a notebook came out when what is in a folder was captured.

    Raises
    ------
    InvalidValue
        If there is no record that can be read, or one of other code or other libraries.
    """
    path = folder / FILE
    document = read_json(path, "nnspec notebook --captured")
    if not isinstance(document, dict):
        raise InvalidValue("file", shown(path), "a record of nnspec notebook --captured")
    check_schema(shown(path), document, SCHEMA)
    remedy = "name a new folder, and the notebook is run again"
    try:
        same = document["notebook"]["code"] == code_checksum(notebook)
        libraries = document["libraries"] == library_versions()
        runs = tuple(read(CellRun, one) for one in document["cells"])
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise unusable(shown(path), error, "a record of nnspec notebook --captured") from error
    if not same:
        raise InvalidValue("--captured", str(folder), "what was captured of this notebook's code", remedy)
    if not libraries:
        expected = f"what was captured with {library_versions()}"
        raise InvalidValue("--captured", str(folder), expected, remedy)
    return runs


def write_capture(document: dict[str, Any], captured: Captured) -> None:
    """Write the record into the folder of the arrays.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    write_text(
        captured.folder / FILE, json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    )


def _finite(value: Any) -> Any:
    """Return a number, None where it is not finite, as JSON has none of those."""
    return None if isinstance(value, float) and not math.isfinite(value) else value

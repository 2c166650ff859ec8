"""The run of a notebook and what it trained as plain data; capture.schema.json describes it."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

from nnspec.basics.files import write_text
from nnspec.basics.plain_data import mapped, plain
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
        "notebook": {"path": notebook.path, "kind": notebook.kind, "cells": len(notebook.cells)},
        "libraries": library_versions(),
        "cells": plain(tuple(runs)),
        "fits": plain(captured.fits),
        "evaluations": plain(captured.evaluations),
        "not_captured": plain(tuple(missing)),
    }
    return mapped(_finite, document)


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

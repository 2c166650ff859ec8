"""What is read from a notebook as plain data; notebook.schema.json describes it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from nnspec.basics.plain_data import plain
from nnspec.notebook.findings.finding import Finding
from nnspec.notebook.static import Static

SCHEMA = 1


def record_of(static: Static, findings: Sequence[Finding]) -> dict[str, Any]:
    """Return all that `nnspec notebook FILE --static --json` writes."""
    notebook = static.notebook
    return {
        "schema": SCHEMA,
        "notebook": {
            "path": notebook.path,
            "kind": notebook.kind,
            "cells": len(notebook.cells),
            "code_cells": len(notebook.code),
            "outputs": notebook.stored_outputs,
            "stripped": notebook.stripped,
            "unreadable_cells": list(static.code.unreadable),
        },
        "calls": plain(static.calls),
        "logs": plain(static.logs),
        "figures": [{**plain(one), "value": _finite(one.value)} for one in static.figures],
        "candidates": plain(static.candidates),
        "findings": plain(findings),
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None

"""All findings of a notebook."""

from __future__ import annotations

from nnspec.notebook.findings.counts import epochs, steps
from nnspec.notebook.findings.execution_order import execution_order
from nnspec.notebook.findings.finding import Finding
from nnspec.notebook.findings.identical_logs import identical_logs
from nnspec.notebook.findings.prose import prose
from nnspec.notebook.findings.stale import stale
from nnspec.notebook.static import Static

_CHECKS = (execution_order, epochs, steps, identical_logs, prose, stale)


def findings_of(static: Static) -> tuple[Finding, ...]:
    """Return all that does not fit, kind by kind."""
    return tuple(finding for check in _CHECKS for finding in check(static))

"""All that a notebook prints and its code no longer does, as far as its one run shows it."""

from __future__ import annotations

from nnspec.notebook.after_run.metrics import metrics
from nnspec.notebook.after_run.steps import steps
from nnspec.notebook.after_run.summaries import summaries
from nnspec.notebook.captured import Captured
from nnspec.notebook.findings.finding import Finding
from nnspec.notebook.static import Static

_CHECKS = (steps, metrics, summaries)


def found_after_run(static: Static, captured: Captured) -> tuple[Finding, ...]:
    """Return all that is printed and no longer done, kind by kind: none of it can come about by chance."""
    return tuple(finding for check in _CHECKS for finding in check(static, captured))

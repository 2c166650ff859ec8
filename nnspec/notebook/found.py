"""All that was found of a notebook: what can be read, what its run was like, and where its figures lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nnspec.notebook.captured import Captured
from nnspec.notebook.findings.finding import Finding
from nnspec.notebook.not_captured import NotCaptured
from nnspec.notebook.repeating.placing import Placing
from nnspec.notebook.running.cell_run import CellRun
from nnspec.notebook.static import Static
from nnspec.results.claim_result import ClaimResult


@dataclass(frozen=True)
class Found:
    """A notebook as it was read, run and repeated, each as far as it was asked for.

    `captured` is None where it was not run, `placing` where nothing was trained again.
    """

    static: Static
    findings: tuple[Finding, ...]
    runs: tuple[CellRun, ...] = ()
    captured: Captured | None = None
    missing: tuple[NotCaptured, ...] = ()
    placing: Placing | None = None

    @property
    def name(self) -> str:
        """The name of the file."""
        return Path(self.static.notebook.path).name

    @property
    def orders(self) -> tuple[ClaimResult, ...]:
        """The orders of its models among the runs."""
        return tuple(one.result for one in self.placing.orders) if self.placing else ()

    @property
    def failed(self) -> tuple[CellRun, ...]:
        """The cells that did not come to their end."""
        return tuple(run for run in self.runs if run.outcome != "ran")

    @property
    def is_strange(self) -> bool:
        """Whether anything is not as it should be, or hardly any run gives a figure or an order."""
        told = self.captured is not None and self.captured.remarks
        return bool(self.findings or self.missing or self.failed or told) or self._is_odd

    @property
    def _is_odd(self) -> bool:
        if self.placing is None:
            return False
        figures = any(one.odd for one in self.placing.placed)
        return figures or any(one.odd for one in self.placing.orders) or bool(self.placing.together.changed)

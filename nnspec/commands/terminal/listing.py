"""The list of claims that pytest collects, as records and as a table."""

from __future__ import annotations

import pytest

from nnspec.claims.declarations import Claim, Fact
from nnspec.commands.terminal.plain_terminal import PlainTerminal
from nnspec.machine.termination import somebody_stopped
from nnspec.pytest_plugin.state import STATE
from nnspec.report.words.wording import claimed
from nnspec.results.claim_result import Declared
from nnspec.results.record import declared


class Listing(PlainTerminal):
    """A pytest plugin that notes what is declared and prints nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[Declared] = []
        self.declarations: list[Claim | Fact] = []
        self.error_rate = 1.0
        self.stopped: BaseException | None = None

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Keep what somebody stopped; pytest goes on as if nothing could be collected."""
        self.stopped = excinfo.value if somebody_stopped(excinfo.type) else None

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note all claims and facts, and the error rate of each verdict."""
        state = session.config.stash[STATE]
        self.error_rate = state.error_rate / max(1, state.verdicts)  # none yet, where somebody stops it
        declarations = [getattr(item, "nnspec", None) for item in session.items]
        self.declarations = [item for item in declarations if item is not None]
        self.records = [declared(item) for item in self.declarations]

    def table(self) -> str:
        """Return one line for every claim under the heading of its document and section."""
        rows = [_cells(record) for record in self.records]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines, heading = [], ""
        for record, cells in zip(self.records, rows, strict=True):
            if heading != (heading := f"{record.document}: {record.section}"):
                lines.append(heading)
            figures = ", ".join(f"{name} {value:g}" for name, value in record.documented.items())
            aligned = "  ".join(f"{cell:{width}}" for cell, width in zip(cells, widths, strict=True))
            lines.append(f"  {aligned}  {record.statement}" + (f" (printed: {figures})" if figures else ""))
        return "\n".join([*lines, f"{len(self.records)} claims and facts"])


def _cells(record: Declared) -> list[str]:
    """Return what stands before the statement: name, kind, recorded verdict, and what is claimed."""
    held_to = claimed(record.claimed_share) or record.reading
    other = "counterfactual" if record.has_counterfactual else ""
    return [record.key, record.kind, record.expected, held_to, other]

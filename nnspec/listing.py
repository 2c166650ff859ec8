"""The list of claims that pytest collects, as records and as a table."""

from __future__ import annotations

from typing import Any

import pytest

from nnspec.plain_terminal import silence
from nnspec.results import declared


class Listing:
    """A pytest plugin that notes what is declared and prints nothing."""

    def __init__(self) -> None:
        self.records: list[dict[str, Any]] = []
        self.errors: list[str] = []

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Take pytest's own lines off the terminal."""
        silence(config)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep what could not be collected."""
        if report.failed:
            self.errors.append(f"{report.nodeid}\n{report.longreprtext}")

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note all claims and facts."""
        declarations = [getattr(item, "nnspec", None) for item in session.items]
        self.records = [declared(item) for item in declarations if item is not None]

    def table(self) -> str:
        """Return one line for every claim: id, kind, recorded verdict, claimed share, statement."""
        lines = []
        for record in self.records:
            key = f"{record['id']}[{record['part']}]" if record["part"] else record["id"]
            share = "" if record["claimed_share"] is None else f"{record['claimed_share']:.0%}"
            lines.append(f"{key:34} {record['kind']:15} {record['expected']:9} {share:>4}  {record['statement']}")
        return "\n".join([*lines, f"{len(self.records)} claims"])

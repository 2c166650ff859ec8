"""Notebooks as tests: one for every printed figure and order, one for other orders, one for all figures."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock

from nnspec.basics.errors import InvalidValue, NnspecError
from nnspec.basics.plain_data import plain, read
from nnspec.pytest_plugin.state import STATE

if TYPE_CHECKING:
    from nnspec.notebook.guarding.guarded import Guarded
    from nnspec.notebook.guarding.listed import ListedFigure, ListedOrder
    from nnspec.notebook.guarding.verdict import Verdict
    from nnspec.results.claim_result import ClaimResult

ALL, OTHERS = "figures-together", "orders-under-other-names"


class NotebookFailedError(NnspecError):
    """A printed figure or order is not such as runs give."""


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect notebooks where that was asked for."""
    if file_path.suffix != ".ipynb" or not parent.config.getoption("nnspec_notebooks"):
        return None
    if any(part.startswith(".ipynb_checkpoints") for part in file_path.parts):
        return None
    found: NotebookFile = NotebookFile.from_parent(parent, path=file_path)
    return found


class NotebookFile(pytest.File):
    """A notebook; what is found of it is found once, whichever of its tests asks first."""

    def collect(self) -> Iterator[NotebookItem]:
        """Yield the tests, by reading alone."""
        from nnspec.notebook.guarding.listed import listed

        try:
            wanted = listed(self._static())
        except InvalidValue as error:
            raise self.CollectError(str(error)) from None
        everything: list[ListedFigure | ListedOrder] = [*wanted.figures, *wanted.orders]
        for one in everything:
            yield NotebookItem.of(self, one.name, one)
        if wanted.others:
            item = NotebookItem.of(self, OTHERS, None)
            item.nnspec_verdicts = 2 * wanted.others
            yield item
        yield NotebookItem.of(self, ALL, None)

    def guarded(self) -> Guarded:
        """Return what was found, by this process or by another one of the same test run."""
        from nnspec.notebook.guarding.guarded import Guarded

        if not hasattr(self, "_guarded"):
            name = hashlib.sha256(str(self.path).encode()).hexdigest()[:16]
            folder = _common_folder(self.config)
            file = folder / f"nnspec-{name}.json"
            with FileLock(file.with_suffix(".lock")):
                if not file.exists():
                    begun = file.with_suffix(".begun")
                    begun.write_text(json.dumps(plain(self._find())), encoding="utf-8")
                    begun.rename(file)
            self._guarded = read(Guarded, json.loads(file.read_text(encoding="utf-8")))
        return self._guarded

    def _find(self) -> Guarded:
        from nnspec.notebook.guarding.guard import guard

        state = self.config.stash[STATE]
        with state.new_workers() as workers:
            return guard(self._static(), state.notebook_budget, state.verdict_error_rate, workers=workers)

    def _static(self) -> Any:
        from nnspec.notebook.reading import read_notebook
        from nnspec.notebook.static import read_static

        return read_static(read_notebook(self.path))


class NotebookItem(pytest.Item):
    """A printed figure, a printed order, the orders that only the run shows, or all figures together."""

    nnspec_listed: ListedFigure | ListedOrder | None
    nnspec_verdicts: int  # that it takes of the error rate
    nnspec_found: ClaimResult | None

    @classmethod
    def of(cls, parent: NotebookFile, name: str, listed: ListedFigure | ListedOrder | None) -> NotebookItem:
        """Return the test under this name."""
        item: NotebookItem = cls.from_parent(parent, name=name)
        item.nnspec_listed, item.nnspec_found = listed, None
        item.nnspec_verdicts = 0 if listed is None else 2 if hasattr(listed, "first") else 1
        item.extra_keyword_matches.update({"notebook", parent.path.stem})
        return item

    def runtest(self) -> None:
        """Judge the figure or order; what cannot be trained is skipped with the reason."""
        parent = self.parent
        if not isinstance(parent, NotebookFile):
            raise AssertionError("the parent of a test is its notebook")
        guarded = parent.guarded()
        if guarded.error:
            raise NotebookFailedError(f"{parent.path.name} could not be run: {guarded.error}")
        verdict = self._verdict(guarded)
        self.user_properties.append(("nnspec", verdict.told))
        if self.nnspec_listed is not None and (result := guarded.found[self.name].result) is not None:
            passed = verdict.ending == "passed"
            # notebooks of one name in several folders are several documents
            folder = Path(self.nodeid.partition("::")[0]).parent.as_posix()
            part, message = "" if folder == "." else folder, "" if passed else verdict.told
            self.nnspec_found = replace(result, part=part, as_recorded=passed, message=message)
        if verdict.ending == "skipped":
            pytest.skip(verdict.told)
        if verdict.ending == "failed":
            raise NotebookFailedError(verdict.told)

    def _verdict(self, guarded: Guarded) -> Verdict:
        from nnspec.notebook.guarding import verdict
        from nnspec.notebook.guarding.listed import ListedFigure

        listed, rule = self.nnspec_listed, self.config.getoption("nnspec_figures")
        if listed is None:
            return verdict.of_others(guarded, rule) if self.name == OTHERS else verdict.of_all(guarded)
        if isinstance(listed, ListedFigure):
            return verdict.of_figure(listed, guarded, rule)
        return verdict.of_order(listed, guarded, rule)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show what was found, without what pytest did."""
        known = isinstance(excinfo.value, NnspecError) and not self.config.getoption("fulltrace")
        return str(excinfo.value) if known else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return file, cell and name for the reports of pytest."""
        figure = getattr(self.nnspec_listed, "figure", None) or getattr(self.nnspec_listed, "second", None)
        return self.path, figure.cell if figure is not None else 0, self.name


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Attach the record to the report, as those of claims are, and tell a skip where the reader looks."""
    report = yield
    if not isinstance(item, NotebookItem) or report.when != "call":
        return report
    if item.nnspec_found is not None:
        report.nnspec_record, report.nnspec_pictures = item.nnspec_found, []  # type: ignore[attr-defined]
        report.nnspec_evidence = item.nnspec_found.message  # type: ignore[attr-defined]
    if call.excinfo is not None and report.skipped:
        path, line, _ = item.reportinfo()
        report.longrepr = (str(path), line + 1, f"Skipped: {call.excinfo.value}")
    return report


def _common_folder(config: pytest.Config) -> Path:
    """Return the folder of this test run, which all processes of xdist have in common."""
    base: Path = config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
    return base.parent if hasattr(config, "workerinput") else base

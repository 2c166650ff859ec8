"""The report of every kind of row, open in a real browser."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path

import pytest

from nnspec.report import render
from nnspec.report.drift import since_baseline
from nnspec.report.parts import FreshSeeds
from nnspec.results.reading import records
from nnspec.studies.repair import record as repair_record
from nnspec.studies.repair.section import repair_part
from spec.folders import BASELINES
from spec.implementation.report.in_browser.browser import Browser, find
from spec.implementation.report.in_browser.every_row import LONG, sample


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find()
    if path is None:
        pytest.skip("there is no Chromium here; `apt-get install chromium` brings one")
    with Browser(path) as started:
        yield started


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    document, pictures = sample()
    older = copy.deepcopy(document)
    for old in older["claims"][::2]:
        for quantity in old["values"]:
            quantity["claim"] = [value and 0.99 * value for value in quantity["claim"]]
    path = tmp_path_factory.mktemp("report") / "report.html"
    since = since_baseline(records(older, "older"), records(document, "sample"), "before", "now")
    stored = repair_record.read(BASELINES / "repairs.json")
    repairs = {"share-0.03": repair_part(stored[0]), "share-0.2": repair_part(stored[-1])}
    reruns = {"open": FreshSeeds(f"undecided in 20 blocks {LONG}", "holds", 9000, 10_000)}
    text = render(document, pictures, since, repairs=repairs, reruns=reruns)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def opened(browser: Browser, page: Path) -> Browser:
    browser.show(1280)
    browser.open(page)
    return browser

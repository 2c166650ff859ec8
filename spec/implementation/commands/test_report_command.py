"""`nnspec report`: the page from stored results, quickly and without TensorFlow; bad files are one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nnspec.commands.main import main
from spec.implementation.report.report_samples import Page, claim, complete, fact, plain, results


def store(path: Path, document: Any) -> str:
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


@pytest.fixture
def stored(tmp_path: Path) -> str:
    return store(tmp_path / "found.json", results(complete(claim()), complete(fact())))


def test_stored_results_become_the_page_that_they_are_rendered_to(
    stored: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "new" / "page.html"
    assert main(["report", stored, "-o", str(page)]) == 0
    assert capsys.readouterr().out == f"report   {page}, 2 claims\n"
    shown = Page(page.read_text(encoding="utf-8"))
    assert "A 4-4-1 network separates the circles." in shown.texts("p", class_="statement")


def test_the_file_that_verify_writes_is_the_default(
    all_kinds: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert all_kinds.nnspec("verify", "--report", "first.html") == 0
    trained = all_kinds.trainings
    assert all_kinds.nnspec("report") == 0
    assert capsys.readouterr().out.endswith("report   nnspec-report.html, 5 claims\n")
    again, first = (all_kinds.path / name for name in ("nnspec-report.html", "first.html"))
    assert again.read_text(encoding="utf-8") == first.read_text(encoding="utf-8")
    assert all_kinds.trainings == trained


def test_what_moved_since_older_results_stands_in_the_page(
    stored: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    worse = claim()["values"][0] | {"claim": [0.5] * 256}
    old = complete(
        claim(verdict="holds", expected="holds", successes=256, interval=[0.95, 1.0], values=[worse])
    )
    before = store(tmp_path / "old.json", results(old, complete(fact())))
    page = tmp_path / "page.html"
    assert main(["report", stored, "--baseline", before, "-o", str(page)]) == 0
    assert "1 of 2 claims moved, 1 verdict changed" in plain(capsys.readouterr().out)
    text = page.read_text(encoding="utf-8")
    assert "Since the baseline" in Page(text).texts("h2")
    assert "holds → refuted" in text


def test_who_stops_a_run_gets_a_report_without_waiting_for_comparisons(
    project: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    roots: list[Path | None] = []
    monkeypatch.setattr(
        "nnspec.project.full_report.full_report", lambda *arguments: roots.append(arguments[-1])
    )
    project.declare(
        "def stop(runs):\n    'Stops.'\n    raise KeyboardInterrupt\n"
        "test_x = declare('first', ALWAYS)\ntest_y = declare('second', ALWAYS, stop)"
    )
    assert project.nnspec("verify") == 130
    assert project.nnspec("verify", "first") == 0
    assert roots == [None, project.path]

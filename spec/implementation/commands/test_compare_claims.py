"""`nnspec compare` of claims: how it ends, what it writes, and that every bad file is one clear line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nnspec.commands.main import main
from spec.implementation.results.drift_samples import fact, judged, normal, results


def store(path: Path, document: Any) -> str:
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    return store(tmp_path / "run.json", results(judged("a", normal(0)), fact("b")))


@pytest.fixture
def shifted(tmp_path: Path) -> str:
    return store(
        tmp_path / "shifted.json", results(judged("a", normal(1, centre=0.7), verdict="holds"), fact("b"))
    )


def test_exit_code_1_says_that_something_moved(
    run: str, shifted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", shifted, run]) == 1
    assert capsys.readouterr().out.startswith("## 1 of 2 claims moved, no verdict changed\n")
    assert main(["compare", run, run]) == 0
    assert capsys.readouterr().out.startswith("## None of 2 claims has moved, no verdict changed\n")


def test_exit_code_1_says_that_a_verdict_changed(run: str, tmp_path: Path) -> None:
    changed = store(tmp_path / "c.json", results(judged("a", normal(0)), fact("b", "refuted")))
    assert main(["compare", changed, run]) == 1


def test_the_stored_baseline_is_what_a_run_is_compared_with(
    run: str, shifted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", run]) == 2
    assert "expected a folder with baselines; `nnspec rebaseline` writes them" in capsys.readouterr().err
    assert main(["rebaseline", "--all", "--create", "--because", "the first", "--results", run]) == 0
    assert main(["compare", run]) == 0
    assert main(["compare", shifted]) == 1
    assert "- OLD: baselines/claims; " in capsys.readouterr().out
    assert main(["compare", shifted, "baselines/claims"]) == 1


def test_markdown_and_html_are_written_and_markdown_is_printed_all_the_same(
    run: str, shifted: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written, page = tmp_path / "new" / "c.md", tmp_path / "c.html"
    assert main(["compare", shifted, run, "--markdown", str(written), "--html", str(page)]) == 1
    assert capsys.readouterr().out == written.read_text(encoding="utf-8")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")

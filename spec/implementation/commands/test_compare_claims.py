"""`nnspec compare` of claims: how it ends, what it writes, and that every bad file is one clear line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nnspec.commands.main import main
from spec.implementation.commands.fresh_process import HEAVY, imported_by
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
    return store(tmp_path / "shifted.json", results(judged("a", normal(1, centre=0.7)), fact("b")))


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


WHOLE = json.dumps(results(judged("a", normal(0))))
BROKEN: dict[str, Any] = results(judged("a", normal(0)))
del BROKEN["claims"][0]["seeds"]
MORE: dict[str, Any] = results(judged("a", normal(0)))
MORE["claims"][0]["successes"] = 1000
TEXTS: dict[str, Any] = results(judged("a", normal(0)))
TEXTS["claims"][0]["values"][0]["claim"] = ["high"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "it says: Expecting value"),
        (WHOLE[:-200], "JSON as "),
        ("[" * 100_000, "it is nested too deeply"),
        ("null", "bad.json=None; expected"),
        ('{"benchmarks": []}', "expected"),
        ('{"schema": 2, "claims": []}', "bad.json: schema=2; expected 1; it was written by another version"),
        ('{"schema": 1, "claims": []}', "='no claims'; expected at least one claim"),
        ('{"schema": 1, "claims": 3}', "expected results of `nnspec verify`"),
        ('{"schema": 1, "claims": [3]}', "expected results of `nnspec verify`"),
        (json.dumps(BROKEN), "a field is missing: 'seeds'"),
        (json.dumps(MORE), "successes=1000; expected at most the number of seeds, 256"),
        (json.dumps(TEXTS), "value='high'; expected a finite number"),
        (json.dumps(results(fact("a", "perhaps"))), "verdict='perhaps'; expected one of holds"),
        (json.dumps(results(fact("a"), budget="rich")), "budget='rich'; expected one of"),
    ],
    ids=lambda value: str(value)[:24],
)
@pytest.mark.parametrize("bad_first", [True, False])
def test_every_bad_file_is_one_clear_line_and_exit_code_2(
    run: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, expected: str, bad_first: bool
) -> None:
    bad, page = tmp_path / "bad.json", tmp_path / "page.html"
    bad.write_text(content, encoding="utf-8")
    files = [str(bad), run] if bad_first else [run, str(bad)]
    assert main(["compare", *files, "--html", str(page)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("nnspec: ")
    assert said.err.count("\n") == 1
    assert expected in said.err
    assert not page.exists()


def test_terms_of_benchmarks_are_refused_for_claims(run: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", run, run, "--tolerance", "0.1"]) == 2
    assert "tolerance=0.1; expected no tolerance for claims" in capsys.readouterr().err
    assert main(["compare", run, run, "--level", "0"]) == 2


def test_comparing_imports_nothing_heavy(run: str) -> None:
    packages, said = imported_by("compare", run, run)
    assert "None of 2 claims has moved" in said
    assert not packages & HEAVY

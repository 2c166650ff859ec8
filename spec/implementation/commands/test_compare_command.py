"""`nnspec compare`: what it prints and writes, how it ends, and that every bad file is one clear line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnspec.commands.main import main
from spec.folders import BASELINES
from spec.implementation.commands.fresh_process import HEAVY, imported_by
from spec.implementation.results.drift_samples import fact, results
from spec.implementation.studies.speed.benchmark_samples import benchmark, saved

STORED = BASELINES / "benchmarks"
FILES = sorted(STORED.rglob("*.json"))


def store(path: Path, document: Any) -> str:
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


@pytest.fixture
def old(tmp_path: Path) -> str:
    return store(tmp_path / "old.json", saved(benchmark("test_a")))


@pytest.fixture
def slower(tmp_path: Path) -> str:
    return store(tmp_path / "slower.json", saved(benchmark("test_a", np.random.default_rng(1), slower=1.2)))


def test_exit_code_1_says_that_something_is_slower(
    old: str, slower: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", old, slower]) == 1
    assert capsys.readouterr().out.startswith("## 1 benchmark of 1 is slower\n")
    assert main(["compare", slower, old]) == 0
    assert "▼ faster" in capsys.readouterr().out
    assert main(["compare", old, old]) == 0
    assert main(["compare", old, slower, "--tolerance", "0.5"]) == 0


def test_markdown_and_html_are_written_and_markdown_is_printed_all_the_same(
    old: str, slower: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written, page = tmp_path / "new" / "c.md", tmp_path / "c.html"
    assert main(["compare", old, slower, "--markdown", str(written), "--html", str(page)]) == 1
    said = capsys.readouterr()
    assert said.out == written.read_text(encoding="utf-8")
    assert said.err == ""
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_stored_file_can_be_read_and_does_not_differ_from_itself(path: Path) -> None:
    assert main(["compare", str(path), str(path)]) == 0


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "expected JSON as `nnspec verify` or pytest-benchmark writes it; it says: Expecting value"),
        (b"{", "it says: Expecting property name"),
        (b"\xff\xfe\xfa", "it says: 'utf-16-le' codec can't decode"),
        (b"[" * 100_000, "it is nested too deeply"),
        (b"[" + b"9" * 5000 + b"]", "it says: Exceeds the limit"),
        (b"null", "=None; expected a file of pytest-benchmark"),
        (b'{"benchmarks": [], "machine_info": {}}', "expected at least one benchmark"),
        (json.dumps(saved(benchmark("test_b"))).encode(), "expected a benchmark of"),
        (json.dumps(saved(benchmark("a", ours=[float("nan")]))).encode(), "ours[0]=nan; expected a finite"),
        (json.dumps(saved(benchmark("a", ours=["\n"]))).encode(), "ours[0]='\\n'; expected"),
        (json.dumps(saved(benchmark("a", peer="\ud800"))).encode(), "surrogates not allowed"),
    ],
    ids=lambda value: str(value)[:24],
)
@pytest.mark.parametrize("bad_first", [True, False])
def test_every_bad_file_is_one_clear_line_and_exit_code_2(
    old: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    content: bytes,
    expected: str,
    bad_first: bool,
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_bytes(content)
    page = tmp_path / "page.html"
    files = [str(bad), old] if bad_first else [old, str(bad)]
    assert main(["compare", *files, "--html", str(page)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("nnspec: ")
    assert said.err.count("\n") == 1
    assert expected in said.err
    assert not page.exists()


@pytest.mark.parametrize("name", ["missing.json", "", "a\nb", "a\0b"])
def test_a_path_that_cannot_be_read_is_one_clear_line(
    old: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert main(["compare", old, str(tmp_path / name)]) == 2
    said = capsys.readouterr()
    assert said.err.startswith("nnspec: file=")
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("option", ["--markdown", "--html"])
def test_a_file_that_cannot_be_written_is_one_clear_line(
    old: str, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    assert main(["compare", old, old, option, f"{old}/below"]) == 2
    said = capsys.readouterr()
    assert said.err.startswith(f"nnspec: {option}=")
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("option", [["--level", "0"], ["--tolerance", "nan"]])
def test_terms_out_of_range_are_wrong_usage(
    old: str, capsys: pytest.CaptureFixture[str], option: list[str]
) -> None:
    assert main(["compare", old, old, *option]) == 2
    assert capsys.readouterr().err.startswith(f"nnspec: {option[0][2:]}=")


def test_claims_and_benchmarks_are_not_compared_with_one_another(
    old: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claims = store(tmp_path / "claims.json", results(fact("a")))
    assert main(["compare", old, claims]) == 2
    assert "='results of nnspec verify'; expected a file of pytest-benchmark" in capsys.readouterr().err
    assert main(["compare", claims, old]) == 2
    assert "expected results of `nnspec verify`" in capsys.readouterr().err


def test_help_and_comparing_import_nothing_heavy(old: str) -> None:
    """Comparing takes scipy for the test, help takes nothing."""
    assert not imported_by("compare", old, old)[0] & HEAVY
    assert not imported_by("compare", "--help")[0] & {*HEAVY, "scipy"}

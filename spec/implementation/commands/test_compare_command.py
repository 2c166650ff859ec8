"""`nnspec compare`: what it prints and writes, how it ends, and that every bad file is one clear line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnspec.commands.main import main
from spec.folders import BASELINES
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


def test_claims_and_benchmarks_are_not_compared_with_one_another(
    old: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claims = store(tmp_path / "claims.json", results(fact("a")))
    assert main(["compare", old, claims]) == 2
    assert "='results of nnspec verify'; expected a file of pytest-benchmark" in capsys.readouterr().err
    assert main(["compare", claims, old]) == 2
    assert "expected results of `nnspec verify`" in capsys.readouterr().err

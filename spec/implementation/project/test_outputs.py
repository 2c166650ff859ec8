"""What will be written is looked at first: no input, no other output, nothing of another kind, in reach."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.commands.main import main
from nnspec.project.kept import CALIBRATION, FLAKINESS, LOG, MUTANTS, REPAIRS
from nnspec.project.outputs import CALIBRATION as CALIBRATION_KIND
from nnspec.project.outputs import COMPARISON, PAGE, PICTURE, RESULTS, SUMMARY, VERDICTS, check_outputs
from nnspec.project.outputs import FLAKINESS as FLAKINESS_KIND
from nnspec.project.outputs import LOG as LOG_KIND
from nnspec.project.outputs import REPAIRS as REPAIRS_KIND
from nnspec.report.ci_summary import markdown
from nnspec.results.reading import results_of
from spec.folders import ROOT
from spec.implementation.project.kept_results import kept, refused

KEPT = {
    CALIBRATION_KIND: CALIBRATION,
    FLAKINESS_KIND: FLAKINESS,
    REPAIRS_KIND: REPAIRS,
    LOG_KIND: f"baselines/{LOG}",
    VERDICTS: "baselines/verdicts.md",
    PICTURE: "baselines/figures/tfc-relu-sigmoid.svg",
}


@pytest.fixture(autouse=True)
def keep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return kept(tmp_path, monkeypatch)


@pytest.mark.parametrize("spelling", ["keep.json", "./keep.json", "new/../keep.json", "symbolic", "hard"])
def test_an_input_is_never_an_output(spelling: str, keep: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("new").mkdir()
    Path("symbolic").symlink_to(keep)
    Path("hard").hardlink_to(keep)
    for command in (
        ["report", "keep.json", "-o"],
        ["report", "other.json", "--baseline", "keep.json", "-o"],
        ["compare", "keep.json", "keep.json", "--html"],
        ["compare", "keep.json", "keep.json", "--markdown"],
        ["show", "a", "--results", "keep.json", "--figure"],
    ):
        assert "it is the input 'keep.json'" in refused(capsys, *command, spelling)


@pytest.mark.parametrize("other", ["new.x", "./new.x", "folder/../new.x", "NEW.X", "link"])
def test_no_two_outputs_are_one_file(other: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("folder").mkdir()
    Path("link").symlink_to("new.x")
    for command in (
        ["compare", "keep.json", "keep.json", "--markdown", "new.x", "--html"],
        ["repair", "a", "--json", "new.x", "--store"],
    ):
        assert "expected a file of its own; it is that of --" in refused(capsys, *command, other)


@pytest.mark.parametrize(
    "options",
    [
        ["--report=x", "--results=x"],
        ["--report=x.html", "--summary=X.HTML"],
        ["--report=spec/test_declared_1.py"],
        ["--results=spec/test_declared_1.py"],
        ["--summary=spec/test_declared_1.py", "spec/test_declared_1.py"],
        ["--results=pipe"],
        ["--report=pipe"],
        ["--results=/dev/null"],
    ],
)
def test_verify_refuses_before_it_trains(
    all_kinds: Any, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(all_kinds.path / "pipe")
    source = (all_kinds.path / "spec/test_declared_1.py").read_bytes()
    assert all_kinds.nnspec("verify", *options) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert (
        all_kinds.pytest(*(o.replace("--", "--nnspec-") for o in options)).ret == pytest.ExitCode.USAGE_ERROR
    )
    assert all_kinds.trainings == []
    assert (all_kinds.path / "spec/test_declared_1.py").read_bytes() == source


def test_the_xml_of_pytest_is_another_output(all_kinds: Any) -> None:
    assert all_kinds.pytest("--junitxml=x", "--nnspec-results=x").ret == pytest.ExitCode.USAGE_ERROR


def test_what_nnspec_wrote_is_written_again(all_kinds: Any) -> None:
    for _ in range(2):
        assert all_kinds.nnspec("verify", "--summary=summary.md") == 0
        assert all_kinds.nnspec("report") == 0
        compare = ["compare", "nnspec-results.json", "nnspec-results.json", "--html=new.html"]
        assert all_kinds.nnspec(*compare, "--markdown=new.md") == 0


def test_comparisons_of_benchmarks_are_written_again() -> None:
    run, *_ = sorted((ROOT / "baselines/benchmarks").rglob("*.json"))
    for files in ([run], [run, run], [run]):
        assert main(["compare", *map(str, files), "--markdown=new.md", "--html=new.html"]) == 0


@pytest.mark.parametrize("name", ["log.md", "verdicts.md"])
def test_texts_of_others_beside_a_new_baseline_are_left_alone(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("docs").mkdir()
    (Path("docs") / name).write_text("# Mine\n")
    arguments = ["--all", "--create", "--because=x", "--results=keep.json", "--baseline=docs/claims"]
    assert f"docs/{name}'; expected " in refused(capsys, "rebaseline", *arguments)


@pytest.mark.parametrize("kind", KEPT, ids=lambda kind: kind[0])
def test_every_kind_is_known_by_its_content(kind: Any, tmp_path: Path) -> None:
    one = tmp_path / "one"
    for other, path in KEPT.items():
        shutil.copy(ROOT / path, one)
        if other is kind:
            check_outputs({"x": (one, kind)})
        else:
            with pytest.raises(InvalidValue, match=r"what is there is not "):
                check_outputs({"x": (one, kind)})
    for content in ("# Notes\n", "{}", "[1, 2]", "<html>", "x"):
        one.write_text(content)
        with pytest.raises(InvalidValue, match=r"move it away, or choose another name"):
            check_outputs({"x": (one, kind)})
    one.write_text("")
    check_outputs({"x": (one, kind)})


def test_results_summary_and_page_are_told_from_what_is_like_them(keep: Path, tmp_path: Path) -> None:
    check_outputs({"x": (keep, RESULTS)})
    summary = tmp_path / "summary.md"
    summary.write_text(markdown(results_of(json.loads(keep.read_text()), "kept"), []), encoding="utf-8")
    check_outputs({"x": (summary, SUMMARY)})
    for path in (keep, summary, ROOT / MUTANTS, ROOT / "README.md", ROOT / CALIBRATION):
        for kind in {RESULTS, SUMMARY, PAGE, COMPARISON, PICTURE} - {
            {keep: RESULTS, summary: SUMMARY}.get(path)
        }:
            with pytest.raises(InvalidValue):
                check_outputs({"x": (path, kind)})


@pytest.mark.parametrize("command", ["calibrate", "flakiness"])
def test_records_of_studies_replace_their_own_kind_alone(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "what is there is not " in refused(capsys, command, "--output", "keep.json")


def test_folders_devices_and_full_disks_are_told_first(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo("pipe")
    report = ["report", "keep.json", "-o"]
    assert "it is a pipe or a device" in refused(capsys, *report, "pipe")
    assert "it is a folder" in refused(capsys, *report, ".")
    assert "Not a directory" in refused(capsys, *report, "keep.json/page.html")
    assert "File name too long" in refused(capsys, *report, "x" * 300)
    monkeypatch.setattr("shutil.disk_usage", lambda folder: SimpleNamespace(free=1000))
    assert "has 1 KB left, and 8.389 MB may be needed" in refused(capsys, *report, "page.html")


def test_a_pipe_to_which_nobody_writes_is_not_waited_for(capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo("pipe")
    for command in (["report", "pipe"], ["compare", "keep.json", "pipe"], ["show", "a", "--results=pipe"]):
        assert "file='pipe'; expected JSON" in refused(capsys, *command)


def test_a_pipe_that_is_written_to_is_read_to_its_end(keep: Path) -> None:
    reader, writer = os.pipe()
    sender = subprocess.Popen(["/bin/sh", "-c", "sleep 0.3; cat keep.json"], stdout=writer)
    os.close(writer)
    assert main(["report", f"/dev/fd/{reader}", "-o", "page.html"]) == 0
    assert sender.wait() == 0
    os.close(reader)

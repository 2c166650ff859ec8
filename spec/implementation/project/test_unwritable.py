"""What cannot be written is told first, or put elsewhere in the end."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from spec.implementation.project.kept_results import kept, refused


@pytest.fixture(autouse=True)
def keep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return kept(tmp_path, monkeypatch)


def test_a_folder_or_file_without_the_right_to_write_is_told_first(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    Path("page.html").touch()
    with monkeypatch.context() as patch:
        patch.setattr("os.access", lambda path, mode: False)
        assert "it may not be written" in refused(capsys, "report", "keep.json", "-o", "page.html")
    monkeypatch.setattr("tempfile.NamedTemporaryFile", denied)
    assert "Permission denied" in refused(capsys, "report", "keep.json", "-o", "page.html")


def test_results_that_cannot_be_written_in_the_end_are_put_elsewhere(
    all_kinds: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from nnspec.results import record

    write = record.write

    def full(path: Path, document: Any) -> None:
        if path.parent == all_kinds.path:
            raise OSError(28, "No space left on device")
        write(path, document)

    monkeypatch.setattr("nnspec.results.record.write", full)
    assert all_kinds.nnspec("verify", "--report=") == 2
    said = capsys.readouterr()
    assert "cannot write nnspec-results.json: No space left on device; the results are in " in said.err
    (elsewhere,) = [Path(word.rstrip(",")) for word in said.err.split() if word.startswith("/")]
    assert len(json.loads(elsewhere.read_text())["claims"]) == 5
    assert "results  " not in said.out
    shutil.rmtree(elsewhere.parent)


def test_a_report_that_cannot_be_written_in_the_end_is_not_said_to_be_there(
    all_kinds: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("nnspec.project.full_report.write_text", full)
    assert all_kinds.nnspec("verify", "--summary=summary.md") == 2
    said = capsys.readouterr()
    assert (
        "cannot write nnspec-report.html: No space left on device; the results are in nnspec-res" in said.err
    )
    assert "results  nnspec-results.json" in said.out
    assert "report   " not in said.out
    assert (all_kinds.path / "summary.md").exists()
    assert len(all_kinds.read("nnspec-results.json")) == 5

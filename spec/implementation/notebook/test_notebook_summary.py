"""What `nnspec notebook` leaves for the page of a job."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnspec.commands.main import main
from nnspec.notebook.page.markdown import markdown
from nnspec.notebook.running.cell_run import CellRun
from spec.implementation.notebook.found_samples import NASTY, found
from spec.implementation.notebook.notebook_samples import code, written


def test_what_is_strange_stands_first_and_every_figure_below(tmp_path: Path) -> None:
    text = markdown(found(tmp_path))
    lines = text.splitlines()
    assert lines[0] == (
        "## nnspec: made.ipynb: 1 printed figure placed, 1 of them lucky, unlucky or out of reach, 1 open "
        "for want of seeds; 3 findings"
    )
    assert lines[2] == (
        "- accuracy 0.99 of cell \\[2\\] (evaluate) is **lucky**: 2 of 256 (0% – 2%) runs do at least as "
        "well; a reader gets 0.8, 0.7 – 0.95"
    )
    for said in ("**Findings**", "**Not run, or not captured**", "**Without a place**", "All printed"):
        assert said in text
    assert [line.replace("\\|", "").count("|") for line in lines if line.startswith("| \\[2")] == [8, 8]
    assert lines[-1].startswith("Run once, from the top: 3 of 4 cells of code came to their end")


def test_texts_of_whatever_content_stay_in_their_place(tmp_path: Path) -> None:
    text = markdown(found(tmp_path, NASTY))
    assert "<script>" not in text
    assert "\x1b" not in text
    assert all(line.replace("\\|", "").count("|") in (0, 8) for line in text.splitlines() if line[:1] == "|")


def test_on_github_the_summary_is_added_to_the_page_of_the_job(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, page = written(tmp_path / "made.ipynb", code("1")), tmp_path / "page.md"
    page.write_text("# What other steps said\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    own = tmp_path / "own.md"
    assert main(["notebook", file, "--static", "--summary", str(own)]) == 0
    head = "## nnspec: made.ipynb: 0 printed figures read; 0 findings\n"
    assert page.read_text().startswith(f"# What other steps said\n{head}")
    assert own.read_text().startswith(head)


def test_cells_that_were_not_run_are_told_in_one_line(tmp_path: Path) -> None:
    late = [CellRun(cell, "not run", message="the 480 s were over") for cell in (2, 3, 4)]
    said = markdown(found(tmp_path, runs=[CellRun(1, "ran"), *late]))
    assert said.count("480 s were over") == 1
    assert "\\[2\\] was not run: the 480 s were over; nor were \\[3\\], \\[4\\]" in said

"""`nnspec init` writes a specification that runs as it stands, and never takes the place of anything."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from nnspec.commands.main import main, whole_parser
from nnspec.project.example_files import CLAIMS, DATA, FILES, WORKFLOW


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the content of every file below a folder, by its path from there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def run(*command: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a module of Python in a folder, as if no job of GitHub's ran this."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}
    return subprocess.run(  # noqa: S603  # Python itself
        [sys.executable, "-m", *command],
        cwd=folder,
        env=environment | settings,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("projects") / "new/irises"
    assert main(["init", str(folder)]) == 0
    return folder


def test_every_verdict_of_the_example_is_as_recorded(written: Path, tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    done = run("nnspec", "verify", "--budget=quick", folder=written, NNSPEC_STORE=store)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 sentences: 1 holds, 1 refuted; 2 printed figures placed; 1 fact: 1 as stated" in done.stdout


def test_pytest_finds_the_claims_too(written: Path) -> None:
    found = run("pytest", "--collect-only", "-q", "-p", "no:cacheprovider", folder=written)
    assert re.findall(r"::(irises-[\w-]+)$", found.stdout, re.M) == [
        "irises-petals",
        "irises-dropout",
        "irises-printed-accuracy",
        "irises-fifty-of-each",
    ]


def test_the_data_are_the_150_irises_with_names_of_columns(written: Path) -> None:
    head, *rows = (written / DATA).read_text().splitlines()
    assert head == "sepal_length,sepal_width,petal_length,petal_width,species"
    assert len(rows) == 150
    assert rows[0] == "5.1,3.5,1.4,0.2,0"


def test_the_workflow_runs_commands_that_there_are(written: Path) -> None:
    workflow = yaml.safe_load((written / WORKFLOW).read_text())
    runs = [step["run"] for step in workflow["jobs"]["verify"]["steps"] if "run" in step]
    (command,) = [run for run in runs if run.startswith("nnspec ")]
    budgets = re.search(r"\$\{\{.*?&& '(\w+)' \|\| '(\w+)' \}\}", command)
    assert budgets is not None
    for budget in budgets.groups():
        line = command.replace(budgets[0], budget)
        assert whole_parser().parse_args(shlex.split(line)[1:]).run, line


def test_the_example_is_written_as_the_house_writes(written: Path) -> None:
    for check in (["check"], ["format", "--check"]):
        done = run("ruff", *check, "--no-cache", "--line-length=110", ".", folder=written)
        assert done.returncode == 0, done.stdout


def test_the_terminal_says_what_there_is_and_what_comes_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "my claims"]) == 0
    said = capsys.readouterr().out
    assert [line.split("  ")[0] for line in said.splitlines()[:4]] == [f"my claims/{name}" for name in FILES]
    steps = [re.split(r"  +", line.strip())[0] for line in said.partition("next:\n")[2].splitlines()]
    assert steps[0] == "cd 'my claims'"
    for step in steps[1:]:
        assert whole_parser().parse_args(shlex.split(step)[1:]).run, step
    assert steps[2].split()[-1] in (tmp_path / "my claims" / CLAIMS).read_text()


def test_in_the_folder_where_one_is_there_is_nowhere_to_go(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "README.md").write_text("mine")
    assert main(["init", "."]) == 0
    assert "cd " not in capsys.readouterr().out
    assert set(files_in(tmp_path)) == {*FILES, "README.md"}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("is_link", [False, True])
def test_nothing_that_is_there_is_overwritten(
    name: str, is_link: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path / name
    there.parent.mkdir(parents=True, exist_ok=True)
    if is_link:
        there.symlink_to(tmp_path / "nowhere")
    else:
        there.write_text("mine")
    before = files_in(tmp_path)
    assert main(["init", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"expected a folder without {name}; it is there, and nothing was written; name a" in said
    assert files_in(tmp_path) == before


def test_what_cannot_be_written_whole_is_not_written_at_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".github").write_text("a file where the last folder would be")
    before = files_in(tmp_path)
    assert main(["init", str(tmp_path)]) == 2
    assert "expected a folder that can be written" in capsys.readouterr().err
    assert files_in(tmp_path) == before


def test_no_name_is_not_the_current_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", ""]) == 2
    assert "expected the name of a folder; . is the current one" in capsys.readouterr().err
    assert files_in(tmp_path) == {}


def test_a_file_is_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one").write_text("mine")
    assert main(["init", str(tmp_path / "one")]) == 2
    assert "expected a folder that can be written" in capsys.readouterr().err


def test_a_folder_without_claims_names_the_command(project: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert project.nnspec("verify") == 2
    assert "`nnspec init FOLDER` writes one" in capsys.readouterr().err

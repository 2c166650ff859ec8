"""The pytest plugin: which items there are, how they are selected, and wrong usage."""

from __future__ import annotations

import subprocess
import sys

import pytest


def names(result) -> list[str]:
    return [line.rpartition("::")[2] for line in result.outlines if "::" in line]


def test_items_are_named_after_the_ids_in_the_order_of_the_file(all_kinds):
    result = all_kinds.pytest("--collect-only", "-q")
    assert names(result) == ["holds-1", "holds-100-10", "parts[a]", "parts[b/c]", "plain"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["-k", "parts"], ["parts[a]", "parts[b/c]"]),
        (["-k", "plain"], ["plain"]),
        (["-k", "test_plain_fact"], ["plain"]),
        (["--nnspec-id=holds-1"], ["holds-1"]),
        (["--nnspec-id=parts"], ["parts[a]", "parts[b/c]"]),
        (["--nnspec-id=parts[b/c]"], ["parts[b/c]"]),
        (["--nnspec-id=plain", "--nnspec-id=holds-1"], ["holds-1", "plain"]),
        (["spec/test_declared_1.py::holds-1"], ["holds-1"]),
    ],
)
def test_items_are_selected_by_name_function_and_exact_id(all_kinds, arguments, expected):
    assert names(all_kinds.pytest("--collect-only", "-q", *arguments)) == expected


def test_the_name_of_the_function_finds_a_claim(project):
    project.declare(
        "def high(runs):\n    'High.'\n    return runs.accuracy >= 0.5\n"
        "test_x = declare('one', ALWAYS, high)\ntest_y = declare('two', ALWAYS)"
    )
    assert names(project.pytest("--collect-only", "-q", "-k", "high and not accuracy")) == ["one"]


def test_only_claims_and_facts_are_left_where_only_they_are_wanted(all_kinds):
    (all_kinds.path / "spec" / "test_other.py").write_text("def test_other():\n    'No claim.'\n")
    (all_kinds.path / "spec" / "test_broken.py").write_text("raise RuntimeError('imported')\n")
    result = all_kinds.pytest("--collect-only", "-q", "--nnspec-only")
    assert len(names(result)) == 5
    assert "test_other" in all_kinds.pytest("--collect-only", "-q").stdout.str()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--nnspec-id=tfc-nope"], "id='tfc-nope'; expected the id of a claim"),
        (["--nnspec-budget=huge"], "budget='huge'; expected one of checks, full, quick, standard"),
        (["--nnspec-seeds=few"], "seeds='few'; expected a number of seeds"),
        (["--nnspec-results=no/such/folder.json"], "nnspec_results='no/such/folder.json'; expected a file"),
        (
            ["-o", "nnspec_verdicts=7"],
            "nnspec_verdicts=7; expected at least 9, one for every claim, for what it is compared with",
        ),
    ],
)
def test_wrong_options_are_one_line_and_a_usage_error(all_kinds, arguments, sentence):
    result = all_kinds.pytest("-q", *arguments)
    said = [line for line in result.errlines if line]
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert len(said) == 1
    assert sentence in said[0]
    assert all_kinds.trainings == []


@pytest.mark.parametrize(
    ("declaration", "sentence"),
    [
        ("test_x = declare('wrong', ALWAYS, counterfactual=None)", "claim 'wrong': counterfactual=None"),
        ("test_x = declare('wrong', ALWAYS, verdict='true')", "verdict='true'; expected"),
        (
            "test_x = declare('wrong', ALWAYS)\ntest_y = declare('wrong', ALWAYS)",
            "id='wrong'; expected an id that",
        ),
    ],
)
def test_wrong_declarations_are_short_errors_at_collection(project, declaration, sentence):
    project.declare(declaration)
    result = project.pytest("-q", "--tb=long")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    text = result.stdout.str()
    assert sentence in text
    assert "wrong" in text
    assert "Traceback" not in text
    assert "nnspec/claims.py" not in text
    assert len(result.outlines) < 15


def test_a_wrong_declaration_shows_the_line_that_names_the_claim(project):
    project.declare(
        "@claim(\n    'wrong-share', source=DOC.at('One'), recipe=ALWAYS, counterfactual=NEVER,\n"
        "    share=2, because='x')\ndef test_x(runs):\n    'X.'\n    return runs.accuracy > 0\n"
    )
    text = project.pytest("-q").stdout.str()
    assert "spec/test_declared_1.py:" in text
    assert "@claim( 'wrong-share'" in text
    assert "share=2; expected a share strictly between 0 and 1; 2 % are 0.02" in text


def test_an_id_that_the_inventory_lacks_is_an_error_at_collection(all_kinds):
    (all_kinds.path / "ids.txt").write_text("# all of them\nholds-1\nholds-100-10  # with a figure\nparts\n")
    all_kinds.configure(nnspec_inventory="ids.txt")
    result = all_kinds.pytest("-q")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*id='plain'; expected an id that ids.txt lists*"])


def test_collecting_trains_nothing_and_writes_nothing(all_kinds):
    before = sorted(all_kinds.path.rglob("*.*"))
    command = [sys.executable, "-X", "importtime", "-m", "pytest", "-p", "nnspec.pytest_plugin", "-q"]
    files = ["--collect-only", "--nnspec-results=found.json", "--nnspec-report=found.html"]
    files += ["-p", "no:cacheprovider", "-p", "no:benchmark"]  # they make folders of their own
    done = subprocess.run([*command, *files], capture_output=True, text=True, cwd=all_kinds.path)  # noqa: S603
    assert done.returncode == 0
    assert "parts[b/c]" in done.stdout
    assert not any(line.endswith((" tensorflow", " keras")) for line in done.stderr.splitlines())
    assert all_kinds.trainings == []
    assert [p for p in sorted(all_kinds.path.rglob("*.*")) if p.suffix != ".pyc"] == before
    assert not (all_kinds.path / "store").exists()

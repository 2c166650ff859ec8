"""The command line: what it runs, what it says and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from nnspec.commands.exit_codes import DIFFERENT, DONE, INTERRUPTED, WRONG_USAGE
from nnspec.commands.main import COMMANDS, main, whole_parser


@pytest.mark.parametrize(
    "command", ["data", "data fetch", "store", "store show", "store verify", "store prune"]
)
def test_what_may_be_left_out_stands_in_brackets(command, capsys):
    with pytest.raises(SystemExit):
        main([*command.split(), "--help"])
    said = capsys.readouterr().out
    assert "Exit code: 0 " in said
    optional = {"data": "[fetch [NAME ...]]", "store": "[show | verify | prune ...]"}
    assert said.startswith(
        f"usage: nnspec {command} [-h]{' ' * (command in optional)}{optional.get(command, '')}"
    )


def test_every_command_has_the_same_face():
    for module in COMMANDS:
        public = {
            name
            for name, value in vars(module).items()
            if getattr(value, "__module__", "") == module.__name__
        }
        assert {"add_to", "run"} <= public


def test_every_command_says_what_it_does_and_how_it_ends():
    (commands,) = (a.choices for a in whole_parser()._actions if a.choices)
    for name, parser in commands.items():
        assert parser.description, name
        assert "Exit code" in str(parser.epilog), name


def test_verify_succeeds_when_all_is_as_recorded_and_names_its_files(all_kinds, capsys):
    assert all_kinds.nnspec("verify") == 0
    said = capsys.readouterr().out
    assert "4 claims: 3 holds, 1 refuted; 1 fact: 1 as stated; all as recorded" in said
    assert "report   nnspec-report.html" in said
    assert list(all_kinds.read("nnspec-results.json")) == [
        "holds-1",
        "holds-100-10",
        "parts[a]",
        "parts[b/c]",
        "plain",
    ]
    assert "<html" in (all_kinds.path / "nnspec-report.html").read_text()


def test_verify_fails_with_the_evidence_when_a_verdict_differs(all_kinds, capsys):
    all_kinds.declare(
        "test_wrong = declare('wrong', HALF)\n"
        "@fact('three', source=DOC.at('Two'))\ndef test_three():\n    'Three.'\n    assert 1 + 1 == 3"
    )
    assert all_kinds.nnspec("verify", "--results=kept.json", "--report=") == 1
    said = capsys.readouterr().out
    assert "wrong: the verdict is refuted, recorded is holds" in said
    assert "nnspec verify 'wrong' --seeds" in said
    assert "three: Three." in said
    assert "assert (1 + 1) == 3" in said
    assert "3 holds, 2 refuted; 2 facts: 1 as stated, 1 not as stated; 2 NOT as recorded" in said
    assert len(all_kinds.read("kept.json")) == 7
    assert not (all_kinds.path / "nnspec-report.html").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["spec/test_declared_1.py::nope"], "not found"),
        (["-k", "and("], "'-k'"),
        (["-k", "nothing_is_called_so"], "no claim was found"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(all_kinds, capsys, arguments, sentence):
    assert all_kinds.nnspec("verify", *arguments) == 2
    said = capsys.readouterr()
    assert said.err.startswith("nnspec: ")
    assert said.err.count("\n") == 1
    assert sentence in said.err
    assert said.out == ""
    assert all_kinds.trainings == []
    assert not (all_kinds.path / "nnspec-results.json").exists()


def test_a_wrong_declaration_is_wrong_usage(all_kinds, capsys):
    all_kinds.declare("test_x = declare('wrong', ALWAYS, because='')")
    for command in ("verify", "claims"):
        assert all_kinds.nnspec(command) == 2
        said = capsys.readouterr()
        assert "claim 'wrong': because=''" in said.err
        assert said.out == ""


def test_a_folder_without_specifications_is_wrong_usage(project, capsys):
    assert project.nnspec("verify") == 2
    assert "expected a folder with specifications" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        (["holds-1"], ["holds-1"]),
        (["parts"], ["parts[a]", "parts[b/c]"]),
        (["parts[b/c]", "holds-1"], ["holds-1", "parts[b/c]"]),
        (["spec/test_declared_2.py"], ["elsewhere"]),
        (["spec/test_declared_1.py", "holds-100-10"], ["holds-100-10"]),
        (["spec/test_declared_1.py::plain"], ["plain"]),
        (["-k", "parts or elsewhere"], ["parts[a]", "parts[b/c]", "elsewhere"]),
    ],
)
def test_paths_say_where_to_look_and_ids_which_claims_to_take(all_kinds, what, expected):
    all_kinds.declare("test_x = declare('elsewhere', ALWAYS)")
    assert all_kinds.nnspec("verify", *what) == 0
    assert list(all_kinds.read("nnspec-results.json")) == expected


def test_a_claim_outside_spec_is_found_by_its_id(project):
    project.declare("test_x = declare('elsewhere', ALWAYS)", folder="tests")
    assert project.nnspec("verify", "elsewhere") == 0


def test_verify_leaves_other_tests_alone(all_kinds):
    (all_kinds.path / "spec" / "test_other.py").write_text(
        "def test_other():\n    assert False, 'no claim'\n"
    )
    assert all_kinds.nnspec("verify") == 0
    assert len(all_kinds.read("nnspec-results.json")) == 5


def test_a_second_run_trains_nothing(all_kinds, capsys):
    all_kinds.nnspec("verify")
    before = all_kinds.trainings
    assert all_kinds.nnspec("verify") == 0
    assert all_kinds.trainings == before
    assert "0 trainings in" in capsys.readouterr().out


def test_a_replay_shows_every_seed_and_says_that_so_few_decide_nothing(project, capsys):
    project.declare(
        "test_x = declare('half', HALF)\ntest_y = declare('open', HALF, share=0.5, verdict='undecided')"
    )
    assert project.nnspec("verify", "--seeds", "4,11,2") == 0
    said = capsys.readouterr().out
    assert "half: too few seeds; --budget standard uses more" in said
    # 4, 11 and 2 times 37 are 148, 407 and 74: two of them end below 50
    assert said.count("seed 4         yes, accuracy = 0.9") == 2
    assert said.count("seed 11        yes, accuracy = 0.9") == 2
    assert said.count("seed 2         no, accuracy = 0.1") == 2
    assert "nothing against the record; 2 with too few seeds; --budget standard uses more" in said


def test_claims_are_listed_as_a_table_and_as_json(all_kinds, capsys):
    assert all_kinds.nnspec("claims") == 0
    table = capsys.readouterr().out
    assert "doc: One\n" in table
    assert "parts[b/c]" in table
    assert "printed: accuracy 0.9" in table
    assert table.endswith("5 claims and facts\n")
    assert all_kinds.nnspec("claims", "--json", "spec/test_declared_1.py") == 0
    records = json.loads(capsys.readouterr().out)
    wanted = {"id", "document", "section", "kind", "statement", "claimed_share", "documented", "expected",
              "has_counterfactual"}  # fmt: skip
    assert all(wanted <= set(record) for record in records)
    assert [record["has_counterfactual"] for record in records] == [True] * 4 + [False]
    assert all_kinds.trainings == []


def test_results_that_cannot_be_written_are_one_line(all_kinds, capsys, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device", "nnspec-results.json")

    monkeypatch.setattr("nnspec.results.record.write", full)
    assert all_kinds.nnspec("verify") == 2
    said = capsys.readouterr()
    told = "cannot write nnspec-results.json: No space left on device; what was trained is kept; run the same"
    assert said.err == f"nnspec: {told} command again\n"
    assert "report   nnspec-report.html" in said.out
    assert "results  " not in said.out


def test_the_package_runs_as_the_command():
    done = subprocess.run(
        [sys.executable, "-m", "nnspec", "claims", "nowhere"], capture_output=True, text=True
    )
    assert done.returncode == WRONG_USAGE
    assert done.stderr.startswith("nnspec: path='nowhere'")


def test_the_exit_codes_are_those_of_the_help():
    assert (DONE, DIFFERENT, WRONG_USAGE, INTERRUPTED) == (0, 1, 2, 130)

"""What a run leaves for continuous integration: summary, annotations and the properties in JUnit's XML."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from nnspec.report.ci_summary import Failure, annotation, markdown, relative_to
from nnspec.results.reading import results_of
from spec.implementation.report.report_samples import claim, fact, result, results

WRONG = """
test_wrong = declare('wrong', HALF)
test_passes = declare('passes', ALWAYS, counterfactual=recipe(1.0, 2))

@fact('three', source=DOC.at('Two'))
def test_three():
    'Three.'
    assert 1 + 1 == 3

@fact('left', source=DOC.at('Two'))
def test_left():
    'Later.'
    pytest.skip('not today')
"""


@pytest.fixture
def wrong(all_kinds):
    all_kinds.declare(WRONG)
    return all_kinds


def test_the_summary_says_first_what_is_not_as_recorded(wrong, stored_page):
    assert wrong.nnspec("verify", "--summary=summary.md") == 1
    text, _, cost = (wrong.path / "summary.md").read_text(encoding="utf-8").partition("\nBudget standard, ")
    stored_page("ci_summary", text)
    assert " trainings in " in cost


def test_nothing_is_said_to_github_outside_of_it(wrong, capsys):
    wrong.nnspec("verify")
    assert "::error" not in capsys.readouterr().out


def test_on_github_the_summary_is_appended_to_the_page_of_the_job(all_kinds, monkeypatch):
    page = all_kinds.path / "page.md"
    page.write_text("# What other steps said\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    assert all_kinds.nnspec("verify") == 0
    assert page.read_text().startswith(
        "# What other steps said\n"
        "## nnspec: 4 claims: 3 holds, 1 refuted; 1 fact: 1 as stated; nothing against"
    )
    all_kinds.pytest("-q", "--nnspec-summary=own.md")
    assert page.read_text().count("## nnspec") == 2
    assert (all_kinds.path / "own.md").read_text().startswith("## nnspec")


def test_on_github_what_failed_is_annotated_where_it_is_declared(wrong, monkeypatch, capsys):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(wrong.path.parent))
    assert wrong.nnspec("verify") == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if "::error" in line]
    assert len(lines) == 3
    declared = (wrong.path / "spec" / "test_declared_2.py").read_text().splitlines()
    assert all(
        line.startswith(f"::error file={wrong.path.name}/spec/test_declared_2.py,line=") for line in lines
    )
    (three,) = [line for line in lines if "title=nnspec%3A three::Three. Found is refuted" in line]
    number = int(three.partition("line=")[2].partition(",")[0])
    assert declared[number - 1].startswith(("@fact('three'", "def test_three"))
    (first,) = [line for line in lines if "nnspec%3A wrong::" in line]
    assert "recorded is holds. " in first
    assert "Replay: nnspec verify 'wrong' --seeds" in first


def test_two_processes_say_each_failure_once(wrong, monkeypatch):
    wrong.stand_in_for_workers()
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    plugin = ("-p", "nnspec.pytest_plugin", "-p", "no:cacheprovider", "-q", "-n", "2")
    result = wrong.pytester.runpytest_subprocess(*plugin, "--nnspec-summary=two.md", "--junitxml=two.xml")
    assert [line.partition("title=")[2][:14] for line in result.outlines if line.startswith("::error ")] == [
        "nnspec%3A pass",
        "nnspec%3A wron",
        "nnspec%3A thre",
    ]
    assert "3 NOT as recorded" in (wrong.path / "two.md").read_text()
    assert properties(wrong.path / "two.xml")["wrong"]["verdict"] == "refuted"


def test_undecided_claims_of_a_small_budget_are_named_but_no_failures(project, monkeypatch, capsys):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    project.declare("test_x = declare('half', HALF)")
    assert project.nnspec("verify", "--seeds", "4,11,2", "--summary=found.md") == 0
    assert "::error" not in capsys.readouterr().out
    text = (project.path / "found.md").read_text()
    assert "nothing against the record" in text
    assert "Too few seeds; --budget standard uses more: `half`." in text


def test_junit_xml_carries_the_evidence(wrong):
    wrong.pytest("-q", "--junitxml=found.xml")
    found = properties(wrong.path / "found.xml")
    record = found["wrong"]
    assert (record["verdict"], record["expected"], record["claimed_share"]) == ("refuted", "holds", "0.9")
    assert int(record["successes"]) / int(record["seeds"]) == float(record["share"])
    assert float(record["interval_low"]) < float(record["share"]) < float(record["interval_high"])
    assert record["replay"].startswith("nnspec verify 'wrong' --seeds")
    assert found["three"] == {"verdict": "refuted", "expected": "holds", "replay": "nnspec verify 'three'"}
    assert found["left"]["verdict"] == "skipped"
    assert found["plain"]["verdict"] == "holds"


def test_junit_xml_says_where_something_is_placed(project):
    project.declare(
        "test_x = declare('case', ALWAYS, reading='one case', says='It came out.', verdict='nearly always', "
        "share=None, counterfactual=None)"
    )
    project.pytest("-q", "--junitxml=found.xml")
    record = properties(project.path / "found.xml")["case"]
    assert (record["verdict"], record["places"], record["expected"]) == ("placed", *["nearly always"] * 2)
    assert "claimed_share" not in record


def test_texts_of_whatever_content_stay_in_their_place():
    nasty = "50 % | of\n::error::it <b>\x1b[31m, `a`"
    record = claim(id="a,b:c", statement=nasty, expected="holds", as_recorded=False)
    failure = Failure(result(record), "a,b.py", 3)
    told = annotation(failure)
    assert "\n" not in told
    assert told.startswith("::error file=a%2Cb.py,line=3,title=nnspec%3A a%2Cb%3Ac::50 %25 | of%0A::error")
    text = markdown(results_of(results(record, fact()), "made up"), [failure])
    assert "<b>" not in text
    assert "\x1b" not in text
    assert sum(line.startswith("::error") for line in text.splitlines()) == 0
    rows = [line for line in text.splitlines() if line.startswith("| ✗")]
    assert [row.replace("\\|", "").count("|") for row in rows] == [6]


def test_a_path_is_shown_as_the_repository_has_it(tmp_path):
    assert relative_to(str(tmp_path), tmp_path / "a" / "b.py") == "a/b.py"
    assert relative_to("", Path("/a/b.py")) == "/a/b.py"
    assert relative_to(str(tmp_path), Path("/a/b.py")) == "/a/b.py"


def properties(path):
    """Return the properties of each test case in a JUnit file, by the case's name."""
    root = ElementTree.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 -- pytest wrote it
    return {
        case.get("name"): {p.get("name"): p.get("value") for p in case.iter("property")}
        for case in root.iter("testcase")
    }

"""The last line of a run and the summary for a job count sentences; the list says how each is read."""

from __future__ import annotations

import json

import pytest

KINDS = """
NEVER_EITHER = recipe(1e-9, 2)
SAID = {"share": None, "says": "It comes out, in one reading at least."}
ONCE = {"share": None, "counterfactual": None}

test_loose = declare("read", ALWAYS, part="loose", **SAID)
test_strict = declare("read", NEVER, part="strict", counterfactual=NEVER_EITHER, verdict="refuted", **SAID)
test_a = declare("same", ALWAYS, part="a", says="It is so.", share=None, documented={"loss": "1.0"})
test_b = declare("same", ALWAYS, part="b", says="It is so.", share=None)
test_word = declare("word", ALWAYS, says="It always is.", word="always")
test_case = declare("case", ALWAYS, reading="one case", says="It came out.", verdict="nearly always", **ONCE)
test_run = declare("run", ALWAYS, reading="figure", says="We got 0.5.", verdict="unlucky", **ONCE)
test_ours = declare("ours", ALWAYS, says="It is so.", beyond="asked by readers")

@fact("plain", source=DOC.at("Two"))
def test_plain_fact():
    "One and one is two."
"""
COUNTED = (
    "4 sentences: 2 holds, 1 depends on the reading, 1 told; 2 printed figures placed; "
    "1 claim of ours: 1 holds; 1 fact: 1 as stated"
)


@pytest.fixture
def kinds(project):
    project.declare(KINDS)
    return project


def test_the_last_line_counts_readings_of_one_sentence_once(kinds, capsys):
    assert kinds.nnspec("verify") == 0
    assert f"\n{COUNTED}; all as recorded; " in capsys.readouterr().out


def test_the_summary_for_a_job_counts_them_too_and_places_figures(kinds):
    assert kinds.nnspec("verify", "--summary=summary.md") == 0
    text = (kinds.path / "summary.md").read_text(encoding="utf-8")
    assert text.startswith(f"## nnspec: {COUNTED}; nothing against the record\n")
    assert "2 of 2 printed figures are placed. By chance about 0 of them would be lucky, unlucky" in text
    assert (
        "that any verdict is wrong by chance is at most 0.1 %; that says nothing of how a sentence was read."
        in text
    )
    rows = {
        line.split("`")[1]: line.split(" | ")
        for line in text.splitlines()
        if line.startswith("| ") and "`" in line
    }
    assert rows["case"][0] == "| ○ nearly always"
    assert rows["case"][3] == ""
    assert rows["same[a]"][3] == "more than half"
    assert rows["word"][3] == "at least 90 %"


def test_what_is_not_as_recorded_is_counted_beside_the_sentences(kinds, capsys):
    kinds.declare("test_x = declare('wrong', NEVER, says='So.', share=None, counterfactual=recipe(1e-9, 2))")
    assert kinds.nnspec("verify") == 1
    told = capsys.readouterr().out
    assert "5 sentences: 2 holds, 1 refuted, 1 depends on the reading, 1 told; " in told
    assert "; 1 NOT as recorded; " in told


def test_a_place_that_is_not_the_recorded_one_is_a_failure_in_words(project, capsys):
    project.declare(
        "test_x = declare('case', ALWAYS, reading='one case', says='It failed once.', verdict='seldom', "
        "share=None, counterfactual=None)"
    )
    assert project.nnspec("verify", "--summary=summary.md") == 1
    assert "case: the verdict is nearly always, recorded is seldom" in capsys.readouterr().out
    assert "Found is nearly always, recorded is seldom." in (project.path / "summary.md").read_text()


def test_the_list_says_of_every_claim_how_it_is_read(kinds, capsys):
    assert kinds.nnspec("claims") == 0
    lines = capsys.readouterr().out.splitlines()
    rows = {line.split()[0]: line for line in lines if line.startswith("  ")}
    kept = {
        "read[loose]": "more than half",
        "word": "at least 90 %",
        "case": "one case",
        "run": "figure",
        "ours": "at least 90 %",
    }
    columns = {rows[name].replace("\xa0", " ").rindex(said) for name, said in kept.items()}
    assert len(columns) == 1
    # verdicts of one and of two words leave what follows in its column
    assert len({row.index("The accuracy") for row in rows.values() if "The accuracy" in row}) == 1
    assert not any(said in rows["plain"] for said in kept.values())


def test_the_list_as_json_has_the_sentence_and_the_reading(kinds, capsys):
    assert kinds.nnspec("claims", "--json") == 0
    found = {one["id"]: one for one in json.loads(capsys.readouterr().out)}
    assert {name: found[name]["reading"] for name in ("same", "case", "run", "plain")} == {
        "same": "general",
        "case": "one case",
        "run": "figure",
        "plain": "",
    }
    assert (found["word"]["says"], found["word"]["word"]) == ("It always is.", "always")
    assert (found["case"]["claimed_share"], found["case"]["has_counterfactual"]) == (None, False)

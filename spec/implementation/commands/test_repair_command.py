"""`nnspec repair` on claims whose share of yes is known: what it says, stores and returns."""

from __future__ import annotations

import pytest

from nnspec.studies.repair import record as repair_record

# the stand-in says yes for a share of the seeds that is the learning rate
DECLARED = """
test_holds = declare("holds-1", ALWAYS)
test_half = declare("half", HALF, verdict="refuted")
test_part_a = declare("parts", ALWAYS, part="a")
test_part_b = declare("parts", recipe(0.4), part="b", verdict="refuted")
test_hopeless = declare("hopeless", recipe(0.01), verdict="refuted", share=0.99)
test_told = declare("told", HALF, reading="one case", share=None, counterfactual=None, verdict="a coin toss")

@fact("plain", source=DOC.at("Two"))
def test_plain_fact():
    \"\"\"One and one is two.\"\"\"
"""


@pytest.fixture
def refuted(project, monkeypatch):
    project.declare(DECLARED)
    monkeypatch.chdir(project.path)
    return project


def test_the_smallest_change_is_printed_as_a_difference_and_stored(refuted, capsys):
    assert refuted.nnspec("repair", "half", "--json", "found.json") == 0
    said = capsys.readouterr().out
    assert "The smallest change that is confirmed: learning rate ×3 (1.5 instead of 0.5)." in said
    assert "-    optimizer=keras.optimizers.SGD(learning_rate=0.5)," in said
    assert "+    optimizer=keras.optimizers.SGD(learning_rate=1.5)," in said
    assert "fresh seeds, learning rate ×3" in said
    assert "as documented (1 of at most 50" in said
    assert "as documented" in said
    (found,) = repair_record.read("found.json")
    assert found.found is not None
    assert found.key == "half"
    starts = {int(entry.split()[1]) for entry in refuted.trainings}
    assert {start // 2**16 for start in starts} == {1, 2}
    assert not (refuted.path / "baselines").exists()


def test_an_id_stands_for_its_parts_that_do_not_hold(refuted, capsys):
    assert refuted.nnspec("repair", "parts", "--store") == 0
    said = capsys.readouterr().out
    assert "parts[b]:" in said
    assert "parts[a]" not in said
    assert [one.key for one in repair_record.read("baselines/repairs.json")] == ["parts[b]"]
    assert refuted.nnspec("repair", "half", "--store") == 0
    assert [one.key for one in repair_record.read("baselines/repairs.json")] == ["half", "parts[b]"]


def test_the_exit_code_is_1_where_nothing_is_confirmed(refuted, capsys):
    assert refuted.nnspec("repair", "hopeless") == 1
    said = capsys.readouterr().out
    assert "No change that was tried is confirmed to make it true in at least 99% of the runs." in said
    assert "+++" not in said


def test_files_alone_stand_for_every_refuted_claim_in_them(refuted, capsys):
    assert refuted.nnspec("repair", "spec/", "--json", "found.json") == 1
    assert [one.key for one in repair_record.read("found.json")] == ["half", "parts[b]", "hopeless"]


def test_what_is_held_to_no_share_has_nothing_to_repair(refuted, capsys):
    assert refuted.nnspec("repair", "told") == 2
    said = capsys.readouterr().err
    assert "id='told'; expected a claim that is recorded as refuted or undecided; what is said of one" in said
    assert refuted.trainings == []


def test_a_sentence_that_claims_more_than_half_is_told_so(project, capsys, monkeypatch):
    monkeypatch.chdir(project.path)
    project.declare(
        "test_x = declare('half', recipe(0.001), share=None, says='So it is.', verdict='refuted')"
    )
    assert project.nnspec("repair", "half") == 1
    said = capsys.readouterr().out
    assert "claimed for more than half of the seeds" in said
    assert "confirmed to make it true in more than half of the runs." in said


def test_an_empty_file_is_as_good_as_none(project, capsys, monkeypatch):
    monkeypatch.chdir(project.path)
    project.declare("test_half = declare('half', HALF, verdict='refuted')")
    (project.path / "kept.json").touch()
    assert project.nnspec("repair", "half", "--store", "kept.json") in (0, 1)
    assert (project.path / "kept.json").stat().st_size

"""What was found of claims and facts is not sought again, and nothing stale is taken for today's."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from nnspec.machine.surroundings import surroundings
from nnspec.store import upkeep

FACT = """
import os
import time

def value():
    return {value}

@fact("slow", source=DOC.at("Two"))
def test_slow(evidence{more}):
    'Slow.'
    started = time.process_time()
    while time.process_time() - started < 0.1:
        pass
    print("it ran")
    {body}
    assert value() > 0
    evidence.note(f"value {{value()}}")
"""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NNSPEC_STORE", str(tmp_path / "store"))
    # a file that is written twice within a second is compiled once otherwise
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    return tmp_path / "store"


def ran(project, value: int = 1, body: str = "pass", more: str = "", **wanted: int) -> bool:
    """Return whether the fact ran, of which so many passed or failed."""
    source = FACT.format(value=value, body=body, more=more)
    project.declare(source, name="test_slow.py")
    result = project.pytest("-s", "--nnspec-results=results.json")
    result.assert_outcomes(**(wanted or {"passed": 1}))
    return "it ran" in result.stdout.str()


def notes(project) -> list[str]:
    return json.loads((project.path / "results.json").read_text())["claims"][0]["notes"]


def test_a_fact_that_took_time_runs_once_and_keeps_its_notes(project, store):
    assert ran(project)
    assert not ran(project)
    assert notes(project) == ["value 1"]


def test_other_code_that_a_fact_calls_makes_it_run_again(project, store):
    assert ran(project)
    assert ran(project, value=2)
    assert notes(project) == ["value 2"]


def test_a_fact_that_failed_runs_again(project, store):
    assert ran(project, value=0, failed=1)
    assert ran(project, value=0, failed=1)


def test_a_skipped_fact_runs_again(project, store):
    body = "pytest.skip('not now')"
    assert ran(project, body=body, skipped=1)
    assert ran(project, body=body, skipped=1)


@pytest.mark.parametrize("body", ["np.loadtxt('data.txt')", "os.listdir('.')"])
def test_a_fact_that_read_a_file_or_a_folder_runs_again(project, store, body):
    (project.path / "data.txt").write_text("1")
    assert ran(project, body=body)
    assert ran(project, body=body)


def test_a_fact_with_data_of_a_file_runs_again_even_where_they_were_read_before_it(project, store):
    np.savez(project.path / "data.npz", x=np.ones((4, 2), np.float32), y=np.ones(4, np.int64))
    path = str(project.path / "data.npz")
    body = f"from nnspec import NPZDataset; NPZDataset({path!r}, x='x', y='y')"
    assert ran(project, body=body)
    assert ran(project, body=body)


def test_a_fact_that_opens_nothing_but_what_it_wrote_is_kept(project, store):
    body = "(tmp_path / 'one').write_text('1'); assert (tmp_path / 'one').read_text()"
    assert ran(project, body=body, more=", tmp_path")
    assert not ran(project, body=body, more=", tmp_path")


def test_a_fact_that_reads_the_environment_runs_again(project, store):
    body = "os.environ.get('HOME')"
    assert ran(project, body=body)
    assert ran(project, body=body)


def test_a_fact_with_a_fixture_of_its_author_runs_again(project, store):
    (project.path / "conftest.py").write_text(
        "import pytest\n@pytest.fixture\ndef made():\n    'Made.'\n    return 1\n"
    )
    assert ran(project, more=", made")
    assert ran(project, more=", made")


def test_another_library_or_another_setting_makes_a_fact_run_again(project, store, monkeypatch):
    assert ran(project)
    for name, value in surroundings().items():
        monkeypatch.setitem(surroundings(), name, value + " changed")
        assert ran(project), name
        monkeypatch.setitem(surroundings(), name, value)
        assert not ran(project), name


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"made_of": {}, "value": {}, "checksum": ""}'])
def test_a_damaged_entry_counts_as_absent_and_is_replaced(project, store, damage):
    assert ran(project)
    (entry,) = store.glob("*.json")
    entry.write_text(damage)
    assert [one.facts for one in upkeep.survey(store)] == [None]
    assert ran(project)
    assert not ran(project)


def test_an_entry_with_another_note_is_not_believed(project, store):
    assert ran(project)
    (entry,) = store.glob("*.json")
    entry.write_text(entry.read_text().replace("value 1", "value 9"))
    assert ran(project)
    assert notes(project) == ["value 1"]


def test_a_fact_runs_where_nothing_can_be_kept(project, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NNSPEC_STORE", str(tmp_path / "file" / "store"))
    assert ran(project)
    assert ran(project)


def test_entries_of_what_was_shown_are_surveyed_bounded_and_pruned(project, store):
    assert ran(project)
    (entry,) = upkeep.survey(store)
    assert entry.facts is not None
    assert entry.facts["made_of"]["shown"] == "fact"
    assert upkeep.bound(store, 0) == 1
    assert not list(store.glob("*.json"))


PICTURE = """
def drawn(runs):
    print("it was drawn")
    from matplotlib.figure import Figure
    figure = Figure(figsize=(1, 1))
    figure.subplots().plot([0, {last}])
    return figure

test_p = declare("pictured", ALWAYS, picture=drawn)
"""


def test_a_picture_is_drawn_again_only_where_its_code_is_another(project, store):
    seen = []
    for number, last in enumerate((1, 1, 2), start=1):
        project.declare(PICTURE.format(last=last), name="test_pictured.py")
        result = project.pytest("-s", f"--nnspec-report=report{number}.html")
        seen.append("it was drawn" in result.stdout.str())
    assert seen == [True, False, True]
    first, second, third = (
        (project.path / f"report{n}.html").read_text().count("data:image/webp") for n in (1, 2, 3)
    )
    assert first == second == third > 0


CLAIM = """
def above(runs):
    "Above."
    print("it was judged")
    return runs.accuracy > {threshold}

test_c = declare(
    "judged", {recipe}, above, documented={{"accuracy": Figure(0.9, lambda runs: runs.accuracy, "higher")}}
)
"""


def judged(project, *options: str, threshold: float = 0.5, recipe: str = "ALWAYS", **wanted: int) -> bool:
    """Return whether the claim was judged, which passed or failed."""
    source = "from nnspec import Figure\n" + CLAIM.format(threshold=threshold, recipe=recipe)
    project.declare(source, name="test_c.py")
    result = project.pytest("-s", "--nnspec-results=results.json", *options)
    result.assert_outcomes(**(wanted or {"passed": 1}))
    return "it was judged" in result.stdout.str()


def found(project) -> dict[str, object]:
    """Return the record of the claim but for what it took."""
    (claim,) = json.loads((project.path / "results.json").read_text())["claims"]
    return {name: value for name, value in claim.items() if name not in ("seeds_trained", "cached")}


def test_a_claim_that_passed_is_judged_once_and_keeps_its_record(project, store):
    assert judged(project)
    first = found(project)
    assert not judged(project)
    assert found(project) == first
    (claim,) = json.loads((project.path / "results.json").read_text())["claims"]
    assert (claim["seeds_trained"], claim["cached"]) == (0, True)


@pytest.mark.parametrize(
    "change",
    [
        {"threshold": 0.6},
        {"recipe": "ALWAYS.with_(epochs=3)"},
        {"options": ["--nnspec-seeds=200"]},
        {"options": ["--nnspec-budget=full"]},
        {"nnspec_error_rate": "0.01"},
    ],
    ids=["predicate", "recipe", "seeds", "budget", "error rate"],
)
def test_a_claim_of_which_something_is_another_is_judged_again(project, store, change):
    assert judged(project)
    change = dict(change)
    if "nnspec_error_rate" in change:
        project.configure(**change)
        change = {}
    assert judged(project, *change.pop("options", []), **change)


def test_a_claim_that_failed_is_judged_again(project, store):
    assert judged(project, threshold=2, failed=1)
    assert judged(project, threshold=2, failed=1)


def test_a_claim_within_a_time_is_judged_again(project, store):
    assert judged(project, "--nnspec-time=20s")
    assert judged(project, "--nnspec-time=20s")

"""What was found of claims and facts is not sought again, and nothing stale is taken for today's."""

from __future__ import annotations

import json

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


REPORT = "--nnspec-report=report.html"


def ran(project, *options: str, value: int = 1, body: str = "pass", more: str = "", **wanted: int) -> bool:
    """Return whether the fact ran, of which so many passed or failed."""
    source = FACT.format(value=value, body=body, more=more)
    project.declare(source, name="test_slow.py")
    result = project.pytest("-s", "--nnspec-results=results.json", *options)
    result.assert_outcomes(**(wanted or {"passed": 1}))
    return "it ran" in result.stdout.str()


def notes(project) -> list[str]:
    return json.loads((project.path / "results.json").read_text())["claims"][0]["notes"]


def test_a_fact_that_took_time_runs_once_and_keeps_its_notes(project, store):
    assert ran(project)
    assert not ran(project)
    assert notes(project) == ["value 1"]


def test_what_was_shown_with_pictures_serves_a_run_without_a_report(project, store):
    assert ran(project, REPORT)
    assert not ran(project)


def test_a_report_does_not_take_what_was_shown_without_pictures(project, store):
    assert ran(project)
    assert ran(project, REPORT)


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


def test_a_fact_that_lacked_data_is_skipped_until_the_file_is_there(project, monkeypatch, tmp_path, capsys):
    body = "from nnspec import load_arrays; load_arrays('mnist.npz')"
    for folder in ("here", "there"):
        monkeypatch.setenv("NNSPEC_DATA", str(tmp_path / folder))
        assert ran(project, body=body, skipped=1) is (folder == "here")
        assert f"mnist.npz is not in {tmp_path / folder}; run" in capsys.readouterr().out
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mnist.npz").write_text("no arrays")
    assert ran(project, body=body, failed=1)


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

"""The pytest plugin: facts, what results and report hold, and one claim for real."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from spec.implementation.conftest import UNOPTIMISED

FACTS = """
@pytest.fixture
def breaks():
    yield
    raise RuntimeError("too late")

def add(id, body):
    names = {"fact": fact, "DOC": DOC, "pytest": pytest, "__name__": __name__}
    exec(f"@fact({id!r}, source=DOC.at('Two'))\\ndef test_it(request):\\n    'A fact.'\\n    {body}", names)
    globals()["test_" + id] = names["test_it"]

add("true", "assert True")
add("false", "assert 1 == 2, 'one is not two'")
add("allowed", "pytest.raises(ValueError, int, '1')")
add("broken", "raise KeyError('x')")
add("left", "pytest.skip('not today')")
add("unready", "request.getfixturevalue('breaks')")
"""


def test_facts_hold_are_refuted_are_errors_or_are_skipped(project):
    project.declare(FACTS)
    found = project.records("-q")
    assert {name: record["verdict"] for name, record in found.items()} == {
        "true": "holds",
        "false": "refuted",
        "allowed": "refuted",
        "broken": "error",
        "left": "skipped",
        "unready": "error",
    }
    assert "one is not two" in found["false"]["message"]
    assert found["broken"]["message"] == "KeyError: 'x'"
    assert found["left"]["message"] == "not today"
    assert found["unready"]["message"] == "RuntimeError: too late"


def test_a_claim_that_a_mark_skips_is_skipped(project):
    project.declare(
        "@pytest.mark.skip(reason='not today')\ndef ask(runs):\n    'Later.'\n    return None\n"
        "test_x = declare('asks', ALWAYS, ask)"
    )
    record = project.records("-q")["asks"]
    assert (record["verdict"], record["message"]) == ("skipped", "not today")


def test_notes_and_pictures_reach_results_and_report(project):
    project.declare('''
from matplotlib.figure import Figure

def drawn(runs):
    figure = Figure()
    figure.subplots().set_title("seeds of the claim")
    return figure

test_x = declare("with-picture", ALWAYS, picture=drawn)

@fact("with-note", source=DOC.at("Two"))
def test_fact(evidence):
    """Noted."""
    evidence.note("a <note> of the fact")
    figure = Figure()
    figure.subplots().set_title("axes of the fact")
    evidence.picture("A picture", figure)
''')
    found = project.records("-q", "--nnspec-report=found.html")
    report = (project.path / "found.html").read_text()
    assert found["with-note"]["notes"] == ["a <note> of the fact"]
    assert "a &lt;note&gt; of the fact" in report
    assert len(re.findall("data:image/(?:png|webp);base64,", report)) == 2
    assert "axes of the fact" in report
    assert "seeds of the claim" in report


def test_results_have_the_fields_of_their_schema_and_are_strict_json(all_kinds):
    all_kinds.declare(
        "def odd(runs):\n    'Odd.'\n    return runs.accuracy / 0 > 1\n"
        "test_odd = declare('odd', ALWAYS, odd)\n"
        "test_worse = declare('worse', HALF, documented={'loss': 0.5})"
    )
    result = all_kinds.pytest("-q", "--nnspec-results=found.json")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    document = json.loads((all_kinds.path / "found.json").read_text(), parse_constant=pytest.fail)
    assert document["schema"] == 2
    assert {"python", "keras", "tensorflow", "machine", "engine"} <= set(document["environment"])
    fields = {"id", "document", "section", "kind", "statement", "says", "reading", "word", "beyond",
              "headline", "in_short", "verdict", "places", "expected", "seeds", "successes",
              "share", "interval", "claimed_share", "figures", "counterfactual",
              "training_seconds"}  # fmt: skip
    assert len(document["claims"]) == 7
    for record in document["claims"]:
        assert fields <= set(record)
    worse = all_kinds.read("found.json")["worse"]
    assert set(worse["counterfactual"]) >= {"verdict", "seeds", "successes", "interval"}
    assert set(worse["figures"]["loss"]) >= {
        "documented",
        "better",
        "as_well",
        "seeds",
        "interval",
        "places",
        "quantiles",
    }
    assert len(worse["figures"]["loss"]["quantiles"]) == 5
    assert worse["seeds"] == 2048


def test_a_run_in_which_nothing_was_verified_leaves_earlier_results_alone(all_kinds):
    before = all_kinds.records("-q")
    all_kinds.declare("raise RuntimeError('cannot be imported')  # claim")
    assert all_kinds.records("-q") == before


def test_the_trained_fixture_shares_what_claims_train(project):
    project.declare('''
test_x = declare("holds", ALWAYS)

@fact("shape", source=DOC.at("Two"))
def test_shape(trained):
    """Sixty-four seeds."""
    assert trained(ALWAYS, range(64)).accuracy.shape == (64,)
''')
    found = project.records("-q")
    assert found["shape"]["verdict"] == "holds"
    assert len(set(project.trainings)) == len(project.trainings)


def test_the_trained_fixture_gives_no_more_seeds_than_a_verdict_may_use(project):
    project.declare('''
@fact("first-ones", source=DOC.at("Two"))
def test_first_ones(trained):
    """As many as the budget says, and the first ones."""
    assert trained(ALWAYS, range(4, 68)).seeds.tolist() == [4, 5, 6]
''')
    assert project.records("-q", "--nnspec-seeds=3")["first-ones"]["verdict"] == "holds"


def test_the_trained_fixture_trains_by_another_engine_and_keeps_that_apart(project):
    project.declare('''
@fact("engines", source=DOC.at("Two"))
def test_engines(trained):
    """Two engines, each asked twice."""
    for engine in ("keras", "stacked", "keras", ""):
        assert trained(ALWAYS, [4], engine=engine).provenance["engine"] == (engine or "stacked")
    with pytest.raises(Exception, match="engine='karas'; expected one of keras, stacked"):
        trained(ALWAYS, [4], engine="karas")
''')
    for _ in range(2):
        assert project.records("-q")["engines"]["verdict"] == "holds"
    assert len(project.trainings) == 2


def test_a_real_claim_is_trained_stored_and_replayed_by_its_own_command(project, monkeypatch):
    monkeypatch.setenv("XLA_FLAGS", UNOPTIMISED)
    project.declare(
        "def moves(runs):\n    'The loss is finite.'\n"
        "    return runs.loss < (9e9 if runs.recipe.epochs == 1 else 0)\n"
        "test_x = declare('real-1', recipe(0.1), moves, counterfactual=recipe(0.1, 2), verdict='refuted')"
    )
    command = [
        sys.executable,
        *["-m", "pytest", "-p", "nnspec.pytest_plugin", "-q", "--nnspec-results=found.json"],
    ]
    first = subprocess.run(command, capture_output=True, text=True, cwd=project.path)  # noqa: S603
    assert first.returncode == 1, first.stdout + first.stderr
    record = project.read("found.json")["real-1"]
    assert (record["verdict"], record["counterfactual"]["verdict"]) == ("holds", "refuted")
    assert record["engine"] == "stacked"
    replay = next(line for line in first.stdout.splitlines() if "replay" in line).split(maxsplit=1)[1]
    assert replay == record["replay"]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    again = subprocess.run(  # noqa: S602  # what a person pastes into a shell is what is tested
        replay, shell=True, capture_output=True, text=True, cwd=project.path, env={**os.environ, "PATH": path}
    )
    assert again.returncode == 0, again.stdout + again.stderr
    for seed in (0, 1):
        assert f"seed {seed}         yes, loss = {record['values'][0]['claim'][seed]:.6g}" in again.stdout
    assert "too few seeds; --budget standard uses more" in again.stdout

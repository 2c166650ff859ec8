"""The same seeds give the same verdicts: in any order, alone or with others, in one process or two."""

from __future__ import annotations

import json

import pytest

from spec.implementation.conftest import UNOPTIMISED

# which claim trains a recipe that several need, and how long it takes, is the order of work, not a finding
COST = ("seeds_trained", "cached", "training_seconds")
REVERSED = """
import pytest

@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    items.reverse()
"""
CLOSE = """
test_half = declare("half", HALF, share=0.5, verdict="undecided")
test_most = declare("most", recipe(0.95), share=0.9, verdict="undecided")
"""
TRAINED = '''
LAYERS = [Dense(3, "relu"), Dense(1, "sigmoid")]
LEARNING = Recipe(Circles(n_samples=60), LAYERS, "binary_crossentropy", SGD(0.3), 3)
UNTRAINED = LEARNING.with_learning_rate(0.0)

def loss_falls(runs):
    """The loss falls."""
    return runs.epoch("loss", -1) < runs.epoch("loss", 1)

def mostly_right(runs):
    """Most points are classified rightly."""
    return runs.accuracy > 0.55

test_falls = declare("falls", LEARNING, loss_falls, counterfactual=UNTRAINED)
test_right = declare("right", LEARNING, mostly_right, share=0.5, counterfactual=UNTRAINED)
test_longer = declare("longer", LEARNING.with_epochs(9), mostly_right, counterfactual=LEARNING.with_epochs(1))
'''


def findings(records):
    """Return everything but the cost of what was found, by the name of the claim."""
    return {
        name: {field: value for field, value in record.items() if field not in COST}
        for name, record in records.items()
    }


@pytest.fixture
def close(all_kinds):
    all_kinds.declare(CLOSE)
    return all_kinds


def test_another_order_gives_the_same_findings(close, monkeypatch):
    in_order = findings(close.records())
    assert {record["verdict"] for record in in_order.values()} == {"holds", "refuted", "undecided"}
    (close.path / "conftest.py").write_text(REVERSED)
    monkeypatch.setenv("NNSPEC_STORE", str(close.path / "another"))
    trained = len(close.trainings)
    assert findings(close.records()) == in_order
    assert close.trainings[:trained] != close.trainings[trained:]
    assert sorted(close.trainings[:trained]) == sorted(close.trainings[trained:])


def test_a_claim_alone_gives_the_same_findings_as_among_others(close, monkeypatch):
    together = findings(close.records("-o", "nnspec_verdicts=40"))
    for name in ("holds-1", "half", "most", "parts[b/c]"):
        monkeypatch.setenv("NNSPEC_STORE", str(close.path / f"alone-{name[:4]}"))
        alone = findings(close.records("-o", "nnspec_verdicts=40", f"--nnspec-id={name}"))
        assert alone == {name: together[name]}


def test_really_trained_in_other_processes_in_another_order_the_findings_are_the_same(project, monkeypatch):
    project.declare(TRAINED)
    plugin = ("-p", "nnspec.pytest_plugin", "-p", "no:cacheprovider", "-q")
    monkeypatch.setenv("XLA_FLAGS", UNOPTIMISED)

    def found(store, *arguments):
        monkeypatch.setenv("NNSPEC_STORE", str(project.path / store))
        project.pytester.runpytest_subprocess(*plugin, "--nnspec-results=found.json", *arguments)
        records = project.read("found.json")
        assert sum(record["seeds_trained"] for record in records.values()) > 0
        return findings(records)

    one = found("one")
    assert json.dumps(one["falls"]["values"]).count(",") > 64
    (project.path / "conftest.py").write_text(REVERSED)
    assert found("two", "-n", "2") == one

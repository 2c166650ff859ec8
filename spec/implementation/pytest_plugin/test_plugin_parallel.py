"""The plugin under xdist: what is found does not depend on which process found it."""

from __future__ import annotations

import json
from collections import Counter

import pytest

# which claim trains a recipe that several need, and how long it takes, is the order of work, not a finding
COST = ("seeds_trained", "cached", "training_seconds")
PLUGIN = ("-p", "nnspec.pytest_plugin", "-p", "no:cacheprovider", "-q", "-n", "2")

FAILING = '''
@fact("wrong", source=DOC.at("Two"))
def test_wrong(evidence):
    """One and one is three."""
    evidence.note("counted")
    assert 1 + 1 == 3

test_undecided = declare("open", HALF, share=0.5)

def nonsense(runs):
    """Nonsense."""
    return 7

test_nonsense = declare("nonsense", ALWAYS, nonsense)
'''


@pytest.fixture
def parallel(all_kinds):
    all_kinds.declare(FAILING)
    all_kinds.stand_in_for_workers()
    return all_kinds


def test_two_processes_find_what_one_finds_and_train_each_recipe_once(parallel, monkeypatch):
    result = parallel.pytester.runpytest_subprocess(
        *PLUGIN, "--nnspec-results=two.json", "--nnspec-report=two.html"
    )
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.assert_outcomes(passed=5, failed=2, skipped=1)  # a coin toss is left open
    assert Counter(parallel.trainings).most_common(1)[0][1] == 1
    trained = len(parallel.trainings)
    monkeypatch.setenv("NNSPEC_STORE", str(parallel.path / "another"))
    parallel.pytest("-q", "--nnspec-results=one.json", "--nnspec-report=one.html")
    assert len(parallel.trainings) == 2 * trained
    one, two = (json.loads((parallel.path / f"{name}.json").read_text()) for name in ("one", "two"))
    assert [without_cost(record) for record in two["claims"]] == [
        without_cost(record) for record in one["claims"]
    ]
    assert len(one["claims"]) == 8
    for field in ("schema", "verdicts", "error_rate", "budget", "seeds_trained"):
        assert two[field] == one[field]
    assert "counted" in (parallel.path / "two.html").read_text()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--nnspec-id=nope"], "id='nope'; expected the id of a claim"),
        (["-o", "nnspec_verdicts=3"], "nnspec_verdicts=3; expected at least 13"),
    ],
)
def test_wrong_usage_that_workers_find_is_one_line(parallel, arguments, sentence):
    result = parallel.pytester.runpytest_subprocess(*PLUGIN, *arguments)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert [line for line in result.errlines if sentence in line]
    assert "INTERNALERROR" not in result.stdout.str() + result.stderr.str()
    assert parallel.trainings == []


def test_one_id_is_selected_in_every_worker(parallel):
    result = parallel.pytester.runpytest_subprocess(
        *PLUGIN, "--nnspec-id=holds-1", "--nnspec-results=two.json"
    )
    result.assert_outcomes(passed=1)
    assert list(parallel.read("two.json")) == ["holds-1"]


def without_cost(record):
    return {name: value for name, value in record.items() if name not in COST}

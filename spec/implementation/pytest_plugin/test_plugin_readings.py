"""The pytest plugin: what is said of one case or one run is placed, and a pair is held against its null."""

from __future__ import annotations

import pytest

CASE = "test_case = declare('case', {recipe}, reading='one case', share=None, verdict='{verdict}', {more})"
ALONE = "counterfactual=None"
PAIR = """
def better(good, bad):
    "The good one is better."
    return good.accuracy {asked}

test_pair = declare("pair", {{"good": ALWAYS, "bad": NEVER}}, better, share=None, counterfactual=None)
"""


@pytest.mark.parametrize(("recipe", "places"), [("ALWAYS", ["nearly always"]), ("NEVER", ["almost never"])])
def test_one_case_passes_where_it_is_recorded_and_is_held_to_no_share(project, recipe, places):
    project.declare(CASE.format(recipe=recipe, verdict=places[0], more=ALONE))
    record = project.records("-q")["case"]
    assert (record["verdict"], record["places"], record["as_recorded"]) == ("placed", places, True)
    assert record["counterfactual"] is record["claimed_share"] is record["resolution"] is None
    assert 0 < record["seeds"] <= 512


def test_another_place_than_the_recorded_one_fails(project):
    project.declare(CASE.format(recipe="ALWAYS", verdict="seldom", more=ALONE))
    result = project.pytest("-q")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(
        ["case: the verdict is nearly always, recorded is seldom", "*, told and held to no share"]
    )


def test_of_two_places_that_the_seeds_leave_open_one_is_enough(project):
    project.declare(CASE.format(recipe="recipe(0.9)", verdict="nearly always", more=ALONE))
    record = project.records("-q")["case"]
    assert record["places"] == ["mostly", "nearly always"]
    assert record["as_recorded"]


def test_a_counterfactual_of_one_case_is_told_and_must_do_nothing(project):
    more = "counterfactual=recipe(1.0, 2), without='an epoch'"
    project.declare(CASE.format(recipe="ALWAYS", verdict="nearly always", more=more))
    record = project.records("-q")["case"]
    assert record["as_recorded"]
    assert (record["counterfactual"]["verdict"], record["counterfactual"]["without"]) == (
        "placed",
        "an epoch",
    )


def test_few_seeds_of_a_small_budget_skip_one_case_that_they_cannot_place(project):
    project.declare(CASE.format(recipe="HALF", verdict="a coin toss", more=ALONE))
    result = project.pytest("-q", "--nnspec-seeds=4")
    assert result.ret == pytest.ExitCode.OK
    result.assert_outcomes(skipped=1)


def test_a_figure_of_one_run_is_placed_by_all_seeds(project):
    project.declare(
        "test_run = declare('run', HALF, reading='figure', share=None, counterfactual=None, verdict='usual')"
    )
    record = project.records("-q")["run"]
    assert (record["verdict"], record["places"]) == ("placed", ["usual"])


def test_printed_figures_of_a_claim_are_placed_and_compared_as_they_were_printed(project):
    low = "Figure('0.10', lambda runs: runs.accuracy, 'lower', 'plain')"
    project.declare(
        "from nnspec import Figure\ntest_x = declare('printed', HALF, verdict='refuted', "
        f"documented={{'accuracy': '0.9', 'low': {low}}})"
    )
    figures = project.records("-q")["printed"]["figures"]
    assert {name: one["as_well"] for name, one in figures.items()} == {"accuracy": 1025, "low": 1023}
    assert {one["seeds"] for one in figures.values()} == {2048}
    assert [one["places"] for one in figures.values()] == [["usual"], ["usual"]]
    assert figures["low"]["explained"] == "plain"


def test_a_pair_is_held_against_its_null_which_trains_nothing(project):
    project.declare(PAIR.format(asked="> bad.accuracy"))
    record = project.records("-q")["pair"]
    assert record["as_recorded"]
    assert record["counterfactual"]["null"]
    assert record["counterfactual"]["verdict"] != "holds"
    assert record["counterfactual"]["description"] == "good in the place of every arm, from other seeds"
    # each arm is trained from the same seeds, and nothing else is
    seeds = [entry.split()[1] for entry in project.trainings]
    assert seeds == [seed for first in dict.fromkeys(seeds) for seed in (first, first)]


def test_a_null_that_holds_is_a_failure(project):
    project.declare(PAIR.format(asked=">= bad.accuracy"))
    result = project.pytest("-q")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["pair: the null holds: *", "  null           holds: *"])


def test_one_sentence_is_read_in_one_way(project):
    project.declare(CASE.format(recipe="ALWAYS", verdict="nearly always", more=f"says='It is.', {ALONE}"))
    project.declare("test_ours = declare('ours', ALWAYS, share=None, says='It is.', beyond='other data')")
    assert project.pytest("-q").ret == pytest.ExitCode.OK
    project.declare("test_all = declare('all', ALWAYS, share=None, says='It is.')")
    result = project.pytest("-q")
    assert result.ret != pytest.ExitCode.OK
    expected = "claim 'all': reading='general'; expected 'one case', as 'case' reads the same sentence; *"
    result.stdout.fnmatch_lines([expected])

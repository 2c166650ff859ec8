"""The pytest plugin: which claims pass, fail and are skipped, and what a failure says."""

from __future__ import annotations

import pytest


def test_what_is_as_recorded_passes_and_recipes_in_common_are_trained_once(all_kinds):
    found = all_kinds.records("-q")
    assert {name: (r["verdict"], r["as_recorded"]) for name, r in found.items()} == {
        "holds-1": ("holds", True),
        "holds-100-10": ("holds", True),
        "parts[a]": ("holds", True),
        "parts[b/c]": ("refuted", True),
        "plain": ("holds", True),
    }
    first = all_kinds.trainings
    assert len(set(first)) == len(first) > 0
    again = all_kinds.records("-q")
    assert all_kinds.trainings == first
    assert all(record["seeds_trained"] == 0 for record in again.values())


def test_another_verdict_than_the_recorded_one_fails_with_the_evidence(project):
    project.declare("test_x = declare('wrong[ly]', HALF)")
    result = project.pytest("-q", "--nnspec-results=found.json")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(
        [
            "wrong?ly]: the verdict is refuted, recorded is holds",
            "  statement *The accuracy ?of most seeds] is high.",
            "  source *A document, One",
            "  read as *said so",
            "  seeds *refuted: 3? of 64 seeds (5? %, 99.95 % interval * – * %),",
            "  counterfactual refuted: 0 of 64 seeds (0 %*",
            "  values *accuracy ≥ 0.5: two groups, 50% near 0.1 and 50% near 0.9",
            "  worst seeds *",
            "  replay *nnspec verify 'wrong?ly]' --seeds *",
        ]
    )
    text = result.stdout.str()
    assert "Traceback" not in text
    assert "items.py" not in text
    assert max(len(line) for line in result.outlines) <= 80
    record = project.read("found.json")["wrong[ly]"]
    assert record["worst_seeds"]
    assert record["replay"] in text


def test_a_counterfactual_that_is_not_refuted_fails(project):
    project.declare("test_x = declare('accident', ALWAYS, counterfactual=recipe(1.0, epochs=2))")
    result = project.pytest("-q")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(
        ["accident: the counterfactual holds too: the claim's cause is not what makes it"]
    )


# about half of the seeds say yes, which leaves a claimed share of one half undecided
UNDECIDED = "test_x = declare('open', HALF, share=0.5{})"


def test_undecided_as_recorded_passes(project):
    project.declare(UNDECIDED.format(", verdict='undecided'"))
    assert project.records("-q")["open"]["as_recorded"]
    project.pytest("-q").assert_outcomes(passed=1)


def test_undecided_fails_under_the_standard_budget_and_says_how_to_add_seeds(project):
    project.declare(UNDECIDED.format(""))
    result = project.pytest("-q", "--nnspec-budget=standard")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["open: the verdict is undecided, recorded is holds", "*'open' --budget full"]
    )


@pytest.mark.parametrize("few", ["--nnspec-budget=quick", "--nnspec-seeds=32", "--nnspec-seeds=4,11"])
def test_undecided_is_skipped_with_the_reason_where_seeds_are_few(project, few):
    path = project.declare(UNDECIDED.format(""))
    result = project.pytest("-q", few, "--nnspec-results=found.json")
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines([f"SKIPPED*{path.name}*too few seeds; --budget standard uses more*"])
    record = project.read("found.json")["open"]
    assert record["verdict"] == "undecided"
    assert not record["as_recorded"]


@pytest.mark.parametrize(
    ("budget", "reason"),
    [
        ("checks", "16 seeds of it take about 4 min of a core, this budget has 2 s; --budget standard takes"),
        (
            "quick",
            "8 seeds of this budget cannot decide it even if all say the same; 16 take about 4 min of a cor",
        ),
    ],
)
def test_what_a_budget_cannot_decide_is_skipped_before_anything_is_trained(project, budget, reason):
    project.declare("LONG = 40_000_000\ntest_x = declare('dear', recipe(1.0, LONG), share=0.5)")
    result = project.pytest("-q", f"--nnspec-budget={budget}", "--nnspec-results=found.json")
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines([f"SKIPPED*{reason}*"])
    record = project.read("found.json")["dear"]
    assert (record["verdict"], record["seeds_trained"]) == ("skipped", 0)
    assert record["message"].startswith(reason)
    assert project.trainings == []


def test_few_seeds_do_not_excuse_a_contradiction(project):
    project.declare("test_x = declare('wrong', NEVER, counterfactual=HALF)")
    project.pytest("-q", "--nnspec-budget=quick").assert_outcomes(failed=1)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("raise ZeroDivisionError('oops')", "asks: ZeroDivisionError: oops"),
        ("return 7", "claim 'asks': predicate result='int64 of shape ()'"),
        ("return runs.accuracy", "claim 'asks': predicate result='float32 of shape (64,)'"),
        ("return runs.test_accuracy > 0.5", "asks: metric='test_accuracy'; expected one of accuracy, loss"),
        ("assert runs.accuracy.min() > 2", "asks: "),
    ],
)
def test_a_predicate_that_raises_or_answers_nonsense_is_an_error_that_names_the_claim(
    project, body, sentence
):
    project.declare(f"def ask(runs):\n    'Nonsense.'\n    {body}\ntest_x = declare('asks', ALWAYS, ask)")
    result = project.pytest("-q", "--nnspec-results=found.json")
    result.assert_outcomes(failed=1)
    text = result.stdout.str()
    assert sentence in text
    assert "pluggy" not in text
    assert len(result.outlines) < 15
    record = project.read("found.json")["asks"]
    assert (record["verdict"], record["as_recorded"]) == ("error", False)
    assert sentence.rpartition("asks: ")[2] in record["message"]


def test_an_error_of_the_engine_keeps_the_part_of_the_traceback_that_helps(project, monkeypatch):
    def fail(*_):
        raise OSError("no memory")

    monkeypatch.setattr("spec.implementation.conftest.StandInWorkers.train", fail)
    project.declare("test_x = declare('asks', ALWAYS)")
    text = project.pytest("-q").stdout.str()
    assert "asks: OSError: no memory" in text
    assert "session.py" in text
    assert "pluggy" not in text


def test_every_verdict_has_its_part_of_the_error_rate(all_kinds):
    from nnspec.statistics.shares import share_interval

    for verdicts in (12, 300):
        records = all_kinds.records("-o", "nnspec_error_rate=0.01", "-o", f"nnspec_verdicts={verdicts}")
        judged = [one for record in records.values() for one in (record, record["counterfactual"]) if one]
        judged = [one for one in judged if one["seeds"]]
        assert len(judged) > 4
        for one in judged:
            assert one["interval"] == list(share_interval(one["successes"], one["seeds"], 0.01 / verdicts))

"""Predicates, figures and recipes of claims that misbehave: they give no verdict, and spoil no other claim."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nnspec import Figure
from nnspec.claims.judging import judge
from nnspec.training import Runs
from spec.implementation.bad_inputs.cases import NAN, Case, refused, runs, table, told
from spec.implementation.bad_inputs.claim_cases import NAME, RECIPE, accurate, declared, stated


def judged(predicate: Callable[..., Any], **changes: Any) -> Callable[[], Any]:
    """Return the call that judges a claim with this predicate over made-up runs of four seeds."""
    return lambda: judge(
        declared(stated(predicate), **changes), lambda recipe, seeds: runs(recipe, len(seeds)), range(4), 1e-3
    )


def figure(of: Callable[..., Any]) -> dict[str, Any]:
    return {"documented": {"printed": Figure(0.9, of, "higher")}}


ANSWER = NAME + "predicate result="
PRINTED = NAME + "documented printed="
PREDICATES: list[Case] = [
    (judged(lambda runs: None), ANSWER + "None", "bool of shape (4,)"),
    (judged(lambda runs: 1, part="b"), "'a-claim[b]': predicate", "; compare per seed, as in runs.accuracy >= 0.98"),
    (judged(lambda runs: True), ANSWER + "'bool of shape ()'", "bool of shape (4,)"),
    (judged(lambda runs: "yes"), ANSWER + "'<U3 of shape ()'", "bool of shape (4,)"),
    (judged(lambda runs: runs.accuracy), ANSWER + "'float32 of shape (4,)'", "bool of shape (4,)"),
    (judged(lambda runs: np.ones(4, int)), ANSWER + "'int64 of shape (4,)'", "bool of shape (4,)"),
    (judged(lambda runs: np.ones(4, object)), ANSWER + "'object of shape (4,)'", "bool of shape (4,)"),
    (judged(lambda runs: np.ones(3, bool)), ANSWER + "'bool of shape (3,)'", "bool of shape (4,)"),
    (judged(lambda runs: np.ones((4, 1), bool)), ANSWER + "'bool of shape (4, 1)'", "bool of shape (4,)"),
    (judged(lambda runs: np.ones(0, bool)), ANSWER + "'bool of shape (0,)'", "bool of shape (4,)"),
    (judged(lambda runs: (runs.accuracy >= 0.5).any()), ANSWER + "'bool of shape ()'", "bool of shape (4,)"),
    (judged(lambda runs: [[True], [False, True]]), ANSWER, "numbers in rows of the same length"),
    (judged(lambda runs: {"yes": True}), ANSWER + "'object of shape ()'", "bool of shape (4,)"),
    (judged(lambda runs: (True for _ in range(4))), ANSWER + "'object of shape ()'", "bool of shape (4,)"),
    (judged(lambda runs: runs.test_accuracy > 0), "metric='test_accuracy'", "one of accuracy"),
    (judged(lambda runs: runs.metric("acuracy") > 0), "metric='acuracy'", "one of accuracy"),
    (judged(lambda runs: runs.epoch("loss", 1) > 0), "history='loss'", "nothing, because these runs have no history"),
    (judged(accurate, documented={"test_loss": 0.3}), "metric='test_loss'", "one of accuracy"),
    (judged(accurate, **figure(lambda runs: 0.9)), PRINTED + "'float64 of shape ()'", "real numbers of shape (4,)"),
    (judged(accurate, **figure(lambda runs: None)), PRINTED + "None", "real numbers of shape"),
    (judged(accurate, **figure(lambda runs: "0.9")), PRINTED, "real numbers of shape (4,)"),
    (judged(accurate, **figure(lambda runs: [0.9])), PRINTED + "'float64 of shape (1,)'", "of shape (4,)"),
    (judged(accurate, **figure(lambda runs: [[1], [2, 3]])), PRINTED, "numbers in rows of the same length"),
    (judged(accurate, **figure(lambda runs: np.full(4, 1j))), PRINTED + "'complex", "real numbers"),
    (judged(accurate, **figure(lambda runs: np.full(4, NAN))), PRINTED + "'NaN or infinity", "did not diverge"),
    (lambda: judge(declared(), lambda *_: runs(RECIPE), [], 1e-3), "seeds=[]", "at least one seed"),
    (lambda: judge(declared(), lambda *_: runs(RECIPE), [1, 2, 3], 0), "error_rate=0", "strictly between 0 and 1"),
    (lambda: judge(declared(), lambda *_: runs(RECIPE), [1, 2, 3], NAN), "error_rate=nan", "a finite number"),
    (lambda: judge(declared(), lambda *_: runs(RECIPE), [1], 1e-3, 0), "at_a_time=0", "a positive whole number"),
]  # fmt: skip


@table(PREDICATES)
def test_a_predicate_or_figure_that_misbehaves_gives_no_verdict(
    call: Callable[[], Any], received: str, expected: str
) -> None:
    refused(call, received, expected)


def test_comparisons_that_change_from_block_to_block_are_not_told_as_those_of_all_seeds() -> None:
    def unsteady(runs: Runs) -> Any:
        """Ask whether it is accurate."""
        return runs.accuracy >= 0.5 if len(runs) == 40 else runs.accuracy >= 0.9

    claim = declared(unsteady, share=0.5)
    judgement = judge(claim, lambda r, s: runs(r, len(s)), range(60), 1e-30, at_a_time=40)
    assert judgement.evidence.comparisons == ()
    assert len(judgement.evidence.answers) == 60


RAISES = {
    "raise ValueError('no')": "ValueError: no",
    "return runs.nothing": "attribute='nothing'; expected a metric (loss, accuracy)",
    "return runs.accuracy >= 'high'": "UFuncTypeError",
    "return 1 / 0": "ZeroDivisionError",
    "return [][3]": "IndexError",
    "raise KeyError": "KeyError",
    "assert False": "AssertionError",
    "return unknown": "NameError",
    "return runs.accuracy[:3] > runs.accuracy[:2]": "ValueError",
    "return runs(1)": "TypeError",
    "import sys; sys.exit(3)": "SystemExit",
    "def deeper(): return deeper()\n    return deeper()": "RecursionError",
}


def test_a_predicate_that_raises_fails_the_item_that_names_the_claim_and_no_other(project: Any) -> None:
    lines = ["test_sound = declare('sound', ALWAYS)"]
    for number, body in enumerate(RAISES):
        lines += [f"def raising_{number}(runs):\n    'Raises.'\n    {body}"]
        lines += [f"test_{number} = declare('raising-{number}', ALWAYS, raising_{number})"]
    project.declare("\n".join(lines))
    found = project.records()
    assert found["sound"]["verdict"] == "holds"
    for number, error in enumerate(RAISES.values()):
        record = found[f"raising-{number}"]
        assert (record["verdict"], record["as_recorded"]) == ("error", False)
        if error != "AssertionError":  # whose text says all there is
            assert error in record["message"]


MISFITS = {
    "declare('wrong', recipe(1.0).with_(layers=[Dense(3)]))": "y_train.shape=(20,)",
    "declare('wrong', ALWAYS, counterfactual=NEVER.with_(data=Circles(n_samples=20, train_size=30)))": "train_size=30",
}


@pytest.mark.parametrize("declaration", MISFITS)
def test_a_recipe_that_does_not_fit_fails_its_own_claim_alone(project: Any, declaration: str) -> None:
    project.declare(f"test_sound = declare('sound', ALWAYS)\ntest_wrong = {declaration}")
    found = project.records()
    assert found["sound"]["verdict"] == "holds"
    assert found["wrong"]["verdict"] == "error"
    told(found["wrong"]["message"], MISFITS[declaration], "")

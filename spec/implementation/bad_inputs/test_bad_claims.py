"""Wrong claims: declarations that lack something, and predicates, figures and pictures that misbehave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nnspec import SGD, Circles, Dense, Document, Figure, Recipe, Source, claim, fact
from nnspec.claims.judging import judge
from nnspec.training import Runs
from spec.implementation.bad_inputs.cases import NAN, Case, refused, runs, table, told

ANY: Any = None
DOCUMENT = Document("doc", "A document", ("One", "Two"))
RECIPE = Recipe(Circles(), [Dense(1, "sigmoid")], "binary_crossentropy", SGD(), epochs=1)
OTHER = RECIPE.with_epochs(2)
PAIR = {"short": RECIPE, "long": OTHER}


def accurate(runs: Runs) -> Any:
    """Ask whether it is accurate."""
    return runs.accuracy >= 0.5


def declared(predicate: Any = accurate, id: Any = "a-claim", **changes: Any) -> Any:
    proper: dict[str, Any] = {"source": DOCUMENT.at("One"), "recipe": RECIPE, "counterfactual": OTHER}
    return claim(id, **proper | {"share": 0.9, "because": "so read"} | changes)(predicate)


def of(*predicates: Any, **changes: Any) -> Callable[[], Any]:
    """Return the call that declares a claim."""
    return lambda: declared(*predicates, **changes)


def both(short: Runs, long: Runs) -> Any:
    """Ask whether one is more accurate."""
    return short.accuracy > long.accuracy


def stated(predicate: Callable[..., Any]) -> Callable[..., Any]:
    predicate.__doc__ = "It is accurate."
    return predicate


NAME = "claim 'a-claim': "
DECLARATIONS: list[Case] = [
    (of(id=None), "claim None: id=None", "a text that is not empty"),
    (of(id=7), "claim 7: id=7", "a text that is not empty"),
    (of(id="\n"), "id='\\n'", "a text that is not empty"),
    (of(id="a\nb"), "id='a\\nb'", "a text on one line, no path and without control characters"),
    (of(id="a-claim\n"), "id='a-claim\\n'", "a text on one line, no path and without control characters"),
    (of(id="a\x1b[31mb"), "id='a\\x1b[31mb'", "a text on one line, no path and without control characters"),
    (of(id="a\u202eb"), "id='a\\u202eb'", "a text on one line, no path and without control characters"),
    (of(id="a\u2028b"), "id='a\\u2028b'", "a text on one line, no path and without control characters"),
    (of(id="a\ud800"), "id='a\\ud800'", "a text on one line, no path and without control characters"),
    *[(of(id=path), f"id='{path}'", "no path") for path in (".", "..", "a/b", "a.py")],
    (of(id="--store"), "id='--store'", "does not begin with a dash"),
    (of(id=" -x"), "id=' -x'", "does not begin with a dash"),
    (of(part="a]"), NAME + "part='a]'", "without control characters, brackets"),
    (of(part="[a"), NAME + "part='[a'", "without control characters, brackets"),
    (of(part="a\nb"), NAME + "part='a\\nb'", "without control characters, brackets"),
    (of(part="-a"), NAME + "part='-a'", "a dash at its beginning"),
    (lambda: fact("-f", source=DOCUMENT.at("One"))(accurate), "id='-f'", "does not begin with a dash"),
    (lambda: fact("f\t", source=DOCUMENT.at("One"))(accurate), "id='f\\t'", "a text on one line"),
    (lambda: fact("f", source=DOCUMENT.at("One"), part="a[b")(accurate), "part='a[b'", "brackets"),
    (lambda: Document("-doc", "Title", ("One",)), "document='-doc'", "a key of letters, digits"),
    (lambda: Document("doc\n", "Title", ("One",)), "document='doc\\n'", "a key of letters, digits"),
    (of(part=3), NAME + "part=3", "a text"),
    (of(measured=0.26), NAME + "measured=0.26", "a text"),
    (of(because=["so"]), NAME + "because=['so']", "a text that is not empty"),
    (of(source=None), NAME + "source=None", "a place such as DOCUMENT.at('section')"),
    (of(share=NAN), NAME + "share=nan", "a finite number at least 0 and at most 1"),
    (of(share=-0.1), NAME + "share=-0.1", "a finite number at least 0 and at most 1"),
    (of(share="90 %"), NAME + "share='90 %'", "a finite number"),
    (of(share=True), NAME + "share=True", "a finite number"),
    (of(share=1.0), NAME + "share=1.0", "a share strictly between 0 and 1"),
    (of(verdict=True), NAME + "verdict=True", "one of holds, refuted, undecided"),
    (of(verdict=""), NAME + "verdict=''", "one of holds, refuted, undecided"),
    (of(documented=0.99), NAME + "documented=0.99", "a mapping of names to printed figures"),
    (of(documented=[("accuracy", 0.99)]), NAME + "documented=[", "a mapping of names"),
    (of(documented={0: 0.99}), NAME + "documented={0", "a mapping of names to printed figures"),
    (of(documented={"accuracy": NAN}), NAME + "documented accuracy=nan", "a finite number"),
    (of(documented={"accuracy": "99 %"}), NAME + "documented accuracy='99 %'", "a finite number"),
    (of(picture="plot"), NAME + "picture='plot'", "a function"),
    (of(recipe=None), NAME + "recipe=None", "a Recipe, or a mapping of names to recipes"),
    (of(recipe=[RECIPE]), NAME + "recipe=[Recipe", "a Recipe, or a mapping of names to recipes"),
    (of(recipe=PAIR), NAME + "parameters=['runs']", "the names of the recipes: short, long"),
    (of(recipe={}), NAME + "parameters=['runs']", "a predicate whose parameters"),
    (of(counterfactual={"runs": 7}), NAME + "counterfactual={'runs': 7}", "a mapping of names to recipes"),
    (of(counterfactual={"runs": None}), NAME + "counterfactual={'runs': None}", "a mapping of names to recipes"),
    (of(counterfactual=RECIPE), NAME + "counterfactual={'runs': Recipe", "another recipe than the claim's own"),
    (of(counterfactual=5), NAME + "counterfactual=5", "the cause is taken away"),
    (of(5), NAME + "predicate=5", "a function"),
    (of(None), NAME + "predicate=None", "a function"),
    (of(stated(lambda *runs: runs)), NAME + "parameters='(*runs)'", "parameters that are given by name"),
    (of(stated(lambda **runs: runs)), NAME + "parameters='(**runs)'", "parameters that are given by name"),
    (of(stated(lambda runs, /: runs)), NAME + "parameters='(runs, /)'", "parameters that are given by name"),
    (of(stated(lambda: True)), "recipe=Recipe(", "a Recipe, or a mapping"),
    (of(stated(lambda one, two: one)), "recipe=Recipe(", "a Recipe, or a mapping"),
    (of(lambda runs: runs), NAME + "statement=None", "a text that is not empty"),
    (of(max), NAME + "predicate=<built-in function max>", "a function whose parameters are known"),
    (lambda: Figure(NAN, lambda runs: runs), "documented=nan", "a finite number"),
    (lambda: Figure("0.9", lambda runs: runs), "documented='0.9'", "a finite number"),  # type: ignore[arg-type]
    (lambda: Figure(0.9, ANY), "of=None", "a function of the runs"),
    (lambda: Document("", "Title", ("One",)), "document=''", "a key of letters, digits"),
    (lambda: Document("../up", "Title", ("One",)), "document='../up'", "a key of letters, digits"),
    (lambda: Document(ANY, "Title", ("One",)), "document=None", "a key of letters, digits"),
    (lambda: Document("doc", " ", ("One",)), "title=' '", "a text that is not empty"),
    (lambda: Document("doc", "Title", "One"), "sections='One'", "a tuple of headings"),  # type: ignore[arg-type]
    (lambda: Document("doc", "Title", ()), "sections=()", "a tuple of headings"),
    (lambda: Document("doc", "Title", ANY), "sections=None", "a tuple of headings"),
    (lambda: Document("doc", "Title", ("One", 2)), "sections=2", "a text that is not empty"),  # type: ignore[arg-type]
    (lambda: DOCUMENT.at("Three"), "section='Three'", "one of One, Two"),
    (lambda: DOCUMENT.at(ANY), "section=None", "one of One, Two"),
    (lambda: DOCUMENT.at("One", 7), "detail=7", "a text"),  # type: ignore[arg-type]
    (lambda: Source("doc", "One"), "document='doc'", "a Document"),  # type: ignore[arg-type]
    (lambda: Source(DOCUMENT, "Three"), "section='Three'", "one of One, Two"),
    (lambda: fact("", source=DOCUMENT.at("One"))(accurate), "fact '': id=''", "a text that is not empty"),
    (lambda: fact("f", source=ANY)(accurate), "fact 'f': source=None", "a place such as"),
    (lambda: fact("f", source=DOCUMENT.at("One"))(ANY), "fact 'f': test=None", "a function"),
    (lambda: fact("f", source=DOCUMENT.at("One"), part=ANY)(accurate), "part=None", "a text"),
    (lambda: fact("f", source=DOCUMENT.at("One"), kind="claim")(accurate), "kind='claim'", "one of drift, fact"),
    (of(id=""), "claim '': id=''", "a text that is not empty"),
    (of(because=""), NAME + "because=''", "a text that is not empty; say how"),
    (of(because=" \n"), NAME + "because=' \\n'", "a text"),
    (of(because=None), NAME + "because=None", "a text"),
    (of(lambda runs: runs), NAME + "statement=None", "; write it as the docstring"),
    (of(source="Curves"), NAME + "source='Curves'", "a place such as DOCUMENT.at"),
    (of(source=DOCUMENT), NAME + "source=Document(", "a place such as DOCUMENT.at('section')"),
    (of(counterfactual=None), NAME + "counterfactual=None", "a recipe in which the cause is taken away"),
    (of(counterfactual={}), NAME + "counterfactual={}", "a recipe in which the cause is taken away"),
    (of(counterfactual={"run": OTHER}), NAME + "counterfactual={'run'", "the cause is taken away"),
    (of(counterfactual={"runs": RECIPE.with_()}), NAME + "counterfactual=", "another recipe than the claim's own"),
    (of(both, recipe=PAIR), NAME + "counterfactual=", "or a mapping from short"),
    (of(both, recipe=PAIR, counterfactual=PAIR), NAME + "counterfactual=", "another recipe than the claim's own"),
    (of(both), NAME + "recipe=Recipe(", "a Recipe, or a mapping"),
    (of(share=1), NAME + "share=1", "a share strictly between 0 and 1; 0.99 says"),
    (of(share=0.0), NAME + "share=0.0", "a share strictly between 0 and 1"),
    (of(share=90), NAME + "share=90", "a finite number at least 0 and at most 1"),
    (of(share=None), NAME + "share=None", "a finite number"),
    (of(verdict="hold"), NAME + "verdict='hold'", "one of holds, refuted, undecided; did you mean"),
    (of(recipe="model_7"), NAME + "recipe='model_7'", "a Recipe, or a mapping"),
    (of(recipe={"runs": 7}), NAME + "recipe={'runs': 7}", "a Recipe"),
    (of(recipe={"other": RECIPE}), NAME + "parameters=['runs']", "a predicate"),
    (of(stated(lambda: True), recipe={}), NAME + "parameters=[]", "a predicate"),
    (lambda: DOCUMENT.at("Tow"), "section='Tow'", "did you mean 'Two'?"),
    (lambda: fact("f", source=DOCUMENT.at("One"), kind="facts")(accurate), "kind='facts'", "picture; did you mean 'fact'?"),
    (lambda: fact("f", source=DOCUMENT.at("One"))(lambda: None), "fact 'f': statement=None", "write it as the docstring"),
]  # fmt: skip


@table(DECLARATIONS)
def test_a_wrong_declaration_is_refused(call: Callable[[], Any], received: str, expected: str) -> None:
    refused(call, received, expected)


def judged(predicate: Callable[..., Any], **changes: Any) -> Callable[[], Any]:
    """Return the call that judges a claim with this predicate over made-up runs of four seeds."""
    return lambda: judge(
        declared(stated(predicate), **changes), lambda recipe, seeds: runs(recipe, len(seeds)), range(4), 1e-3
    )


def figure(of: Callable[..., Any]) -> dict[str, Any]:
    return {"documented": {"printed": Figure(0.9, of)}}


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
        return runs.accuracy >= 0.5 if len(runs) == 64 else runs.accuracy >= 0.9

    seeds = range(100)
    judgement = judge(declared(unsteady, share=0.5), lambda r, s: runs(r, len(s)), seeds, 1e-9)
    assert judgement.evidence.comparisons == ()
    assert len(judgement.evidence.answers) == 100


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

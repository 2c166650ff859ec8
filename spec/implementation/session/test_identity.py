"""What a run is kept, begun and found by is what it was made of, whatever its class is called."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pytest

from nnspec import Adam, Circles, Dataset, Dense, Experiment, Recipe, train
from nnspec.claims.budget import parse
from nnspec.recipes.identity import identity
from nnspec.session import outcomes
from nnspec.session.expected_cost import OTHER, ExpectedCost
from spec.implementation.session.trainer_of_labels import Trainer

MINE = '''
from nnspec import claim, Dataset, Document
from dataclasses import dataclass

@dataclass(frozen=True)
class Mine(Dataset):
    """Twenty points."""

    def examples(self):
        """Return them with these labels."""
        x = np.linspace(-1, 1, 20)[:, None]
        return x, {labels}

def below(runs):
    """The loss is low."""
    return runs.loss < 0.3

test_x = declare({id!r}, recipe(1.0).with_(data=Mine()), below, verdict={verdict!r})
'''


def shares(labels, weight=1.0):
    """Return a class of the name Mine whose examples have these labels."""

    @dataclass(frozen=True)
    class Mine(Dataset):
        def examples(self):
            return np.eye(4), np.array(labels) * weight

    return Mine()


CIRCLES = Circles(10)


def recipe(data: Dataset) -> Recipe:
    return Recipe(data, [Dense(1, "sigmoid")], "mae", Adam(), 1, metrics=[])


def test_data_sets_of_one_name_have_runs_of_their_own(session):
    found = [session.runs(recipe(shares(y)), [0]).loss[0] for y in ([0, 0, 0, 1], [0, 1, 1, 1])]
    assert found == [0.25, 0.75]


def test_classes_over_other_values_have_runs_of_their_own(session):
    first, second = shares([0, 1, 1, 1]), shares([0, 1, 1, 1], weight=0.0)
    assert [session.runs(recipe(data), [0]).loss[0] for data in (first, second)] == [0.75, 0]
    assert identity(recipe(shares([0, 1, 1, 1]))) == identity(recipe(first))


def constant(value):
    """Return an experiment of the name Constant that gives this value."""

    @dataclass(frozen=True)
    class Constant(Experiment):
        data: Dataset = CIRCLES

        def outcome(self, seed):
            return {"value": value}

    return Constant()


def test_experiments_of_one_name_have_outcomes_of_their_own(session):
    assert [session.runs(constant(v), [0, 1]).metrics["value"].tolist() for v in (1, 2)] == [[1, 1], [2, 2]]


def test_a_subclass_that_overrides_examples_is_another_data_set(session):
    class Flipped(Circles):
        def examples(self):
            x, y = super().examples()
            return x, 1 - y

    one = Flipped(50)
    np.testing.assert_array_equal(one.arrays().y_train, 1 - Circles(50).arrays().y_train)
    assert identity(recipe(one)) != identity(recipe(Circles(50)))


def test_a_cell_that_is_run_again_defines_another_class(session, monkeypatch):
    names = {"__name__": "a_notebook"}
    monkeypatch.setitem(sys.modules, "a_notebook", SimpleNamespace())
    cell = (
        "import numpy as np\nfrom dataclasses import dataclass\nfrom nnspec import Dataset\n"
        "@dataclass(frozen=True)\nclass Mine(Dataset):\n"
        "    def examples(self):\n        return np.eye(4), np.full(4, LABEL)\n"
    )
    found = []
    for label in (0, 1):
        names["LABEL"] = label
        exec(compile(cell, "<cell>", "exec", dont_inherit=True), names)  # noqa: S102
        found.append(session.runs(recipe(names["Mine"]()), [0]).loss[0])
    assert found == [0, 1]


LABEL = 0


@dataclass(frozen=True)
class Reads(Dataset):
    """Four points with a label that stands in the module."""

    count: int = 4

    def examples(self):
        """Return them."""
        return np.eye(self.count), np.full(self.count, LABEL)


def test_a_global_that_examples_reads_is_part_of_what_they_are(session, monkeypatch):
    before = session.runs(recipe(Reads()), [0]).loss[0]
    monkeypatch.setitem(globals(), "LABEL", 1)
    assert (before, session.runs(recipe(Reads()), [0]).loss[0]) == (0, 1)


def test_whole_and_real_fields_that_python_calls_equal_are_trained_apart():
    @dataclass(frozen=True)
    class Typed(Dataset):
        one: float

        def examples(self):
            x = np.linspace(0, 1, 8)[:, None]
            return x, (x[:, 0] > 0.5) ^ isinstance(self.one, int)

    assert Typed(1) == Typed(1.0)
    whole, real = (train(recipe(Typed(one)), [0]).loss[0] for one in (1, 1.0))
    assert whole != real


def test_data_without_an_equality_can_be_trained_in_blocks(session):
    @dataclass(frozen=True, eq=False)
    class Plain(Dataset):
        def examples(self):
            return np.eye(4), np.array([0, 0, 0, 1])

    assert len(session.runs(recipe(Plain()), range(130))) == 130


def test_what_is_expected_counts_classes_of_one_name_apart_without_making_their_data(monkeypatch):
    first, second = shares([0, 1, 0, 1]), shares([1, 1, 0, 1])
    monkeypatch.setattr(Dataset, "arrays", lambda self: pytest.fail("nobody needs them yet"))
    expected = ExpectedCost(parse("quick", None))
    assert min(expected.of_recipes([recipe(data)]) for data in (first, second)) > OTHER
    assert expected.of_recipes([recipe(first)]) == OTHER


@pytest.mark.parametrize("folders", [("spec", "spec"), ("spec/one", "spec/two")], ids=["files", "folders"])
def test_claims_on_classes_of_one_name_are_judged_on_their_own_runs(project, monkeypatch, folders):
    monkeypatch.setattr("nnspec.pytest_plugin.state.Workers", lambda *_: Trainer())
    same = folders[0] != folders[1]
    few, most = "np.arange(20) < 2", "np.arange(20) >= 2"
    for number, (labels, verdict) in enumerate([(few, "holds"), (most, "refuted")]):
        source = MINE.format(labels=labels, id=f"claim-{number}", verdict=verdict)
        project.declare(source, folders[number], "test_a.py" if same else "")
    found = project.records()
    assert {name: one["verdict"] for name, one in found.items()} == {"claim-0": "holds", "claim-1": "refuted"}


def hidden(value):
    """Return an experiment whose value is looked up where no hash of code sees it."""
    shelf = {"kept": value}

    @dataclass(frozen=True)
    class Hidden(Experiment):
        data: Dataset = CIRCLES

        def outcome(self, seed):
            return {"value": READ_ELSEWHERE[id(type(self))]}

    READ_ELSEWHERE[id(Hidden)] = shelf["kept"]
    return Hidden()


class Elsewhere(dict):
    """Values that are kept out of sight, as in a file."""


READ_ELSEWHERE = Elsewhere()


def test_two_classes_share_nothing_in_memory_even_where_no_difference_is_seen(session, monkeypatch):
    monkeypatch.setattr(outcomes, "_KEPT", math.inf)  # the store has no more than the hash to go by
    monkeypatch.setattr("nnspec.basics.parts.code_hash", lambda classes: "")
    first, second = hidden(1), hidden(2)
    assert identity(first) == identity(second)
    assert [session.runs(one, [0, 1]).metrics["value"].tolist() for one in (first, second)] == [
        [1, 1],
        [2, 2],
    ]


@pytest.mark.usefixtures("kept_here")
def test_two_classes_over_generators_have_outcomes_of_their_own(session):
    def over(value):
        numbers = (value for _ in range(1000))

        @dataclass(frozen=True)
        class Over(Experiment):
            data: Dataset = CIRCLES

            def outcome(self, seed):
                return {"value": next(numbers)}

        return Over()

    values = [session.runs(over(value), [0, 1]).metrics["value"].tolist() for value in (1, 2)]
    assert values == [[1, 1], [2, 2]]

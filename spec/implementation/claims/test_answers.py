"""What facts and predicates answer: nothing of a fact, and of a predicate the same whenever it is asked."""

from __future__ import annotations

import asyncio
import functools
import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.claims.declarations import Claim, Document, Figure, claim, fact
from nnspec.claims.judging import ask, judge
from nnspec.data import StraightLine
from nnspec.recipes.layers import Dense
from nnspec.recipes.optimizers import SGD
from nnspec.recipes.recipe import Recipe
from nnspec.runs.runs import Runs

DOCUMENT = Document("lines", "Lines", ("Straight lines",))
RECIPE = Recipe(StraightLine(), [Dense(1)], "mae", SGD(), epochs=1)
OTHER = RECIPE.with_epochs(2)


def train(recipe: Recipe, seeds: Any) -> Runs:
    """Make up runs whose loss tells the recipe."""
    values = np.full(len(seeds), recipe.epochs, np.float32)
    return Runs(recipe, np.array(seeds), {}, {"loss": values}, (values[:, None],))


def declared(predicate: Callable[..., Any], **changes: Any) -> Claim:
    proper: dict[str, Any] = {
        "source": DOCUMENT.at("Straight lines"),
        "recipe": RECIPE,
        "counterfactual": OTHER,
        "share": 0.5,
        "because": "half",
    }
    predicate.__doc__ = "The loss is low."
    return claim("low", **proper | changes)(predicate)


def judged(claim: Claim, seeds: int = 64) -> Any:
    return judge(claim, train, range(seeds), 1e-3)  # type: ignore[arg-type]


def low(runs: Runs) -> Any:
    return runs.loss < 1.5


def yes_so_often(times: int, every: int = 10**9) -> Callable[..., Any]:
    """Return a predicate that says yes at its first calls, or at the first of each so many, then no."""
    calls = itertools.count()
    return lambda runs: np.full(len(runs), next(calls) % every < times)


def with_memory_of_a_recipe() -> Callable[..., Any]:
    met: list[Any] = []

    def predicate(runs: Runs) -> Any:
        known = runs.recipe in met
        met.append(runs.recipe)
        return np.full(len(runs), not known and runs.recipe == RECIPE)

    return predicate


def drawn(share: float) -> Callable[..., Any]:
    generator = np.random.default_rng(1)  # of unseeded ones 4 in 100 draw the same twice
    return lambda runs: generator.random(len(runs)) < share


def counting_in_a_list(runs: Runs) -> Any:
    """Keep a list between calls."""
    KEPT.append(1)
    return np.full(len(runs), len(KEPT) == 1)


KEPT: list[int] = []


@pytest.mark.parametrize("seeds", [8, 64, 200])
@pytest.mark.parametrize(
    "predicate",
    [
        lambda: yes_so_often(1),
        lambda: yes_so_often(2),
        lambda: yes_so_often(3),
        lambda: yes_so_often(1, every=2),
        lambda: drawn(0.5),
        lambda: drawn(0.9),
        with_memory_of_a_recipe,
        lambda: KEPT.clear() or counting_in_a_list,
    ],
)
def test_a_predicate_that_remembers_or_draws_is_no_evidence(
    predicate: Callable[[], Callable[..., Any]], seeds: int
) -> None:
    made = predicate()
    with pytest.raises(InvalidValue) as caught:
        judged(declared(lambda runs: made(runs), share=0.1), seeds)
    assert "claim 'low': predicate='another answer for " in str(caught.value)
    assert "asked again about the same runs'; expected an answer that follows from the runs alone" in str(
        caught.value
    )


def test_a_predicate_that_is_asked_of_a_few_seeds_is_asked_again_too() -> None:
    with pytest.raises(InvalidValue, match="claim 'low': predicate="):
        ask(declared(yes_so_often(1)), train, range(4), 1e-3)  # type: ignore[arg-type]


def test_who_draws_with_a_fixed_seed_is_asked_as_often_as_one_likes() -> None:
    found = judged(declared(lambda runs: (np.random.default_rng(0).random(len(runs)) < 2) & low(runs)))
    assert (found.evidence.verdict, found.counterfactual.verdict) == ("holds", "refuted")


def test_nothing_is_trained_to_ask_again() -> None:
    trained: list[int] = []

    def counted(recipe: Recipe, seeds: Any) -> Runs:
        trained.append(len(seeds))
        return train(recipe, seeds)

    judge(declared(low), counted, range(64), 1e-3)  # type: ignore[arg-type]
    assert trained == [64, 64]


def test_a_diverged_seed_says_no_whenever_it_is_asked() -> None:
    def diverging(recipe: Recipe, seeds: Any) -> Runs:
        runs = train(recipe, seeds)
        runs.weights[0][::2] = np.nan
        return runs

    found = judge(declared(low), diverging, range(64), 1e-3)  # type: ignore[arg-type]
    assert found.evidence.successes == 32


@pytest.mark.parametrize("missing", ["predicate", "figure"])
def test_whoever_forgets_return_is_asked_for_it(missing: str) -> None:
    wrong = {"predicate": low, "documented": {"x": Figure(1.0, lambda runs: None, "lower")}}
    found = (
        declared(lambda runs: None)
        if missing == "predicate"
        else declared(low, documented=wrong["documented"])
    )
    with pytest.raises(InvalidValue, match=r"claim 'low': .*=None; expected .*; is `return` missing\?"):
        judged(found)


@pytest.mark.parametrize("answer", [True, False, 0, "", [], np.bool_(True), (x for x in "ab"), 2 + 2 == 5])
def test_a_fact_that_returns_something_is_told_to_assert(answer: object) -> None:
    def returns() -> Any:
        """Two and two is five."""
        return answer

    found = fact("sum", source=DOCUMENT.at("Straight lines"))(returns)
    with pytest.raises(
        InvalidValue, match=r"fact 'sum': returned=.*; expected nothing, a fact asserts; write"
    ):
        found()


async def coroutine(runs: Runs) -> Any:
    """Wait."""
    await asyncio.sleep(0)
    return runs.loss < 1


def generator(runs: Runs) -> Any:
    """Yield."""
    yield runs.loss < 1


async def asynchronous_generator(runs: Runs) -> Any:
    """Yield and wait."""
    yield runs.loss < 1


class Called:
    """An object that is called."""

    async def __call__(self, runs: Runs) -> Any:
        """Wait."""
        return runs.loss < 1


KINDS = [coroutine, generator, asynchronous_generator, Called(), functools.partial(generator)]


@pytest.mark.parametrize("function", KINDS)
def test_what_is_no_plain_function_is_refused_where_it_is_declared(function: Callable[..., Any]) -> None:
    message = r"=.*; expected a function without async and yield; return the answer"
    with pytest.raises(InvalidValue, match=rf"fact 'x': test{message}"):
        fact("x", source=DOCUMENT.at("Straight lines"))(function)
    with pytest.raises(InvalidValue, match=rf"claim 'low': predicate{message}"):
        claim(
            "low",
            source=DOCUMENT.at("Straight lines"),
            recipe=RECIPE,
            counterfactual=OTHER,
            share=0.5,
            because="x",
        )(function)

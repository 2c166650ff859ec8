"""The search for a repair with hand-made runs: what is tried, chosen and confirmed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.claims.budget import Budget
from nnspec.claims.declarations import Claim, Document, claim
from nnspec.data import Circles
from nnspec.recipes.changes import EPOCHS, INITIALIZATION, LEARNING_RATE, UNCHANGED, UNITS, Change, Step
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.layers import Dense
from nnspec.recipes.optimizers import Adam
from nnspec.recipes.recipe import Recipe
from nnspec.runs.runs import Runs
from nnspec.studies.repair import record as repair_record
from nnspec.studies.repair.record import Counted, Repair
from nnspec.studies.repair.search import CONFIRMATIONS, FIRST_FRESH_SEED, FIRST_SEED, changed, repair
from nnspec.studies.repair.text import sentences

LAYERS = [Dense(4, "relu"), Dense(1, "sigmoid")]
RECIPE = Recipe(Circles(n_samples=20), LAYERS, "binary_crossentropy", Adam(0.01), epochs=10)
LINEAR = RECIPE.with_hidden_activations("linear")
FRESH = Budget("fresh", tuple(range(FIRST_FRESH_SEED, FIRST_FRESH_SEED + 512)))
ERROR_RATE = 1e-3
DOCUMENT = Document("circles", "Circles", ("One",))
Share = Callable[[Recipe, bool], float]


class Trainer:
    """Makes runs of which a share is accurate that a function of the recipe names."""

    def __init__(self, share: Share) -> None:
        self.share = share
        self.asked: list[tuple[Recipe, tuple[int, ...]]] = []

    def __call__(self, recipe: Experiment, seeds: Sequence[int]) -> Runs:
        """Return the runs of these seeds; the share may be another one on the seeds that choose."""
        assert isinstance(recipe, Recipe)
        self.asked.append((recipe, tuple(seeds)))
        linear = recipe.layers[0].activation == "linear"  # type: ignore[attr-defined]
        share = 0.0 if linear else self.share(recipe, seeds[0] < FIRST_FRESH_SEED)
        yes = (np.asarray(seeds) * 37 % 100) / 100 < share - 1e-9
        values = np.where(yes, 0.9, 0.1).astype(np.float32)
        history = {"accuracy": np.ones((len(seeds), recipe.epochs), np.float32)}
        return Runs(recipe, np.array(seeds), history, {"accuracy": values}, (values[:, None],), {})


def accurate(runs: Runs) -> Any:
    """Nearly all is classified."""
    return runs.accuracy >= 0.5


def declared(predicate: Callable[..., Any] = accurate, **changes: Any) -> Claim:
    proper: dict[str, Any] = {
        "source": DOCUMENT.at("One"),
        "recipe": RECIPE,
        "counterfactual": LINEAR,
        "share": 0.8,
        "because": "said so",
        "verdict": "refuted",
    }
    return claim("circles-1", **proper | changes)(predicate)


def searched(share: Share, one: Claim | None = None) -> tuple[Repair, Trainer]:
    trainer = Trainer(share)
    return repair(one or declared(), trainer, ERROR_RATE, FRESH), trainer


def named(what: str, factor: int | None) -> Change:
    return Change((Step(what, None if factor is None else Fraction(factor)),))


def test_the_smallest_change_that_fresh_seeds_confirm_is_found() -> None:
    found, trainer = searched(lambda recipe, _: 1.0 if recipe.epochs >= 20 else 0.25)
    assert found.found is not None
    assert found.found.change == named(EPOCHS, 2)
    assert (found.epochs, found.learning_rate) == (10, 0.01)
    assert "+    epochs=20, batch_size=32," in found.difference
    assert len(found.confirmations) == 1
    # as many fresh seeds before as after
    assert found.before.seeds == found.found.counted.seeds
    assert found.before.share == pytest.approx(0.25, abs=0.05)
    assert all(len(trial.change.steps) == 1 or trial.change.on_the_map for trial in found.trials)
    choosing = {seed for _, seeds in trainer.asked for seed in seeds if seed < FIRST_FRESH_SEED}
    assert choosing == set(range(FIRST_SEED, FIRST_SEED + 64))


def test_what_the_first_seeds_leave_no_hope_is_not_tried_on_the_others() -> None:
    costly = RECIPE.with_(data=Circles(n_samples=1000), epochs=20_000)  # 32 seeds of 64 come first
    one = declared(recipe=costly, counterfactual=costly.with_hidden_activations("linear"))
    found, trainer = searched(lambda recipe, _: 0.25 if recipe.epochs == 20_000 else 0.75, one)
    counts = {trial.change: trial.counted for trial in found.trials}
    # as documented all are counted, for the comparison: 25 % of the seeds, where 80 % are claimed
    assert counts[UNCHANGED] == found.before == Counted(16, 64)
    few, many = counts[named(LEARNING_RATE, 3)], counts[named(EPOCHS, 2)]
    assert few == Counted(8, 32)
    assert many is not None
    assert many.seeds == 64
    blocks = {
        seeds
        for recipe, seeds in trainer.asked
        if recipe == changed(one, named(LEARNING_RATE, 3)).recipes["runs"]
    }
    assert blocks == {tuple(range(FIRST_SEED, FIRST_SEED + 32))}


def test_a_costly_claim_is_looked_at_after_eight_seeds() -> None:
    costly = RECIPE.with_(data=Circles(n_samples=100_000), epochs=2_000)
    one = declared(recipe=costly, counterfactual=costly.with_hidden_activations("linear"))
    found, _ = searched(lambda recipe, _: 0.1 if recipe.optimizer.learning_rate == 0.1 else 0.6, one)
    counts = {trial.change: trial.counted for trial in found.trials}
    assert counts[named(LEARNING_RATE, 10)] == Counted(1, 8)
    unchanged = counts[UNCHANGED]
    assert unchanged is not None
    assert unchanged.seeds == 24


def test_what_only_the_seeds_that_chose_it_like_is_not_confirmed() -> None:
    found, _ = searched(lambda recipe, choosing: 1.0 if choosing and recipe.epochs == 20 else 0.25)
    assert found.found is None
    assert found.difference == ""
    assert [one.verdict for one in found.confirmations] == ["refuted"] * (1 + CONFIRMATIONS)
    assert found.before == found.trials[0].counted
    assert found.trials[0].change == UNCHANGED
    assert "Not confirmed: epochs ×2: the claim is refuted" in " ".join(sentences(found))


def test_there_are_never_more_confirmations_than_the_error_rate_is_split_over() -> None:
    found, trainer = searched(lambda recipe, choosing: 1.0 if choosing and recipe != RECIPE else 0.25)
    assert len(found.confirmations) == found.most_confirmations == 2 * CONFIRMATIONS
    confirmed = {recipe for recipe, seeds in trainer.asked if seeds[0] >= FIRST_FRESH_SEED}
    assert len(confirmed) == 2 * found.most_confirmations  # each with its counterfactual
    low, high = found.interval(Counted(50, 100))
    assert (low, high) == repair_record.share_interval(50, 100, ERROR_RATE / found.most_confirmations)


def test_pairs_are_tried_where_no_single_change_is_enough() -> None:
    def both(recipe: Recipe, _: bool) -> float:
        return 1.0 if recipe.epochs > 10 and recipe.batch_size > 32 else 0.25

    found, _ = searched(both)
    assert found.found is not None
    assert str(found.found.change) == "epochs ×2, batch size ×2"
    assert len(found.trials) == 50


def test_a_change_under_which_the_counterfactual_holds_too_repairs_nothing() -> None:
    def longer(recipe: Recipe, _: bool) -> float:
        return 1.0 if recipe.epochs > 10 else 0.25

    one = declared(counterfactual=RECIPE.with_(batch_size=64))
    found, _ = searched(longer, one)
    assert found.found is None
    assert {(one.verdict, one.counterfactual) for one in found.confirmations} == {("holds", "holds")}
    assert "also without its cause" in " ".join(sentences(found))


def test_arms_and_counterfactual_are_changed_alike_and_figures_are_left_out() -> None:
    def better(short: Runs, long: Runs) -> Any:
        """Longer is better."""
        return long.accuracy > short.accuracy

    arms = {"short": RECIPE, "long": RECIPE.with_epochs(20)}
    one = declared(
        better, recipe=arms, counterfactual={"long": RECIPE.with_epochs(5)}, documented={"accuracy": 0.5}
    )
    other = changed(one, named(EPOCHS, 4))
    assert [arm.epochs for arm in other.recipes.values()] == [40, 80]  # type: ignore[attr-defined]
    assert [arm.epochs for arm in other.counterfactual.values()] == [40, 20]  # type: ignore[attr-defined]
    assert other.documented == {}
    assert changed(one, UNCHANGED).recipes == one.recipes


@pytest.mark.parametrize("strict", [True, False])
def test_arms_with_a_null_are_changed_alike_and_the_null_must_not_hold(strict: bool) -> None:
    def better(short: Runs, long: Runs) -> Any:
        """Longer is better."""
        return long.accuracy > short.accuracy if strict else long.accuracy >= short.accuracy - 1

    arms = {"short": RECIPE, "long": RECIPE.with_epochs(20)}
    one = declared(better, recipe=arms, counterfactual=None)
    found, _ = searched(lambda recipe, _: 1.0 if recipe.epochs > 20 else 0.1, one)
    confirmed = [(one.change, one.verdict, one.counterfactual) for one in found.confirmations]
    if strict:
        assert confirmed == [(named(EPOCHS, 2), "holds", "refuted")]
    else:
        assert found.found is None
        assert {kind[1:] for kind in confirmed} == {("holds", "holds")}


def test_initialization_is_left_alone_where_the_claim_is_about_it() -> None:
    he = RECIPE.with_(layers=[Dense(4, "relu", "he_uniform"), LAYERS[-1]])
    with pytest.raises(InvalidValue, match="the same one in every hidden layer and arm"):
        changed(declared(counterfactual=he), named(INITIALIZATION, None))


def test_what_changes_nothing_is_no_change() -> None:
    single = RECIPE.with_(layers=[Dense(1, "sigmoid")])
    with pytest.raises(InvalidValue, match="one that changes something"):
        changed(declared(recipe=single), named(UNITS, 2))
    zero = RECIPE.with_learning_rate(0.0)
    with pytest.raises(InvalidValue, match="one that changes something"):
        changed(declared(recipe=zero), named(LEARNING_RATE, 3))


def test_a_predicate_that_does_not_take_a_change_is_told_and_the_search_goes_on() -> None:
    def narrow(runs: Runs) -> Any:
        """Four units do it."""
        if runs.recipe.layers[0].units != 4:  # type: ignore[attr-defined]
            raise InvalidValue("units", runs.recipe.layers, "four units")
        return runs.accuracy >= 0.5

    found, _ = searched(lambda recipe, _: 1.0 if recipe.epochs == 40 else 0.25, declared(narrow))
    problems = {str(trial.change): trial.problem for trial in found.trials if trial.counted is None}
    assert set(problems) == {"units ×2", "units ×4"}
    assert all("the predicate does not take it: InvalidValue" in why for why in problems.values())
    assert found.found is not None
    assert found.found.change == named(EPOCHS, 4)


def test_a_predicate_that_fails_as_documented_is_no_matter_of_repair() -> None:
    def wrong(runs: Runs) -> Any:
        """Nothing is known."""
        raise KeyError("no such thing")

    with pytest.raises(KeyError, match="no such thing"):
        searched(lambda _, __: 1.0, declared(wrong))

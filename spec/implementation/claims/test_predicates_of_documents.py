"""Every predicate of the specification is asked of runs that nobody trained, however costly its recipes are.

What it answers of a seed must depend on nothing but that seed, so another order of the seeds gives the same
answers in that order.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from nnspec import KerasRecipe, MissingData, Recipe, tensorflow
from nnspec.basics.arrays import as_array
from nnspec.claims.declarations import Claim
from nnspec.commands.collection import claims_in
from nnspec.runs.runs import Runs
from nnspec.session.plan import arms
from nnspec.training.shapes import kernel_shapes
from spec.folders import ROOT

SEEDS = np.arange(5)
OTHER_ORDER = np.array([3, 0, 4, 2, 1])
CLAIMS = [
    claim
    for claim in claims_in([str(ROOT / "spec/documents")])[0]
    if all(isinstance(arm, Recipe | KerasRecipe) for arm in arms(claim))
]


def made_up(recipe: Recipe | KerasRecipe) -> Runs:
    """Return runs of a recipe that was not trained: numbers from 0 to 1, weights around 0."""
    rng, seeds = np.random.default_rng(7), len(SEEDS)
    data = recipe.data.arrays()
    metrics, shapes = described(recipe) if isinstance(recipe, Recipe) else built(recipe)
    names = ["loss", *metrics]
    recorded = [*names, *(f"val_{name}" for name in names if recipe.validation_data)]
    measured = [*names, *(f"test_{name}" for name in names if len(data.x_test))]
    weights = [rng.normal(0, 0.1, (seeds, *shape)) for shape in shapes]
    return Runs(
        recipe=recipe,
        seeds=SEEDS,
        history={name: rng.random((seeds, recipe.epochs), np.float32) for name in recorded},
        metrics={name: rng.random(seeds, np.float32) for name in measured},
        weights=tuple(one.astype(np.float32) for one in weights),
        provenance={"engine": "stacked"},
    )


def described(recipe: Recipe) -> tuple[list[str], list[tuple[int, ...]]]:
    """Return the metrics of a recipe and the shapes of its weights."""
    shapes = [shape for kernel in kernel_shapes(recipe) for shape in (kernel, kernel[1:])]
    return list(recipe.metrics), shapes


def built(recipe: KerasRecipe) -> tuple[list[str], list[tuple[int, ...]]]:
    """Return the metrics of a function's model and the shapes of its weights, which Keras tells."""
    tensorflow()
    model = recipe.function(**dict(recipe.arguments))
    return model.get_compile_config()["metrics"], [tuple(one.shape) for one in model.weights]


def answers(claim: Claim, runs: Mapping[str, Runs]) -> dict[str, Any]:
    """Return what a claim says of every seed: its predicate, and the values of its figures."""
    named = {name: one.named(name) if len(runs) > 1 else one for name, one in runs.items()}
    figures = {name: as_array(name, figure.values(named)) for name, figure in claim.documented.items()}
    return {"predicate": as_array("predicate", claim(**named)), **figures}


@pytest.mark.parametrize("claim", CLAIMS, ids=[claim.key for claim in CLAIMS])
def test_a_predicate_answers_for_every_seed_on_its_own(claim: Claim) -> None:
    try:
        runs = {name: made_up(recipe) for name, recipe in claim.recipes.items()}
    except MissingData as error:
        pytest.skip(str(error))
    found = answers(claim, runs)
    assert found["predicate"].dtype == bool
    assert {values.shape for values in found.values()} == {SEEDS.shape}
    other = answers(claim, {name: one.select(OTHER_ORDER) for name, one in runs.items()})
    for name, values in found.items():
        np.testing.assert_allclose(other[name], values[OTHER_ORDER], rtol=1e-5, err_msg=name)

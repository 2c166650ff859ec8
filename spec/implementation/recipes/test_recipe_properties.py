"""Recipes drawn at random: they come back from JSON, and the content hash is their identity.

Hypothesis takes a second to import, so it is imported when a test runs and not when it is collected.
"""

from __future__ import annotations

import json
from dataclasses import fields

from nnspec import Recipe


def test_every_recipe_comes_back_from_json() -> None:
    from hypothesis import given, settings

    from spec.implementation.recipes.recipe_strategies import recipes

    @settings(deadline=None)  # other work on the machine may hold any one example up
    @given(recipes())
    def check(recipe: Recipe) -> None:
        back = Recipe.from_config(json.loads(json.dumps(recipe.get_config())))
        assert back == recipe
        assert hash(back) == hash(recipe)
        assert back.content_hash == recipe.content_hash

    check()


def test_recipes_are_equal_exactly_when_their_hashes_are() -> None:
    from hypothesis import given, settings
    from hypothesis import strategies as st

    from spec.implementation.recipes.recipe_strategies import recipes

    @settings(deadline=None)  # other work on the machine may hold any one example up
    @given(recipes(), recipes(), st.sampled_from([field.name for field in fields(Recipe)]))
    def check(first: Recipe, second: Recipe, field: str) -> None:
        # two recipes drawn at random differ in everything, so only one field is taken over
        epochs = ("epochs", "learning_rates")
        own = epochs if field in epochs else (field,)
        second = first.with_(**{name: getattr(second, name) for name in own})
        assert (first == second) == (first.content_hash == second.content_hash)

    check()

"""Hooks that the plugin calls, for displays of progress."""

from __future__ import annotations

from nnspec.recipe import Recipe


def pytest_nnspec_progress(recipe: Recipe, done: float, wanted: int) -> None:
    """Called while a recipe is trained: `done` seeds of the `wanted` ones, in fractions."""

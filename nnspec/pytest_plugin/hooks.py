"""Hooks that the plugin calls, for displays of progress."""

from __future__ import annotations

from nnspec.recipes.experiment import Experiment


def pytest_nnspec_progress(recipe: Experiment, done: float, wanted: int) -> None:
    """Follow the training of a recipe: `done` seeds, which may be a fraction, of the `wanted` ones."""


def pytest_nnspec_time(decided: int, left: int, seconds: float) -> None:
    """Follow a run that has a time: how many claims are decided, how many are open, the `seconds` left."""

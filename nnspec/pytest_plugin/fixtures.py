"""What the plugin hands to facts and plain tests: a place for evidence, and runs that are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import pytest

from nnspec.pytest_plugin.items import FactEvidence
from nnspec.pytest_plugin.state import STATE
from nnspec.recipes.experiment import Experiment
from nnspec.training import Runs


class Trained(Protocol):
    """What the fixture `trained` is."""

    def __call__(self, recipe: Experiment, seeds: Sequence[int], engine: str = "") -> Runs:
        """Return the runs of these seeds, by another `engine` than that of the run where one is named."""


@pytest.fixture
def evidence(request: pytest.FixtureRequest) -> FactEvidence:
    """Return what a fact shows besides passing: notes and pictures for the report."""
    return FactEvidence(request.node, request.config.stash[STATE].wants_pictures)


@pytest.fixture
def trained(request: pytest.FixtureRequest) -> Trained:
    """Return a function from a recipe and seeds to its runs, kept and reused like those of claims.

    There are no more of them than a verdict of the budget may use.
    """
    return request.config.stash[STATE].session.runs_within_budget

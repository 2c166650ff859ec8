"""What the plugin hands to facts and plain tests: a place for evidence, and runs that are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from nnspec.pytest_plugin.items import FactEvidence
from nnspec.pytest_plugin.state import STATE
from nnspec.recipes.experiment import Experiment
from nnspec.training import Runs


@pytest.fixture
def evidence(request: pytest.FixtureRequest) -> FactEvidence:
    """Return what a fact shows besides passing: notes and pictures for the report."""
    return FactEvidence(request.node, request.config.stash[STATE].wants_pictures)


@pytest.fixture
def trained(request: pytest.FixtureRequest) -> Callable[[Experiment, Sequence[int]], Runs]:
    """Return a function from a recipe and seeds to its runs, kept and reused like those of claims.

    There are no more of them than a verdict of the budget may use.
    """
    return request.config.stash[STATE].session.runs_within_budget

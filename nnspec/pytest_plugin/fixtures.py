"""What the plugin hands to facts and plain tests: a place for evidence, and runs that are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import pytest

from nnspec.pytest_plugin.items import FactEvidence
from nnspec.pytest_plugin.state import STATE
from nnspec.recipes.experiment import Experiment
from nnspec.session.for_facts import runs_for_facts
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

    There are no more of them than the budget has for what is told. A fact is skipped, with the reason, whose
    runs take more than a small budget has for a verdict, and that no earlier run has kept.
    """
    session = request.config.stash[STATE].session

    def trained(recipe: Experiment, seeds: Sequence[int], engine: str = "") -> Runs:
        found = runs_for_facts(session, recipe, seeds, engine)
        return pytest.skip(found) if isinstance(found, str) else found

    return trained

"""A session with a store of its own, and outcomes that are always kept."""

from __future__ import annotations

import math

import pytest

from nnspec.claims.budget import parse
from nnspec.session import outcomes
from nnspec.session.session import Session
from nnspec.store.store import Store
from spec.implementation.session.trainer_of_labels import Trainer


@pytest.fixture
def kept_here(monkeypatch):
    """Have every outcome kept and none sent to a worker, however long it takes on this machine."""
    monkeypatch.setattr(outcomes, "_KEPT", 0.0)
    monkeypatch.setattr(outcomes, "_SPREAD", math.inf)


@pytest.fixture
def session(tmp_path):
    """Return a session with a store of its own."""
    return Session(parse("quick", None), 0.01, Store(tmp_path / "store"), workers=Trainer())

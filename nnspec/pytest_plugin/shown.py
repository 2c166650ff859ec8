"""Facts and pictures go through the store as claims do: what took time is done once.

A fact that passed counts again where its code, all that it reads, and all that is installed are the same; one
that failed, or was skipped, runs every time. So does one that asks for fixtures of an author's, or that read
a file or a network, of which nothing tells whether they are the same.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from typing import Any

from nnspec.basics.plain_data import plain, read
from nnspec.claims.declarations import Claim
from nnspec.machine.outside import read_outside
from nnspec.machine.surroundings import tensorflow_calls
from nnspec.pytest_plugin.state import STATE, PluginState
from nnspec.recipes.identity import identity
from nnspec.results.claim_result import ChangedCall
from nnspec.runs.runs import Runs
from nnspec.store.entry import Facts
from nnspec.store.shown import made_of

_FIXTURES = {
    "evidence",
    "trained",
    "tmp_path",
    "request",
    "tmp_path_factory",
}  # which bring nothing from outside
_KEPT = 0.05  # seconds from which what a fact showed is read faster than shown again


def run_or_recall(item: Any, run: Callable[[], None]) -> None:
    """Run the item of a fact, or give it the notes, changed calls and pictures of when it passed before."""
    state = item.config.stash[STATE]
    key = _of_fact(item, state)
    if key is not None and (kept := state.shown.get(key)) is not None:
        item.nnspec_notes = list(kept["notes"])
        item.nnspec_drift = [read(ChangedCall, one) for one in kept["drift"]]
        item.nnspec_pictures = list(kept["pictures"])
        return
    asked, started = tensorflow_calls(), time.process_time()
    own = [item.funcargs[name] for name in ("tmp_path",) if name in item.funcargs]
    with read_outside(state.shown.folder, *own) as outside:
        run()
    # who asks for TensorFlow keeps a later run from its import, however little it does itself
    slow = tensorflow_calls() > asked or time.process_time() - started >= _KEPT
    if key is not None and slow and not outside:
        shown = {name: getattr(item, f"nnspec_{name}", []) for name in ("notes", "drift", "pictures")}
        state.shown.keep(key, plain(shown))


def kept_or_drawn(
    state: PluginState, claim: Claim, runs: Mapping[str, Runs], draw: Callable[[], dict[str, str]]
) -> dict[str, str]:
    """Return the picture of a claim's runs as it was drawn before, or draw it."""
    arms = [[name, *identity(one.recipe), _digest(one), dict(one.provenance)] for name, one in runs.items()]
    key = made_of("picture", claim.picture, claim=claim.key, statement=claim.statement, runs=plain(arms))
    kept: dict[str, str] | None = None if key is None else state.shown.get(key)
    if kept is not None:
        return kept
    with read_outside(state.shown.folder) as outside:
        drawn = draw()
    if key is not None and not outside:
        state.shown.keep(key, drawn)
    return drawn


def _of_fact(item: Any, state: PluginState) -> Facts | None:
    """Return all that can change what a fact shows, None where that cannot be told or a debugger waits."""
    parameters = getattr(item, "callspec", None)
    given = set(parameters.params) if parameters else set()
    if not set(item.fixturenames) <= _FIXTURES | given or item.config.getoption("usepdb"):
        return None
    budget = [state.budget.name, *map(repr, (state.budget.seeds, state.budget.told))]
    run = {"budget": budget, "engine": state.engine, "pictures": state.wants_pictures}
    fact = item.nnspec
    return made_of("fact", fact.function, parameters and parameters.params, fact=item.nodeid, **run)


def _digest(runs: Runs) -> str:
    return hashlib.sha256(runs.seeds.tobytes()).hexdigest()

"""Claims, facts and pictures go through the store as runs do: what was found once is not sought again.

A claim or a fact that passed counts again where its code, all that it reads, and all that is installed are
the same; one that lacked a file of data is skipped again as long as that file is not there. One that failed,
or was skipped for another reason, is examined every time. So is one that asks for fixtures of an
author's, or that read a file or a network, of which nothing tells whether they are the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from nnspec.basics.errors import MissingData
from nnspec.claims.declarations import Claim
from nnspec.data.files import data_path, known_files
from nnspec.machine.outside import read_outside
from nnspec.machine.surroundings import tensorflow_calls
from nnspec.pytest_plugin.state import STATE, PluginState
from nnspec.store.entry import Facts
from nnspec.store.shown import made_of

# which bring nothing from outside
_FIXTURES = {"evidence", "trained", "tmp_path", "request", "tmp_path_factory"}
_LACKED = "lacked"
_KEPT = 0.05  # seconds from which what a fact showed is read faster than shown again


def run_or_recall(item: Any, run: Callable[[], None]) -> None:
    """Run the item of a claim or fact, or give it what it showed when it passed before.

    The item tells by `nnspec_shown` what it showed, as plain data, and takes that back by `nnspec_recall`.

    Raises
    ------
    MissingData
        If a file of data that it needs is not there, or was not there before and still is not.
    """
    state = item.config.stash[STATE]
    key = _of_claim(item, state) if isinstance(item.nnspec, Claim) else _of_fact(item, state)
    kept = None if key is None else state.kept(key)
    if kept is not None and _LACKED in kept:
        data_path(kept[_LACKED])
    elif kept is not None:
        item.nnspec_recall(kept)
        return
    asked, started = tensorflow_calls(), time.process_time()
    with read_outside(state.shown.folder, *_inside(item)) as outside:
        try:
            run()
        except MissingData as error:
            if key is not None and error.file and not outside:
                state.shown.keep(key, {_LACKED: error.file})
            raise
    # who asks for TensorFlow keeps a later run from its import, however little it does itself
    slow = tensorflow_calls() > asked or time.process_time() - started >= _KEPT
    if key is not None and (slow or isinstance(item.nnspec, Claim)) and not outside:
        state.shown.keep(key, item.nnspec_shown())


def _inside(item: Any) -> list[Any]:
    """Return what an item may read: its own folder, and the files of data whose checksums nnspec knows."""
    if isinstance(item.nnspec, Claim):
        return list(known_files())
    return [item.funcargs[name] for name in ("tmp_path",) if name in item.funcargs]


def _of_claim(item: Any, state: PluginState) -> Facts | None:
    """Return all that can change what is found of a claim, None where that cannot be told."""
    return None if item.config.getoption("usepdb") else state.made_of(item.nnspec)


def _of_fact(item: Any, state: PluginState) -> Facts | None:
    """Return all that can change what a fact shows, None where that cannot be told or a debugger waits."""
    parameters = getattr(item, "callspec", None)
    given = set(parameters.params) if parameters else set()
    if not set(item.fixturenames) <= _FIXTURES | given or item.config.getoption("usepdb"):
        return None
    code = item.nnspec.function, parameters and parameters.params
    return made_of("fact", *code, fact=item.nodeid, **state.run)

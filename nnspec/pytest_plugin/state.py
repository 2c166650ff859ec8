"""What the pytest plugin remembers during one run: settings, declared ids, records and pictures."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import pytest

from nnspec.basics.errors import InvalidValue, one_of, real_number, whole_number
from nnspec.basics.size import parse_size
from nnspec.claims.budget import Budget
from nnspec.claims.declarations import Claim, Fact
from nnspec.machine.memory import LEAST, default_memory
from nnspec.machine.process import available_cores
from nnspec.pytest_plugin.settings import budget_of, budget_of_notebooks, inventory_of, number_of
from nnspec.recipes.experiment import Experiment
from nnspec.results.claim_result import ClaimResult, Results
from nnspec.results.record import environment
from nnspec.session.session import CLAIMS_AHEAD, Session
from nnspec.store.entry import Facts
from nnspec.store.shown import Shown, made_of
from nnspec.store.store import Store, default_folder, default_limit
from nnspec.training import ENGINES
from nnspec.workers.backends import backend, spread
from nnspec.workers.own_processes import OwnProcesses
from nnspec.workers.pool import Workers


class PluginState:
    """Settings, checked before anything is collected, and everything that was found so far."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.started = time.perf_counter()
        self.budget = budget_of(config)
        self.engine = one_of("engine", config.getoption("nnspec_engine"), ENGINES)
        self.error_rate = real_number(
            "nnspec_error_rate", number_of(config, "nnspec_error_rate"), 0, 0.5, open_low=True
        )
        self.verdicts = whole_number("nnspec_verdicts", number_of(config, "nnspec_verdicts"), 0)
        self.inventory = inventory_of(config)
        self.backend = backend(config.getoption("nnspec_backend"), config.getoption("nnspec_cluster"))
        memory = config.getoption("nnspec_max_memory")
        self.max_memory = None if memory is None else parse_size("max_memory", memory, LEAST)
        self.places: dict[str, str] = {}
        self._read: dict[tuple[str, str], Claim] = {}  # the first claim of every sentence
        self.plan: list[Claim] = []
        self.learned: Callable[[Claim, float], None] = lambda claim, seconds: None  # what a claim will cost
        self._problem = ""
        self._made_of: dict[int, Facts | None] = {}  # by the id() of a claim
        self.pictures: dict[str, list[dict[str, str]]] = {}
        self._records: dict[tuple[str, int, str], ClaimResult] = {}
        self.written: list[str] = []  # files, as their options name them
        self.unwritten: list[str] = []  # sentences about those that could not be written

    @property
    def wants_pictures(self) -> bool:
        """Whether a report will be written."""
        return bool(self.config.getoption("nnspec_report"))

    @cached_property
    def shown(self) -> Shown:
        """What facts and pictures showed in earlier runs."""
        return Shown(default_folder(), default_limit())

    @cached_property
    def run(self) -> dict[str, object]:
        """What was asked of the run that can change what it finds, once the error rate has been split."""
        budget = hashlib.sha256(repr(self.budget).encode()).hexdigest()
        terms = {"budget": budget, "engine": self.engine, "pictures": self.wants_pictures}
        return {**terms, "error_rate": repr(self.error_rate / max(1, self.verdicts))}

    def made_of(self, claim: Claim) -> Facts | None:
        """Return all that can change what is found of a claim, None where that cannot be told."""
        if self.budget.seconds is not None:
            return None  # what a claim gets of the time depends on the others
        if id(claim) not in self._made_of:
            self._made_of[id(claim)] = made_of("claim", claim, claim=claim.key, **self.run)
        return self._made_of[id(claim)]

    def _is_found(self, claim: Claim) -> bool:
        """Return whether an earlier run has found the same of a claim, so that nothing is trained for it."""
        known = self.made_of(claim)
        return known is not None and any(map(self.shown.has, self._serving(known)))

    def kept(self, known: Facts) -> Any:
        """Return what a claim or fact showed in an earlier run, None where nothing is kept of it."""
        found = map(self.shown.get, self._serving(known))
        return next((one for one in found if one is not None), None)

    def _serving(self, known: Facts) -> list[Facts]:
        """Return what may be kept for this run; where nobody wants pictures, some do no harm."""
        return [known] if self.wants_pictures else [known, {**known, "pictures": True}]

    @property
    def notebook_budget(self) -> Budget:
        """The budget of a notebook's figures: the one that was asked for, else that of `nnspec notebook`."""
        return budget_of_notebooks(self.config)

    @property
    def verdict_error_rate(self) -> float:
        """The error rate of one verdict."""
        return self.error_rate / max(1, self.verdicts)

    @contextmanager
    def new_workers(self) -> Iterator[Workers]:
        """Give processes that train, this process's share of the cores, and end them afterwards."""
        workers = self._workers()
        try:
            yield workers
        finally:
            workers.close()

    @cached_property
    def session(self) -> Session:
        """The session that judges; the store is opened when the first claim needs it."""
        workers = self._workers()
        ahead = CLAIMS_AHEAD if self.backend == "processes" else max(CLAIMS_AHEAD, 2 * workers.number)
        rate = self.error_rate / self.verdicts
        return Session(
            *(self.budget, rate, Store(), self.engine, self._progress, workers, self.plan, ahead),
            learned=self.learned,
            told=self._told,
            found=self._is_found,
        )

    def _workers(self) -> Workers:
        # with several test processes each has its share of the cores
        processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
        share = max(1, available_cores() // processes)
        if self.backend == "processes":
            memory = default_memory() if self.max_memory is None else self.max_memory
            return Workers(OwnProcesses(share, memory // processes))
        return spread(self.backend, self.config.getoption("nnspec_cluster"), share)

    @property
    def session_if_any(self) -> Session | None:
        """The session, None where no claim has needed it yet."""
        return self.session if "session" in vars(self) else None

    def close(self) -> None:
        """End the session's worker processes, if there is a session."""
        if self.session_if_any is not None:
            self.session.close()

    @property
    def problem(self) -> str:
        """Why something that was trained could not be kept; empty where all was."""
        return self._problem or (self.session.store.problem if "session" in vars(self) else "")

    def told_problem(self, problem: str) -> None:
        """Take over the problem that another process of the run had."""
        self._problem = self._problem or problem

    @property
    def records(self) -> list[ClaimResult]:
        """What was found so far, in the order of files and lines, in whatever order it was found."""
        return [self._records[place] for place in sorted(self._records)]

    def keep(self, file: str, line: int, record: ClaimResult, pictures: list[dict[str, str]]) -> None:
        """Keep a record and its pictures; of several about one item the first that is not as recorded."""
        place = (file, line, record.key)
        if place not in self._records or self._records[place].as_recorded:
            self._records[place] = record
            self.pictures[record.key] = pictures

    def declare(self, item: Claim | Fact, place: str) -> None:
        """Note where an id is declared.

        Raises
        ------
        InvalidValue
            If the inventory does not have the id, another place has declared it, or another claim reads the
            same sentence as one of another kind: it would count twice.
        """
        if self.inventory is not None and item.id not in self.inventory:
            name = self.config.getini("nnspec_inventory")
            raise InvalidValue("id", item.id, f"an id that {name} lists", "add the row there, or mend the id")
        if self.places.setdefault(item.key, place) != place:
            raise InvalidValue("id", item.key, f"an id that {self.places[item.key]} does not use already")
        if isinstance(item, Claim) and item.says and not item.beyond:
            first = self._read.setdefault((item.source.document.key, item.says), item)
            if first.reading != item.reading:
                expected = f"{first.reading!r}, as {first.key!r} reads the same sentence"
                remedy = "give each claim the part of the sentence that it reads"
                raise InvalidValue(f"claim {item.key!r}: reading", item.reading, expected, remedy)

    def split_error_rate(self, wanted: int) -> None:
        """Fix how many verdicts the error rate is split over, for a suite that needs `wanted` of them.

        Raises
        ------
        InvalidValue
            If the configured number is smaller.
        """
        self.verdicts = self.verdicts or max(1, wanted)
        if wanted > self.verdicts:
            expected = (
                f"at least {wanted}, one for every claim, for what it is compared with and for every figure"
            )
            raise InvalidValue(
                "nnspec_verdicts", self.verdicts, expected, "raise it in the configuration file"
            )

    def results(self) -> Results:
        """Return everything that was found."""
        return Results(
            environment={**environment(), "engine": self.engine},
            error_rate=self.error_rate,
            verdicts=self.verdicts,
            budget=self.budget.name,
            seconds=time.perf_counter() - self.started,
            seeds_trained=sum(record.seeds_trained for record in self._records.values()),
            claims=tuple(self.records),
        )

    def _told(self, decided: int, left: int, seconds: float) -> None:
        self.config.hook.pytest_nnspec_time(decided=decided, left=left, seconds=seconds)

    def _progress(self, recipe: Experiment, done: float, wanted: int) -> None:
        self.config.hook.pytest_nnspec_progress(recipe=recipe, done=done, wanted=wanted)


STATE = pytest.StashKey[PluginState]()
COSTS = pytest.StashKey[dict[str, float]]()  # expected seconds of every item, by its node id

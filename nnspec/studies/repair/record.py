"""What a search for a repair found, and on file: a small JSON document, one claim a line."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nnspec.basics.errors import one_of, real_number, text, whole_number
from nnspec.basics.files import read_record, write_record
from nnspec.recipes.changes import FACTORS, UNCHANGED, Change, Step
from nnspec.statistics.shares import VERDICTS, Verdict, share_interval

WRITER = "`nnspec repair`"
_TERMS = ("key", "document", "claimed_share", "error_rate", "most_confirmations", "epochs", "learning_rate")


@dataclass(frozen=True)
class Counted:
    """How many of how many seeds said yes."""

    successes: int
    seeds: int

    @property
    def share(self) -> float:
        """The share of the seeds that said yes."""
        return self.successes / self.seeds


@dataclass(frozen=True)
class Trial:
    """A change and what the seeds that choose said; None with the reason where it cannot be made."""

    change: Change
    counted: Counted | None
    problem: str = ""


@dataclass(frozen=True)
class Confirmation:
    """A change that was judged from fresh seeds, with its counterfactual, which was changed alike."""

    change: Change
    verdict: Verdict
    counterfactual: Verdict
    counted: Counted

    @property
    def confirmed(self) -> bool:
        """Whether the claim holds with the change, and not by accident."""
        return self.verdict == "holds" and self.counterfactual == "refuted"


@dataclass(frozen=True)
class Repair:
    """Everything that was tried for one claim.

    `error_rate` is that of the whole search; each of at most `most_confirmations` has an even part of it.
    `before` is the claim unchanged, on the seeds of the confirmed change where there is one, else on those
    that choose. `difference` is that of the Keras scripts, empty where nothing is confirmed. `epochs` and
    `learning_rate` are the first arm's, None where every epoch has its own rate.
    """

    key: str
    document: str
    claimed_share: float
    error_rate: float
    most_confirmations: int
    epochs: int
    learning_rate: float | None
    trials: tuple[Trial, ...]
    confirmations: tuple[Confirmation, ...]
    before: Counted
    difference: str

    @property
    def found(self) -> Confirmation | None:
        """The smallest confirmed change."""
        return next((one for one in self.confirmations if one.confirmed), None)

    def interval(self, counted: Counted) -> tuple[float, float]:
        """Return the shares that the seeds do not exclude, at the error rate of one confirmation."""
        return share_interval(counted.successes, counted.seeds, self.error_rate / self.most_confirmations)

    @property
    def on_the_map(self) -> tuple[Trial, ...]:
        """What was tried with epochs and learning rate alone, unchanged among it."""
        return tuple(one for one in self.trials if one.change.on_the_map)


def write(path: str | os.PathLike[str], found: Sequence[Repair], environment: Mapping[str, str]) -> None:
    """Write the repairs as JSON, all of them or nothing.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    lines = (json.dumps(_plain(one), ensure_ascii=False) for one in found)
    write_record(path, "claims", lines, environment=dict(environment))


def read(path: str | os.PathLike[str]) -> tuple[Repair, ...]:
    """Return the stored repairs, checked.

    Raises
    ------
    InvalidValue
        If the file cannot be read, has no repairs in it, or has another schema.
    """
    return read_record(
        path, "repairs", WRITER, "claims", lambda record: tuple(map(_read_claim, record["claims"]))
    )


def merged(path: Path, new: Sequence[Repair]) -> list[Repair]:
    """Return the new repairs and those of the file, if there is one, of other claims.

    Raises
    ------
    InvalidValue
        As `read`, if there is a file.
    """
    taken = {one.key for one in new}
    kept = [one for one in read(path) if one.key not in taken] if path.exists() else []
    return sorted([*kept, *new], key=lambda one: (one.document, one.key))


def _plain(one: Repair) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in _TERMS},
        "before": _plain_counted(one.before),
        "trials": [
            {"change": _plain_change(trial.change), "counted": _plain_counted(trial.counted)}
            | ({"problem": trial.problem} if trial.problem else {})
            for trial in one.trials
        ],
        "confirmations": [
            {
                "change": _plain_change(tested.change),
                "verdict": tested.verdict,
                "counterfactual": tested.counterfactual,
                "counted": _plain_counted(tested.counted),
                "interval": list(one.interval(tested.counted)),
            }
            for tested in one.confirmations
        ],
        "difference": one.difference,
    }


def _plain_counted(counted: Counted | None) -> list[int] | None:
    return None if counted is None else [counted.successes, counted.seeds]


def _plain_change(change: Change) -> dict[str, str | None]:
    return {step.what: None if step.factor is None else str(step.factor) for step in change.steps}


def _read_claim(stored: Mapping[str, Any]) -> Repair:
    rate = stored["learning_rate"]
    trials = tuple(_read_trial(one) for one in stored["trials"])
    if not trials or trials[0].change != UNCHANGED or trials[0].counted is None:
        raise ValueError(f"claim {stored['key']!r} was not tried as it stands")
    found = Repair(
        text("key", stored["key"]),
        text("document", stored["document"]),
        real_number("claimed_share", stored["claimed_share"], 0.0, 1.0),
        real_number("error_rate", stored["error_rate"], 0.0, 1.0, open_low=True),
        whole_number("most_confirmations", stored["most_confirmations"]),
        whole_number("epochs", stored["epochs"]),
        None if rate is None else real_number("learning_rate", rate, 0.0),
        trials,
        tuple(
            Confirmation(
                _read_change(one["change"]),
                one_of("verdict", one["verdict"], VERDICTS),  # type: ignore[arg-type]  # one of them
                one_of("counterfactual", one["counterfactual"], VERDICTS),  # type: ignore[arg-type]
                _read_counted(one["counted"]),
            )
            for one in stored["confirmations"]
        ),
        _read_counted(stored["before"]),
        str(stored["difference"]),
    )
    for counted in (found.before, *(one.counted for one in found.confirmations)):
        found.interval(counted)  # as whoever shows it will, with numbers that may be too large for it
    return found


def _read_trial(stored: Mapping[str, Any]) -> Trial:
    counted = None if stored["counted"] is None else _read_counted(stored["counted"])
    return Trial(_read_change(stored["change"]), counted, str(stored.get("problem", "")))


def _read_counted(stored: Sequence[Any]) -> Counted:
    successes, seeds = stored
    found = Counted(whole_number("successes", successes, 0), whole_number("seeds", seeds))
    if found.successes > found.seeds:
        raise ValueError(f"{found.successes} successes among {found.seeds} seeds")
    return found


def _read_change(stored: Mapping[str, str | None]) -> Change:
    steps = []
    for what, factor in stored.items():
        one_of("change", what, FACTORS)
        # not made from the text: what a file asks for may be too long a number to work with
        known = {None if one is None else str(one): one for one in FACTORS[what]}
        if factor not in known:
            raise ValueError(f"{what} ×{factor}")
        steps.append(Step(what, known[factor]))
    return Change(tuple(steps))

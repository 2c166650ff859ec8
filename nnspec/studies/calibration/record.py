"""What a calibration found, compactly: a small JSON document that the report's appendix is made from."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nnspec.basics import plain_data
from nnspec.basics.errors import InvalidValue
from nnspec.basics.files import read_record, write_record
from nnspec.basics.plain_data import plain
from nnspec.claims import budget
from nnspec.studies.calibration.fewest_seeds import fewest_seeds
from nnspec.studies.calibration.simulation import Calibration, calibrate, disagreement, exact

WRITER = "`nnspec calibrate`"
CHANCES = (0.5, 0.9)  # of a right verdict; for these the numbers of seeds are compared with the fewest
CLAIMED_SHARES = (0.5, 0.9)  # those that the specification's claims have
# The rate of one verdict in a suite of 300 is too small for thousands of simulated claims to see one wrong
# verdict: at the larger rate the simulation can fail, at the smaller one the enumeration.
ERROR_RATES = (0.05, 1e-3 / 300)
_GRID = (0.01, *(round(0.05 * step, 2) for step in range(1, 20)), 0.99)
_LONG = 1024  # the most seeds that a budget allows


@dataclass(frozen=True)
class ByTrueShare:
    """How claims with one true share were judged.

    `wrong` counts the simulated claims with a wrong verdict, `wrong_exactly` is its exact probability;
    `mean_seeds` and `mean_seeds_exactly` include undecided claims. For each of `CHANCES`, `seeds` is the
    number by which so many claims are rightly decided, exactly, and `fewest` is the smallest fixed number
    whose binomial test does as well; None where there is none.
    """

    true_share: float
    wrong: int
    wrong_exactly: float
    mean_seeds: float
    mean_seeds_exactly: float
    seeds: tuple[int | None, ...]
    fewest: tuple[int | None, ...]


@dataclass(frozen=True)
class Setting:
    """How claims of one claimed share are judged at one error rate, with one way to add seeds.

    `repetitions` claims were simulated for every true share. `disagreement` is the p-value that they have
    the enumerated probabilities. `ever_excluded` is the exact probability of either verdict where the
    claimed share is the true one: no true share, in the grid or not, has more wrong verdicts.
    """

    claimed_share: float
    error_rate: float
    most_seeds: int
    at_a_time: int
    repetitions: int
    disagreement: float
    ever_excluded: float
    by_true_share: tuple[ByTrueShare, ...]

    @property
    def wrong(self) -> int:
        """The most wrong verdicts that were simulated for any true share."""
        return max(one.wrong for one in self.by_true_share)

    @property
    def wrong_exactly(self) -> float:
        """The largest probability of a wrong verdict for any of the true shares."""
        return max(one.wrong_exactly for one in self.by_true_share)

    def ratios(self, which: int) -> list[float]:
        """Return `seeds` over `fewest` for the chance with this index, where both are known."""
        pairs = [(one.seeds[which], one.fewest[which]) for one in self.by_true_share]
        return [seeds / fewest for seeds, fewest in pairs if seeds and fewest]

    def mean_ratios(self, which: int) -> list[float]:
        """Return `mean_seeds_exactly` over `fewest` for the same true shares as `ratios`."""
        rows = [(one, one.fewest[which]) for one in self.by_true_share if one.seeds[which]]
        return [one.mean_seeds_exactly / fewest for one, fewest in rows if fewest]


def settings() -> list[tuple[float, float, int, int]]:
    """Return claimed share, error rate, most seeds and seeds at a time of everything that is measured."""
    in_blocks = (512, budget.AT_A_TIME[0])
    terms = itertools.product(CLAIMED_SHARES, ERROR_RATES, ((_LONG, 1), in_blocks))
    return [(claimed, rate, *seeds) for claimed, rate, seeds in terms]


def measure(
    repetitions: int, random_state: int, progress: Callable[[Setting], None] = lambda setting: None
) -> list[Setting]:
    """Return all settings, measured; `progress` is called with each when it is done.

    Raises
    ------
    InvalidValue
        If a number cannot be one.
    """
    found = []
    for claimed, rate, most, size in settings():
        near = (round(claimed - 0.01, 2), round(claimed + 0.01, 2))
        shares, terms = sorted({*_GRID, *near}), {"most_seeds": most, "at_a_time": size}
        drawn = {"repetitions": repetitions, "random_state": random_state}
        simulated = calibrate(claimed, shares, rate, **terms, **drawn)
        found.append(_setting(simulated, exact(claimed, shares, rate, **terms), size))
        progress(found[-1])
    return found


def _setting(simulated: Calibration, enumerated: Calibration, at_a_time: int) -> Setting:
    claimed, rate, number = simulated.claimed_share, simulated.error_rate, simulated.repetitions or 0
    shares = simulated.true_shares.tolist()
    wrong = [round(number * one) for one in simulated.false_verdicts[:, -1]]
    wrong_exactly = map(_short, enumerated.false_verdicts[:, -1])
    means, means_exactly = map(_short, simulated.mean_seeds), map(_short, enumerated.mean_seeds)
    seeds = zip(*(enumerated.seeds_until_right(chance) for chance in CHANCES), strict=True)
    fewest = [tuple(fewest_seeds(share, claimed, rate, chance) for chance in CHANCES) for share in shares]
    columns = (shares, wrong, wrong_exactly, means, means_exactly, seeds, fewest)
    rows = tuple(ByTrueShare(*row) for row in zip(*columns, strict=True))
    p = _short(disagreement(simulated, enumerated))
    decided = (enumerated.holds + enumerated.refuted).sum(axis=1)
    excluded = _short(decided[enumerated.true_shares == claimed].max())
    return Setting(claimed, rate, int(simulated.seeds[-1]), at_a_time, number, p, excluded, rows)


def write(path: Path, found: list[Setting], random_state: int, environment: Mapping[str, str]) -> None:
    """Write the settings as JSON, one true share a line, all of it or nothing.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    lines = []
    for setting in found:
        terms = plain(setting)
        rows = ",\n".join("   " + json.dumps(row) for row in terms.pop("by_true_share"))
        lines.append(f'{json.dumps(terms)[:-1]}, "by_true_share": [\n{rows}\n  ]}}')
    head = {"random_state": random_state, "chances": CHANCES, "environment": environment}
    write_record(path, "settings", lines, **head)


def read(path: str | os.PathLike[str]) -> list[Setting]:
    """Return the settings of a stored calibration, checked.

    Raises
    ------
    InvalidValue
        If the file cannot be read, is no calibration, or has another schema.
    """
    return read_record(path, "a calibration", WRITER, "settings", _read)


def _read(stored: Mapping[str, Any]) -> list[Setting]:
    if stored["chances"] != list(CHANCES):
        remedy = "it was written by another version of nnspec"
        raise InvalidValue("chances", stored["chances"], str(list(CHANCES)), remedy)
    found = [plain_data.read(Setting, one) for one in stored["settings"]]
    if not all(setting.by_true_share for setting in found):
        raise ValueError("expected at least one true share")
    return found


def _short(value: float | np.floating[Any]) -> float:
    """Round to six significant digits, which tell what is compared here apart."""
    return float(f"{float(value):.6g}")

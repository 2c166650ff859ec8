"""Wrong records of studies: what is kept beside the baselines and cannot be used is refused in one line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nnspec.studies.calibration import record as calibration
from nnspec.studies.flakiness import record as flakiness
from nnspec.studies.mutation import record as mutation
from nnspec.studies.repair import record as repair
from spec.folders import BASELINES
from spec.implementation.bad_inputs.cases import refused
from spec.implementation.bad_inputs.fuzzing import changed

READERS: dict[str, Callable[[Path], Any]] = {
    "calibration.json": calibration.read,
    "flakiness.json": flakiness.read,
    "mutants.json": mutation.read,
    "repairs.json": repair.read,
}
DOCUMENTS = {name: json.loads((BASELINES / name).read_text(encoding="utf-8")) for name in READERS}
AGAIN = "; it was written by another version"
FIRST = ("claims", 0)
# where what stands instead, what is said of it
WRONG: dict[str, list[tuple[tuple[Any, ...], Any, str, str]]] = {
    "calibration.json": [
        (("schema",), 2, "schema=2", AGAIN),
        (("settings",), ..., "", "a calibration of `nnspec calibrate`"),
        (("settings",), [], "", "a calibration"),
        (("settings", 0, "error_rate"), ..., "", "error_rate"),
        (("settings", 0, "by_true_share", 0, "wrong"), float("nan"), "", "wrong=nan; expected"),
        (("settings", 0, "by_true_share", 0, "wrong"), "2", "", "wrong='2'"),
        (("settings", 0, "by_true_share"), [], "", "at least one true share"),
    ],
    "flakiness.json": [
        (("schema",), 2, "schema=2", "1" + AGAIN),
        (("claims",), [], "", "reruns of `nnspec flakiness`"),
        ((*FIRST, "expected"), ..., "", "a field is missing: 'expected'"),
        ((*FIRST, "expected"), "maybe", "", "expected='maybe'"),
        ((*FIRST, "seeds"), [64] * 21, "", "not as many of each"),
        ((*FIRST, "successes", 0), 10**6, "", "1000000 successes among "),
        ((*FIRST, "verdicts"), 3, "", "verdicts=3; expected a list"),
    ],
    "mutants.json": [
        (("schema",), 2, "schema=2", "1" + AGAIN),
        (("mutants",), ..., "", "mutants of"),
        (("mutants",), [], "", "mutants of"),
        (("mutants", 0, "claims"), ..., "", "a field is missing: 'claims'"),
        (("mutants", 0, "tests"), "all", "", "tests='all'; expected a list"),
        (("mutants", 0, "name"), 3, "", "name=3; expected a text"),
        (("mutants", 0, "tests_asked"), 0, "", "fewer were asked"),
    ],
    "repairs.json": [
        (("schema",), 2, "schema=2", "1" + AGAIN),
        (("claims",), None, "", "repairs of `nnspec repair`"),
        ((*FIRST, "before"), ..., "", "a field is missing: 'before'"),
        ((*FIRST, "before"), [5, 4], "", "5 successes among 4 seeds"),
        ((*FIRST, "trials"), [], "", "not tried as it stands"),
        ((*FIRST, "trials", 1, "change"), {"epochs": "1e999999999"}, "", "epochs ×1e9"),
        ((*FIRST, "trials", 1, "change"), {"seed": "2"}, "", "change='seed'"),
        ((*FIRST, "confirmations", 0, "verdict"), "maybe", "", "verdict='maybe'"),
    ],
}


@pytest.mark.parametrize(
    ("name", "place", "value", "received", "expected"),
    [(name, *wrong) for name, cases in WRONG.items() for wrong in cases],
)
def test_a_record_that_cannot_be_used_is_refused(
    tmp_path: Path, name: str, place: tuple[Any, ...], value: Any, received: str, expected: str
) -> None:
    path = tmp_path / name
    path.write_text(json.dumps(changed(DOCUMENTS[name], place, value)))
    refused(lambda: READERS[name](path), received, expected)

"""The stored calibration, the command that writes it, and files that are none."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest
from scipy.stats import binom

import nnspec.studies.calibration.simulation
from nnspec.commands import calibrate as calibration_command
from nnspec.studies.calibration import record as calibration_record
from nnspec.studies.calibration.simulation import exact
from spec.folders import BASELINES

STORED = BASELINES / "calibration.json"


def test_the_stored_calibration_exceeds_no_error_rate_and_is_what_the_code_gives() -> None:
    stored = calibration_record.read(STORED)
    terms = [(one.claimed_share, one.error_rate, one.most_seeds, one.at_a_time) for one in stored]
    assert terms == calibration_record.settings()
    for one in stored:
        assert one.wrong_exactly <= one.ever_excluded <= one.error_rate
        assert one.wrong <= binom.isf(1e-6, one.repetitions, one.error_rate)
        assert one.repetitions >= 1000
        shares = [row.true_share for row in one.by_true_share]
        seeds = {"most_seeds": one.most_seeds, "at_a_time": one.at_a_time}
        enumerated = exact(one.claimed_share, shares, one.error_rate, **seeds)
        expected = enumerated.false_verdicts[:, -1]
        assert [row.wrong_exactly for row in one.by_true_share] == pytest.approx(expected, rel=1e-5, abs=0)
        expected = enumerated.mean_seeds
        assert [row.mean_seeds_exactly for row in one.by_true_share] == pytest.approx(expected, rel=1e-5)
        for place, chance in enumerate(calibration_record.CHANCES):
            assert [row.seeds[place] for row in one.by_true_share] == enumerated.seeds_until_right(chance)


def run(path: Path) -> int:
    parser = argparse.ArgumentParser()
    calibration_command.add_to(parser.add_subparsers())
    options = parser.parse_args(["calibrate", "--repetitions", "400", "--output", str(path)])
    return int(options.run(options))


@pytest.fixture
def one_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibration_record, "settings", lambda: [(0.5, 0.05, 24, 8)])


@pytest.mark.usefixtures("one_setting")
def test_the_command_stores_what_it_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "folder" / "calibration.json"
    assert run(path) == 0
    said = capsys.readouterr().out
    (one,) = calibration_record.read(path)
    assert said.startswith("claimed 50%, error rate 0.05, 8 at a time up to 24: at most ")
    assert (one.repetitions, one.most_seeds, len(one.by_true_share)) == (400, 24, 23)
    assert one.ratios(1) == [row.seeds[1] / row.fewest[1] for row in one.by_true_share if row.seeds[1]]
    assert len(one.mean_ratios(1)) == len(one.ratios(1)) > 0
    document = json.loads(path.read_text())
    assert (document["schema"], document["random_state"]) == (1, 0)
    assert "numpy" in document["environment"]


@pytest.mark.usefixtures("one_setting")
def test_the_command_fails_where_the_simulation_contradicts_the_enumeration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        nnspec.studies.calibration.simulation,
        "decide",
        lambda k, n, share, rate: "holds" if k > n / 2 else "refuted",
    )
    assert run(tmp_path / "calibration.json") == 1

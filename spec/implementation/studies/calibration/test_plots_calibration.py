"""The figure of a calibration and the section of the report around it: what is drawn and said."""

from __future__ import annotations

import numpy as np

from nnspec.studies.calibration import record as calibration_record
from nnspec.studies.calibration.figure import calibration
from nnspec.studies.calibration.section import calibration_section
from spec.folders import BASELINES

STORED = calibration_record.read(BASELINES / "calibration.json")
SINGLY = [setting for setting in STORED if setting.at_a_time == 1]


def test_two_axes_for_each_claimed_share_with_the_stored_numbers_in_them() -> None:
    figure = calibration(STORED)
    claimed = sorted({setting.claimed_share for setting in SINGLY})
    assert len(figure.axes) == 2 * len(claimed)
    for row, share in enumerate(claimed):
        left, right = figure.axes[2 * row : 2 * row + 2]
        assert f"claimed {share:.0%}" in left.get_title()
        assert [ax.get_xlabel() for ax in (left, right)] == ["true share"] * 2
        assert [ax.get_ylabel() for ax in (left, right)] == ["share of the claims", "seeds"]
        drawn = {tuple(np.round(line.get_ydata(), 15)) for line in left.lines}
        for setting in (one for one in SINGLY if one.claimed_share == share):
            above = [one for one in setting.by_true_share if one.true_share >= share]
            assert tuple(round(one.wrong_exactly, 15) for one in above) in drawn
            seen = tuple(one.wrong / setting.repetitions for one in setting.by_true_share if one.wrong)
            assert tuple(np.round(seen, 15)) in drawn
            assert (round(setting.error_rate, 15),) * 2 in drawn
        right_drawn = [list(line.get_ydata()) for line in right.lines]
        for setting in (one for one in SINGLY if one.claimed_share == share):
            seeds = [np.nan if one.seeds[1] is None else one.seeds[1] for one in setting.by_true_share]
            assert any(np.array_equal(seeds, line, equal_nan=True) for line in right_drawn)


def test_the_legend_names_stated_exact_and_simulated() -> None:
    (legend,) = calibration(STORED).legends
    texts = [text.get_text() for text in legend.get_texts()]
    assert len(set(texts)) == len(texts)
    for word in ("stated", "exact", "simulated", "fewest of a fixed size", "claimed share"):
        assert any(word in text for text in texts)


def test_the_section_has_a_row_for_each_setting_and_tells_what_was_kept() -> None:
    section = calibration_section(STORED)
    assert len(section.rows) == len(STORED)
    assert {len(row) for row in section.rows} == {len(section.headings)}
    said = " ".join(section.sentences)
    assert "10,000 for each of many true shares" in said
    assert "No row of the table exceeds its stated error rate" in said
    assert section.picture is not None
    assert min(section.picture.size) > 300
    assert calibration_section(STORED, drawn=False).picture is None

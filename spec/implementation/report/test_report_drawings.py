"""Strip, share bar and wording: what the report draws of the seeds, and how it says numbers."""

from __future__ import annotations

# ruff: noqa: S314  -- the XML that is read here is what was just drawn
import re
from xml.etree.ElementTree import Element, fromstring

import numpy as np
import pytest

from nnspec.report.drawing.axis import axis_for
from nnspec.report.drawing.drift_bar import drift_bar
from nnspec.report.drawing.share_bar import share_bar
from nnspec.report.drawing.strip import strip
from nnspec.report.words import wording


def plain(text: str) -> str:
    """Return a text with ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def seeds_drawn(svg: str, arm: str) -> int:
    """Return how many seeds the dots of an arm stand for, read from their geometry."""
    path = dots(svg, arm)
    pitch = float(str(path.get("stroke-dasharray")).split()[1])
    heights = [float(height) for height in re.findall(r"v-([0-9.]+)", str(path.get("d")))]
    return sum(1 + round((height - 0.1) / pitch) for height in heights)


def dots(svg: str, arm: str) -> Element:
    """Return the path of an arm's columns."""
    (path,) = next(part for part in fromstring(svg).iter() if part.get("class") == f"seeds {arm}")
    return path


def marks(svg: str, css_class: str, attribute: str = "x1") -> list[float]:
    found = [e for e in fromstring(svg).iter() if e.get("class") == css_class]
    return [float(str(e.get(attribute)).rstrip("%")) for e in found if e.get(attribute)]


def rows(svg: str) -> list[str]:
    """Return the lines of the titles of all arms, from top to bottom."""
    titles = [e for e in fromstring(svg).iter("text") if str(e.get("class")).startswith("flag row")]
    return [plain(str(e.text)) for e in sorted(titles, key=lambda e: float(str(e.get("y"))))]


def test_every_seed_is_a_dot():
    draw = np.random.default_rng(7)
    claim = [0.5] * 60 + draw.uniform(0.7, 1.0, 196).tolist()
    drawn = strip("accuracy", claim, draw.uniform(0.45, 0.55, 64), [("≥", 0.98)], 0.991)
    assert seeds_drawn(drawn.svg, "claim") == 256
    assert seeds_drawn(drawn.svg, "counterfactual") == 64
    assert ">60\N{NO-BREAK SPACE}runs<" in drawn.svg


def test_a_null_is_called_so_and_drawn_as_a_counterfactual():
    drawn = strip(
        "loss of a - loss of b", [-1.0, 0.5], [0.1, -0.1, 0.2], [("<", 0.0)], other="the first beside itself"
    )
    assert seeds_drawn(drawn.svg, "counterfactual") == 3
    assert rows(drawn.svg) == ["claim: 2 runs", "the first beside itself: 3 runs"]


def test_how_many_runs_there_are_is_written_where_the_text_beside_it_says_another_number():
    values = [0.2, 0.4, 0.6], [0.1, 0.3]
    assert rows(strip("loss", *values, told=(3, 2)).svg) == ["claim", "without its cause"]
    assert rows(strip("loss", *values, told=(9, 2)).svg) == ["claim: 3 runs", "without its cause"]
    assert rows(strip("loss", values[0], told=(3, 0)).svg) == []
    assert rows(strip("loss", [*np.linspace(0.2, 0.6, 63), 1e4], told=(64, 0)).svg) == ["1 further right ▶"]


def test_threshold_and_documented_figure_stand_at_their_values():
    values = [0.0, 0.25, 0.5, 1.0]
    drawn = strip("accuracy", values, [], [("≥", 0.5)], 0.75)
    axis = axis_for(values, [], [0.5], 0.75)
    assert marks(drawn.svg, "threshold") == [pytest.approx(axis.position(0.5), abs=0.01)] == [50.0]
    assert marks(drawn.svg, "documented") == [pytest.approx(axis.position(0.75), abs=0.01)]
    assert "printed 0.75" in plain(drawn.svg)
    assert marks(drawn.svg, "yes", "x") == [50.0]


def test_seeds_on_both_sides_of_a_threshold_never_share_a_column():
    values = [0.97999, 0.98] * 40
    drawn = strip("accuracy", [0.972, *values, 0.988], [], [("≥", 0.98)])
    threshold = marks(drawn.svg, "threshold")[0]
    columns = [int(x) / 20 for x in re.findall(r"M([0-9]+)", str(dots(drawn.svg, "claim").get("d")))]
    assert len(columns) == 4
    assert sum(x < threshold for x in columns) == 2
    assert ">40\N{NO-BREAK SPACE}runs<" in drawn.svg


def test_outliers_are_counted_beyond_the_edge_and_do_not_squeeze_the_others():
    losses = [*np.linspace(0.2, 0.6, 254), 1e4, -3e4]
    drawn = strip("loss", losses, [], [("≤", 0.5)])
    # on lines of their own, because all of it would be too long for a telephone
    assert rows(drawn.svg) == ["256 runs", "◀ 1 further left, 1 further right ▶"]
    assert seeds_drawn(drawn.svg, "claim") == 254


def test_stuck_seeds_far_from_the_others_stay_on_the_axis():
    axis = axis_for([0.5] * 20 + [0.97 + 0.0001 * i for i in range(236)], [], [0.98])
    assert axis.shows(0.5)


def test_a_counterfactual_on_another_scale_is_counted_beyond_the_edge():
    drawn = strip("loss", [-1.0, 0.0, 1.0], [1e6] * 64, [("≤", 0.5)])
    assert rows(drawn.svg) == ["claim: 3 runs", "without its cause: 64 runs", "64 further right ▶"]
    near = strip("loss", [*np.linspace(0.2, 0.6, 63), 1e4], [], [("≤", 0.5)])
    assert rows(near.svg) == ["64 runs, 1 further right ▶"]


def test_values_over_many_decades_get_a_logarithmic_axis():
    axis = axis_for([1e-4, 1e-3, 1e-2, 0.1], [], [0.02])
    assert axis.logarithmic
    labels = [label for _, label in axis.ticks()]
    assert labels == ["0.0001", "0.0003", "0.001", "0.003", "0.01", "0.03", "0.1"]
    assert not axis_for([1e-4, 0.1], [], [0.0]).logarithmic


@pytest.mark.parametrize("spread", [1e-7, 0.003, 0.5, 7.0, 950.0, 4e6])
def test_ticks_are_few_distinct_and_on_the_axis(spread):
    for start in (0.0, 0.5, -7190.0):
        positions, labels = zip(*axis_for([start, start + spread], [], []).ticks(), strict=True)
        assert 2 <= len(labels) <= 8
        assert all(-1e-6 <= position <= 100 + 1e-6 for position in positions)


def test_seeds_without_a_finite_value_are_counted_in_words():
    drawn = strip("loss", [None, float("nan"), 0.5], [None], [("≤", 0.5)])
    assert [plain(remark) for remark in drawn.remarks] == [
        "2 runs of the claim gave no finite value.",
        "1 run of “without its cause” gave no finite value.",
    ]
    assert seeds_drawn(drawn.svg, "claim") == 1
    assert strip("loss", [None, None]).svg == ""


def test_the_same_value_for_all_seeds_is_one_tower():
    drawn = strip("accuracy", [0.5] * 256, [], [("≥", 0.5)])
    assert seeds_drawn(drawn.svg, "claim") == 256
    assert str(dots(drawn.svg, "claim").get("d")).count("M") == 1


def test_a_documented_figure_far_from_every_seed_is_named_and_not_drawn():
    drawn = strip("loss", [0.1, 0.2, 0.3], [], [("≤", 0.25)], 7.7125)
    assert marks(drawn.svg, "documented") == []
    assert drawn.remarks == ("The printed 7.7125 lies beyond the axis.",)


def test_the_numbers_of_a_range_stand_outside_of_it_where_there_is_room():
    def anchors(values: list[float], *limits: tuple[str, float]) -> dict[str, str]:
        drawn = fromstring(strip("accuracy", values, [], limits).svg)
        flags = [text for text in drawn.iter("text") if str(text.text)[:1] in "≥≤"]
        return {str(text.text): str(text.get("text-anchor")) for text in flags}

    within = ("≥", 0.75), ("≤", 0.77)
    assert anchors([0.5, 0.76, 1.0], *within) == {"≥ 0.75": "end", "≤ 0.77": "start"}
    assert anchors([0.76, 0.78, 1.5], *within) == {"≥ 0.75": "start", "≤ 0.77": "start"}
    assert anchors([0.1, 0.74, 0.76], *within) == {"≥ 0.75": "end", "≤ 0.77": "end"}
    assert anchors([0.5, 0.76, 1.0], ("≤", 0.7)) == {"≤ 0.7": "start"}


def test_round_off_does_not_stretch_a_logarithmic_axis():
    for smallest, logarithmic in ((0.001, True), (0.002, False)):
        distances = [smallest, 0.005, 0.01, 0.05, *[0.18] * 20]
        with_round_off, without = axis_for([3e-7, *distances], [], [0.01]), axis_for(distances, [], [0.01])
        assert with_round_off.logarithmic == without.logarithmic == logarithmic
        assert with_round_off == without or not logarithmic
        assert with_round_off.shows(3e-7) != logarithmic  # next to zero, or beyond the edge


def test_the_round_off_of_a_threshold_is_not_printed():
    drawn = strip("|accuracy - 0.7|", [0.005, 0.02], [], [("≤", 0.010001)])
    assert "≤ 0.01" in [text.text for text in fromstring(drawn.svg).iter() if text.text]


def test_the_label_of_the_axis_stands_outside_of_the_drawing_in_words():
    drawn = strip("loss of slow - loss of fast", [0.1, 0.2], [], [("<", 0.0)])
    assert drawn.label == "difference in loss (slow minus fast)"
    assert "loss" not in "".join(fromstring(drawn.svg).itertext())


def test_the_share_bar_places_share_interval_and_claim_in_percent():
    drawn = fromstring(share_bar(0.25, (0.2, 0.33), 0.9, "refuted", labelled=False))
    assert drawn.get("style") == "--share:25%;--low:20%;--high:33%;--claimed:90%"
    assert [part.get("href") for part in drawn] == ["#share-claimed", "#share-found"]


def test_a_share_without_interval_and_claim_is_a_dot():
    drawn = fromstring(share_bar(0.25, None, None, "holds", labelled=False))
    assert drawn.get("style") == "--share:25%;--low:25%;--high:25%"
    assert [part.get("href") for part in drawn] == ["#share-found"]


@pytest.mark.parametrize(
    ("share", "expected"), [(0, "0 %"), (1, "100 %"), (0.9999, "99.9 %"), (0.0004, "0.1 %"), (0.258, "26 %")]
)
def test_a_share_never_rounds_to_none_or_all(share, expected):
    assert plain(wording.percent(share)) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"), [(1.94, "1.9 s"), (93.1, "1 min 33 s"), (7260, "2 h 1 min")]
)
def test_durations_are_in_the_unit_that_reads_best(seconds, expected):
    assert plain(wording.duration(seconds)) == expected


def test_a_change_is_drawn_with_both_medians_and_says_them() -> None:
    svg = plain(drift_bar("accuracy", [0.1, 0.2, 0.3], [0.5, 0.6, 0.7], 0.4))
    assert "baseline: median 0.2; this run: median 0.6" in svg
    assert len(re.findall("<circle", svg)) == 2
    places = [float(x) for x in re.findall(r'<circle cx="([\d.]+)%', svg)]
    assert places[0] < places[1]
    assert drift_bar("accuracy", [float("inf")] * 3, [0.5, 0.6], None) == ""

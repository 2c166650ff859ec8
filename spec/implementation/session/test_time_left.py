"""How long work still takes: by what is expected at first, by what is measured soon."""

from __future__ import annotations

import pytest

from nnspec.session.time_left import TimeLeft


def test_before_anything_is_finished_the_expected_cost_is_believed_on_all_cores():
    assert TimeLeft(100.0, cores=2).seconds(0.0) == pytest.approx(50.0)


def test_what_is_finished_tells_by_which_factor_the_expected_cost_is_wrong():
    left = TimeLeft(10_000.0, cores=1)
    for elapsed in (300.0, 600.0, 900.0):
        left.finished(100.0, elapsed)
    # three seconds for each that was expected, less what is believed of the expected cost
    assert left.seconds(900.0) == pytest.approx(3 * 9_700, rel=0.05)


def test_what_an_earlier_run_had_done_tells_nothing_of_the_speed():
    left = TimeLeft(10_100.0, cores=1)
    for elapsed in range(1, 11):  # a second each to read what is stored
        left.finished(10.0, float(elapsed), worked=False)
    assert left.seconds(10.0) == pytest.approx(10_000.0)
    left.finished(100.0, 210.0)
    assert left.seconds(210.0) == pytest.approx(9_900 * 220 / 120)


def test_time_counts_while_something_else_is_under_way():
    left = TimeLeft(1_000.0, cores=1)
    for elapsed in range(10, 101, 10):  # tests of another process, while this one trains
        left.finished(1.0, float(elapsed), worked=False, alone=False)
    left.finished(10.0, 110.0)
    assert left.seconds(110.0) == pytest.approx(980 * 130 / 30)


def test_time_that_passes_counts_though_nothing_is_finished():
    left = TimeLeft(200.0, cores=1)
    left.finished(100.0, 100.0)
    assert left.seconds(140.0) == pytest.approx(60.0)
    # what takes longer than expected is never quite done
    assert left.seconds(500.0) == pytest.approx(10.0)


def test_nothing_is_left_at_the_end():
    left = TimeLeft(30.0, cores=1)
    left.finished(10.0, 5.0)
    left.finished(20.0, 9.0)
    assert left.seconds(9.0) == 0.0
    assert left.text(9.0) == ""


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.2, ""),
        (42.4, "about 42 s left"),
        (600.0, "about 10 min left"),
        (3_599.0, "about 1 h 0 min left"),
        (8_000.0, "about 2 h 13 min left"),
    ],
)
def test_the_time_left_in_words(seconds, text):
    assert TimeLeft(seconds, cores=1).text(0.0) == text


def test_what_is_learned_of_a_piece_counts_while_it_is_under_way():
    left = TimeLeft(1.0, cores=1)
    assert left.seconds(0.0) == pytest.approx(1.0)
    left.expect(401.0)  # one piece turns out to take four hundred seconds more
    assert left.seconds(100.0) == pytest.approx(301.0)
    left.finished(400.0, 400.0)
    assert left.seconds(400.0) == pytest.approx(1.0)

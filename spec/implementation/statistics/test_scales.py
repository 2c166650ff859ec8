"""Words for shares: every share has one, neighbours are told together, wrong ones as rarely as stated."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from nnspec.statistics.scales import AS_WELL, HOW_OFTEN, OUT_OF_REACH, Scale, as_well, how_often, in_words
from nnspec.statistics.shares import share_interval

SCALES = [HOW_OFTEN, AS_WELL]
OF_A_SUITE = 1e-3 / 300


@pytest.mark.parametrize("scale", SCALES)
def test_every_share_has_a_word_and_only_the_cuts_have_two(scale: Scale) -> None:
    for share in np.linspace(0, 1, 10_001).tolist():
        words = scale.possible((share, share))
        assert len(words) == (2 if share in scale.cuts else 1), share


@pytest.mark.parametrize("scale", SCALES)
def test_words_come_from_the_lowest_share_to_the_highest(scale: Scale) -> None:
    edges = list(pairwise((0.0, *scale.cuts, 1.0)))
    assert len(edges) == len(scale.words)
    assert all(low < high for low, high in edges)
    middles = [(low + high) / 2 for low, high in edges]
    assert [scale.possible((middle, middle)) for middle in middles] == [(word,) for word in scale.words]


@pytest.mark.parametrize("scale", SCALES)
def test_an_interval_has_the_words_of_all_its_shares_and_no_others(scale: Scale) -> None:
    shares = np.linspace(0, 1, 41).tolist()
    for low in shares:
        for high in (share for share in shares if share >= low):
            told = scale.possible((low, high))
            within = [low, high, *(cut for cut in scale.cuts if low <= cut <= high)]
            expected = {word for share in within for word in scale.possible((share, share))}
            assert set(told) == expected
            first = scale.words.index(told[0])
            assert told == scale.words[first : first + len(told)]
    assert scale.possible((0.0, 1.0)) == scale.words


@pytest.mark.parametrize(
    ("number", "said"), [(1, "lucky"), (2, "lucky or better than most"), (3, "lucky to usual"), (5, "")]
)
def test_what_is_possible_is_one_word_two_or_a_range_of_neighbours(number: int, said: str) -> None:
    assert in_words(AS_WELL.words[:number]) == said


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (0.0, "almost never"),
        (0.2, "seldom"),
        (0.5, "a coin toss"),
        (0.8, "mostly"),
        (1.0, "nearly always"),
    ],
)
def test_how_often_something_comes_true_is_told_in_words(share: float, word: str) -> None:
    assert how_often(round(share * 2000), 2000, OF_A_SUITE) == (word,)


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (0.0, OUT_OF_REACH),
        (0.005, "lucky"),
        (0.1, "better than most"),
        (0.5, "usual"),
        (0.9, "worse than most"),
        (1.0, "unlucky"),
    ],
)
def test_what_few_seeds_reach_is_lucky_and_what_most_exceed_is_unlucky(share: float, word: str) -> None:
    assert as_well(round(share * 4000), 4000, OF_A_SUITE) == (word,)


@pytest.mark.parametrize("error_rate", [0.05, 0.01, OF_A_SUITE])
def test_a_figure_is_out_of_reach_where_of_so_many_seeds_one_would_have_been_lucky(error_rate: float) -> None:
    out = [seeds for seeds in range(1, 2000) if as_well(0, seeds, error_rate) == (OUT_OF_REACH,)]
    assert out == list(range(out[0], 2000))
    assert share_interval(0, out[0], error_rate)[1] < 1 / 40 <= share_interval(0, out[0] - 1, error_rate)[1]
    for seeds in (1, 8, out[0] - 1):
        open_yet = as_well(0, seeds, error_rate)
        assert open_yet[:2] == ("lucky", "better than most")
    assert as_well(1, out[0], error_rate)[0] == "lucky"


@pytest.mark.parametrize("seeds", [0, 1, 2])
def test_hardly_any_seeds_leave_every_word_open(seeds: int) -> None:
    assert how_often(0, seeds, OF_A_SUITE) == HOW_OFTEN.words
    assert as_well(seeds, seeds, OF_A_SUITE) == AS_WELL.words


def chance_of_being_told_wrongly(share: float, scale: Scale, seeds: int, error_rate: float) -> float:
    """Return the probability that at some number of seeds no word that is told is one of this share."""
    right = set(scale.possible((share, share)))
    reached, wrong = np.zeros(seeds + 1), 0.0
    reached[0] = 1.0
    for number in range(1, seeds + 1):
        reached[1:] = reached[1:] * (1 - share) + reached[:-1] * share
        reached[0] *= 1 - share
        for yes in np.flatnonzero(reached > 0):
            if not right & set(scale.possible(share_interval(int(yes), number, error_rate))):
                wrong, reached[yes] = wrong + reached[yes], 0.0
    return float(wrong)


@pytest.mark.parametrize("share", [0.02, 0.1, 0.5, 0.7])
@pytest.mark.parametrize("scale", SCALES)
def test_that_no_word_is_right_is_as_rare_as_stated_whenever_one_stops(scale: Scale, share: float) -> None:
    assert chance_of_being_told_wrongly(share, scale, 60, 0.1) <= 0.1

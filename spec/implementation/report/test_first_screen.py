"""The picture of the README shows what the report on the baselines says today, and is small."""

from __future__ import annotations

from PIL import Image

from nnspec.report.claim import evidence
from nnspec.report.findings import first_sentence
from nnspec.results.counts import counts
from nnspec.results.sentences import printed_figures
from spec.folders import ROOT
from spec.implementation.report.in_browser.first_screen import PICTURE, shown, words
from spec.implementation.report.whole_specification import results

MOST_BYTES = 150_000


def test_the_words_that_the_picture_shows_are_those_of_the_report_today() -> None:
    assert shown() == words(), "python -m spec.implementation.report.in_browser.first_screen draws it anew"


def test_the_readme_says_the_first_sentence_beside_the_picture() -> None:
    claims = [evidence(claim) for claim in results().claims]
    said = first_sentence(counts(claims), printed_figures(claims))
    place = PICTURE.relative_to(ROOT).as_posix()
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"![The report on six documents: {said}]({place})" in readme
    assert shown().startswith(said)


def test_the_picture_is_small_and_wide_enough_to_be_read() -> None:
    assert PICTURE.stat().st_size <= MOST_BYTES
    with Image.open(PICTURE) as picture:
        assert 900 <= picture.width <= 1280
        assert 400 <= picture.height <= 900

"""What a predicate compared, in words that an author may print."""

from __future__ import annotations

from typing import Any

import pytest

from nnspec.report.words.comparisons import predicate_in_words, quantity_in_words
from spec.implementation.report.report_samples import claim, result


def said(predicate: str, *values: dict[str, Any]) -> str:
    """Return in words a predicate that makes these comparisons."""
    compared = [one | {"claim": []} for one in values]
    return predicate_in_words(result(claim(predicate=predicate, values=compared)))


@pytest.mark.parametrize(
    ("label", "operator", "threshold", "words"),
    [
        ("accuracy", "≥", 0.98, "accuracy ≥ 0.98"),
        ("loss of small - loss of large", "<", 0.0, "a lower loss for small than for large"),
        ("loss of small - loss of large", "≥", 0.0, "no lower loss for small than for large"),
        ("accuracy of a - accuracy of b", "≥", 0.25, "accuracy at least 0.25 higher for a than for b"),
        ("accuracy of a - accuracy of b", "≤", 0.25, "accuracy of a - accuracy of b ≤ 0.25"),
        ("loss of a - test loss of b", ">", 0.0, "loss of a above test loss of b"),
        ("x of a - y of a - (x of b - y of b)", "<", 0.0, "a lower x minus y for a than for b"),
        ("loss of a - (loss of b - loss of c)", "<", 0.0, "loss of a below loss of b - loss of c"),
        ("|test accuracy - 0.97|", "≤", 0.010001, "test accuracy within 0.01 of 0.97"),
        ("|loss in epoch 1 / 2.7849 - 1|", "≤", 0.1, "loss in epoch 1 within 10 % of 2.7849"),
        ("|loss in epoch 9 - loss in epoch 1|", "≤", 0.01, "loss in epoch 9 within 0.01 of loss in epoch 1"),
        ("|(1 - accuracy) · 10000 - 1136|", "≤", 100.0, "(1 - accuracy) · 10000 within 100 of 1136"),
        ("|loss| of a - |loss| of b", "<", 0.0, "|loss| of a - |loss| of b < 0"),
    ],
)  # fmt: skip
def test_what_is_compared_is_said_in_words(label: str, operator: str, threshold: float, words: str) -> None:
    one = {"label": label, "operator": operator, "threshold": threshold}
    both = [{"label": "loss", "operator": "≤", "threshold": 0.5}, one]
    assert said("", one) == words
    assert said("", *both) == f"loss ≤ 0.5 and {words}"


def test_two_limits_of_one_quantity_are_a_range() -> None:
    values = [{"label": "rate", "operator": sign, "threshold": at} for sign, at in (("≥", 0.01), ("≤", 0.02))]
    assert said("rate ≥ 0.01 and rate ≤ 0.02", *values) == "rate between 0.01 and 0.02"


def test_a_predicate_without_known_comparisons_stays_as_it_is() -> None:
    assert said("accuracy ≥ 0.5") == "accuracy ≥ 0.5"


def test_a_difference_of_arms_names_which_is_subtracted_from_which() -> None:
    assert quantity_in_words("loss of small - loss of large") == "difference in loss (small minus large)"
    assert quantity_in_words("updates - bound") == "updates - bound"
    assert quantity_in_words("accuracy") == "accuracy"

"""Figures that somebody names, and those of the prose that are offered."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.notebook.repeating.claims import documented
from nnspec.notebook.repeating.given_figures import checked, given_figure, offered
from spec.implementation.notebook.captured_samples import captured, evaluation, fit
from spec.implementation.notebook.notebook_samples import code, read

EPOCHS = {"epochs": 2}


def test_a_figure_that_somebody_names_is_of_the_last_that_has_its_metric() -> None:
    run = captured(
        fit(0, 2, arguments=EPOCHS), fit(1, 3, arguments=EPOCHS), evaluation(0, 2), evaluation(1, 2, fit=1)
    )
    named = given_figure("2:acc=91%", run)
    assert (named.fit, named.evaluation, named.key) == (1, run.evaluations[1], "accuracy")
    assert documented(named.figure) == "0.91"
    of_fit = given_figure("3:loss=0.5", run)
    assert (of_fit.fit, of_fit.evaluation, of_fit.figure.epoch) == (1, None, 2)
    with pytest.raises(InvalidValue, match=r"a metric of cell \[3\]: accuracy, loss"):
        given_figure("3:mae=1", run)
    with pytest.raises(InvalidValue, match="it has fitted nothing"):
        given_figure("7:loss=1", run)
    for text in ("loss=1", "3:loss", "3:loss=high", "3:loss=1e5", ":loss=1"):
        with pytest.raises(InvalidValue, match="a cell, a metric and a figure"):
            checked("--figure", text)


def test_figures_of_the_prose_are_offered_for_the_evaluation_above_them(tmp_path: Path) -> None:
    static = read(
        tmp_path,
        code("fit"),
        "We expect 50% accuracy.",
        code("model.evaluate(z, t)"),
        "The test accuracy is about 97.8 %, the recall 0.5, the training accuracy 99%.",
    )
    run = captured(fit(0, 0), evaluation(0, 2))
    assert offered(static, run) == ("2:accuracy=97.8%",)
    assert given_figure(offered(static, run)[0], run).figure.value == 0.978
    assert offered(static, captured(fit(0, 0))) == ()


def test_a_figure_below_a_later_fit_is_not_offered_for_an_earlier_evaluation(tmp_path: Path) -> None:
    prose = "The test accuracy is about 97.8 %."
    static = read(tmp_path, code("fit"), code("one.evaluate(z, t)"), code("two.fit"), prose)
    assert offered(static, captured(fit(0, 0), evaluation(0, 1))) == ("1:accuracy=97.8%",)
    assert offered(static, captured(fit(0, 0), evaluation(0, 1), fit(1, 2))) == ()

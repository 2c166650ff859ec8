"""The figures of a fit together: which of a log count, in the digits that were printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnspec.claims.budget import parse
from nnspec.notebook.repeating.placing import place_figures
from nnspec.notebook.repeating.prepared import prepare
from nnspec.notebook.repeating.together import LEVEL, FitTogether, Gathered, Together, column, earlier
from nnspec.statistics.outlying import smallest
from nnspec.store.store import Store
from spec.implementation.notebook.captured_samples import captured, evaluation, fit, kept
from spec.implementation.notebook.notebook_samples import code, read
from spec.implementation.notebook.test_findings import log

EPOCHS = 9


def printed(tmp_path: Path, *losses: str) -> tuple[Any, Any]:
    """Return a notebook that prints these losses, one an epoch, and what was captured of its run."""
    static = read(
        tmp_path,
        code(f"model.fit(x, y, epochs={len(losses)})", log(*losses)),
        code("model.evaluate(z, t)", "4/4 [====] - 0s 1ms/step - loss: 0.6931 - accuracy: 0.5000\n"),
    )
    run = captured(
        fit(0, data=kept(tmp_path, 64), arguments={"epochs": len(losses)}),
        evaluation(0, 1, data=kept(tmp_path, 32, seed=1)),
        folder=tmp_path,
    )
    return static, run


def test_of_a_log_the_epochs_count_that_are_powers_of_two_and_the_last(tmp_path: Path) -> None:
    static, run = printed(tmp_path, *[f"0.{9 - epoch}000" for epoch in range(EPOCHS)])
    asked = [one for one, _ in prepare(static, run).claims]
    assert [(one.figure.epoch, [early.epoch for early in earlier(static, one)]) for one in asked] == [
        (EPOCHS, [1, 2, 4, 8]),
        (None, []),
        (None, []),
    ]


def test_values_count_in_the_digits_that_were_printed(tmp_path: Path) -> None:
    static, _ = printed(tmp_path, "0.5000")
    [found] = column(static.figures[0], [0.12345, 0.67891, np.nan])
    assert found.printed == 0.5
    np.testing.assert_array_equal(found.values, [0.1234, 0.6789, np.nan])
    static, _ = printed(tmp_path, "nan")
    assert not list(column(static.figures[0], [0.5]))


def test_a_change_is_told_at_the_level_divided_by_the_fits() -> None:
    fits = FitTogether(0, 3, 799, LEVEL), FitTogether(1, 3, 799, LEVEL / 2)
    assert Together(fits).changed == fits[1:]
    assert Together(fits).can_tell
    assert not Together((fits[0], FitTogether(1, 3, 300, 1.0))).can_tell
    assert not Together().can_tell


@pytest.mark.parametrize(("first", "changed"), [("0.7000", False), ("7.0000", True)])
def test_a_log_that_no_run_has_is_no_luck(tmp_path: Path, first: str, changed: bool) -> None:
    static, run = printed(tmp_path, first, "0.6900")
    placing = place_figures(static, run, parse("standard", "512"), Store(tmp_path / "store"))
    [found] = placing.together.fits
    assert (found.fit, found.figures, found.seeds) == (0, 4, 512)
    assert (found.p <= smallest(512)) == changed
    assert bool(placing.together.changed) == changed


def test_nothing_gathered_says_nothing(tmp_path: Path) -> None:
    static, _ = printed(tmp_path, "0.5000")
    assert Gathered(static).together() == Together()

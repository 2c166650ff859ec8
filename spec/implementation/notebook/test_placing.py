"""Printed figures among runs from many seeds."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from nnspec.commands.main import main
from nnspec.commands.terminal import placed_table
from nnspec.notebook.captured import Captured
from nnspec.notebook.figures import Where, figure
from nnspec.notebook.repeating.asked import Asked, NotPlaced
from nnspec.notebook.repeating.claims import documented
from nnspec.notebook.repeating.prepared import prepare
from nnspec.notebook.repeating.quantities import better_values
from nnspec.results import record
from nnspec.results.reading import results_of
from spec.implementation.notebook.captured_samples import captured, evaluation, fit, kept
from spec.implementation.notebook.notebook_samples import code, read
from spec.implementation.notebook.test_findings import log

EPOCHS = {"epochs": 2}


BAR = "4/4 [==============================] - 0s 1ms/step - loss: 0.4000 - accuracy: 0.8500\n"


def said(found: tuple[Asked | NotPlaced, ...]) -> list[Any]:
    """Return what each figure is of, or why it has no place."""
    return [
        one.why
        if isinstance(one, NotPlaced)
        else (one.figure.printed, one.fit, None if one.evaluation is None else one.evaluation.number, one.key)
        for one in found
    ]


@pytest.mark.parametrize(
    ("printed", "more", "number"),
    [
        ("0.9950", {}, "0.9950"),
        ("97.00", {"percent": True}, "0.9700"),
        ("5.1481e-05", {}, 5.1481e-05),
        ("0.24868784844875336", {}, 0.24868784844875336),
        ("0.5", {"form": "returned list"}, 0.5),
        ("1.0", {"kind": "sentence"}, 1.0),
        ("98", {"kind": "sentence", "percent": True}, "0.98"),
        ("nan", {}, None),
        ("inf", {}, None),
    ],
)
def test_a_figure_counts_in_the_digits_that_were_printed(
    printed: str, more: dict[str, Any], number: float | str | None
) -> None:
    given = {"kind": "evaluate", "form": "bar by step", **more}
    kind, form = given.pop("kind"), given.pop("form")
    assert documented(figure(Where(0, 0, 1), kind, form, "accuracy", printed, **given)) == number


def test_errors_and_losses_are_better_where_they_are_lower() -> None:
    lower = ("loss", "val_loss", "mae", "val_mse", "rmse", "mean_absolute_error", "kl_divergence", "hinge")
    assert [better_values(name) for name in lower] == ["lower"] * len(lower)
    assert [better_values(name) for name in ("accuracy", "val_acc", "auc", "precision", "r2_score")] == [
        "higher"
    ] * 5


def test_a_time_places_figures_or_says_that_none_was_left(tmp_path: Path) -> None:
    from nnspec.claims.budget import within
    from nnspec.notebook.repeating.placing import place_figures
    from nnspec.store.store import Store

    static = read(tmp_path, code("model.fit(x, y, epochs=2)", log("0.5", "9.4")))
    run = captured(fit(0, data=kept(tmp_path), arguments=EPOCHS), folder=tmp_path)
    nothing = place_figures(static, run, within("1s"), Store(tmp_path / "first"))
    assert not nothing.placed
    assert "no time was left for it" in nothing.not_placed[0].why
    placing = place_figures(static, run, within("15s"), Store(tmp_path / "second"))
    (one,) = placing.placed
    assert one.result.seeds is not None
    assert one.result.seeds >= 64
    assert one.result.successes == one.result.seeds
    assert placing.results.budget == "time 15 s"


def test_an_epoch_that_the_code_does_not_train_has_no_place(tmp_path: Path) -> None:
    static = read(tmp_path, code("model.fit(x, y, epochs=1)", log("0.5", "0.4")))
    data = kept(tmp_path)
    run = captured(fit(0, data=data), folder=tmp_path)
    assert [one.why for one in prepare(static, run).refused] == [
        "fit 0: its log has epoch 2, and the code trains 1"
    ]
    longer = prepare(static, captured(fit(0, data=data, arguments=EPOCHS), folder=tmp_path))
    assert not longer.refused
    assert [claim.documented["loss"].documented for _, claim in longer.claims] == ["0.4"]


def test_a_printed_figure_is_placed_among_runs_of_what_printed_it(tmp_path: Path) -> None:
    from nnspec.claims.budget import parse
    from nnspec.notebook.repeating.placing import place_figures
    from nnspec.store.store import Store

    static = read(
        tmp_path, code("model.fit(x, y, epochs=2)", log("0.5", "9.4")), code("model.evaluate(z, t)", BAR)
    )
    run: Captured = captured(
        fit(0, data=kept(tmp_path), arguments=EPOCHS, global_seed=3),
        evaluation(0, 1, data=kept(tmp_path, 4, seed=1)),
        folder=tmp_path,
    )
    placing = place_figures(static, run, parse("standard", "4"), Store(tmp_path / "store"))
    assert not placing.not_placed
    first = placing.placed[0]
    assert (first.asked.key, first.result.seeds, first.result.successes) == ("loss", 4, 4)
    assert first.global_seed == 3
    assert first.reader is not None
    assert np.all(np.diff(first.reader) >= 0)
    assert [one.asked.key for one in placing.placed[1:]] == ["loss", "accuracy"]
    assert placing.results.seeds_trained == 4  # one training serves all three
    console = Console(record=True, width=160, file=io.StringIO())
    placed_table.show(placing, console)
    said = console.export_text()
    assert "fit, epoch 2 of 2" in said
    assert "4 of 4" in said
    assert "The notebook sets the seed 3 for all that is random" in said
    assert "3 figures, 4 trainings" in said
    record.write(tmp_path / "results.json", placing.results)
    found = results_of(json.loads((tmp_path / "results.json").read_text()), "results.json")
    assert [one.section for one in found.claims] == ["Cell [0]", "Cell [1]", "Cell [1]"]
    assert found.claims[0].replay.startswith(f"nnspec notebook {static.notebook.path} --seeds ")
    assert main(["report", str(tmp_path / "results.json"), "-o", str(tmp_path / "report.html")]) == 0
    assert "Cell [0] prints loss 9.4" in (tmp_path / "report.html").read_text()

"""Findings: each told of a notebook that has it, and not of one that does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nnspec.notebook.findings.all_findings import findings_of
from spec.implementation.notebook.notebook_samples import code, read, result

BAR = "[==============================]"


def log(*losses: str, epochs: int = 0, steps: int = 9) -> str:
    """Return the log of a fit."""
    return "".join(
        f"Epoch {k}/{epochs or len(losses)}\n{steps}/{steps} {BAR} - 0s 1ms/step - loss: {loss}\n"
        for k, loss in enumerate(losses, 1)
    )


def found(tmp_path: Path, *cells: Any) -> list[tuple[str, tuple[int, ...]]]:
    """Return kind and cells of every finding."""
    findings = findings_of(read(tmp_path, *cells))
    assert all(one.sentence.endswith(".") and "\n" not in one.sentence for one in findings)
    return [(one.kind, one.cells) for one in findings]


BUILT = "model = Sequential([Dense(1)])\nmodel.compile(loss='mse')"
FIT = "model.fit(x, y, epochs=2)"
LOSSES = ("0.5111", "0.4222", "0.3333", "0.2444")


def test_a_notebook_that_ran_from_the_top_has_no_finding(tmp_path: Path) -> None:
    cells = code(BUILT, count=1), "Now we train.", code(FIT, log("0.5", "0.4"), count=2)
    assert found(tmp_path, *cells) == []


def test_a_notebook_without_counts_or_outputs_has_no_finding(tmp_path: Path) -> None:
    assert found(tmp_path, code(BUILT), code(FIT), code("model.evaluate(x, y)")) == []


def test_counts_that_fall_and_counts_that_are_left_out_are_told(tmp_path: Path) -> None:
    findings = findings_of(read(tmp_path, code("a = 1", count=2), code("b = 2", count=1), code("c", count=5)))
    assert [(one.kind, one.cells) for one in findings] == [("execution order", (1,)), ("execution gap", (2,))]
    assert "[1] as number 1 after [0] as 2" in findings[0].sentence
    assert "2 of 5 runs left no cell (3–4)" in findings[1].sentence


@pytest.mark.parametrize(
    ("source", "shown", "told"),
    [
        ("model.fit(x, y, epochs=3)", log("0.5", "0.4"), True),
        ("n = 3\nmodel.fit(x, y, epochs=n)", log("0.5", "0.4"), True),
        ("model.fit(x, y, 32, 3)", log("0.5", "0.4"), True),
        ("model.fit(x, y, epochs=9)", log("0.5", "0.4", epochs=9), False),  # it stopped early
        ("model.fit(x, y, epochs=n + 1)", log("0.5", "0.4"), False),
        ("n = 3\nn += 1\nmodel.fit(x, y, epochs=n)", log("0.5", "0.4"), False),
        ("for n in (2, 3):\n    model.fit(x, y, epochs=3)", log("0.5", "0.4"), False),
        ("def train():\n    model.fit(x, y, epochs=3)\ntrain()", log("0.5", "0.4"), False),
        ("model.fit(x, y, **settings)", log("0.5", "0.4"), False),
        ("model.fit(x, y, epochs=3, verbose=0)\nmodel.fit(x, y, epochs=2)", log("0.5", "0.4"), False),
        ("model.fit(x, y, epochs=3)", "", False),
    ],
)
def test_another_number_of_epochs_than_the_code_asks_for(
    tmp_path: Path, source: str, shown: str, told: bool
) -> None:
    cells = code(BUILT), code(source, *[shown][: bool(shown)])
    assert found(tmp_path, *cells) == ([("epochs", (1,))] if told else [])


@pytest.mark.parametrize(
    ("call", "count", "told"),
    [
        ("model.fit(x, y)", 9, False),  # 288 in batches of 32
        ("model.fit(x, y)", 10, True),
        ("model.fit(x, y)", 288, False),  # bars that count examples
        ("model.fit(x, y, batch_size=16)", 18, False),
        ("model.fit(x, y, batch_size=16)", 9, True),
        ("model.fit(x, y, validation_split=0.5)", 5, False),
        ("model.fit(x[:9], y)", 1, False),
        ("model.fit(x)", 12, False),  # a data set that is batched
        ("x = x[:9]\nmodel.fit(x, y)", 1, False),
    ],
)
def test_another_number_of_steps_than_examples_and_batches_give(
    tmp_path: Path, call: str, count: int, told: bool
) -> None:
    shape = code("x.shape, y.shape", result("((288, 2), (288,))"))
    cells = code(BUILT + "\nx, y = load()"), shape, code(call, log("0.5", steps=count))
    assert found(tmp_path, *cells) == ([("steps", (2,))] if told else [])


def test_the_examples_that_a_log_names_are_those_that_its_bar_counts(tmp_path: Path) -> None:
    text = f"Train on 100 samples\nEpoch 1/1\n60/60 {BAR} - 0s 9us/sample - loss: 0.5\n"
    assert found(tmp_path, code("model.fit(x, y)", text)) == [("steps", (0,))]
    right = text.replace("60/60", "100/100")
    assert found(tmp_path, code("model.fit(x, y)", right)) == []


def test_the_same_log_under_different_code_is_told(tmp_path: Path) -> None:
    first, second = "model.compile('sgd')\n" + FIT, "model.compile('adam')\n" + FIT
    shown = log(*LOSSES)
    assert [kind for kind, _ in found(tmp_path, code(first, shown), code(second, shown))] == [
        "epochs",
        "epochs",
        "identical logs",
    ]


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        (FIT, FIT, LOSSES),  # one code twice, from one seed
        ("model.fit(a)", "model.fit(b)", ("nan",) * 4),
        ("model.fit(a)", "model.fit(b)", ("0.5",) * 4),
        ("model.fit(a)", "model.fit(b)", ("0.5111",)),
    ],
)
def test_logs_that_may_well_agree_are_not_told(
    tmp_path: Path, first: str, second: str, shown: tuple[str, ...]
) -> None:
    cells = code(first, log(*shown)), code("plot()"), code(second, log(*shown))
    assert [one for one in found(tmp_path, *cells) if one[0] == "identical logs"] == []


def test_a_model_that_was_built_again_after_its_figures_is_told(tmp_path: Path) -> None:
    cells = (
        code(BUILT, count=4),
        code(FIT, log("0.5", "0.4"), count=2),
        code("a", count=1),
        code("b", count=3),
    )
    assert ("printed before", (1, 0)) in found(tmp_path, *cells)


def test_data_that_were_bound_again_are_told_through_the_cells_that_use_them(tmp_path: Path) -> None:
    cells = [
        code("raw = load()", count=4),
        code("x = raw / 255", count=2),
        code("model.fit(x, y, epochs=1)", log("0.5"), count=3),
        code("a", count=1),
    ]
    assert ("printed before", (2, 0)) in found(tmp_path, *cells)


@pytest.mark.parametrize(("below", "told"), [("x = digits()", True), ("x = fashion()", False)])
def test_figures_after_a_cell_below_bound_their_data_anew(tmp_path: Path, below: str, told: bool) -> None:
    cells = (
        code("x = fashion()", count=1),
        code("model.fit(x, y, epochs=1)", log("0.5"), count=3),
        code(below, count=2),
    )
    assert (("bound below", (1, 2)) in found(tmp_path, *cells)) == told


def test_imports_that_ran_again_change_no_figures(tmp_path: Path) -> None:
    cells = (
        code("import tensorflow as tf", count=3),
        code("model.fit(tf.ones(9), y, epochs=1)", log("0.5"), count=1),
        code("a", count=2),
    )
    assert [kind for kind, _ in found(tmp_path, *cells)] == ["execution order"]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Our test accuracy is 99.3%.", True),
        ("The old net had a test accuracy of 97.8%, ours a test accuracy of 99.3%.", True),
        ("Our test accuracy is 99.1%.", False),
        ("Our test accuracy is 0.99.", False),
        ("Our test accuracy is about 99.3%.", False),
        ("A test accuracy of 50% is a guess.", False),  # too far off to be said of it
        ("Our training accuracy is 99.3%.", False),
        ("The loss is 0.3.", False),
    ],
)
def test_a_figure_in_the_prose_that_is_not_the_printed_one(tmp_path: Path, sentence: str, told: bool) -> None:
    cells = code("_, test_acc = model.evaluate(x, y)"), code("test_acc", result("0.9913")), sentence
    assert found(tmp_path, *cells) == ([("prose", (2, 1))] if told else [])


def test_a_figure_of_the_prose_is_printed_where_nothing_says_on_which_examples(tmp_path: Path) -> None:
    cells = (
        code("print(f'test accuracy {a}')", "test accuracy 0.84\n"),
        code("print('Large, accuracy:', b)", "Large, accuracy: 0.86\n"),
        "The large model reached a test accuracy of 86%.",
    )
    assert found(tmp_path, *cells) == []

"""Printed summaries of models: read in every format, and told where the code makes another model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_output

from nnspec.notebook.after_run.all_found import found_after_run
from nnspec.notebook.captured import Summary
from nnspec.notebook.summary_tables import Layer, summary_tables
from spec.implementation.notebook.captured_samples import captured
from spec.implementation.notebook.notebook_samples import code, read
from spec.implementation.notebook.summary_samples import (
    ROWS,
    Row,
    keras_1,
    keras_2,
    keras_3,
    tensorflow_2,
)

FORMS = (keras_1, keras_2, tensorflow_2, keras_3)
LONG = "a_layer_with_a_long_name_1 (BatchNormalization)"


@pytest.mark.parametrize("form", FORMS)
def test_class_shape_and_parameters_of_every_layer_are_read(form: Callable[[Sequence[Row]], str]) -> None:
    text = f"before\n{form(ROWS)}\nafter\n{form(ROWS[:1])}"
    first, second = summary_tables(text.split("\n"))
    assert first is not None
    assert first.layers == (
        Layer("Dense", False, ((None, 32),), 2080),
        Layer("Dropout", False, ((None, 32),), 0),
        Layer("Dense", False, ((None, 10),), 330),
    )
    assert first.branches == (form is keras_1)
    assert second is not None
    assert second.layers == first.layers[:1]


@pytest.mark.parametrize(
    ("form", "name", "cut"),
    [
        (keras_2, "Ba", True),
        (tensorflow_2, "BatchNormalization", False),
        (keras_3, "BatchNormalization", False),
    ],
)
def test_long_names_are_cut_or_go_on_in_the_next_line(
    form: Callable[[Sequence[Row]], str], name: str, cut: bool
) -> None:
    rows = [("a_layer_with_a_long_name (BatchNormalization)", "(None, 32)", "128"), ROWS[2]]
    [table] = summary_tables(form(rows).split("\n"))
    assert table is not None
    assert table.layers[0] == Layer(name, cut, ((None, 32),), 128)
    assert table.layers[1].parameters == 330


@pytest.mark.parametrize(
    ("shape", "count", "shapes", "parameters"),
    [
        ("[(None, 784)]", "0", ((None, 784),), 0),
        ("(None, None, 8)", "1,234,567", ((None, None, 8),), 1234567),
        ("[(None, 4), (32, 3)]", "9", ((None, 4), (32, 3)), 9),
        ("[(None, 4), (32,", "9", (), 9),  # cut
        ("?", "0 (unbuilt)", (), None),
        ("multiple", "0 (unused)", (), None),
    ],
)
def test_sizes_that_are_not_fixed_and_layers_that_are_not_built_are_not_known(
    shape: str, count: str, shapes: Any, parameters: int | None
) -> None:
    for form in (keras_2, keras_3):
        [table] = summary_tables(form([("dense (Dense)", shape, count)]).split("\n"))
        assert table is not None
        assert table.layers == (Layer("Dense", False, shapes, parameters),)


def told(tmp_path: Path, printed: str, *today: str, cell: int = 0) -> list[str]:
    """Return what is told of a cell that printed a summary, and whose run printed these."""
    shown = new_output("display_data", data={"text/plain": printed}) if "┃" in printed else printed
    run = tuple(Summary(cell=cell, line=1, text=text) for text in today)
    static = read(tmp_path, code("model.summary()", shown))
    return [
        f"{one.kind}: {one.sentence}" for one in found_after_run(static, replace(captured(), summaries=run))
    ]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_model_is_no_finding_whatever_version_printed_it(
    tmp_path: Path, form: Callable[[Sequence[Row]], str]
) -> None:
    renamed = [(name.replace("dense", "dense_7").replace("_1", ""), *rest) for name, *rest in ROWS]
    today = keras_3([(a, b, c) for a, b, c in renamed], colours=False)  # names count up
    assert told(tmp_path, form(ROWS), today) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            ROWS[::2],
            "3 layers (Dense, Dropout and Dense), and its code makes one with 2 layers (Dense and Dense)",
        ),
        ((*ROWS[:2], ("lstm (LSTM)", "(None, 10)", "330")), "one with 3 layers (Dense, Dropout and LSTM)"),
    ],
)
def test_other_layers_are_told(
    tmp_path: Path, form: Callable[[Sequence[Row]], str], rows: Sequence[Row], sentence: str
) -> None:
    [found] = told(tmp_path, form(ROWS), keras_3(rows, colours=False))
    assert found.startswith("summary: Cell [0] stores a summary of a model with ")
    assert sentence in found


@pytest.mark.parametrize("form", [keras_2, tensorflow_2, keras_3])
@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            ("d (Dense)", "(None, 12)", "330"),
            "the output (None, 10) of layer 3, Dense, and its code makes (None, 12)",
        ),
        (("d (Dense)", "(None, 10)", "320"), "330 parameters in layer 3, Dense, and its code makes 320"),
    ],
)
def test_other_shapes_and_numbers_of_parameters_are_told(
    tmp_path: Path, form: Callable[[Sequence[Row]], str], row: Row, sentence: str
) -> None:
    [found] = told(tmp_path, form(ROWS), keras_3([*ROWS[:2], row], colours=False))
    assert sentence in found


def changed(place: int, *row: str) -> str:
    """Return today's summary with another row in a place."""
    rows = [*ROWS]
    rows[place] = (row[0], row[1], row[2])
    return keras_3(rows, colours=False)


@pytest.mark.parametrize(
    "today",
    [
        (),  # it printed none
        (keras_3(ROWS), keras_3(ROWS[:1])),  # several: which is meant cannot be told
        (changed(0, "dense (Dense)", "?", "0 (unbuilt)"),),  # printed before it was built
        (changed(0, "dense (Dense)", "(32, None)", "2,080"),),  # a size that is not fixed
        (keras_3([("input_layer (InputLayer)", "(None, 64)", "0"), *ROWS]),),  # some versions list it
        (changed(1, "o (TFOpLambda)", "(None, 3)", "0"),),
    ],
)
def test_what_cannot_be_compared_is_no_finding(tmp_path: Path, today: tuple[str, ...]) -> None:
    assert told(tmp_path, keras_3(ROWS), *today) == []


def test_a_summary_of_another_cell_is_not_compared(tmp_path: Path) -> None:
    assert told(tmp_path, keras_3(ROWS), keras_3(ROWS[:1]), cell=3) == []


def test_layers_within_layers_are_not_compared(tmp_path: Path) -> None:
    nested = keras_3([ROWS[0], ("   └ inner (Dense)", "(None, 3)", "9"), ROWS[2]])
    assert summary_tables(nested.split("\n")) == [None]
    assert told(tmp_path, nested, keras_3(ROWS)) == []


def test_branches_may_be_listed_in_another_order_but_not_with_other_layers(tmp_path: Path) -> None:
    assert told(tmp_path, keras_1(ROWS), keras_1(ROWS[::-1])) == []
    other = [*ROWS[:2], ("dense_1 (Dense)", "(None, 10)", "331")]
    assert len(told(tmp_path, keras_1(ROWS), keras_1(other))) == 1


def test_a_class_that_is_cut_is_compared_as_far_as_it_is_shown(tmp_path: Path) -> None:
    printed = keras_2([("a_layer_with_a_long_name (BatchNormalization)", "(None, 32)", "128"), ROWS[2]])
    same = keras_3([("b (BatchNormalization)", "(None, 32)", "128"), ROWS[2]])
    other = keras_3([("b (LayerNormalization)", "(None, 32)", "128"), ROWS[2]])
    assert told(tmp_path, printed, same) == []
    assert len(told(tmp_path, printed, other)) == 1

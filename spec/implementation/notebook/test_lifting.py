"""Code that makes a model, taken out of a notebook as its author wrote it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnspec.notebook.writing.lifting import Lifted, lifted
from nnspec.notebook.writing.shapes import with_numbers
from spec.implementation.notebook.notebook_samples import code, read

IMPORTS = "import numpy as np\nimport pandas as pd, keras\nfrom keras.layers import Dense, Flatten"


def lift(tmp_path: Path, *cells: str, name: str = "model", **shapes: tuple[int, ...]) -> Lifted | str:
    """Return what makes a name above the last line of the last of these cells."""
    static = read(tmp_path, *map(code, cells))
    lines = cells[-1].count("\n") + 1
    return lifted(static, {name}, len(cells) - 1, lines, shapes)


def test_a_model_is_lifted_with_what_it_needs_and_nothing_else(tmp_path: Path) -> None:
    found = lift(
        tmp_path,
        IMPORTS,
        "UNITS = 3  # of the author\nother = keras.Sequential()\nx = np.zeros(3)",
        "def hidden():\n    return Dense(UNITS)",
        "np.random.seed(3)\nmodel = keras.Sequential()\nmodel.add(hidden())",
        "model.summary()\nmodel.compile('sgd', 'mse')",
        "other.compile('adam')\nmodel.fit(x)",
    )
    assert found == Lifted(
        ("import keras", "from keras.layers import Dense"),
        (
            "UNITS = 3  # of the author",
            "def hidden():\n    return Dense(UNITS)",
            "model = keras.Sequential()",
            "model.add(hidden())",
            "model.compile('sgd', 'mse')",
        ),
    )


def test_the_last_model_of_a_name_is_meant(tmp_path: Path) -> None:
    found = lift(
        tmp_path,
        IMPORTS,
        "model = keras.Sequential([Dense(1)])\nmodel.compile('sgd')\nmodel.fit(x)",
        "model = keras.Sequential([Dense(2)])\nmodel.compile('adam')\nmodel.fit(x)",
    )
    assert isinstance(found, Lifted)
    assert found.statements == ("model = keras.Sequential([Dense(2)])", "model.compile('adam')")


def test_a_loop_that_adds_layers_comes_along(tmp_path: Path) -> None:
    loop = "for units in [3, 2]:\n    model.add(Dense(units))"
    found = lift(tmp_path, IMPORTS, f"model = keras.Sequential()\n{loop}", "model.fit(x)")
    assert isinstance(found, Lifted)
    assert found.statements == ("model = keras.Sequential()", loop)


def test_shapes_of_arrays_become_numbers(tmp_path: Path) -> None:
    source = "model = keras.Sequential([keras.Input(x.shape[1:]), Dense(len(y))])\nmodel.fit(x, y)"
    found = lift(tmp_path, IMPORTS, "x, y = load_data()", source, x=(9, 4, 4), y=(9,))
    assert isinstance(found, Lifted)
    assert found.statements == ("model = keras.Sequential([keras.Input((4, 4)), Dense(9)])",)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("f(x.shape[-1])", "f(4)"),
        ("f(x.shape[0], x.shape)", "f(9, (9, 4))"),
        ("f(x.shape[a])", "f((9, 4)[a])"),
        ("f(x.shape[7])", "f((9, 4)[7])"),
        ("f( z.shape )", "f( z.shape )"),
    ],
)
def test_an_expression_is_written_anew_only_where_numbers_stand_for_shapes(written: str, told: str) -> None:
    assert with_numbers(written, {"x": (9, 4)}) == told


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (["model = keras.Sequential([Dense(1)]).fit(x)", "model.fit(x)"], "in one statement with a fit"),
        (["model = build()", "model.fit(x)"], "what build holds is not in the code above"),
        (["layer.adapt(x)\nmodel = f(layer)", "model.fit(x)"], "it reads the array x"),
        (["x = np.zeros(3)\nmodel = f(x)\nf = 3", "model.fit(x)"], "it reads the array x"),
        (
            ["table = pd.read_csv('a.csv')\nmodel = keras.f(table)", "model.fit(x)"],
            "made of data, by read_csv",
        ),
        (["\n".join(f"model.add({n})" for n in range(99)), "model.fit(x)"], "more than 80 statements"),
    ],
)
def test_what_cannot_be_lifted_says_why(tmp_path: Path, cells: list[str], why: str) -> None:
    found = lift(tmp_path, IMPORTS, *cells, x=(3,))
    assert isinstance(found, str)
    assert why in found


def test_a_line_of_several_statements_is_taken_apart(tmp_path: Path) -> None:
    found = lift(tmp_path, IMPORTS, "%matplotlib inline\nmodel = Dense(1); x = 3", "model.fit(x)")
    assert isinstance(found, Lifted)
    assert found.statements == ("model = Dense(1)",)

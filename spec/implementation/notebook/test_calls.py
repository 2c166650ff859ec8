"""Calls that are read from the source."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnspec.notebook.reading import read_notebook
from nnspec.notebook.source import tree_of, without_magics
from nnspec.notebook.static import read_static
from spec.implementation.notebook.notebook_samples import code, read


def test_fit_compile_and_evaluate_are_listed_with_their_arguments(tmp_path: Path) -> None:
    source = "%matplotlib inline\nmodel.compile('adam', 'mse', ['mae'])\nh = model.fit(x, y, epochs=5)\n"
    calls = read(tmp_path, code(source), code("model.evaluate(a, b)")).calls
    assert [(call.cell, call.line, call.method, call.model) for call in calls] == [
        (0, 2, "compile", "model"),
        (0, 3, "fit", "model"),
        (1, 1, "evaluate", "model"),
    ]
    assert calls[0].arguments == {"optimizer": "'adam'", "loss": "'mse'", "metrics": "['mae']"}
    assert calls[1].arguments == {"x": "x", "y": "y", "epochs": "5"}


def test_fits_of_other_libraries_are_not_listed(tmp_path: Path) -> None:
    source = "scaler.fit(x)\nLogisticRegression().fit(x, y)\nre.compile('a')\ngraph.evaluate()"
    assert read(tmp_path, code(source)).calls == ()


EPOCH = "Epoch 1/1\n2/2 [==============================] - 0s 2ms/step - loss: 0.5\n"


@pytest.mark.parametrize(
    ("source", "model"),
    [
        ("model.fit(x, y)", "model"),
        ("history = m.fit(x, y)", "m"),
        ("histories = [m.fit(x, y) for m in models]", "m"),
        ("models['a'].fit(x, y)", "models['a']"),
        ("get_model().fit(x, y)", "get_model()"),
        ("self.model.fit(rows)", "self.model"),
        ("from nets import net\nnet = other\nmodel.fit(*data)", "model"),
    ],
)
def test_a_fit_without_names_is_known_by_the_log_that_it_shows(
    source: str, model: str, tmp_path: Path
) -> None:
    above = "scaler.fit(x)\nfrom sklearn.svm import SVC\nsvc = SVC()\nsvc.fit(x, y)\nSVC().fit(x, y)\n"
    (call,) = read(tmp_path, code(above + source, EPOCH)).calls
    assert (call.method, call.model) == ("fit", model)
    assert read(tmp_path, code(above + source)).calls == ()


def test_a_fit_within_a_helper_is_known_by_the_log_of_the_cell_that_calls_it(tmp_path: Path) -> None:
    helper = "def fit(net, x, y):\n    history = net.fit(x, y)\n    return history"
    (call,) = read(tmp_path, code(helper), code("fit(a, x, y)", EPOCH), code("b.fit(x)")).calls
    assert (call.cell, call.model, call.function, call.called_in) == (0, "net", "fit", (1,))


@pytest.mark.parametrize(
    "made",
    [
        "model = keras.Sequential([Dense(1)])",
        "model = tf.keras.models.load_model('m.keras')",
        "class Own(keras.Model):\n    pass\nmodel = Own(3)",
        "model = build()\nmodel.compile('adam', 'mse')",
    ],
)
def test_a_fit_is_known_by_what_made_or_compiled_its_model(made: str, tmp_path: Path) -> None:
    source = f"import tensorflow as tf\nimport keras\n{made}"
    calls = read(tmp_path, code(source), code("model.fit(x, y)")).calls
    assert [call.model for call in calls if call.method == "fit"] == ["model"]


def test_models_of_other_libraries_are_none(tmp_path: Path) -> None:
    source = (
        "import regex as rx, statsmodels.api as sm\nfrom sklearn.pipeline import make_pipeline as pipe\n"
        "p = rx.compile('a')\nmodel = pipe(SVC())\nmodel.fit(x, y)\nols = sm.OLS(y, x)\nols.fit(x)\n"
        "from other import Sequential\nq = Sequential([1])\nq.fit(x, y)\n"
    )
    assert read(tmp_path, code(source, EPOCH)).calls == ()


def test_arguments_after_a_star_have_no_names(tmp_path: Path) -> None:
    source = "model.fit(*data, 32, epochs=2)\nmodel.evaluate(*test)"
    fitted, evaluated = read(tmp_path, code(source)).calls
    assert fitted.arguments == {"*": "*data, 32", "epochs": "2"}
    assert evaluated.arguments == {"*": "*test"}


def test_a_helper_names_the_cells_that_call_it_and_a_loop_is_one(tmp_path: Path) -> None:
    helper = "def train(model):\n    return model.fit(x, y, epochs=2)"
    loop = "for _ in range(3):\n    model.fit(x, y, epochs=1)"
    first, second = read(tmp_path, code(helper), code("train(m)"), code(loop)).calls
    assert (first.function, first.called_in, first.in_loop) == ("train", (1,), False)
    assert (second.function, second.in_loop) == ("", True)


def test_old_names_are_read_as_those_of_today(tmp_path: Path) -> None:
    calls = read(tmp_path, code("m.fit(x, y, nb_epoch=3)\nm.fit_generator(g, 10, 4)")).calls
    assert [(call.method, call.order, call.arguments["epochs"]) for call in calls] == [
        ("fit", 0, "3"),
        ("fit", 1, "4"),
    ]


def test_magics_and_shell_lines_are_taken_out_and_lines_keep_their_numbers() -> None:
    source = "!pip install a \\\n  b\nif x:\n    %time y\nfiles = !ls\nmodel.fit?\nz = 1"
    assert without_magics(source) == "pass\n\nif x:\n    pass\nfiles = None\npass\nz = 1"
    assert tree_of("%%bash\nls -l | wc") is not None
    assert tree_of("x = (a\n  % b)") is not None
    assert tree_of("print 'of Python 2'") is None


def test_cells_that_are_no_python_are_named_and_the_others_read(tmp_path: Path) -> None:
    static = read(tmp_path, code("print 'a'"), code("model.fit(x, epochs=1)"))
    assert static.code.unreadable == (0,)
    assert len(static.calls) == 1


def test_a_script_has_the_cells_that_its_marks_begin(tmp_path: Path) -> None:
    path = tmp_path / "made.py"
    path.write_text(
        "import keras\n# %% [markdown]\n# Test accuracy is 97.8%.\n# %% Train\nmodel.fit(x, y, epochs=3)\n"
    )
    static = read_static(read_notebook(path))
    assert [(cell.number, cell.kind) for cell in static.notebook.cells] == [
        (0, "code"),
        (1, "markdown"),
        (2, "code"),
    ]
    assert [(call.cell, call.line) for call in static.calls] == [(2, 1)]
    assert [one.printed for one in static.candidates] == ["97.8"]
    assert not static.notebook.stripped


def test_a_script_without_marks_is_one_cell(tmp_path: Path) -> None:
    path = tmp_path / "made.py"
    path.write_text("model.fit(x, y, epochs=3)\n")
    assert [call.cell for call in read_static(read_notebook(path)).calls] == [0]

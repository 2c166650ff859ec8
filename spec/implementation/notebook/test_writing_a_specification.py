"""A notebook becomes a specification that runs at once, and nothing is written over."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from nnspec.commands.main import main
from nnspec.notebook.captured import Fit
from nnspec.notebook.writing.model_code import FunctionCode, configured_model, own_callbacks, own_model
from nnspec.notebook.writing.same_models import Candidate, why_not_same
from spec.implementation.bad_inputs.cases import told
from spec.implementation.notebook.captured_samples import ARCHITECTURE, COMPILED, fit
from spec.implementation.notebook.notebook_samples import code, read, result, written

DATA = "from sklearn.datasets import make_circles\nimport keras, numpy as np\nfrom keras import layers\n"
DATA += "x, y = make_circles(64, noise=0.03, random_state=42)\nz = x * np.array([1.0, 2.0])"
BUILD = """def build(units):
    made = keras.Sequential([layers.Input((2,)), layers.Dense(units, 'relu'), layers.Dense(1, 'sigmoid')])
    made.compile('adam', 'binary_crossentropy', metrics=['accuracy'])
    return made
model = build(3)
model.fit(x, y, epochs=2, verbose=2)"""
STOPS = """other = build(units=2)
stopping = keras.callbacks.EarlyStopping('loss', patience=1)
other.fit(z, y, epochs=3, batch_size=16, callbacks=[stopping], validation_split=0.25, verbose=0)
other.evaluate(z[:8], y[:8], verbose=0)"""
LOOP = """for units in (2, 3):
    third = build(units)
    third.fit(x, y, verbose=0)
third.evaluate(x, y, verbose=0)"""


SEEDS = "256"  # which leave no place open


def log(*losses: str) -> str:
    lines = [
        f"Epoch {n}/{len(losses)}\n2/2 - 0s - 1ms/step - loss: {loss}\n" for n, loss in enumerate(losses, 1)
    ]
    return "".join(lines)


def notebook(path: Path) -> str:
    cells = [code(DATA), code(BUILD, log("0.8", "0.7")), code(STOPS, result("[0.69, 0.5]"))]
    same = "evaluate(x[:9], y[:9], verbose=0)"
    cells += [code(f"model.{same}", result("[0.7, 0.4]")), code(f"other.{same}", result("[0.6, 0.9]"))]
    return written(path, *cells, code(LOOP, result("[0.691, 0.5]")))


def test_a_specification_is_written_of_a_notebook_runs_and_passes(
    training_project: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    path, nnspec = training_project.path, training_project.nnspec
    folder, captured = path / "spec", str(path / "captured")
    asked = ["notebook", notebook(path / "two circles.ipynb"), "--seeds", SEEDS, "--captured", captured]
    assert nnspec(*asked, "--write", str(folder)) in (0, 1)
    said = capsys.readouterr().out
    assert "test_two_circles.py" in said
    assert "11 claims, to confirm" in said
    text = (folder / "test_two_circles.py").read_text(encoding="utf-8")
    for line in (
        'MODEL = KerasRecipe(model, NPZDataset("two_circles_data.npz"), epochs=2)',  # it has a test part
        "SEQUENTIAL = KerasRecipe(sequential, Circles(n_samples=64), epochs=1)",
        "    def build(units):",
        '    NPZDataset("two_circles_data_2.npz"),',
        "    callbacks=callbacks,",
        "    return [stopping]",
        '    documented={"loss": Figure("0.7", lambda runs: runs.epoch("loss", 2), "lower")},',
        '    because="to confirm: the figure is what `fit` reports in epoch 2",',
        'reading="one case"',
        "_has_a_higher_accuracy_than_model_in_cell_4(",
        "_LAYERS = {",  # a loop is no function that a person would write
    ):
        assert line in text, line
    assert not re.findall(r"'name': '(?:adam|dense|input_layer)[_\d]*'", text)
    arrays = [f"two_circles_data{number}.npz" for number in ("", "_2", "_3")]
    assert sorted(path.name for path in folder.iterdir()) == ["test_two_circles.py", *arrays]
    ran = training_project.pytest(f"--nnspec-seeds={SEEDS}", str(folder))
    ran.assert_outcomes(passed=11)
    capsys.readouterr()
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert nnspec(*asked, "--write", str(folder)) == 2
    told(capsys.readouterr().err.rstrip("\n"), "--write=", "a new file")
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_claims_are_written_where_something_is_trained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path / "made.ipynb", code("1"))
    for option in ("--static", "--once"):
        assert main(["notebook", file, option, "--write", str(tmp_path / "spec")]) == 2
        told(capsys.readouterr().err.rstrip("\n"), "--write=", f"none with {option}")
    taken = tmp_path / "taken"
    taken.write_text("")
    assert main(["notebook", file, "--write", str(taken)]) == 2
    told(capsys.readouterr().err.rstrip("\n"), "--write=", "a folder")
    assert main(["notebook", file, "--write", str(tmp_path / "spec")]) == 0
    assert "none: no printed figure has a place" in capsys.readouterr().out
    assert not (tmp_path / "spec").exists()


SMALL = """def model():
    import keras

    model = keras.Sequential([keras.layers.Dense({units}, "relu"), keras.layers.Dense(1, "sigmoid")])
    model.compile(keras.optimizers.Adam({rate}), "{loss}", metrics=["accuracy"])
    {last}
"""


def small(**changes: object) -> str:
    usual = {"units": 3, "rate": 0.01, "loss": "binary_crossentropy", "last": "return model"}
    return SMALL.format(**{**usual, **changes})


def whole(tmp_path: Path, built: bool = True) -> Fit:
    """Return a fit of a small model with all that Keras says of it."""
    import importlib

    from nnspec.notebook.inside.described import model_of
    from nnspec.notebook.inside.written import Written

    keras: Any = importlib.import_module("keras")
    made = keras.Sequential([keras.layers.Dense(3, "relu"), keras.layers.Dense(1, "sigmoid")])
    made.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
    if built:
        made.build((None, 2))
    data = {"x": {"file": "x", "shape": [8, 2]}, "y": {"file": "y", "shape": [8]}}
    stopping = {"class": "EarlyStopping", "module": "keras.src.callbacks.early_stopping"}
    settings = {"monitor": "loss", "patience": 1}
    callbacks = {"list": [{**stopping, "settings": settings}], "code": None, "why": ""}
    return fit(0, model=model_of(made, Written(tmp_path, 0)), data=data, callbacks=callbacks)


def test_code_counts_as_the_model_only_if_keras_makes_the_same_of_it(tmp_path: Path) -> None:
    one, unbuilt = whole(tmp_path), whole(tmp_path, built=False)
    texts = {
        small(): "",
        small(units=4): "its layers are others",
        small(rate=0.02): "it is compiled otherwise",
        small(loss="mse"): "it is compiled otherwise",
        small(last="raise ValueError('no')"): "ValueError: no",
        small(last=""): "AttributeError",
    }
    made = configured_model(read(tmp_path, code("1")), one, ())
    assert isinstance(made, FunctionCode)
    asked = [Candidate("model", text, one) for text in texts]
    asked += [Candidate("model", small(), unbuilt), Candidate(made.name, made.text, one)]
    *answers, of_unbuilt, of_made = why_not_same(asked, tmp_path)
    assert (of_unbuilt, of_made) == ("", "")
    for answer, expected in zip(answers, texts.values(), strict=True):
        assert answer == "" if expected == "" else expected in answer


def test_what_stands_in_a_loop_or_a_function_is_not_taken_for_the_call(tmp_path: Path) -> None:
    static = read(tmp_path, code("for n in range(3):\n    model.fit(x, y)"))
    assert own_model(static, fit(0, 0, line=2), ()) == "it is fitted in a loop"
    assert own_model(static, fit(0, 0, functions=("train",)), ()) == "it is fitted in train()"
    assert own_callbacks(static, fit(0, 0, line=2), ()) is None
    code_of = {**fit(0).model, "code": "a.pickle", "architecture": ARCHITECTURE, "compiled": COMPILED}
    why = configured_model(static, fit(0, 0, model=code_of), ())
    assert why == "its configuration names code of the notebook"

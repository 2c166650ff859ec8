"""What a notebook trains is captured as it was trained, in a real kernel, and readable without TensorFlow."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import numpy as np
import pytest

import nnspec
from nnspec import train
from nnspec.commands.main import main
from nnspec.notebook.captured import Captured, read_captured
from nnspec.notebook.repeating.recipes import Repeated, Repeating
from nnspec.notebook.summary_tables import Layer, Table, summary_tables
from nnspec.recipes.travelling import from_bytes
from spec.implementation.notebook.notebook_samples import code, written
from spec.implementation.notebook.summary_samples import keras_3

SCHEMA = Path(nnspec.__file__).parent / "notebook" / "capture.schema.json"


CELLS = (
    "import numpy as np\nfrom tensorflow import keras\n"
    "draws = np.random.default_rng(0)\n"
    "x = draws.normal(size=(24, 2))\ny = (x[:, 0] > 0).astype(int)",
    "def build(loss='binary_crossentropy', metric='accuracy'):\n"
    "    layers = [keras.layers.Dense(3, 'relu'), keras.layers.Dense(1, 'sigmoid')]\n"
    "    model = keras.Sequential([keras.Input((2,)), *layers])\n"
    "    model.compile('adam', loss, metrics=[metric])\n"
    "    return model\n"
    "def train(model, epochs):\n"
    "    return model.fit(x, y, epochs=epochs, verbose=0)",
    "model = build()\nhistory = train(model, 2)\nloss, accuracy = model.evaluate(x[:8], y[:8], verbose=0)",
    "stop = keras.callbacks.EarlyStopping('loss', patience=5)\n"
    "model.fit(x, y, epochs=3, batch_size=8, validation_split=0.25, callbacks=[stop], verbose=0,\n"
    "          class_weight={0: 1.0, 1: 2.0})\nmodel.summary()",
    "other = build()\nother.set_weights(model.get_weights())\nother.fit(x, y, callbacks=[stop], verbose=0)",
    "top = keras.Sequential([*model.layers[:-1], keras.layers.Dense(1)])\n"
    "top.compile(keras.optimizers.SGD(lr=0.5), 'mse')\ntop.fit(x, y, verbose=0)",
    "rows = ((x[:8], y[:8]) for _ in range(3))\nbuild().fit(rows, steps_per_epoch=2)",
    "def mae(y_true, y_pred):\n    raise NotImplementedError\n"
    "def shifted(y_true, y_pred):\n    return keras.ops.mean(keras.ops.abs(y_true - y_pred) + 1.0)\n"
    "keras.utils.set_random_seed(7)\nlast = build(shifted, 'mae')\n"
    "last.fit(x, y, validation_data=(x[:4], y[:4]), verbose=0)\n"
    "result = last.evaluate(x, y, verbose=0, return_dict=True)\nassert set(result) == {'loss', 'mae'}",
    "import tensorflow as tf\nrows = tf.data.Dataset.from_tensor_slices((x, y))\n"
    "build().fit(rows.shuffle(24).batch(6).prefetch(1), validation_data=rows.batch(6), verbose=0)\n"
    "class Own(keras.Model):\n"
    "    def __init__(self, units):\n"
    "        super().__init__()\n"
    "        self.hidden, self.out = keras.layers.Dense(units, 'relu'), keras.layers.Dense(1, 'sigmoid')\n"
    "    def call(self, inputs):\n"
    "        return self.out(self.hidden(inputs))\n"
    "own = Own(5)\nown.compile('adam', 'binary_crossentropy')\nown.fit(x, y, verbose=0)",
    "import json, os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Run the notebook above once, by the command; its folder and what the command said."""
    made = tmp_path_factory.mktemp("captured")
    cells = [code(source, *[keras_3()][: number == 3]) for number, source in enumerate(CELLS)]
    file = written(made / "made.ipynb", *cells)
    command = [sys.executable, "-m", "nnspec", "notebook", file, "--captured", str(made / "all")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # our own
    assert done.returncode == 1, done.stderr
    return made / "all", done.stdout


@pytest.fixture(scope="module")
def captured(folder: tuple[Path, str]) -> Captured:
    return read_captured(folder[0])


def test_every_fit_is_there_with_its_cell_and_helper(captured: Captured) -> None:
    where = [(one.cell, one.line, one.functions) for one in captured.fits[:6]]
    assert where == [
        (2, 2, ("train",)),
        (3, 2, ()),
        (4, 3, ()),
        (5, 3, ()),
        (6, 2, ()),
        (7, 7, ()),
    ]


def test_arguments_and_data_are_as_they_were_given(captured: Captured) -> None:
    first, second = captured.fits[:2]
    assert first.arguments == {"epochs": 2, "verbose": 0}
    assert second.arguments == {
        **{"epochs": 3, "batch_size": 8, "verbose": 0, "validation_split": 0.25},
        "class_weight": {"0": 1.0, "1": 2.0},
    }
    x = np.random.default_rng(0).normal(size=(24, 2))
    np.testing.assert_array_equal(captured.array(first.data["x"]), x)
    assert first.data == second.data  # one file for both
    part = captured.fits[5].data["validation_data"]["parts"]
    np.testing.assert_array_equal(captured.array(part[0]), x[:4])
    callback = second.callbacks["list"][0]
    assert callback["class"] == "EarlyStopping"
    assert callback["settings"]["patience"] == 5


def test_a_summary_is_there_as_keras_prints_it_today(captured: Captured) -> None:
    [one] = captured.summaries
    assert (one.cell, one.line, one.functions) == (3, 4, ())
    [table] = summary_tables(one.text.split("\n"))
    layers = Layer("Dense", False, ((None, 3),), 9), Layer("Dense", False, ((None, 1),), 4)
    assert table == Table(layers, branches=False)


def test_a_printed_summary_of_another_model_is_told_once_the_notebook_has_run(
    folder: tuple[Path, str],
) -> None:
    assert (
        "What printed some figures is no longer done - Cell [3] stores a summary of a model with 3 layers "
        "(Dense, Dropout and Dense), and its code makes one with 2 layers (Dense and Dense)."
    ) in " ".join(folder[1].split())


def test_a_model_is_fresh_continued_or_something_else(captured: Captured) -> None:
    starts = [one.start for one in captured.fits[:6]]
    assert [one["initial"] for one in starts] == ["fresh", "continued", *["transferred"] * 2, *["fresh"] * 2]
    assert (starts[1]["after"], starts[1]["optimizer"], starts[1]["weights"]) == (0, "kept", "kept")
    assert [one["after"] for one in starts[2:4]] == [1, 1]
    assert [one.transfer for one in captured.fits[1:4]] == [None, [0, 1, 2, 3], [0, 1, None, None]]
    assert [one.global_seed for one in captured.fits[:6]] == [*[None] * 5, 7]


def test_weights_of_an_earlier_fit_are_trained_before_from_every_seed(captured: Captured) -> None:
    repeating = Repeating(captured)
    top, before = (repeating.of(number) for number in (3, 1))
    assert isinstance(top, Repeated)
    assert isinstance(before, Repeated)
    assert (top.before, top.epochs) == (before.epochs, before.epochs + 1)
    runs, earlier = (train(one.recipe, [0, 1]) for one in (top, before))
    assert runs.provenance["engine"] == "vectorised"
    np.testing.assert_array_equal(runs.history["accuracy"][:, :-1], earlier.history["accuracy"])
    assert [one.shape[1:] for one in runs.weights] == [(2, 3), (3,), (3, 1), (1,)]
    assert not np.array_equal(runs.weights[2], earlier.weights[2])


@pytest.mark.parametrize("engine", ["vectorised", "keras"])
def test_a_model_of_an_authors_class_is_trained_by_either_engine(captured: Captured, engine: str) -> None:
    own = Repeating(captured).of(7)
    assert isinstance(own, Repeated)
    runs = train(own.recipe, [0, 1], engine)
    assert [one.shape for one in runs.weights] == [(2, 2, 5), (2, 5), (2, 5, 1), (2, 1)]
    assert not np.array_equal(*runs.weights[0])


def test_a_pipeline_over_arrays_is_the_arrays(captured: Captured) -> None:
    found = captured.fits[6]
    assert found.data == captured.fits[0].data | {"validation_data": found.data["validation_data"]}
    assert found.arguments == {"batch_size": 6, "shuffle": True, "verbose": 0}
    assert [one["shape"] for one in found.data["validation_data"]["parts"]] == [[24, 2], [24]]


def test_lr_is_the_learning_rate_as_it_was_and_is_told(captured: Captured) -> None:
    ((cell, said),) = captured.remarks
    assert cell == 5
    assert "lr, which Keras no longer takes" in said
    (top,) = [fit for fit in captured.fits if fit.cell == 5]
    assert top.model["compiled"]["optimizer"]["config"]["learning_rate"] == 0.5


def test_a_fit_says_what_it_reported(captured: Captured) -> None:
    assert all(one.ended and not one.error for one in captured.fits[:4])
    assert [len(one.history["loss"]) for one in captured.fits[:4]] == [2, 3, 1, 1]
    assert set(captured.fits[5].history) == {"loss", "mae", "val_loss", "val_mae"}


def test_an_evaluation_belongs_to_the_fit_before_it(captured: Captured) -> None:
    assert [(one.cell, one.fit, one.weights) for one in captured.evaluations] == [
        (2, 0, "kept"),
        (7, 5, "kept"),
    ]
    assert set(captured.evaluations[0].result) == {"accuracy", "loss"}
    assert captured.evaluations[0].data["x"]["shape"] == [8, 2]


def test_a_model_keeps_the_code_of_its_author(captured: Captured) -> None:
    assert [one.model["code"] is not None for one in captured.fits[:6]] == [*[False] * 5, True]
    code = captured.folder / captured.fits[5].model["code"]
    assert set(from_bytes(code.read_bytes())) == {
        "shifted"
    }  # "mae" is Keras's, whatever the notebook calls so
    assert captured.fits[3].model["compiled"]["optimizer"]["config"]["learning_rate"] == 0.5


def test_the_record_is_as_its_schema_says_and_the_command_tells_it(folder: tuple[Path, str]) -> None:
    document = json.loads((folder[0] / "capture.json").read_text(), parse_constant=pytest.fail)
    schema = json.loads(SCHEMA.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)
    for name in ("cells", "fits", "evaluations", "not_captured"):  # every field is described
        assert set(document[name][0]) == set(schema["properties"][name]["items"]["properties"])
    said = folder[1]
    assert "[6] fit: x: a generator" in said
    assert "[9] ended its kernel: it died, of too little memory for example" in said
    assert "[2] in train()" in said
    assert "after fit 0" in said


def test_what_was_captured_serves_again_while_code_and_libraries_are_the_same(
    folder: tuple[Path, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = str(folder[0].parent / "made.ipynb")
    assert main(["notebook", file, "--captured", str(folder[0]), "--once"]) == 1
    said = capsys.readouterr().out
    assert f"Run before, as {folder[0]} has it" in said
    assert "after fit 0" in said
    changed = written(tmp_path / "made.ipynb", *[code(source) for source in CELLS[:-1]])
    assert main(["notebook", changed, "--captured", str(folder[0])]) == 2
    assert "expected what was captured of this notebook's code" in capsys.readouterr().err
    monkeypatch.setattr("nnspec.notebook.capture_record.library_versions", lambda: {"keras": "4"})
    assert main(["notebook", file, "--captured", str(folder[0])]) == 2
    assert "expected what was captured with {'keras': '4'}" in capsys.readouterr().err


def test_what_was_captured_is_read_without_tensorflow(folder: tuple[Path, str]) -> None:
    read = (
        "import sys; from pathlib import Path; from nnspec.notebook.captured import read_captured\n"
        f"captured = read_captured(Path({str(folder[0])!r})); captured.array(captured.fits[0].data['x'])\n"
        "assert not {'tensorflow', 'keras', 'jax'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", read], check=True)  # noqa: S603  # our own


def test_a_folder_that_holds_something_is_not_written_into(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path / "made.ipynb", code("1"))
    assert main(["notebook", file, "--captured", str(tmp_path)]) == 2
    assert "expected a new or an empty folder" in capsys.readouterr().err
    for one in (["--static", "--captured", "x"], ["--static", "--seeds", "4"], ["--once", "--results", "x"]):
        assert main(["notebook", file, *one]) == 2
    assert main(["notebook", file, "--run-limit", "soon"]) == 2
    assert "--run-limit='soon'" in capsys.readouterr().err

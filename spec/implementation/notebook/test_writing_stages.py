"""Stages, weights, several inputs and own classes are written down, and are the same runs as before."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nnspec.notebook.repeating.plain_names import without_automatic_names
from nnspec.notebook.writing.stage_code import _frozen_or_freed
from spec.implementation.notebook.notebook_samples import code, written

DATA = """import keras, numpy as np, pandas as pd
from keras import layers
from sklearn.datasets import make_circles
x, y = make_circles(64, noise=0.03, random_state=42)
pd.DataFrame({'a': x[:, 0] * 2, 'b': x[:, 1], 'y': y}).to_csv('table.csv', index=False)
keras.utils.set_random_seed(1)"""
BASE = """model = keras.Sequential([keras.Input((2,)), layers.Dense(6, 'relu'), layers.Dense(1, 'sigmoid')])
model.compile('adam', 'binary_crossentropy', metrics=['accuracy'])
model.fit(x, y, epochs=2, verbose=2)"""
FROZEN = """model.layers[0].trainable = False
model.compile(keras.optimizers.SGD(0.1), 'binary_crossentropy')
model.fit(x, y, epochs=2, batch_size=16, class_weight={0: 1.0, 1: 3.0}, verbose=2)"""
OTHER = """top = keras.Sequential([*model.layers[:-1], layers.Dense(1)])
top.compile('sgd', 'mse')
top.fit(x[:40], y[:40], validation_split=0.25, verbose=2)"""
WEIGHED = """read = pd.read_csv('table.csv')
weighed = keras.Sequential([keras.Input((2,)), layers.Dense(1, 'sigmoid')])
weighed.compile('adam', 'binary_crossentropy')
weighed.fit(read[['a', 'b']], read['y'], sample_weight=np.where(y > 0, 2.0, 1.0), verbose=2)"""
SEVERAL = """a, b = keras.Input((1,), name='a'), keras.Input((1,), name='b')
both = keras.Model([a, b], layers.Dense(1)(layers.Concatenate()([a, layers.Dense(3)(b)])))
both.compile('adam', 'mse')
both.fit({'a': x[:, :1], 'b': x[:, 1:]}, y, verbose=2)"""
OWN = """class Own(keras.Model):
    def __init__(self, units):
        super().__init__()
        self.hidden, self.out = layers.Dense(units, 'relu'), layers.Dense(1)
    def call(self, inputs):
        return self.out(self.hidden(inputs))
own = Own(5)
own.compile('adam', 'mse')
own.fit(x, y, verbose=2)"""
HELPED = """def shifted(y_true, y_pred):
    return keras.ops.mean(keras.ops.square(y_true - y_pred) + 1.0)
def train():
    hidden = keras.Sequential([layers.Dense(1)])
    hidden.compile('adam', shifted)
    hidden.fit(x, y, verbose=2)
train()"""
SEEDS = "16"


def log(*losses: str) -> str:
    count = len(losses)
    lines = [f"Epoch {n}/{count}\n2/2 - 0s - 1ms/step - loss: {loss}\n" for n, loss in enumerate(losses, 1)]
    return "".join(lines)


def test_what_is_written_down_is_trained_from_every_seed_as_it_was(
    training_project: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    path, nnspec = training_project.path, training_project.nnspec
    two, one = log("0.7", "0.69"), log("0.6")
    cells = [code(DATA), code(BASE, two), code(FROZEN, two)]
    cells += [code(source, one) for source in (OTHER, WEIGHED, SEVERAL, OWN, HELPED)]
    folder, first, second = path / "spec", path / "first.json", path / "second.json"
    asked = ["notebook", written(path / "made.ipynb", *cells), "--seeds", SEEDS, "--results", str(first)]
    assert nnspec(*asked, "--write", str(folder)) in (0, 1)
    said = capsys.readouterr().out
    assert "6 claims, to confirm" in said
    why = "[7] fit 6: its model: it is fitted in train(), and its configuration names code of the notebook"
    assert f"- not drafted: {why}" in said
    text = (folder / "test_made.py").read_text(encoding="utf-8")
    for line in (
        "    model.layers[0].trainable = False",
        "        Stage(compile_for_cell_2, epochs=2, batch_size=16, class_weight={0: 1.0, 1: 3.0}),",
        "    for weight, place in zip(new.weights, [0, 1, None, None], strict=True):",
        '["sample_weight"],',
        "BOTH = KerasRecipe(both, FunctionDataset(several), epochs=1)",
        "    class Own(keras.Model):",
        "# TO FILL IN.",
        f"# - {why}",
    ):
        assert line in text, line
    assert nnspec("verify", str(folder), "--seeds", SEEDS, "--results", str(second)) == 0, capsys.readouterr()
    counts = [
        [(one["seeds"], one["successes"]) for one in json.loads(file.read_text())["claims"]]
        for file in (first, second)
    ]
    assert len(counts[1]) == 6
    assert counts[0][:6] == counts[1]


def layers_of(kind: str, *layers: dict[str, object]) -> dict[str, object]:
    return {"class_name": kind, "config": {"trainable": True, "layers": list(layers)}}


def layer(kind: str = "Dense", trainable: bool | None = True) -> dict[str, object]:
    return {"class_name": kind, "config": {} if trainable is None else {"trainable": trainable}}


def test_layers_that_are_frozen_are_told_by_their_places_within_others_too() -> None:
    inner = layers_of("Functional", layer("InputLayer", None), layer(), layer())
    before = layers_of("Sequential", layer("InputLayer", None), layer(), inner)
    frozen = {**inner, "config": {**inner["config"], "trainable": False}}  # type: ignore[dict-item]
    after = layers_of("Sequential", layer("InputLayer", None), layer(trainable=False), frozen)
    assert list(_frozen_or_freed(before, after, "model")) == [
        "model.layers[0].trainable = False",  # a Sequential model does not count its input
        "model.layers[1].trainable = False",
        "model.layers[1].layers[1].trainable = True",  # whom the line above has frozen as well
        "model.layers[1].layers[2].trainable = True",
    ]


def test_names_that_keras_counts_up_are_not_written() -> None:
    optimizer = {"class_name": "Adam", "config": {"name": "adam_1", "learning_rate": 0.01}}
    own = {"class_name": "Adam", "config": {"name": "slow", "learning_rate": 0.01}}
    layers = [
        {"class_name": "Dense", "config": {"name": "dense_7", "units": 3}},
        {"class_name": "Conv2D", "config": {"name": "conv2d", "filters": 3}},
        {"class_name": "Dense", "config": {"name": "hidden", "units": 1}},
        {"class_name": "Sequential", "config": {"name": "sequential_4", "layers": []}},
    ]
    listed = {"class_name": "Sequential", "config": {"name": "sequential", "layers": layers}}
    graph = {"class_name": "Functional", "config": {"name": "functional", "layers": layers[:1]}}
    names = [one["config"].get("name") for one in without_automatic_names(listed)["config"]["layers"]]
    assert names == [None, None, "hidden", "sequential_4"]
    assert without_automatic_names(graph) == graph  # by names it says how its layers are connected
    found = without_automatic_names({"optimizer": optimizer, "loss": "mse"})
    assert found["optimizer"]["config"] == {"learning_rate": 0.01}
    assert without_automatic_names({"optimizer": own})["optimizer"] == own
    assert optimizer["config"]["name"] == "adam_1"

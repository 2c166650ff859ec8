"""Several inputs and outputs by name: both engines train them alike, and bad ones get one message."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pytest

from nnspec import SGD, ArrayDataset, Arrays, Dense, InvalidValue, KerasRecipe, Recipe, train
from nnspec.recipes.script import keras_script
from spec.implementation.training.models.parity_models import of_model
from spec.implementation.training.models.test_model_parity import SEED, check

DRAW = np.random.default_rng(2)
LEFT, RIGHT = DRAW.normal(size=(48, 3)).astype(np.float32), DRAW.normal(size=(48, 4, 2)).astype(np.float32)
SIGN = (LEFT[:, 0] > RIGHT[:, 0, 0]).astype(np.int64)
SUM = (LEFT.sum(axis=1) + RIGHT[:, 0, 1])[:, None]


def data(**splitting: Any) -> ArrayDataset:
    return ArrayDataset({"left": LEFT, "right": RIGHT}, {"sign": SIGN, "sum": SUM}, **splitting)


def both(k: Any) -> Any:
    left, right = k.Input((3,), name="left"), k.Input((4, 2), name="right")
    joined = k.layers.Concatenate()([k.layers.Dense(4, "tanh")(left), k.layers.Flatten()(right)])
    hidden = k.layers.Dense(6, "tanh")(joined)
    sign = k.layers.Dense(1, "sigmoid", name="sign")(hidden)
    total = k.layers.Dense(1, name="sum")(hidden)
    model = k.Model([left, right], [sign, total])
    model.compile(
        k.optimizers.Adam(0.01),
        {"sign": "binary_crossentropy", "sum": "mse"},
        loss_weights={"sign": 1.0, "sum": 0.5},
        metrics={"sign": ["accuracy"], "sum": ["mae"]},
        jit_compile=False,
    )
    return model


BOTH = of_model(both, data(test_size=16))


@pytest.mark.parametrize("fit", [{}, {"validation_data": None, "validation_split": 0.25}])
def test_several_inputs_and_outputs_are_trained_as_by_fit(fit: dict[str, Any]) -> None:
    check(BOTH.with_(**fit))


@pytest.mark.parametrize("engine", ["vectorised", "keras"])
def test_outputs_come_back_by_their_names(engine: str) -> None:
    runs = train(BOTH, [SEED], engine)
    assert {"loss", "sign_accuracy", "sum_mae", "val_sum_loss"} <= set(runs.history)
    arrays = BOTH.data.arrays()
    outputs = runs.predict(arrays.x_test.arrays)
    assert {name: values.shape for name, values in outputs.items()} == {
        "sign": (1, 16, 1),
        "sum": (1, 16, 1),
    }
    error = np.abs(outputs["sum"][0] - arrays.y_test.arrays["sum"]).mean()
    np.testing.assert_allclose(runs.metrics["test_sum_mae"], error, rtol=1e-5)


def test_parts_are_split_off_of_all_arrays_alike_and_the_checksum_is_of_all() -> None:
    split, plain = (
        data(test_size=16, random_state=3).arrays(),
        ArrayDataset(LEFT, SIGN, test_size=16, random_state=3),
    )
    np.testing.assert_array_equal(split.x_test.arrays["left"], plain.arrays().x_test)
    np.testing.assert_array_equal(split.y_test.arrays["sign"], plain.arrays().y_test)
    assert len(split.x_train) == 32
    others = [
        data(),
        data(test_size=16),
        ArrayDataset({"left": LEFT, "other": RIGHT}, {"sign": SIGN, "sum": SUM}),
        ArrayDataset({"left": LEFT, "right": RIGHT + 1}, {"sign": SIGN, "sum": SUM}),
    ]
    assert len({one.arrays().checksum() for one in others}) == 4
    assert pickle.loads(pickle.dumps(data())).arrays().checksum() == data().arrays().checksum()  # noqa: S301


def test_the_script_has_the_arrays_by_name() -> None:
    script = keras_script(BOTH)
    assert 'x_train = {"left": arrays["x_train_left"], "right": arrays["x_train_right"]}' in script
    compile(script, "script.py", "exec")


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ({"left": LEFT, "right": RIGHT[:5]}, SIGN, "as many examples under every name"),
        ({"left": LEFT, "right": "words"}, SIGN, r"x_train\['right'\].*real numbers"),
        ({"left": LEFT, 3: RIGHT}, SIGN, "arrays by the names of the model's inputs"),
        ({}, SIGN, "arrays by the names of the model's inputs"),
        ({"left": np.full((4, 2), np.nan)}, SIGN[:4], "NaN or infinity"),
        ({"left": LEFT}, SIGN[:5], "as many inputs as targets"),
    ],
)
def test_arrays_that_do_not_belong_together_are_refused(x: Any, y: Any, message: str) -> None:
    with pytest.raises(InvalidValue, match=message):
        KerasRecipe(lambda: None, Arrays(x, y))


def test_names_that_the_model_does_not_have_are_told() -> None:
    wrong = ArrayDataset({"left": LEFT, "rihgt": RIGHT}, {"sign": SIGN, "sum": SUM})
    with pytest.raises(InvalidValue, match=r"data='x left .* rihgt"):
        train(BOTH.with_(data=wrong, validation_data=None), [0])


def test_layers_in_a_row_take_one_array() -> None:
    recipe = Recipe(ArrayDataset({"left": LEFT}, SIGN), [Dense(1)], "mse", SGD(0.1), epochs=1)
    with pytest.raises(InvalidValue, match="a KerasRecipe takes several by name"):
        train(recipe, [0])


def test_weights_need_one_array_of_targets() -> None:
    with pytest.raises(InvalidValue, match="targets that are a class for each example"):
        train(BOTH.with_(class_weight={1: 2.0}), [0])
    with pytest.raises(InvalidValue, match="one array of targets"):
        train(BOTH.with_(sample_weight=np.ones(32)), [0])

"""Recipes: wrong values are told, the content hash is the identity, variants change one thing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import FrozenInstanceError, dataclass, fields
from typing import Any

import pytest

import nnspec
from nnspec import (
    L1L2,
    SGD,
    Adam,
    BatchNormalization,
    BinaryCrossentropy,
    Circles,
    Dense,
    Dropout,
    Flatten,
    Initializer,
    Moons,
    Recipe,
    RMSprop,
)

BASE: dict[str, Any] = {
    "data": Circles(train_size=800),
    "layers": (Dense(4, "relu"), Dropout(0.25), Dense(1, "sigmoid")),
    "loss": BinaryCrossentropy(),
    "optimizer": Adam(0.01),
    "epochs": 3,
    "batch_size": 32,
    "metrics": ("accuracy",),
    "learning_rates": None,
    "validation_data": None,
}
RECIPE = Recipe(**BASE)

OTHER_VALUES: dict[str, Any] = {
    "data": Moons(train_size=800),
    "layers": (Dense(5, "relu"), Dropout(0.25), Dense(1, "sigmoid")),
    "loss": BinaryCrossentropy(from_logits=True),
    "optimizer": Adam(0.02),
    "epochs": 4,
    "batch_size": 33,
    "metrics": ("mean_absolute_error",),
    "learning_rates": (0.01, 0.01, 0.01),
    "validation_data": "test",
}


def test_every_field_of_a_recipe_is_tried_with_another_value() -> None:
    assert list(OTHER_VALUES) == [field.name for field in fields(Recipe)]


@pytest.mark.parametrize("field", OTHER_VALUES)
def test_another_value_of_any_field_is_another_recipe(field: str) -> None:
    other = RECIPE.with_(**{field: OTHER_VALUES[field]})
    assert other != RECIPE
    assert other.content_hash != RECIPE.content_hash
    unchanged = [name for name in BASE if getattr(other, name) == getattr(RECIPE, name)]
    assert unchanged == [name for name in BASE if name != field]


CHANGED: dict[str, list[Any]] = {
    "data": [Circles(train_size=799), Circles(n_samples=999, train_size=800),
             Circles(noise=0.04, train_size=800), Circles(random_state=43, train_size=800)],
    "layers": [RECIPE.layers[::-1], [Dense(4, "relu"), Dropout(0.2), Dense(1, "sigmoid")],
               [Flatten(), *RECIPE.layers], [BatchNormalization(), *RECIPE.layers], [Dense(4)],
               *([Dense(4, kernel_initializer=one)] for one in ("zeros", "ones")),
               [Dense(4, kernel_initializer=Initializer("constant", value=0.5))],
               *([Dense(4, kernel_regularizer=one)] for one in (L1L2(), L1L2(l1=0.5), L1L2(l2=0.5)))],
    "loss": ["mse", "mae"],
    "optimizer": [RMSprop(0.01), SGD(0.01), Adam(), Adam(0.01, epsilon=1e-7)],
    "metrics": [[]],
}  # fmt: skip
VARIANTS = [RECIPE.with_(**{field: value}) for field, values in CHANGED.items() for value in values]


def test_differences_deep_inside_are_all_other_recipes() -> None:
    assert len({recipe.content_hash for recipe in (RECIPE, *VARIANTS)}) == 1 + len(VARIANTS) == 23


def test_the_hash_is_the_one_that_stores_and_baselines_were_written_with() -> None:
    # a change here turns every stored run and baseline into one of another recipe
    assert RECIPE.content_hash == "a608efbe4c79856b129e984199570ba28eb0067cdd97a7157a9fd7af16d462d6"


def fresh_python(code: str, **environment: str) -> str:
    # the child must see this checkout, wherever the tests were started
    path = os.pathsep.join(filter(None, sys.path))
    return subprocess.run(  # noqa: S603  # our own interpreter and code
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": path} | environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout.strip()


@pytest.mark.parametrize("hash_seed", ["0", "4242"])
def test_the_hash_is_the_same_in_another_process(hash_seed: str) -> None:
    code = f"from nnspec import *; print({RECIPE!r}.content_hash)"
    assert fresh_python(code, PYTHONHASHSEED=hash_seed) == RECIPE.content_hash


def test_equal_spellings_are_one_recipe() -> None:
    spelled = Recipe(
        data=Circles(1000, 0.03, 42, 800),
        layers=[Dense(units=4, activation="relu"), Dropout(rate=0.25), Dense(1, "sigmoid")],
        loss="binary_crossentropy",
        optimizer=Adam(learning_rate=0.01),
        epochs=3,
        metrics=["accuracy"],
    )
    assert spelled == RECIPE
    assert hash(spelled) == hash(RECIPE)
    assert spelled.content_hash == RECIPE.content_hash


def test_whole_numbers_stand_for_the_floats_that_they_are() -> None:
    assert RECIPE.with_learning_rate(1).content_hash == RECIPE.with_learning_rate(1.0).content_hash


def test_a_recipe_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        RECIPE.epochs = 4  # type: ignore[misc]


def test_other_epochs_change_nothing_else() -> None:
    assert RECIPE.with_epochs(7) == Recipe(**BASE | {"epochs": 7})


def test_another_learning_rate_keeps_the_optimizer() -> None:
    optimizer = SGD(0.1, momentum=0.9)
    changed = RECIPE.with_(optimizer=optimizer).with_learning_rate(0.2)
    assert changed == Recipe(**BASE | {"optimizer": SGD(0.2, momentum=0.9)})


def test_a_sweep_has_one_epoch_for_each_rate() -> None:
    swept = RECIPE.with_learning_rates([0.1, 1, 10])
    assert swept == Recipe(**BASE | {"learning_rates": (0.1, 1.0, 10.0), "epochs": 3})
    assert swept.with_learning_rates([0.5]).epochs == 1


def test_hidden_activations_leave_the_output_and_other_layers_alone() -> None:
    layers = (Dense(4, "linear"), Dropout(0.25), Dense(1, "sigmoid"))
    assert RECIPE.with_hidden_activations("linear") == Recipe(**BASE | {"layers": layers})


def test_the_output_activation_leaves_the_hidden_layers_alone() -> None:
    layers = (Dense(4, "relu"), Dropout(0.25), Dense(1, "linear"))
    assert RECIPE.with_output_activation("linear") == Recipe(**BASE | {"layers": layers})


def test_the_output_is_the_last_dense_layer_even_if_another_layer_follows() -> None:
    recipe = RECIPE.with_(layers=[Dense(4, "relu"), Dense(2), Flatten()])
    assert recipe.with_output_activation("softmax").layers == (
        Dense(4, "relu"),
        Dense(2, "softmax"),
        Flatten(),
    )


def test_a_recipe_reads_as_a_line() -> None:
    assert str(RECIPE) == "Circles: 4 relu-dropout 0.25-1 sigmoid, Adam(0.01), 3 epochs"
    assert (
        str(RECIPE.with_learning_rates([1.0]))
        == "Circles: 4 relu-dropout 0.25-1 sigmoid, Adam(sweep), 1 epoch"
    )


def test_a_class_of_the_name_of_one_of_nnspecs_does_not_take_its_place() -> None:
    @dataclass(frozen=True)
    class Circles(nnspec.Dataset):
        n_samples: int = 3

    found = Recipe.from_config(json.loads(json.dumps(RECIPE.with_(data=nnspec.Circles()).get_config())))
    assert type(found.data) is nnspec.Circles
    assert Circles().content_hash


def test_a_data_set_of_ones_own_is_part_of_the_identity() -> None:
    @dataclass(frozen=True)
    class Own(nnspec.Dataset):
        points: int = 3
        train_size: int | None = None

    own = RECIPE.with_(data=Own())
    assert Recipe.from_config(json.loads(json.dumps(own.get_config()))) == own
    assert own.content_hash != RECIPE.with_(data=Own(points=4)).content_hash

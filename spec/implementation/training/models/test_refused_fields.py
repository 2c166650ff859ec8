"""A field of a wrong kind, and data that a recipe cannot be trained on, are refused with one message."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pytest

from nnspec import Arrays, Circles, InvalidValue, KerasRecipe, train
from nnspec.training.models import parts

DATA = Circles(n_samples=40)


def _fitting() -> Any:
    import keras

    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, "sigmoid")])
    model.compile("adam", "binary_crossentropy")
    return model


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"function": 3}, "function=3; expected a function"),
        ({"function": lambda units: None}, "expected a value for units"),
        ({"arguments": {"unit": 3}}, "expected an argument of _fitting: none"),
        ({"validation_split": 1.0}, "below 1"),
        ({"validation_split": 0.2, "validation_data": "test"}, "leave one of them out"),
        ({"class_weight": {0: "a"}}, "class_weight='a'"),
        ({"class_weight": 3}, "a weight for each class"),
        ({"shuffle": "yes"}, "True or False"),
        ({"sample_weight": [1.0, -1.0]}, "a finite number, 0 or more, for each training example"),
        ({"sample_weight": [0.0, 0.0]}, "weights of which some are above 0"),
        ({"sample_weight": "yes"}, "real numbers"),
        ({"sample_weight": [1.0, 2.0], "class_weight": {1: 2.0}}, "multiply them into one"),
        ({"initial_epoch": 2, "epochs": 2}, "less than the 2 epochs"),
        ({"initial_epoch": -1}, "initial_epoch=-1"),
        ({"steps_per_epoch": 0}, "steps_per_epoch=0"),
        ({"epochs": -1}, "epochs=-1"),
        ({"callbacks": []}, "a function that returns a list of Keras callbacks"),
        ({"batch_size": None}, "batch_size=None; expected a positive whole number; leave it out"),
        ({"class_weight": "balanced"}, "these are len(y) / (classes * numpy.bincount(y)), by class"),
        (
            {"validation_data": ([[0.0]], [1])},
            "Arrays(x_train, y_train, x_validation=…, y_validation=…)",
        ),
        ({"validation_data": "tets"}, "did you mean 'test'?"),
        (
            {"function": functools.partial(_fitting, units=3)},
            "which returns a compiled model; give _fitting, and arguments={'units': 3}",
        ),
        ({"callbacks": functools.partial(list, [])}, "write a function that calls list with these"),
    ],
)
def test_a_field_of_a_wrong_kind_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidValue) as told:
        KerasRecipe(**{"function": _fitting, "data": DATA, **given})
    assert message in str(told.value)


def test_data_that_are_not_finite_are_refused() -> None:
    x = np.full((4, 2), np.nan, np.float32)
    with pytest.raises(InvalidValue, match="NaN or infinity"):
        KerasRecipe(_fitting, Arrays(x, np.array([0, 1, 0, 1])))


def test_a_part_to_validate_on_has_to_be_there() -> None:
    with pytest.raises(InvalidValue, match="data with a test part"):
        train(KerasRecipe(_fitting, DATA, validation_data="test"), [0])


def test_there_is_a_weight_for_each_example() -> None:
    with pytest.raises(InvalidValue, match=r"sample_weight=\(3,\); expected a weight for each of the 40"):
        train(KerasRecipe(_fitting, DATA, sample_weight=[1.0, 2.0, 3.0]), [0])


def test_data_that_are_too_many_for_the_machine_are_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr(parts, "machine_memory", lambda: 1000)
    with pytest.raises(InvalidValue, match="take fewer examples"):
        train(KerasRecipe(_fitting, DATA), [0])

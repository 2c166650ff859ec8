"""Recipes and their parts: what a wrong value is told when one is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from nnspec import (
    L1L2,
    SGD,
    Adam,
    BinaryCrossentropy,
    Circles,
    Dense,
    Digits,
    Dropout,
    Flatten,
    Initializer,
    InvalidValue,
    Moons,
    Recipe,
    RMSprop,
    StraightLine,
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


WRONG: list[tuple[Callable[[], object], str]] = [
    (lambda: Recipe(**BASE | {"data": "circles"}), "data='circles'; expected a data set such as Circles()"),
    (lambda: Recipe(**BASE | {"data": Circles}), "; expected a data set such as Circles()"),
    (lambda: Recipe(**BASE | {"layers": []}), "layers=[]; expected at least one Dense layer"),
    (
        lambda: Recipe(**BASE | {"layers": [Flatten()]}),
        "layers=[Flatten()]; expected at least one Dense layer",
    ),
    (lambda: Recipe(**BASE | {"layers": Dense(1)}), "expected a list or tuple"),
    (
        lambda: Recipe(**BASE | {"layers": [Dense(1), 4]}),
        "layers=4; expected layers such as Dense(4, 'relu')",
    ),
    (lambda: Recipe(**BASE | {"loss": "binary_crosentropy"}), "did you mean 'binary_crossentropy'?"),
    (lambda: Recipe(**BASE | {"loss": None}), "loss=None; expected one of binary_crossentropy, "),
    (
        lambda: Recipe(**BASE | {"optimizer": "adam"}),
        "optimizer='adam'; expected an optimizer such as Adam(0.001)",
    ),
    (lambda: Recipe(**BASE | {"epochs": 0}), "epochs=0; expected a positive whole number"),
    (lambda: Recipe(**BASE | {"epochs": 2.5}), "epochs=2.5; expected a positive whole number"),
    (lambda: Recipe(**BASE | {"batch_size": -1}), "batch_size=-1; expected a positive whole number"),
    (lambda: Recipe(**BASE | {"metrics": "accuracy"}), "metrics='accuracy'; expected a list or tuple"),
    (lambda: Recipe(**BASE | {"metrics": ["acuracy"]}), "metrics='acuracy'; expected one of accuracy, "),
    (lambda: Recipe(**BASE | {"metrics": ["acuracy"]}), "; did you mean 'accuracy'?"),
    (
        lambda: Recipe(**BASE | {"learning_rates": [0.1]}),
        "learning_rates='1 values'; expected one for each of the 3 epochs",
    ),
    (lambda: Recipe(**BASE | {"learning_rates": 0.1}), "learning_rates=0.1; expected a list or tuple"),
    (
        lambda: Recipe(**BASE | {"learning_rates": [0.1, -0.1, 0.1]}),
        "learning_rates=-0.1; expected a finite number at least 0",
    ),
    (lambda: Recipe(**BASE | {"validation_data": "tests"}), "validation_data='tests'; expected one of test"),
    (lambda: Dense(0), "units=0; expected a positive whole number"),
    (lambda: Dense(4, "rellu"), "activation='rellu'; expected one of linear, relu, "),
    (lambda: Dense(4, None), "activation=None; expected one of"),  # type: ignore[arg-type]
    (lambda: Dense(4, kernel_initializer="he"), "kernel_initializer='he'; expected one of constant, "),
    (lambda: Dense(4, kernel_initializer=3), "kernel_initializer=3; expected a name or an Initializer"),  # type: ignore[arg-type]
    (
        lambda: Dense(4, kernel_regularizer="l2"),  # type: ignore[arg-type]
        "kernel_regularizer='l2'; expected L1L2(l1=…, l2=…) or None",
    ),
    (lambda: Initializer("zeros", value=1.0), "zeros(value)=1.0; expected no argument"),
    (lambda: Initializer("random_normal", minval=1.0), "random_normal(minval)=1.0; expected mean, stddev"),
    (lambda: Initializer("constant", value=float("nan")), "value=nan; expected a finite number"),
    (lambda: Initializer("random_normal", mean="0"), "mean='0'; expected a finite number"),  # type: ignore[arg-type]
    (lambda: Initializer("random_normal", stddev=-1), "stddev=-1; expected a finite number at least 0"),
    (lambda: Initializer("random_uniform", maxval=float("inf")), "maxval=inf; expected a finite number"),
    (lambda: L1L2(l1=-0.1), "l1=-0.1; expected a finite number at least 0"),
    (lambda: L1L2(l2=float("nan")), "l2=nan; expected a finite number at least 0"),
    (lambda: Dropout(1.0), "rate=1.0; expected a share below 1; a rate of 1 drops everything"),
    (lambda: Dropout(-0.1), "rate=-0.1; expected a finite number at least 0 and at most 1"),
    (lambda: BinaryCrossentropy(from_logits=1), "from_logits=1; expected True or False"),  # type: ignore[arg-type]
    (lambda: SGD(-1), "learning_rate=-1; expected a finite number at least 0"),
    (lambda: SGD(momentum=1.5), "momentum=1.5; expected a finite number at least 0 and at most 1"),
    (lambda: SGD(nesterov=1), "nesterov=1; expected True, False or None"),  # type: ignore[arg-type]
    (lambda: Adam("0.1"), "learning_rate='0.1'; expected a finite number at least 0"),  # type: ignore[arg-type]
    (lambda: Adam(beta_1=2), "beta_1=2; expected a finite number at least 0 and at most 1"),
    (lambda: Adam(beta_2=-1), "beta_2=-1; expected"),
    (lambda: Adam(epsilon=-1), "epsilon=-1; expected"),
    (lambda: RMSprop(rho=2), "rho=2; expected"),
    (lambda: RMSprop(momentum=True), "momentum=True; expected"),
    (lambda: RMSprop(epsilon=float("inf")), "epsilon=inf; expected"),
    (lambda: Circles(n_samples=1), "n_samples=1; expected a whole number of at least 2"),
    (lambda: Moons(noise=-1), "noise=-1; expected a finite number at least 0"),
    (lambda: Moons(random_state=-1), "random_state=-1; expected a whole number, 0 or more"),
    (lambda: Circles(train_size=0), "train_size=0; expected a positive whole number"),
    (lambda: Digits(scale=0), "scale=0; expected a finite number above 0"),
    (lambda: Digits(one_hot=1), "one_hot=1; expected True or False"),  # type: ignore[arg-type]
    (lambda: StraightLine(train_size="all"), "train_size='all'; expected a positive whole number"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("make", "message"), WRONG, ids=[message for _, message in WRONG])
def test_a_wrong_value_is_told_what_was_received_and_expected(
    make: Callable[[], object], message: str
) -> None:
    with pytest.raises(InvalidValue) as caught:
        make()
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (None, "config=None; expected a mapping with the keys class_name and config"),
        ({}, "expected a mapping with the keys class_name and config"),
        ({"class_name": "Dense"}, "expected a mapping with the keys class_name and config"),
        ({"class_name": "Dens", "config": {}}, "class_name='Dens'; expected a class that nnspec knows"),
        ({"class_name": "Dense", "config": []}, "class_name='Dense'; expected"),
        ({"class_name": "Dense", "config": {}}, "config={}; expected the fields of Dense; "),
        ({"class_name": "Dense", "config": {"unit": 1}}, "unit=1; expected a field of Dense: units"),
        ({"class_name": "Dense", "config": {"units": -1}}, "units=-1; expected a positive whole number"),
    ],
)
def test_plain_data_of_another_form_is_rejected(config: object, message: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        Recipe.from_config(config)
    assert message in str(caught.value)

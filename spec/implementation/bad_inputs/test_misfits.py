"""Parts of a recipe that do not fit together, or outcomes that are no numbers: refused before anything is trained."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

import nnspec
from nnspec import (
    SGD,
    Adam,
    BinaryCrossentropy,
    Blobs,
    Circles,
    Dataset,
    Dense,
    Digits,
    Dropout,
    Experiment,
    Flatten,
    Recipe,
    StraightLine,
)
from spec.implementation.bad_inputs.cases import Case, refused, table
from spec.implementation.bad_inputs.wrong_outcomes import POINTS, Outcome, Own

ANY: Any = None
RECIPE = Recipe(Circles(), [Dense(4, "relu"), Dense(1, "sigmoid")], BinaryCrossentropy(), Adam(), epochs=2)


def trained(data: Dataset, units: int, loss: str, *, first: Any = (), **more: Any) -> Callable[[], Any]:
    # what is refused is refused before anything is trained, and TensorFlow not even imported
    layers = [*first, Dense(units)]
    return lambda: nnspec.train(Recipe(data, layers, loss, SGD(), epochs=1, metrics=[], **more), range(2))


ONE = [Dense(1, "softmax")]
LINE = StraightLine()
MISFITS: list[Case] = [
    (trained(Own((0, 1, 2, 3)), 3, "sparse_categorical_crossentropy"), "=3", "0 to 2"),
    (trained(Own((0, 1, -1, 1)), 3, "sparse_categorical_crossentropy"), "=-1", "0 to 2"),
    (trained(Own((0, 1, 0.5, 1)), 3, "sparse_categorical_crossentropy"), "=0.5", "0 to 2"),
    (trained(Own((0, 1, 2, 9), train_size=3), 3, "sparse_categorical_crossentropy"), "y_test=9", "0 to 2"),
    (trained(Own(((1, 0), (0, 1), (1, 0), (0, 1))), 2, "sparse_categorical_crossentropy"), "(4, 2)", "(4,)"),
    (trained(Own((0, 1, 2, 1)), 1, "binary_crossentropy"), "=2", "from 0 to 1"),
    (trained(Own((-1, 1, -1, 1)), 1, "binary_crossentropy"), "=-1", "from 0 to 1"),
    (trained(POINTS, 2, "binary_crossentropy"), "(20,)", "(20, 2)"),
    (trained(Digits(), 10, "categorical_crossentropy", first=[Flatten()]), "(1437,)", "(1437, 10)"),
    (trained(Digits(one_hot=True), 9, "categorical_crossentropy", first=[Flatten()]), "(1437, 10)", "(1437, 9)"),
    (trained(Own(((1, 1), (0, 1), (1, 0), (0, 1))), 2, "categorical_crossentropy"), "[1.0, 1.0]", "one-hot"),
    (trained(Own(((1, 0), (0, -1), (1, 0), (0, 1))), 2, "categorical_crossentropy"), "[0.0, -1.0]", "one-hot"),
    (trained(LINE, 2, "mae"), "(150,)", "(150, 2)"),
    *[
        (trained(POINTS, 1, "mse", first=first), "layers='1 unit with softmax'", "one output takes a sigmoid")
        for first in (ONE, [*ONE, Dense(1, "sigmoid")], [Dense(4, "relu"), *ONE], [*ONE, Dropout(0.5), Dense(9)])
    ],
    (trained(Digits(), 10, "sparse_categorical_crossentropy", first=[*ONE, Flatten()]), "1 unit", "is 1 for every"),
    (trained(Own(((1, 0, 2), (0, 1, 2), (1, 0, 2), (0, 1, 2))), 2, "mse"), "(4, 3)", "(4, 2)"),
    (trained(Own(y=(1, 1, 1, 1)), 1, "binary_crossentropy"), "one class alone, 1", "two classes"),
    (trained(Own(y=(2, 2, 2, 2)), 3, "sparse_categorical_crossentropy"), "one class alone, 2", "two classes"),
    (trained(Own(((1, 0),) * 4), 2, "categorical_crossentropy"), "one class alone, 0", "two classes"),
    (trained(Blobs(centers=((0.0, 0.0),)), 1, "binary_crossentropy"), "one class alone, 0", "two classes"),
    (trained(Digits(), 10, "sparse_categorical_crossentropy"), "(1437, 8, 8)", "one vector per example"),
    (trained(Own(x=(1.0, 2.0, 3.0, 4.0)), 1, "binary_crossentropy"), "(4,)", "(examples, …)"),
    (trained(Own(x=((),) * 4), 1, "binary_crossentropy"), "(4, 0)", "at least one input"),
    (trained(POINTS, 1, "binary_crossentropy", validation_data="test"), "'test'", "data with a test part"),
    (trained(Circles(n_samples=10, train_size=11), 1, "binary_crossentropy"), "train_size=11", "at most the 10"),
    (lambda: nnspec.train(RECIPE, ANY), "seeds=None", "at least one seed, such as range(256)"),
    (lambda: nnspec.train(RECIPE, 256), "seeds=256", "at least one seed, such as range(256)"),  # type: ignore[arg-type]
    (lambda: nnspec.train(RECIPE, []), "seeds=[]", "at least one seed"),
    (lambda: nnspec.train(RECIPE, "4,11"), "seeds='4,11'", "at least one seed"),  # type: ignore[arg-type]
    (lambda: nnspec.train(RECIPE, [0.5]), "seed=0.5", "a whole number, 0 or more"),
    (lambda: nnspec.train(RECIPE, [-1]), "seed=-1", "a whole number, 0 or more"),
    (lambda: nnspec.train(RECIPE, [2**32]), "seed=4294967296", "at most 4294967295"),
    (lambda: nnspec.train(RECIPE, [4, 4]), "seeds=[4, 4]", "every seed once"),
    (lambda: nnspec.train(RECIPE, np.zeros((2, 2))), "seed=array([0., 0.])", "a whole number"),
    (lambda: nnspec.train(RECIPE, iter([1])), "seeds=<list_iterator", "at least one seed"),  # type: ignore[arg-type]
    (lambda: nnspec.train(RECIPE, {4: 11}), "seeds={4: 11}", "at least one seed"),  # type: ignore[arg-type]
    (lambda: nnspec.train(RECIPE, [1], engine="torch"), "engine='torch'", "one of keras, stacked"),
    (lambda: nnspec.train(RECIPE, [1], engine=ANY), "engine=None", "one of keras, stacked"),
    (lambda: nnspec.train(RECIPE, [1], progress=ANY), "progress=None", "a function"),
    (lambda: nnspec.train("circles", [1]), "recipe='circles'", "a Recipe or another Experiment"),  # type: ignore[arg-type]
    (lambda: nnspec.train(Circles(), [1]), "recipe=Circles(", "a Recipe or another Experiment"),  # type: ignore[arg-type]
    (lambda: nnspec.train(Experiment(), [1]), "outcome='Experiment'", "a method outcome(seed)"),
    *[
        ((lambda kind=kind: nnspec.train(Outcome(POINTS, kind), [1])), "Outcome.outcome(1)", "names with numbers")
        for kind in ("number", "nothing", "empty", "text", "list", "keys")
    ],
    *[
        ((lambda kind=kind: nnspec.train(Outcome(POINTS, kind), [1])), f"Outcome.outcome(1)[{received}", expected)
        for kind, received, expected in [
            ("large", "'loss']=1e+300", "too large for float32, at most 3.4e+38; scale it"),
            ("whole and large", "'n']=1000", "too large for float32, at most 3.4e+38; scale it"),
            ("count", "'n']=16777217", "float32 holds exactly"),
            ("negative", "'n']=-16777217", "float32 holds exactly"),
            ("masked", "'n']='a masked array'", "without a mask"),
        ]
    ],
]  # fmt: skip


@table(MISFITS)
def test_what_does_not_fit_together_is_refused_before_it_is_trained(
    call: Callable[[], Any], received: str, expected: str
) -> None:
    refused(call, received, expected)


def test_an_outcome_is_rounded_to_float32_where_it_is_no_whole_number() -> None:
    found = nnspec.train(Outcome(POINTS, "rounded"), [1]).metrics
    values = {name: values.item() for name, values in found.items()}
    assert values == {
        **{"n": 2.0**24, "m": 2.0**25, "a": np.inf, "b": np.float32(3.4e38), "c": 1, "d": np.float32(0.1)}
    }

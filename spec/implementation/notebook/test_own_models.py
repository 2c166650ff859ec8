"""A model of the author's own class is made anew where it can be checked to be the same, and else told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.notebook.inside.described import model_of
from nnspec.notebook.inside.own_models import arguments_of, note_arguments, proof_of
from nnspec.notebook.inside.written import Written
from nnspec.notebook.repeating.models import change_function, model_function, transfer_function
from spec.implementation.notebook.captured_samples import captured, fit

X = np.random.default_rng(0).normal(size=(12, 2)).astype(np.float32)
Y = (X[:, 0] > 0).astype(np.int64)


@pytest.fixture
def keras(monkeypatch: pytest.MonkeyPatch) -> Any:
    found = tensorflow()[1]
    monkeypatch.setattr(found.Model, "__new__", found.Model.__new__)  # which puts it back at the end
    note_arguments(found.Model)
    return found


def own_class(keras: Any) -> Any:
    class Own(keras.Model):  # type: ignore[misc]  # Keras has no types
        def __init__(self, units: Any = 4, *others: int, activation: str = "tanh", **named: Any) -> None:
            super().__init__(**named)
            self.hidden = keras.layers.Dense(units, activation)
            self.out = keras.layers.Dense(1, "sigmoid")

        def call(self, inputs: Any) -> Any:
            return self.out(self.hidden(inputs))

    return Own


def fitted(model: Any, folder: Path) -> Any:
    """Return what is captured of a model that is trained a little."""
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    described = model_of(model, written := Written(folder, 10**6))
    model.fit(X, Y, verbose=0)
    proof = proof_of(model, X)
    assert isinstance(proof, bytes)
    return fit(0, model=described, data={"x": {"shape": [12, 2]}}, proof=written.code(proof))


def test_it_is_made_with_the_arguments_that_it_was_made_with(keras: Any, tmp_path: Path) -> None:
    made = model_function(captured(folder=tmp_path), fitted(own_class(keras)(7, name="mine"), tmp_path))()
    assert (made.name, made.hidden.units, made.hidden.activation.__name__) == ("mine", 7, "tanh")
    assert made.loss == "binary_crossentropy"
    assert not made.hidden.bias.numpy().any()  # as made, not as trained


def other_layer(keras: Any, model: Any) -> None:
    model.hidden = keras.layers.Dense(5, "tanh")
    model(X)


def other_activation(keras: Any, model: Any) -> None:
    model.hidden.activation = keras.activations.relu


def half_frozen(keras: Any, model: Any) -> None:
    model(X)
    model.hidden.bias.trainable = False


@pytest.mark.filterwarnings("ignore:`build..` was called on layer:UserWarning")  # of the layer that is gone
@pytest.mark.parametrize(
    ("change", "what"),
    [
        (other_layer, "has other weights"),
        (other_activation, "computes something else"),
        (half_frozen, "trains other weights"),
    ],
)
def test_one_that_was_changed_after_it_was_made_is_refused(
    keras: Any, tmp_path: Path, change: Callable[[Any, Any], None], what: str
) -> None:
    model = own_class(keras)(4)
    change(keras, model)
    made = model_function(captured(folder=tmp_path), fitted(model, tmp_path))
    with pytest.raises(InvalidValue, match=f"a model Own that {what} than in the notebook"):
        made()


def test_layers_that_are_frozen_in_it_train_no_more_and_those_that_are_freed_do(
    keras: Any, tmp_path: Path
) -> None:
    model, folder = own_class(keras)(4), captured(folder=tmp_path)
    model(X)
    model.hidden.trainable = False
    first = fitted(model, tmp_path)
    made = model_function(folder, first)()
    assert [one.trainable for one in made.weights] == [False, False, True, True]
    model.hidden.trainable, model.out.trainable = True, False
    change_function(folder, fitted(model, tmp_path))(made)
    assert [one.trainable for one in made.weights] == [True, True, False, False]
    before = [one.numpy() for one in made.weights]
    made.fit(X, Y, verbose=0)
    same = [np.array_equal(one, other) for one, other in zip(before, made.get_weights(), strict=True)]
    assert same == [False, False, True, True]


def test_a_part_of_a_layer_that_a_stage_freezes_is_told(keras: Any, tmp_path: Path) -> None:
    model, folder = own_class(keras)(4), captured(folder=tmp_path)
    made = model_function(folder, fitted(model, tmp_path))()
    half_frozen(keras, model)
    with pytest.raises(InvalidValue, match="trains other weights"):
        change_function(folder, fitted(model, tmp_path))(made)


def test_weights_of_another_model_move_into_it(keras: Any, tmp_path: Path) -> None:
    later = fitted(own_class(keras)(4), tmp_path)
    base = keras.Sequential([keras.Input((2,)), keras.layers.Dense(4)])
    moved = transfer_function(captured(folder=tmp_path), replace(later, transfer=[0, 1, None, None]))
    np.testing.assert_array_equal(moved(base).hidden.kernel, base.layers[0].kernel)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (
            lambda own, keras: own(keras.layers.Dense(1)),
            "made with units, a Dense, and not with plain values",
        ),
        (lambda own, keras: own(4, 5), "made with arguments without names"),
        (lambda own, keras: own(4, activation=len), "made with activation, a builtin_function_or_method"),
    ],
)
def test_what_it_is_made_with_has_to_be_plain(keras: Any, make: Any, why: str, tmp_path: Path) -> None:
    class Made(own_class(keras)):  # type: ignore[misc]
        def __init__(self, units: Any = 4, *others: Any, activation: Any = "tanh") -> None:
            keras.Model.__init__(self)

    assert why in str(arguments_of(make(Made, keras)))


def test_one_made_before_anyone_looked_is_told(keras: Any, tmp_path: Path) -> None:
    model = own_class(keras)(4)
    del model.__dict__["_nnspec_arguments"]
    assert "is not known" in model_of(model, Written(tmp_path, 10**6))["why"]


def test_one_that_computes_something_else_each_time_cannot_be_checked(keras: Any) -> None:
    class Noisy(keras.Model):  # type: ignore[misc]
        def call(self, inputs: Any) -> Any:
            return inputs + keras.random.normal((1,))

    assert "computes something else each time" in str(proof_of(Noisy(), X))

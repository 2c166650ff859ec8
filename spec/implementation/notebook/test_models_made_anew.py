"""A model that is made of what was captured is the one that was fitted, but for its weights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.notebook.inside.described import callbacks_of, model_of
from nnspec.notebook.inside.written import Written
from nnspec.notebook.repeating.models import callbacks_function, change_function, model_function
from spec.implementation.notebook.captured_samples import captured, fit

X = np.random.default_rng(0).normal(3.0, 2.0, size=(12, 2)).astype(np.float32)
Y = (X[:, 0] > 3).astype(np.int64)


@pytest.fixture
def keras() -> Any:
    return tensorflow()[1]


def normalised(keras: Any) -> Any:
    layer = keras.layers.Normalization()
    layer.adapt(X)
    layers = [layer, keras.layers.Lambda(lambda x: x * 2.0), keras.layers.Dense(3, "tanh", name="hidden")]
    model = keras.Sequential([*layers, keras.layers.Dense(1, "sigmoid")])
    model.compile(keras.optimizers.SGD(0.1, momentum=0.9), "binary_crossentropy", metrics=["accuracy"])
    return model


def two_inputs(keras: Any) -> Any:
    left, right = keras.Input((1,), name="left"), keras.Input((1,), name="right")
    joined = keras.layers.Concatenate()([left, keras.layers.Dense(2, "relu")(right)])
    model = keras.Model([left, right], keras.layers.Dense(1)(joined))
    model.compile("adam", "mse", metrics=["mae"])
    return model


def anew(model: Any, folder: Path) -> Any:
    """Return the model that is made of what is captured of another one."""
    described = model_of(model, Written(folder, 10**6))
    assert described["why"] == ""
    return model_function(captured(folder=folder), fit(0, model=described))()


@pytest.mark.parametrize("build", [normalised, two_inputs])
def test_it_computes_the_same_from_the_same_weights(keras: Any, tmp_path: Path, build: Any) -> None:
    model = build(keras)
    x = X if build is normalised else [X[:, :1], X[:, 1:]]
    model.predict(x, verbose=0)  # which builds it for a batch of a certain size
    made = anew(model, tmp_path)
    made(x)
    for own, other in zip(made.trainable_variables, model.trainable_variables, strict=True):
        own.assign(other)
    np.testing.assert_allclose(made.predict(x, verbose=0), model.predict(x, verbose=0), rtol=1e-6)
    assert made.evaluate(x, Y, verbose=0, return_dict=True).keys() == {
        *("loss", "accuracy" if build is normalised else "mae")
    }


def test_it_is_compiled_as_it_was_when_it_was_fitted(keras: Any, tmp_path: Path) -> None:
    model = normalised(keras)
    model.optimizer.learning_rate = 0.25
    optimizer = anew(model, tmp_path).optimizer
    assert (float(optimizer.learning_rate), optimizer.momentum) == (0.25, 0.9)


def test_a_stage_compiles_and_freezes_as_the_notebook_did(keras: Any, tmp_path: Path) -> None:
    model = normalised(keras)
    model(X)
    model.get_layer("hidden").trainable = False
    model.compile(keras.optimizers.Adam(0.5), "mse")
    later = fit(1, model=model_of(model, Written(tmp_path, 10**6)))
    changed = normalised(keras)
    changed.build((None, 2))
    change_function(captured(folder=tmp_path), later)(changed)
    assert not changed.get_layer("hidden").trainable
    assert (type(changed.optimizer).__name__, float(changed.optimizer.learning_rate)) == ("Adam", 0.5)
    assert changed.loss == "mse"


def test_callbacks_come_back_without_the_model_of_an_earlier_fit(keras: Any, tmp_path: Path) -> None:
    stop = keras.callbacks.EarlyStopping("loss", patience=4)
    rate = keras.callbacks.LearningRateScheduler(lambda epoch: 0.1 * 0.5**epoch)
    stop.set_model(normalised(keras))
    described = callbacks_of([stop, rate], Written(tmp_path, 10**6))
    made = callbacks_function(captured(folder=tmp_path), fit(0, callbacks=described))
    assert made is not None
    first, second = made()
    assert (first.patience, first.model, second.schedule(1)) == (4, None, 0.05)
    assert made()[0] is not first
    assert stop.model is not None  # the notebook's own stays as it is

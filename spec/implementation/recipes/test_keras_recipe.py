"""A recipe of a function is the same exactly when what it trains is, and nothing of it imports Keras."""

from __future__ import annotations

import pickle
import subprocess
import sys
from typing import Any

import numpy as np

from nnspec import Circles, KerasRecipe
from nnspec.recipes.identity import identity
from nnspec.recipes.script import keras_script

WIDTH = 4


def network(units: int = 2) -> Any:
    import keras

    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(units * WIDTH), keras.layers.Dense(1)])
    model.compile("adam", "mse")
    return model


def stopping() -> list[Any]:
    import keras

    return [keras.callbacks.EarlyStopping("loss")]


RECIPE = KerasRecipe(network, Circles(n_samples=40), epochs=2)


def test_every_field_that_changes_a_training_changes_the_identity() -> None:
    others = [
        RECIPE.with_arguments(units=3),
        RECIPE.with_epochs(3),
        RECIPE.with_(batch_size=8),
        RECIPE.with_(validation_split=0.5),
        RECIPE.with_(class_weight={0: 2.0}),
        RECIPE.with_(shuffle=False),
        RECIPE.with_(sample_weight=np.ones(40)),
        RECIPE.with_(sample_weight=np.arange(40)),
        RECIPE.with_(initial_epoch=1),
        RECIPE.with_(steps_per_epoch=1),
        RECIPE.with_(callbacks=stopping),
        RECIPE.with_(data=Circles(n_samples=41)),
    ]
    assert len({identity(one) for one in [RECIPE, *others]}) == len(others) + 1


def test_a_changed_global_default_or_body_is_another_recipe(monkeypatch: Any) -> None:
    before = identity(RECIPE)
    assert identity(KerasRecipe(network, Circles(n_samples=40), epochs=2)) == before
    monkeypatch.setitem(network.__globals__, "WIDTH", 5)
    assert identity(RECIPE) != before
    monkeypatch.undo()
    monkeypatch.setattr(network, "__defaults__", (3,))
    assert identity(RECIPE) != before
    monkeypatch.undo()
    assert identity(RECIPE) == before
    monkeypatch.setattr(network, "__code__", (lambda units=2: None).__code__)
    assert identity(RECIPE) != before


def test_it_travels_with_the_code_of_its_function() -> None:
    travelled = pickle.loads(pickle.dumps(RECIPE))  # noqa: S301  # our own
    assert travelled.function is not network
    assert identity(travelled) == identity(RECIPE)


def test_declaring_and_identifying_it_imports_no_keras() -> None:
    code = (
        "import sys; from spec.implementation.recipes.test_keras_recipe import RECIPE; import pickle;"
        "from nnspec.recipes.identity import identity; identity(RECIPE); pickle.dumps(RECIPE);"
        "print(sorted({'keras', 'jax', 'tensorflow'} & set(sys.modules)))"
    )
    environment = {"PYTHONPATH": ":".join(filter(None, sys.path))}
    found = subprocess.run(  # noqa: S603  # Python itself
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"


def test_its_script_has_the_function_and_the_arguments_of_fit() -> None:
    script = keras_script(RECIPE.with_(callbacks=stopping, class_weight={1: 2.0}).with_arguments(units=3))
    assert "def network(units: int = 2)" in script
    assert "def stopping()" in script
    assert "model = network(units=3)" in script
    assert "class_weight={1: 2.0}" in script
    compile(script, "script.py", "exec")


def test_its_script_has_the_weights_of_examples_and_where_epochs_begin_and_end() -> None:
    script = keras_script(RECIPE.with_(sample_weight=np.ones(40), initial_epoch=1, steps_per_epoch=2))
    assert 'sample_weight=np.load("sample_weight.npy")' in script
    assert "import numpy as np" in script
    assert "initial_epoch=1" in script
    assert "steps_per_epoch=2" in script
    compile(script, "script.py", "exec")

"""Fits one after another on the same model: each goes on where the last one ended, in both engines alike."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nnspec import Arrays, Circles, InvalidValue, Stage, train
from nnspec.recipes.identity import identity
from nnspec.recipes.script import keras_script
from spec.implementation.training.models.parity_models import VECTORS, of_model
from spec.implementation.training.models.test_model_parity import SEED, check


def frozen(k: Any) -> Any:
    hidden = k.layers.Dense(6, "tanh", trainable=False, name="hidden")
    model = k.Sequential([k.Input((8,)), hidden, k.layers.BatchNormalization(), k.layers.Dense(1, "sigmoid")])
    model.compile(k.optimizers.Adam(0.05), "binary_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model


def free(model: Any) -> None:
    import keras

    model.get_layer("hidden").trainable = True
    model.compile(keras.optimizers.SGD(0.1), "binary_crossentropy", metrics=["accuracy"], jit_compile=False)


def freeze_all_but_the_last(model: Any) -> None:
    import keras

    for layer in model.layers[:-1]:
        layer.trainable = False
    model.compile(keras.optimizers.RMSprop(0.01), "mse", metrics=["mae"], jit_compile=False)


def free_and_forget_to_compile(model: Any) -> None:
    model.get_layer("hidden").trainable = True


def set_weights(model: Any) -> None:
    hidden = model.get_layer("hidden")
    hidden.set_weights([np.ones_like(one) for one in hidden.get_weights()])


def reducing() -> list[Any]:
    import keras

    return [keras.callbacks.ReduceLROnPlateau("loss", factor=0.5, patience=0, min_delta=1.0)]


def stopping() -> list[Any]:
    import keras

    return [keras.callbacks.EarlyStopping("loss", patience=0, min_delta=0.05)]


FROZEN = of_model(frozen, VECTORS)
# fewer examples, other ones, and another number of them to be tested on
OTHERS = Arrays(
    VECTORS.x_train[:23] + 1, VECTORS.y_train[:23], VECTORS.x_train[23:30], VECTORS.y_train[23:30]
)
STAGES = {
    "a layer is freed": [Stage(free, epochs=2)],
    "without a change the optimizer goes on": [Stage(epochs=2)],
    "another loss and optimizer, then once more": [Stage(free), Stage(freeze_all_but_the_last, epochs=2)],
    "a batch size and an initial epoch of its own": [Stage(epochs=5, batch_size=20, initial_epoch=3)],
    "callbacks of its own": [Stage(epochs=4, callbacks=stopping)],
    "no epochs": [Stage(free, epochs=0)],
    "data of its own": [Stage(free, epochs=2, data=OTHERS), Stage(epochs=1)],
    "the last one's data are evaluated": [Stage(free, data=OTHERS)],
}


@pytest.mark.parametrize("name", STAGES)
def test_stages_are_trained_as_by_fit_after_fit(name: str) -> None:
    check(FROZEN.with_(stages=STAGES[name]))


def test_a_learning_rate_that_a_callback_has_set_goes_on_into_the_next_stage() -> None:
    check(FROZEN.with_(epochs=3, callbacks=reducing, stages=[Stage(epochs=3, callbacks=reducing)]))


@pytest.mark.parametrize(
    ("change", "reason"),
    [(free_and_forget_to_compile, "compiles nothing anew"), (set_weights, "sets weights between two fits")],
)
def test_what_only_one_seed_at_a_time_can_do_goes_to_fit(change: Any, reason: str) -> None:
    runs = train(FROZEN.with_(epochs=1, stages=[Stage(change)]), [SEED])
    assert runs.provenance["engine"] == "keras"
    assert reason in runs.provenance["why keras"]


def test_histories_are_those_of_all_fits_in_a_row() -> None:
    runs = train(FROZEN.with_(stages=[Stage(free, epochs=3)]), [SEED, SEED + 1])
    alone = train(FROZEN, [SEED])
    assert runs.history["loss"].shape == (2, 5)
    np.testing.assert_array_equal(runs.history["loss"][:1, :2], alone.history["loss"])
    np.testing.assert_array_equal(runs.epoch("loss", -1), runs.history["loss"][:, 4])
    assert runs.metrics["epochs"].tolist() == [5, 5]


def test_a_stage_belongs_to_what_is_trained() -> None:
    others: list[list[Stage]] = [[], [Stage()], [Stage(epochs=2)], [Stage(free)], [Stage(), Stage()]]
    others += [[Stage(callbacks=stopping)], [Stage(batch_size=7)], [Stage(epochs=2, initial_epoch=1)]]
    others += [[Stage(data=OTHERS)], [Stage(data=Arrays(OTHERS.x_train, 1 - OTHERS.y_train))]]
    assert len({identity(FROZEN.with_(stages=one)) for one in others}) == len(others)


def test_the_script_has_every_fit_and_what_is_between() -> None:
    script = keras_script(FROZEN.with_(stages=[Stage(free, epochs=3, callbacks=stopping)]))
    assert script.count("model.fit(") == 2
    assert "free(model)" in script
    assert "def free(model: Any)" in script
    assert "def stopping()" in script
    compile(script, "script.py", "exec")


def test_the_script_makes_the_data_of_a_stage_before_its_fit() -> None:
    script = keras_script(FROZEN.with_(stages=[Stage(data=Circles(n_samples=30)), Stage()]))
    before, between, after = script.split("model.fit(")[:3]
    assert "make_circles" not in before.replace("from sklearn.datasets import make_circles", "")
    assert "make_circles(30" in between
    assert "make_circles" not in after
    compile(script, "script.py", "exec")


def test_weights_of_examples_are_those_of_one_fit() -> None:
    with pytest.raises(InvalidValue, match="a weight for each example of the first fit only"):
        FROZEN.with_(sample_weight=np.ones(40), stages=[Stage(data=OTHERS)])
    with pytest.raises(InvalidValue, match="a data set, or Arrays"):
        Stage(data=3)  # type: ignore[arg-type]


def _another(model: Any) -> Any:
    import keras

    return keras.Sequential([keras.Input((8,)), keras.layers.Dense(1)])


def _failing(model: Any) -> None:
    model.get_layer("hiden")


@pytest.mark.parametrize("engine", ["vectorised", "keras"])
@pytest.mark.parametrize(
    ("change", "message"),
    [(_another, "expected nothing, or the same model"), (_failing, "ValueError: No such layer: hiden")],
)
def test_a_change_that_is_none_is_told(change: Any, message: str, engine: str) -> None:
    with pytest.raises(InvalidValue) as told:
        train(FROZEN.with_(epochs=0, stages=[Stage(change)]), [SEED], engine)
    assert message in str(told.value)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"change": 3}, "change=3; expected a function"),
        ({"epochs": -1}, "epochs=-1"),
        ({"batch_size": 0}, "batch_size=0"),
        ({"callbacks": []}, "a function that returns a list of Keras callbacks"),
        ({"epochs": 2, "initial_epoch": 2}, "less than the 2 epochs"),
    ],
)
def test_a_field_of_a_wrong_kind_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidValue) as told:
        Stage(**given)
    assert message in str(told.value)


@pytest.mark.parametrize("given", [Stage(), 3, [free]])
def test_stages_are_a_list_of_them(given: Any) -> None:
    with pytest.raises(InvalidValue, match="a list of stages"):
        FROZEN.with_(stages=given)

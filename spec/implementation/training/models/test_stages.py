"""Fits one after another on the same model: each goes on where the last one ended, in both engines alike."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nnspec import Arrays, Circles, InvalidValue, Stage, train
from nnspec.recipes.identity import identity
from nnspec.recipes.script import keras_script
from spec.implementation.training.models.parity_models import VECTORS, of_model
from spec.implementation.training.models.stage_changes import (
    another_activation,
    begin_to_count_again,
    clone_with_dropout,
    free,
    free_and_forget_to_compile,
    free_head,
    freeze_all_but_the_last,
    frozen,
    half_of_the_weights,
    head,
    no_head,
    of_layers,
    reducing,
    same_optimizer,
    set_weights,
    slow_down,
    slow_down_by_half,
    stopping,
)
from spec.implementation.training.models.test_model_parity import SEED, check, eagerly

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
    "a learning rate is set": [Stage(slow_down, epochs=2), Stage(slow_down_by_half)],
    "no epochs": [Stage(free, epochs=0)],
    "data of its own": [Stage(free, epochs=2, data=OTHERS), Stage(epochs=1)],
    "the last one's data are evaluated": [Stage(free, data=OTHERS)],
    "another model of its layers, which are freed": [Stage(head, epochs=2), Stage(free_head, epochs=2)],
    "another model with copied weights, other data": [Stage(clone_with_dropout, epochs=2, data=OTHERS)],
    "arguments of its own": [Stage(class_weight={1: 3.0}, shuffle=False), Stage()],
    "two models later": [Stage(head), Stage(of_layers)],
}


@pytest.mark.parametrize("name", STAGES)
def test_stages_are_trained_as_by_fit_after_fit(name: str) -> None:
    check(FROZEN.with_(stages=STAGES[name]), eagerly)


def test_a_stage_may_hold_out_a_share_of_its_own() -> None:
    recipe = FROZEN.with_(validation_data=None, epochs=1)
    check(recipe.with_(stages=[Stage(free, validation_split=0.25), Stage()]), eagerly)


def test_a_learning_rate_that_a_callback_has_set_goes_on_into_the_next_stage() -> None:
    check(FROZEN.with_(epochs=3, callbacks=reducing, stages=[Stage(epochs=3, callbacks=reducing)]), eagerly)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (free_and_forget_to_compile, "compiles nothing anew"),
        (set_weights, "sets weights between two fits"),
        (half_of_the_weights, "sets weights between two fits"),
        (another_activation, "changes settings and compiles nothing anew"),
        (begin_to_count_again, "sets more of the optimizer than its learning rate"),
    ],
)
def test_what_only_one_seed_at_a_time_can_do_goes_to_fit(change: Any, reason: str) -> None:
    runs = train(FROZEN.with_(epochs=1, stages=[Stage(change)]), [SEED])
    assert runs.provenance["engine"] == "keras"
    assert reason in runs.provenance["why keras"]


def test_what_is_new_in_another_model_each_seed_begins_on_its_own() -> None:
    """And not with what the layer of this shape in the first model began with."""
    runs = train(FROZEN.with_(epochs=0, stages=[Stage(clone_with_dropout, epochs=0)]), [SEED, SEED + 1])
    first = train(FROZEN.with_(epochs=0), [SEED, SEED + 1])
    for own, before in zip(runs.weights[:-2], first.weights[:-2], strict=True):
        np.testing.assert_array_equal(own, before)
    kernel, before = runs.weights[-2], first.weights[-2]
    assert kernel.shape == before.shape
    assert len({one.tobytes() for one in (*kernel, *before)}) == 4


def test_a_metric_that_one_fit_alone_reports_makes_no_seed_diverge() -> None:
    runs = train(FROZEN.with_(epochs=1, stages=[Stage(freeze_all_but_the_last)]), [SEED, SEED + 1])
    assert np.isnan(runs.history["accuracy"][:, 1]).all()
    assert np.isnan(runs.history["mae"][:, 0]).all()
    assert not runs.diverged.any()
    broken = replace(runs, history={**runs.history, "loss": np.full((2, 2), np.nan, np.float32)})
    assert broken.diverged.all()


def test_predictions_are_those_of_the_last_model() -> None:
    recipe = FROZEN.with_(epochs=1, stages=[Stage(head)])
    found = [train(recipe, [SEED], engine).predict(VECTORS.x_train[:5]) for engine in ("keras", "vectorised")]
    assert found[0].shape[:2] == (1, 5)
    np.testing.assert_allclose(found[0], found[1], atol=1e-5)


def test_a_learning_rate_that_callbacks_may_have_set_is_read_by_fit_alone() -> None:
    recipe = FROZEN.with_(epochs=2, callbacks=reducing)
    check(recipe.with_(stages=[Stage(slow_down, epochs=2)]), eagerly)
    runs = train(recipe.with_(stages=[Stage(slow_down_by_half)]), [SEED])
    assert "that callbacks may have set" in runs.provenance["why keras"]


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
    others += [[Stage(class_weight={1: 2.0})], [Stage(shuffle=False)], [Stage(shuffle=True)]]
    others += [[Stage(data=OTHERS)], [Stage(data=Arrays(OTHERS.x_train, 1 - OTHERS.y_train))]]
    assert len({identity(FROZEN.with_(stages=one)) for one in others}) == len(others)


def test_the_script_has_every_fit_and_what_is_between() -> None:
    script = keras_script(FROZEN.with_(stages=[Stage(free, epochs=3, callbacks=stopping)]))
    assert script.count("model.fit(") == 2
    assert "model = free(model) or model" in script
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


def test_what_a_stage_says_has_to_go_with_what_the_recipe_says() -> None:
    with pytest.raises(InvalidValue, match="none beside class_weight"):
        FROZEN.with_(sample_weight=np.ones(40), stages=[Stage(class_weight={1: 2.0})])
    with pytest.raises(InvalidValue, match="none beside validation_data"):
        FROZEN.with_(validation_data="test", stages=[Stage(validation_split=0.5)])


def _another(model: Any) -> Any:
    import keras

    return keras.Sequential([keras.Input((8,)), keras.layers.Dense(1)])


def _failing(model: Any) -> None:
    model.get_layer("hiden")


@pytest.mark.parametrize("engine", ["vectorised", "keras"])
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_another, "_another(model)=\"Sequential 'sequential"),
        (no_head, "expected a compiled Keras model"),
        (same_optimizer, "another model with the optimizer of the last"),
        (_failing, "ValueError: No such layer: hiden"),
    ],
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
        ({"validation_split": 1.0}, "a share of the training examples, below 1"),
        ({"class_weight": 3}, "a weight for each class"),
        ({"shuffle": "batch"}, "shuffle='batch'; expected True or False"),
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

"""A recipe says what a captured fit said, or why there is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nnspec.notebook.repeating.models import any_batch
from nnspec.notebook.repeating.plain_names import plain_names
from nnspec.notebook.repeating.recipes import Repeated, Repeating
from nnspec.recipes.identity import key_of
from spec.implementation.notebook.captured_samples import captured, continued, evaluation, fit, kept


def layers(*names: str) -> dict[str, Any]:
    """Return an architecture of layers of these names, all of one class, and an activation softmax."""
    made = [{"class_name": "Softmax", "config": {"name": name, "activation": "softmax"}} for name in names]
    return {"class_name": "Sequential", "config": {"name": "sequential_3", "layers": made}}


def test_an_architecture_takes_batches_of_any_size_unless_it_keeps_a_state() -> None:
    layer = {"config": {"batch_shape": [32, 2], "stateful": False}, "build_config": {"input_shape": [32, 2]}}
    assert any_batch([layer]) == [
        {"config": {"batch_shape": [None, 2], "stateful": False}, "build_config": {"input_shape": [None, 2]}}
    ]
    keeps = {"config": {"batch_shape": [32, 2], "stateful": True}}
    assert any_batch(keeps) == keeps


def test_names_that_keras_counted_are_counted_within_the_model() -> None:
    assert plain_names(layers("softmax_7", "mine", "softmax_9")) == {
        **layers("softmax", "mine", "softmax_1"),
        "config": {**layers("softmax", "mine", "softmax_1")["config"], "name": "sequential"},
    }
    for unclear in (
        layers("softmax_7", "softmax"),
        {**layers("dense_4"), "config": {"output_layers": [["a"], ["b"]]}},
    ):
        assert plain_names(unclear) == unclear
    functional = {
        "class_name": "Functional",
        "config": {
            "name": "functional_2",
            "layers": [{"class_name": "InputLayer", "config": {"name": "input_layer_5"}}],
            "input_layers": [["input_layer_5", 0, 0]],
        },
    }
    assert plain_names(functional)["config"]["input_layers"] == [["input_layer", 0, 0]]


@pytest.mark.parametrize("name", ["Adam", "RMSprop"])
def test_models_of_one_making_are_one_recipe_whatever_keras_counted(tmp_path: Path, name: str) -> None:
    data, kind = kept(tmp_path), {"Adam": "adam", "RMSprop": "rm_sprop"}[name]
    keys = []
    for number, called in enumerate((kind, f"{kind}_1", f"{kind}_12", "mine_1")):
        optimizer = {"module": "keras.optimizers", "class_name": name, "config": {"name": called}}
        held = {
            "class_name": "LossScaleOptimizer",
            "config": {"name": "scaled", "inner_optimizer": optimizer},
        }
        for compiled in ({"optimizer": optimizer}, {"optimizer": held}):
            one = fit(number, data=data, model={**fit(0).model, "compiled": compiled})
            found = Repeating(captured(one, folder=tmp_path)).of(number)
            assert isinstance(found, Repeated)
            keys.append(key_of(found.recipe))
    assert len(set(keys[:6:2])) == len(set(keys[1:6:2])) == 1
    assert len(set(keys)) == 4  # those that their author has named stay


def test_a_recipe_says_what_the_fit_said(tmp_path: Path) -> None:
    data = kept(tmp_path)
    validation = {"kind": "tuple", "parts": list(kept(tmp_path, 4, seed=1).values())}
    arguments = {"epochs": 3, "batch_size": 4, "class_weight": {"0": 1.0, "1.0": 2.0}, "shuffle": False}
    one = fit(0, data={**data, "validation_data": validation}, arguments=arguments)
    tested = evaluation(0, 1, data=kept(tmp_path, 5, seed=2))
    repeating = Repeating(captured(one, tested, folder=tmp_path))
    found = repeating.of(0)
    assert isinstance(found, Repeated)
    recipe = found.recipe
    assert (recipe.epochs, recipe.batch_size, recipe.shuffle) == (3, 4, False)
    assert recipe.class_weight == ((0, 1.0), (1, 2.0))
    assert recipe.validation_data == "validation"
    arrays = recipe.data.arrays()
    assert [len(arrays.part(name)[0]) for name in ("train", "validation", "test")] == [8, 4, 5]
    assert repeating.of(0, tested.data) is found  # one training serves both


@pytest.mark.parametrize("first", [3, 0])
def test_an_epoch_is_counted_as_its_log_counts_it(tmp_path: Path, first: int) -> None:
    data = kept(tmp_path)
    run = captured(
        fit(0, data=data, arguments={"epochs": 3}),
        fit(1, data=data, start=continued(0), arguments={"epochs": 5, "initial_epoch": first}),
        folder=tmp_path,
    )
    found = Repeating(run).of(1)
    assert isinstance(found, Repeated)
    # epoch 5 of 5 is the last of all
    assert (found.epochs, found.before + 5) == (8 - first, 8 - first)


def test_a_fit_of_a_stream_that_is_evaluated_on_arrays_says_why_it_has_no_recipe(tmp_path: Path) -> None:
    why = "x: a pipeline of tf.data that ends in repeat"
    stream = {"x": {"kind": "dataset"}, "y": None}
    tested = evaluation(0, 1, data=kept(tmp_path))
    assert Repeating(captured(fit(0, data=stream, why=why), tested, folder=tmp_path)).of(0) == why


def test_several_inputs_have_the_names_of_the_model(tmp_path: Path) -> None:
    array = kept(tmp_path)
    config = {
        "name": "both",
        "input_layers": [["left", 0, 0], ["right", 0, 0]],
        "output_layers": ["out", 0, 0],
    }
    model = {**fit(0).model, "architecture": {"config": config}}
    x = {"kind": "list", "parts": [array["x"], array["x"]]}
    found = Repeating(captured(fit(0, model=model, data={**array, "x": x}), folder=tmp_path)).of(0)
    assert isinstance(found, Repeated)
    assert set(found.recipe.data.arrays().x_train.arrays) == {"left", "right"}


def test_stages_have_what_each_fit_was_given(tmp_path: Path) -> None:
    data = kept(tmp_path)
    run = captured(
        fit(0, data=data, arguments={"epochs": 5}),
        fit(
            *(1, 0),
            data=data,
            start=continued(0, optimizer="new"),
            arguments={"epochs": 3, "batch_size": 4, "validation_split": 0.25, "class_weight": {"1": 2.0}},
        ),
        folder=tmp_path,
    )
    found = Repeating(run).of(1)
    assert isinstance(found, Repeated)
    assert (found.recipe.epochs, found.recipe.batch_size, found.before, found.epochs) == (5, 32, 5, 8)
    stage = found.recipe.stages[0]
    assert (stage.epochs, stage.batch_size, stage.change is not None) == (3, 4, True)
    assert (found.recipe.validation_split, found.recipe.class_weight) == (0.0, ())
    assert (stage.validation_split, stage.class_weight, stage.shuffle) == (0.25, ((1, 2.0),), None)


def test_a_model_with_weights_of_another_is_a_stage_on_data_of_its_own(tmp_path: Path) -> None:
    data, others = kept(tmp_path), kept(tmp_path, 6, seed=3)
    held = {"kind": "tuple", "parts": list(kept(tmp_path, 4, seed=1).values())}
    tested = evaluation(0, 2, fit=1, data=kept(tmp_path, 5, seed=2))
    start = {**continued(0, optimizer="new"), "initial": "transferred"}
    run = captured(
        fit(0, data=data, arguments={"epochs": 5}),
        fit(1, data={**others, "validation_data": held}, start=start, transfer=[0, 1, None, None]),
        tested,
        folder=tmp_path,
    )
    found = Repeating(run).of(1)
    assert isinstance(found, Repeated)
    assert (found.before, found.epochs, found.recipe.validation_data) == (5, 6, "validation")
    (stage,) = found.recipe.stages
    assert (stage.change.__name__, stage.batch_size) == ("transferred", 32)  # type: ignore[union-attr]  # there is one
    first, later = found.recipe.data.arrays(), stage.data.arrays()  # type: ignore[union-attr]  # there are some
    parts = [[len(one.part(name)[0]) for name in ("train", "validation", "test")] for one in (first, later)]
    assert parts == [[8, 8, 0], [6, 4, 5]]  # the first model is not tested on examples of the other one


def test_what_cannot_be_said_of_an_earlier_fit_is_told(tmp_path: Path) -> None:
    data = kept(tmp_path)
    run = captured(
        fit(0, data={"x": data["x"]}), fit(1, data=data, start=continued(0, optimizer="new")), folder=tmp_path
    )
    assert Repeating(run).of(1) == "it goes on after fit 0, of which fit has no y"


def test_two_processes_make_the_same_recipe_of_a_fit(tmp_path: Path) -> None:
    from nnspec.recipes.identity import identity

    def made(model: dict[str, Any]) -> Any:
        run = captured(fit(0, data=kept(tmp_path), model={**fit(0).model, **model}), folder=tmp_path)
        found = Repeating(run).of(0)
        assert isinstance(found, Repeated)
        return identity(found.recipe)

    assert made({}) == made({})
    changed = {**fit(0).model["compiled"], "loss": "mse"}
    assert made({}) != made({"compiled": changed})


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"data": {"x": {"kind": "list", "parts": []}, "y": {"file": "y"}}}, "fit takes no arrays as x"),
        (
            {"data": {"x": {"kind": "list", "parts": [{"file": "x"}] * 2}, "y": {"file": "y"}}},
            "takes several arrays without names as x",
        ),
        ({"data": {"x": {"file": "x"}}}, "fit has no y"),
        ({"why": "x: a generator"}, "x: a generator"),
        ({"error": "ValueError: no"}, "it did not end: ValueError: no"),
        ({"ended": False}, "it did not end"),
        ({"arguments": {"validation_freq": 2}}, "it is given validation_freq"),
        ({"arguments": {"shuffle": "batch"}}, "it shuffles batches"),
        ({"arguments": {"class_weight": {"cat": 1.0}}}, "ValueError: could not convert"),
        ({"arguments": {"steps_per_epoch": "all"}}, "steps_per_epoch='all'"),
    ],
)
def test_what_no_recipe_says_is_told(changed: dict[str, Any], why: str, tmp_path: Path) -> None:
    found = Repeating(captured(fit(0, **{"data": kept(tmp_path), **changed}), folder=tmp_path)).of(0)
    assert isinstance(found, str)
    assert why in found

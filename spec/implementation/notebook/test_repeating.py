"""From captured fits to recipes, from printed figures to what they are of."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from nnspec.basics.errors import InvalidValue
from nnspec.commands.main import main
from nnspec.commands.terminal import placed_table
from nnspec.notebook.captured import Captured, Fit
from nnspec.notebook.figures import Where, figure
from nnspec.notebook.repeating.chains import Chain, chain_of, is_one_training
from nnspec.notebook.repeating.claims import better_values, documented
from nnspec.notebook.repeating.given_figures import checked, given_figure, offered
from nnspec.notebook.repeating.joined import Asked, NotPlaced, joined
from nnspec.notebook.repeating.models import any_batch
from nnspec.notebook.repeating.placing import prepare
from nnspec.notebook.repeating.plain_names import plain_names
from nnspec.notebook.repeating.recipes import Repeated, Repeating
from nnspec.results import record
from nnspec.results.reading import results_of
from spec.implementation.notebook.captured_samples import captured, continued, evaluation, fit, kept
from spec.implementation.notebook.notebook_samples import code, read, result
from spec.implementation.notebook.test_findings import log

EPOCHS = {"epochs": 2}
BAR = "4/4 [==============================] - 0s 1ms/step - loss: 0.4000 - accuracy: 0.8500\n"
STOPPING = {
    "list": [{"class": "EarlyStopping", "module": "keras.src.callbacks", "settings": {}}],
    "code": None,
    "why": "",
}
OBSERVER = {"list": [{"class": "TensorBoard", "module": "keras.src.callbacks", "settings": {}}], "why": ""}


def chain(*fits: Fit) -> Chain | str:
    """Return the chain of the last of some fits."""
    return chain_of(fits[-1], {one.number: one for one in fits})


def said(found: tuple[Asked | NotPlaced, ...]) -> list[Any]:
    """Return what each figure is of, or why it has no place."""
    return [
        one.why
        if isinstance(one, NotPlaced)
        else (one.figure.printed, one.fit, None if one.evaluation is None else one.evaluation.number, one.key)
        for one in found
    ]


def test_a_fit_that_goes_on_as_it_was_is_one_training_with_those_before() -> None:
    found = chain(
        fit(0, arguments={"epochs": 5}),
        fit(1, start=continued(0), arguments={"epochs": 20, "verbose": 0}),
        fit(2, start=continued(1), arguments={"epochs": 30, "initial_epoch": 25, "batch_size": 32}),
    )
    assert isinstance(found, Chain)
    assert is_one_training(found)
    assert (len(found.fits), found.before) == (3, 25)


@pytest.mark.parametrize(
    "second",
    [
        fit(1, start=continued(0, optimizer="new")),
        fit(1, start=continued(0), arguments={"batch_size": 16}),
        fit(1, start=continued(0), callbacks=STOPPING),
    ],
)
def test_a_fit_that_goes_on_otherwise_is_a_stage(second: Fit) -> None:
    found = chain(fit(0), second)
    assert isinstance(found, Chain)
    assert not is_one_training(found)


@pytest.mark.parametrize(
    ("second", "why"),
    [
        (fit(1, start=continued(0, weights="changed")), "its weights were changed after fit 0"),
        (fit(1, start=continued(0), data={"x": {"file": "z"}, "y": {"file": "y"}}), "with other data"),
        (fit(1, start=continued(0), arguments={"shuffle": False}), "with other shuffle"),
        (fit(1, start=continued(7)), "it continues fit 7, which did not end"),
        (fit(1, start={"initial": "other", "after": None, "why": "it was set"}), "begin fresh: it was set"),
        (
            fit(1, start=continued(0), model={**fit(0).model, "compiled": {"optimizer": "other"}}),
            "its optimizer was changed in between",
        ),
        (
            fit(1, start=continued(0), callbacks=STOPPING, arguments={"epochs": 9, "initial_epoch": 3}),
            "are told another epoch",
        ),
        (
            fit(1, start=continued(0), callbacks=STOPPING, data={**fit(0).data, "validation_data": {}}),
            "with other data",
        ),
    ],
)
def test_a_fit_that_goes_on_with_something_else_is_not_repeated(second: Fit, why: str) -> None:
    found = chain(fit(0), second)
    assert isinstance(found, str)
    assert why in found


def test_callbacks_that_only_look_and_data_that_only_validate_do_not_part_two_fits() -> None:
    looked_at = fit(1, start=continued(0), callbacks=OBSERVER, data={**fit(0).data, "validation_data": {}})
    found = chain(fit(0), looked_at)
    assert isinstance(found, Chain)
    assert is_one_training(found)


def test_figures_of_a_log_are_of_the_fits_of_its_cell_in_their_order(tmp_path: Path) -> None:
    static = read(
        tmp_path, code("fit", log("0.5", "0.4") + log("0.3", "0.2")), code("fit", log("0.5", "0.4"))
    )
    run = captured(
        fit(0, 0, arguments=EPOCHS), fit(1, 0, arguments={"verbose": 0}), fit(2, 0), fit(3, 1), fit(4, 1)
    )
    assert said(joined(static, run)) == [
        ("0.4", 0, None, "loss"),
        ("0.2", 2, None, "loss"),
        "the cell stores 1 logs of fit, and its run has 2",
    ]
    assert said(joined(static, captured()))[0] == "no fit of this cell was captured"


def test_a_metric_has_the_name_that_keras_has_for_it_today(tmp_path: Path) -> None:
    bar = BAR.replace("accuracy", "binary_accuracy")
    static = read(tmp_path, code("evaluate", bar), code("evaluate", BAR.replace("accuracy", "mae")))
    found = said(joined(static, captured(evaluation(0, 0), evaluation(1, 1))))
    assert found[1] == ("0.8500", 0, 0, "accuracy")
    assert found[3] == "evaluate has no metric mae, but loss, accuracy"


def test_a_returned_list_counts_and_is_named_by_the_run(tmp_path: Path) -> None:
    static = read(
        tmp_path,
        code("model.fit(x, y, epochs=1)\nmodel.evaluate(x, y)", BAR, result("[0.4000111222, 0.85]")),
        code("other.evaluate(x, y, verbose=0)", result("[0.5, 0.75]")),
    )
    found = joined(static, captured(evaluation(0, 0), evaluation(1, 1, arguments={"verbose": 0})))
    assert said(found) == [
        ("0.4000111222", 0, 0, "loss"),
        ("0.85", 0, 0, "accuracy"),
        ("0.5", 0, 1, "loss"),
        ("0.75", 0, 1, "accuracy"),
    ]


def test_a_printed_name_is_of_the_evaluation_that_it_was_bound_to(tmp_path: Path) -> None:
    static = read(
        tmp_path,
        code("found = model.evaluate(x, y, verbose=0)\nshare = round(found[1], 4)"),
        code("print('Test accuracy:', share)", "Test accuracy: 0.9777\n"),
        code("print('accuracy:', accuracy_score(y, guessed))", "accuracy: 0.91\n"),
        code("share = 1 - share\nprint('accuracy:', share)", "accuracy: 0.92\n"),
    )
    assert said(joined(static, captured(evaluation(0, 0)))) == [
        ("0.9777", 0, 0, "accuracy"),
        "what it is of was not captured",
        "what it is of was not captured",
    ]


def test_of_two_evaluations_the_sentence_says_which(tmp_path: Path) -> None:
    static = read(
        tmp_path,
        code(
            "a = model.evaluate(x, y)\nb = model.evaluate(z, t)\nprint(a, b)",
            "Training accuracy: 0.99\nTest accuracy: 0.91\nAccuracy: 0.9\n",
        ),
    )
    on_training = evaluation(0, 0, data=fit(0).data)
    found = said(joined(static, captured(fit(0), on_training, evaluation(1, 0))))
    assert found == [
        ("0.99", 0, 0, "accuracy"),
        ("0.91", 0, 1, "accuracy"),
        "which evaluation it is of cannot be told",
    ]


def test_what_was_printed_twice_of_one_evaluation_is_placed_once(tmp_path: Path) -> None:
    sentences = "Loss: 0.40001\nAccuracy: 85.00%\n"
    source = "found = model.evaluate(x, y)\nprint(found)"
    static = read(tmp_path, code(source, BAR + sentences))
    assert said(joined(static, captured(evaluation(0, 0)))) == [
        ("0.8500", 0, 0, "accuracy"),
        ("0.40001", 0, 0, "loss"),
    ]
    other = read(tmp_path, code(source, BAR + "Accuracy: 70.00%\n"))
    assert len(joined(other, captured(evaluation(0, 0)))) == 3


def test_an_evaluation_of_changed_weights_is_no_figure_of_a_fit(tmp_path: Path) -> None:
    static = read(tmp_path, code("model.evaluate(x, y)", BAR))
    for one, why in (
        (evaluation(0, 0, weights="changed"), "the weights of its model were changed after fit 0"),
        (evaluation(0, 0, fit=None, weights="untrained"), "its model was evaluated without a fit before"),
        (evaluation(0, 0, why="x: a generator"), "evaluate: x: a generator"),
    ):
        assert said(joined(static, captured(one))) == [why, why]


@pytest.mark.parametrize(
    ("printed", "more", "number"),
    [
        ("0.9950", {}, "0.9950"),
        ("97.00", {"percent": True}, "0.9700"),
        ("5.1481e-05", {}, 5.1481e-05),
        ("0.24868784844875336", {}, 0.24868784844875336),
        ("0.5", {"form": "returned list"}, 0.5),
        ("1.0", {"kind": "sentence"}, 1.0),
        ("98", {"kind": "sentence", "percent": True}, "0.98"),
        ("nan", {}, None),
        ("inf", {}, None),
    ],
)
def test_a_figure_counts_in_the_digits_that_were_printed(
    printed: str, more: dict[str, Any], number: float | str | None
) -> None:
    given = {"kind": "evaluate", "form": "bar by step", **more}
    kind, form = given.pop("kind"), given.pop("form")
    assert documented(figure(Where(0, 0, 1), kind, form, "accuracy", printed, **given)) == number


def test_errors_and_losses_are_better_where_they_are_lower() -> None:
    lower = ("loss", "val_loss", "mae", "val_mse", "rmse", "mean_absolute_error", "kl_divergence", "hinge")
    assert [better_values(name) for name in lower] == ["lower"] * len(lower)
    assert [better_values(name) for name in ("accuracy", "val_acc", "auc", "precision", "r2_score")] == [
        "higher"
    ] * 5


def test_an_architecture_takes_batches_of_any_size_unless_it_keeps_a_state() -> None:
    layer = {"config": {"batch_shape": [32, 2], "stateful": False}, "build_config": {"input_shape": [32, 2]}}
    assert any_batch([layer]) == [
        {"config": {"batch_shape": [None, 2], "stateful": False}, "build_config": {"input_shape": [None, 2]}}
    ]
    keeps = {"config": {"batch_shape": [32, 2], "stateful": True}}
    assert any_batch(keeps) == keeps


def test_a_figure_that_somebody_names_is_of_the_last_that_has_its_metric() -> None:
    run = captured(
        fit(0, 2, arguments=EPOCHS), fit(1, 3, arguments=EPOCHS), evaluation(0, 2), evaluation(1, 2, fit=1)
    )
    named = given_figure("2:acc=91%", run)
    assert (named.fit, named.evaluation, named.key) == (1, run.evaluations[1], "accuracy")
    assert documented(named.figure) == "0.91"
    of_fit = given_figure("3:loss=0.5", run)
    assert (of_fit.fit, of_fit.evaluation, of_fit.figure.epoch) == (1, None, 2)
    with pytest.raises(InvalidValue, match=r"a metric of cell \[3\]: accuracy, loss"):
        given_figure("3:mae=1", run)
    with pytest.raises(InvalidValue, match="it has fitted nothing"):
        given_figure("7:loss=1", run)
    for text in ("loss=1", "3:loss", "3:loss=high", "3:loss=1e5", ":loss=1"):
        with pytest.raises(InvalidValue, match="a cell, a metric and a figure"):
            checked("--figure", text)


def test_figures_of_the_prose_are_offered_for_the_evaluation_above_them(tmp_path: Path) -> None:
    static = read(
        tmp_path,
        code("fit"),
        "We expect 50% accuracy.",
        code("model.evaluate(z, t)"),
        "The test accuracy is about 97.8 %, the recall 0.5, the training accuracy 99%.",
    )
    run = captured(fit(0, 0), evaluation(0, 2))
    assert offered(static, run) == ("2:accuracy=97.8%",)
    assert given_figure(offered(static, run)[0], run).figure.value == 0.978
    assert offered(static, captured(fit(0, 0))) == ()


def layers(*names: str) -> dict[str, Any]:
    """Return an architecture of layers of these names, all of one class, and an activation softmax."""
    made = [{"class_name": "Softmax", "config": {"name": name, "activation": "softmax"}} for name in names]
    return {"class_name": "Sequential", "config": {"name": "sequential_3", "layers": made}}


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
        fit(1, data=data, start=continued(0, optimizer="new"), arguments={"epochs": 3, "batch_size": 4}),
        folder=tmp_path,
    )
    found = Repeating(run).of(1)
    assert isinstance(found, Repeated)
    assert (found.recipe.epochs, found.recipe.batch_size, found.before, found.epochs) == (5, 32, 5, 8)
    stage = found.recipe.stages[0]
    assert (stage.epochs, stage.batch_size, stage.change is not None) == (3, 4, True)


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


def test_an_epoch_that_the_code_does_not_train_has_no_place(tmp_path: Path) -> None:
    static = read(tmp_path, code("model.fit(x, y, epochs=1)", log("0.5", "0.4")))
    data = kept(tmp_path)
    run = captured(fit(0, data=data), folder=tmp_path)
    assert [one.why for one in prepare(static, run).refused] == [
        "fit 0: its log has epoch 2, and the code trains 1"
    ]
    longer = prepare(static, captured(fit(0, data=data, arguments=EPOCHS), folder=tmp_path))
    assert not longer.refused
    assert [claim.documented["loss"].documented for _, claim in longer.claims] == ["0.4"]


def test_a_printed_figure_is_placed_among_runs_of_what_printed_it(tmp_path: Path) -> None:
    from nnspec.claims.budget import parse
    from nnspec.notebook.repeating.placing import place_figures
    from nnspec.store.store import Store

    static = read(
        tmp_path, code("model.fit(x, y, epochs=2)", log("0.5", "9.4")), code("model.evaluate(z, t)", BAR)
    )
    run: Captured = captured(
        fit(0, data=kept(tmp_path), arguments=EPOCHS, global_seed=3),
        evaluation(0, 1, data=kept(tmp_path, 4, seed=1)),
        folder=tmp_path,
    )
    placing = place_figures(static, run, parse("standard", "4"), Store(tmp_path / "store"))
    assert not placing.not_placed
    first = placing.placed[0]
    assert (first.asked.key, first.result.seeds, first.result.successes) == ("loss", 4, 4)
    assert first.global_seed == 3
    assert first.reader is not None
    assert np.all(np.diff(first.reader) >= 0)
    assert [one.asked.key for one in placing.placed[1:]] == ["loss", "accuracy"]
    assert placing.results.seeds_trained == 4  # one training serves all three
    console = Console(record=True, width=160, file=io.StringIO())
    placed_table.show(placing, console)
    said = console.export_text()
    assert "fit, epoch 2 of 2" in said
    assert "4 of 4" in said
    assert "The notebook sets the seed 3 for all that is random" in said
    assert "3 figures, 4 trainings" in said
    record.write(tmp_path / "results.json", placing.results)
    found = results_of(json.loads((tmp_path / "results.json").read_text()), "results.json")
    assert [one.section for one in found.claims] == ["Cell [0]", "Cell [1]", "Cell [1]"]
    assert found.claims[0].replay.startswith(f"nnspec notebook {static.notebook.path} --seeds ")
    assert main(["report", str(tmp_path / "results.json"), "-o", str(tmp_path / "report.html")]) == 0
    assert "Cell [0] prints loss 9.4" in (tmp_path / "report.html").read_text()

"""Printed orders of models: which are asked for, on the same examples, and how many paired runs have them."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from rich.console import Console

import nnspec
from nnspec.claims.budget import parse
from nnspec.commands.main import main
from nnspec.commands.terminal import placed_table
from nnspec.notebook.captured import Captured
from nnspec.notebook.figures import Where, figure
from nnspec.notebook.inside.written import Written
from nnspec.notebook.repeating.asked import Asked
from nnspec.notebook.repeating.compared import compared
from nnspec.notebook.repeating.examples import Examples, number_of, same_examples
from nnspec.notebook.repeating.placing import place_figures
from nnspec.notebook.repeating.prepared import prepare
from nnspec.results import record
from nnspec.results.reading import results_of
from nnspec.store.store import Store
from spec.implementation.notebook.captured_samples import COMPILED, captured, evaluation, fit, kept
from spec.implementation.notebook.notebook_samples import code, read

SCHEMA = Path(nnspec.__file__).parent / "results" / "results.schema.json"
OTHER_LOSS = {**COMPILED, "loss": "hinge"}


def evaluated(printed: list[str], metric: str = "accuracy", **changed: Any) -> tuple[Captured, list[Asked]]:
    """Return models that are evaluated one after the other, a cell each, with what is printed of each."""
    made = [fit(number, **changed) for number in range(len(printed))]
    found = [evaluation(number, number, fit=number) for number in range(len(printed))]
    figures = [
        Asked(figure(Where(cell, 0, 1), "evaluate", "bar", metric, text), cell, found[cell], metric)
        for cell, text in enumerate(printed)
    ]
    return captured(*made, *found), figures


def pairs(run: Captured, figures: list[Asked]) -> list[tuple[int, int]]:
    """Return the fits whose order is asked for, the better one first."""
    return [(one.fit, other.fit) for one, other in compared(run, figures)]


def test_each_model_is_compared_with_the_one_before_it_and_the_best_with_the_second() -> None:
    run, figures = evaluated(["0.90", "0.50", "0.60", "0.95", "0.70"])
    assert pairs(run, figures) == [(0, 1), (2, 1), (3, 2), (3, 0), (3, 4)]
    run, figures = evaluated(["0.4", "0.2", "0.3"], "loss")
    assert pairs(run, figures) == [(1, 0), (1, 2)]  # of losses the lower one is better


def test_models_that_one_line_tells_of_are_compared(tmp_path: Path) -> None:
    said = "print(f'accuracy of a {a[1]}, accuracy of b {b[1]}, accuracy of c {c[1]}')"
    static = read(
        tmp_path,
        code("a = m.evaluate(z, t)\nb = n.evaluate(z, t)\nc = o.evaluate(z, t)"),
        code(said, "accuracy of a 0.7, accuracy of b 0.9, accuracy of c 0.8\n"),
    )
    trained, tested = kept(tmp_path), kept(tmp_path, seed=1)
    fits = [fit(number, data=trained, arguments={"epochs": number + 1}) for number in range(3)]
    found = [evaluation(number, 0, fit=number, data=tested) for number in range(3)]
    prepared = prepare(static, captured(*fits, *found, folder=tmp_path))
    assert [tuple(arm.asked.fit for arm in one.arms) for one in prepared.orders] == [(1, 0), (1, 2)]
    assert not prepared.not_ordered
    assert len({claim.id for claim in prepared.in_order}) == 3 + 2


def test_figures_that_are_printed_alike_or_are_no_numbers_have_no_order() -> None:
    assert pairs(*evaluated(["0.90", "0.90"])) == []
    assert pairs(*evaluated(["nan", "0.90"])) == []


def test_a_model_that_is_evaluated_twice_counts_once() -> None:
    run, figures = evaluated(["0.9", "0.8"])
    again = Asked(
        figure(Where(7, 0, 1), "evaluate", "bar", "accuracy", "0.9"), 0, figures[0].evaluation, "accuracy"
    )
    assert pairs(run, [*figures, again]) == [(0, 1)]


def test_only_what_is_evaluated_on_the_same_data_is_compared_whatever_its_name(tmp_path: Path) -> None:
    _, figures = evaluated(["0.9", "0.8"])
    data = [kept(tmp_path, seed=seed) for seed in (0, 1, 0)]
    found = [evaluation(cell, cell, fit=cell, data=data[cell]) for cell in range(3)]
    run = captured(*map(fit, range(3)), *found, folder=tmp_path)
    asked = [Asked(figures[0].figure, 0, found[0], "accuracy")]
    assert pairs(run, [*asked, Asked(figures[1].figure, 1, found[1], "accuracy")]) == []
    assert pairs(run, [*asked, Asked(figures[1].figure, 2, found[2], "accuracy")]) == [(0, 2)]


def test_validation_on_the_same_examples_is_compared_and_training_is_not() -> None:
    held = {"kind": "tuple", "parts": [{"file": "v"}, {"file": "w"}]}
    data = {"x": {"file": "x"}, "y": {"file": "y"}, "validation_data": held}
    run = captured(fit(0, data=data), fit(1, data={**data, "x": {"file": "more x"}}), fit(2))
    split = captured(*(fit(number, arguments={"validation_split": 0.2}) for number in range(2)))
    apart = captured(*(fit(number, arguments={"validation_split": 0.2 + number / 10}) for number in range(2)))

    def epochs(metric: str) -> list[Asked]:
        return [
            Asked(figure(Where(cell, 0, 1), "fit", "bar", metric, text, epoch=1), cell, None, metric)
            for cell, text in enumerate(("0.8", "0.9"))
        ]

    assert pairs(run, epochs("val_accuracy")) == [(1, 0)]
    assert pairs(split, epochs("val_loss")) == [(0, 1)]
    assert pairs(apart, epochs("val_accuracy")) == []
    assert pairs(run, epochs("accuracy")) == []


def test_losses_are_compared_where_they_are_one_function_and_nothing_is_added() -> None:
    assert pairs(*evaluated(["0.4", "0.2"], "loss")) == [(1, 0)]
    run, figures = evaluated(["0.4", "0.2"], "loss")
    other = captured(
        run.fits[0], fit(1, model={**run.fits[1].model, "compiled": OTHER_LOSS}), *run.evaluations
    )
    assert pairs(other, figures) == []
    penalised = {"config": {"layers": [{"config": {"kernel_regularizer": {"class_name": "L2"}}}]}}
    with_penalty = fit(1, model={**run.fits[1].model, "architecture": penalised})
    assert pairs(captured(run.fits[0], with_penalty, *run.evaluations), figures) == []


def arrays(folder: Path, x: Any, y: Any) -> Examples:
    written = Written(folder, 10**6)
    return Examples(written.array(np.asarray(x)), written.array(np.asarray(y)))


def test_the_same_examples_are_told_by_their_numbers_in_any_shape_and_scale(tmp_path: Path) -> None:
    draws = np.random.default_rng(0)
    images, labels = draws.integers(0, 256, (40, 4, 4)), draws.integers(0, 3, 40)
    run = captured(folder=tmp_path)
    pixels = arrays(tmp_path, images, labels)
    assert number_of(pixels) == 40
    flat = arrays(tmp_path, (images / 255).reshape(40, 16).astype(np.float32), labels.reshape(-1, 1))
    one_hot = arrays(tmp_path, images[..., None], np.eye(3)[labels])
    for same in (flat, one_hot):
        assert same_examples(run, pixels, same)
    shuffled = arrays(tmp_path, images[::-1], labels)
    other_labels = arrays(tmp_path, images, labels[::-1])
    noisy = arrays(tmp_path, images + draws.normal(0, 20, images.shape), labels)
    fewer = arrays(tmp_path, images[:20], labels[:20])
    for other in (shuffled, other_labels, noisy, fewer):
        assert not same_examples(run, pixels, other)
    assert not same_examples(run, pixels, Examples(pixels.x, pixels.y, 0.2))


def story(tmp_path: Path, data: Sequence[str] = ("z, t",) * 3) -> tuple[Any, Captured]:
    """Return a notebook that prints a model that learns below one that does not, and one like that.

    All are evaluated on the same examples, under these names.
    """
    bar = "4/4 [====] - 0s 1ms/step - loss: 0.4000 - accuracy: {}\n"
    cells = []
    for number, text in enumerate(("0.4000", "0.9000", "0.5000")):
        cells += [code(f"model_{number}.fit(x, y, epochs=30, verbose=0)")]
        cells += [code(f"model_{number}.evaluate({data[number]})", bar.format(text))]
    static = read(tmp_path, *cells)
    trained, tested = kept(tmp_path, 64), kept(tmp_path, 64, seed=1)
    slow = {**COMPILED, "optimizer": {**COMPILED["optimizer"], "config": {"learning_rate": 1e-9}}}  # type: ignore[dict-item]
    found: list[Any] = []
    for number, compiled in enumerate((COMPILED, slow, slow)):
        model = {**fit(0).model, "compiled": compiled}
        arguments = {"epochs": 30, "verbose": 0}
        found.append(fit(number, 2 * number, data=trained, model=model, arguments=arguments))
        found.append(evaluation(number, 2 * number + 1, fit=number, data=tested))
    return static, captured(*found, folder=tmp_path)


def test_models_that_are_trained_alike_have_no_order_but_chance(tmp_path: Path) -> None:
    prepared = prepare(*story(tmp_path))
    # the losses are printed alike
    assert [one.claim.statement for one in prepared.orders] == [
        "model_1 has a higher accuracy than model_0 on the same 64 examples"
    ]
    assert [(one.names, one.why) for one in prepared.not_ordered] == [
        (("model_1", "model_2"), "both are trained alike, so that chance alone orders them")
    ]
    assert prepared.verdicts == 6 + 2  # figures, the order and its null


def test_a_printed_order_is_counted_among_paired_runs_and_written_with_the_results(tmp_path: Path) -> None:
    static, run = story(tmp_path)
    placing = place_figures(static, run, parse("standard", "64"), Store(tmp_path / "store"))
    [order] = placing.orders
    assert (order.order.first.name, order.order.second.name) == ("model_1", "model_0")
    assert (order.result.successes or 0) + order.order.ties <= 8
    assert set(order.places) <= {"almost never", "seldom"}
    assert placing.results.seeds_trained == 2 * 64  # the runs of the figures are those of the order
    console = Console(record=True, width=200, file=io.StringIO())
    placed_table.show(placing, console)
    said = console.export_text()
    assert "model_1 [3] before model_0 [1]" in said
    assert "model_1 and model_2 by accuracy: both are trained alike" in said
    assert "6 figures and 1 orders" not in said
    assert "6 figures and 1 order, 128 trainings" in said
    file = tmp_path / "results.json"
    record.write(file, placing.results)
    document = json.loads(file.read_text())
    schema = json.loads(SCHEMA.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)
    assert [one.get("order", {}).get("metric") for one in document["claims"]] == [None] * 6 + ["accuracy"]
    written, described = document["claims"][-1]["order"], schema["$defs"]["claim"]["properties"]["order"]
    assert set(written) == set(described["properties"]) == set(described["required"])
    assert set(written["first"]) == set(schema["$defs"]["model"]["properties"])
    assert results_of(document, "results.json").claims[-1].order == order.order
    assert main(["report", str(file), "-o", str(tmp_path / "report.html")]) == 0
    assert "model_1 has a higher accuracy than model_0" in (tmp_path / "report.html").read_text()
    document["claims"][-1]["order"]["ties"] = 65
    with pytest.raises(nnspec.NnspecError, match="ties=65"):
        results_of(document, "results.json")


def test_models_whose_metric_has_another_name_are_ordered(tmp_path: Path) -> None:
    static, run = story(tmp_path)
    named = {**COMPILED, "metrics": ["acc"]}
    first, tested = run.fits[0], run.evaluations[0]
    first = replace(first, model={**first.model, "compiled": named}, history={"acc": [0.5], "loss": [0.5]})
    tested = replace(tested, result={"loss": 0.5, "acc": 0.5})
    run = replace(run, fits=(first, *run.fits[1:]), evaluations=(tested, *run.evaluations[1:]))
    placing = place_figures(static, run, parse("standard", "16"), Store(tmp_path / "store"))
    assert [one.why for one in placing.not_ordered] == [
        "both are trained alike, so that chance alone orders them"
    ]
    # held against one model beside itself, whose accuracy has one name alone
    assert [(one.order.first.fit, one.order.second.fit) for one in placing.orders] == [(1, 0)]

"""Figures of histories, loops and helpers: what they are of is followed, and proven by the run's numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nnspec.notebook.captured import Captured, Evaluation, Fit
from nnspec.notebook.cells import Output
from nnspec.notebook.repeating.asked import Asked, NotPlaced
from nnspec.notebook.repeating.joined import joined
from nnspec.notebook.shown import SHOWN, read_shown, write_shown
from spec.implementation.notebook.captured_samples import captured, evaluation, fit
from spec.implementation.notebook.notebook_samples import code, read, result
from spec.implementation.notebook.test_findings import log

UNTOLD = "which evaluation it is of cannot be told"
LOOP = """\
for name in names:
    model = make(name)
    history = model.fit(x, y, epochs=2, verbose=0)
    loss, acc = model.evaluate(z, t, verbose=0)
    print(f"{name}: accuracy {acc:.4f}, best {max(history.history['val_accuracy']):.2%} val accuracy")
"""
PRINTED = "a: accuracy 0.8000, best 91.00% val accuracy\nb: accuracy 0.7000, best 92.00% val accuracy\n"


def run(shown: dict[int, str], *found: Fit | Evaluation) -> Captured:
    """Return what was captured of a run whose cells showed these texts."""
    return replace(captured(*found), shown={cell: (Output("stdout", text),) for cell, text in shown.items()})


def history(number: int, cell: int, *values: float, line: int = 1, **changed: Any) -> Fit:
    """Return a fit with these values of val_accuracy, of accuracy a tenth more."""
    reported = {"accuracy": [one + 0.1 for one in values], "val_accuracy": list(values)}
    arguments = {"epochs": len(values), "verbose": 0}
    return fit(number, cell, line=line, history=reported, arguments=arguments, **changed)


def of(found: tuple[Asked | NotPlaced, ...]) -> list[Any]:
    """Return fit, evaluation and what is taken of every figure, or why it has no place."""
    return [
        one.why
        if isinstance(one, NotPlaced)
        else (one.fit, None if one.evaluation is None else one.evaluation.number, one.key, one.taken)
        for one in found
    ]


@pytest.mark.parametrize(
    ("source", "printed", "expected"),
    [
        ("print(h.history['accuracy'][-1])", "0.6", ("accuracy", -1)),
        ("print(max(h.history['val_accuracy']))", "0.7", ("val_accuracy", "highest")),
        ("print('Accuracy', np.min(h.history['val_accuracy']))", "Accuracy 0.5", ("val_accuracy", "lowest")),
        ("print(f\"loss {h.history['val_accuracy'][-1]:.4f}\")", "loss 0.5000", ("val_accuracy", -1)),
        ("kept = h.history\nlast = kept['accuracy'][1]\nprint(last)", "", None),
        ("accs = h.history['accuracy']\nprint('Accuracy:', accs[0])", "Accuracy: 0.8", ("accuracy", 1)),
        ("print(f\"{h.history['accuracy'][-2]*100:.1f}% accuracy\")", "80.0% accuracy", ("accuracy", 1)),
    ],
)
def test_a_value_of_a_history_is_of_its_fit(
    tmp_path: Path, source: str, printed: str, expected: tuple[str, int | str] | None
) -> None:
    static = read(tmp_path, code(f"h = model.fit(x, y, epochs=2, verbose=0)\n{source}", printed + "\n"))
    both = history(0, 0, 0.7, 0.5), history(1, 1, 0.1, 0.2)
    wanted = [] if expected is None else [(0, None, *expected)]
    assert of(joined(static, captured(*both))) == wanted
    assert of(joined(static, run({0: printed + "\n"}, *both))) == wanted


def test_a_history_that_is_shown_by_itself_is_read_too(tmp_path: Path) -> None:
    static = read(
        tmp_path,
        code("h = model.fit(x, y, epochs=2)", log("0.5", "0.4")),
        code("max(h.history['val_accuracy'])", result("0.7")),
    )
    assert of(joined(static, captured(history(0, 0, 0.7, 0.5))))[1:] == [(0, None, "val_accuracy", "highest")]


def test_a_figure_in_a_loop_is_of_the_fit_and_evaluation_of_its_turn(tmp_path: Path) -> None:
    static = read(tmp_path, code(LOOP, PRINTED))
    calls = [
        *(history(0, 0, 0.9, 0.85, line=3), history(1, 0, 0.4, 0.3, line=3)),
        *(evaluation(0, 0, 0, line=4, result={"loss": 0.1, "accuracy": 0.61}),),
        *(evaluation(1, 0, 1, line=4, result={"loss": 0.1, "accuracy": 0.62}),),
    ]
    today = "a: accuracy 0.6100, best 90.00% val accuracy\nb: accuracy 0.6200, best 40.00% val accuracy\n"
    found = joined(static, run({0: today}, *calls))
    assert of(found) == [
        (0, 0, "accuracy", -1),
        (0, None, "val_accuracy", "highest"),
        (1, 1, "accuracy", -1),
        (1, None, "val_accuracy", "highest"),
    ]


def test_without_the_numbers_of_the_run_a_figure_in_a_loop_has_no_place(tmp_path: Path) -> None:
    static = read(tmp_path, code(LOOP, PRINTED))
    calls = history(0, 0, 0.9, line=3), history(1, 0, 0.4, line=3), *both(0.61, 0.62, line=4)
    for shown in ({}, {0: "a: accuracy 0.6100, best 90.00% val accuracy\n"}):
        found = of(joined(static, run(shown, *calls)))
        assert found[0] == UNTOLD
        assert found[1] == "which fit it is of cannot be told"


def both(*accuracies: float, **changed: Any) -> list[Evaluation]:
    """Return an evaluation with each accuracy, after a fit of the same number."""
    return [
        evaluation(number, 0, number, result={"loss": 0.1, "accuracy": value}, **changed)
        for number, value in enumerate(accuracies)
    ]


def test_after_a_loop_its_last_value_is_told_by_the_number_alone(tmp_path: Path) -> None:
    source = "for m in models:\n    acc = m.evaluate(z, t, verbose=0)[1]\nprint(f'accuracy {acc:.3f}')"
    static = read(tmp_path, code(source, "accuracy 0.600\n"))
    calls = [fit(0), fit(1), *both(0.61, 0.62, line=2)]
    assert of(joined(static, run({0: "accuracy 0.620\n"}, *calls))) == [(1, 1, "accuracy", -1)]
    for text, number in (("0.630", 0), ("0.6", 2)):
        told = f"{UNTOLD}: {number} of 2 gave what the run printed"
        assert of(joined(static, run({0: f"accuracy {text}\n"}, *calls)))[0] == told
    alike = [fit(0), fit(1), *both(0.62, 0.6201, line=2)]
    told = f"{UNTOLD}: 2 of 2 gave what the run printed"
    assert of(joined(static, run({0: "accuracy 0.620\n"}, *alike))) == [told]


def test_a_helper_that_evaluates_and_prints_is_followed_into_its_code(tmp_path: Path) -> None:
    helper = "def show(m):\n    found = m.evaluate(z, t, verbose=0)\n    print('accuracy', found[1])"
    for cells, at in (([helper + "\nshow(a)\nshow(b)"], 0), ([helper, "show(a)\nshow(b)"], 1)):
        made = [code(one, "accuracy 0.6\naccuracy 0.7\n") if one is cells[-1] else code(one) for one in cells]
        static = read(tmp_path, *made)
        calls = [replace(one, cell=at, functions=("show",)) for one in both(0.61, 0.62, line=4)]
        found = joined(static, run({at: "accuracy 0.61\naccuracy 0.62\n"}, fit(0), fit(1), *calls))
        assert of(found) == [(0, 0, "accuracy", -1), (1, 1, "accuracy", -1)]
        assert of(joined(static, captured(fit(0), fit(1), *calls))) == [UNTOLD] * 2


def test_a_loop_over_histories_is_told_by_their_numbers(tmp_path: Path) -> None:
    source = "for name, h in kept.items():\n    print(f\"{name}: {h.history['val_accuracy'][-1]:.4f}\")"
    static = read(tmp_path, code("train()"), code(source, "a: 0.8100\nb: 0.8200\n"))
    fits = history(0, 0, 0.9, 0.5), history(1, 0, 0.9, 0.6), history(2, 2, 0.9, 0.5)
    found = of(joined(static, run({1: "a: 0.6000\nb: 0.5000\n"}, *fits)))
    assert found == [(1, None, "val_accuracy", -1), (0, None, "val_accuracy", -1)]
    told = "which fit it is of cannot be told: 0 of 2 gave what the run printed"
    assert of(joined(static, run({1: "a: 0.6000\nb: 0.5500\n"}, *fits)))[1] == told


def test_what_the_run_printed_otherwise_than_an_evaluation_gave_is_none_of_it(tmp_path: Path) -> None:
    source = "def fmt(v):\n    return v / 2\nacc = m.evaluate(z, t)[1]\nprint(f'accuracy {fmt(acc)}')"
    static = read(tmp_path, code(source, "accuracy 0.4\n"))
    one = evaluation(0, 0, line=3, result={"loss": 0.1, "accuracy": 0.61})
    assert of(joined(static, run({0: "accuracy 0.61\n"}, fit(0), one))) == [(0, 0, "accuracy", -1)]
    told = "what it is of cannot be told: at the run it was another number than evaluate gave"
    assert of(joined(static, run({0: "accuracy 0.305\n"}, fit(0), one))) == [told]


def test_prints_that_look_alike_are_told_apart_by_their_order(tmp_path: Path) -> None:
    source = (
        "acc = a.evaluate(z, t, verbose=0)[1]\nprint('accuracy', acc)\n"
        "acc = b.evaluate(z, t, verbose=0)[1]\nprint('accuracy', acc)"
    )
    static = read(tmp_path, code(source, "accuracy 0.6\naccuracy 0.7\n"))
    calls = [fit(0), fit(1), *both(0.61, 0.62)]
    assert of(joined(static, captured(*calls))) == [(0, 0, "accuracy", -1), (1, 1, "accuracy", -1)]
    fewer = read(tmp_path, code(source, "accuracy 0.6\n"))
    assert of(joined(fewer, captured(*calls))) == [UNTOLD]


def test_a_log_and_a_print_of_its_end_are_one_figure(tmp_path: Path) -> None:
    source = "h = model.fit(x, y, epochs=2)\nprint('loss', h.history['loss'][-1])"
    static = read(tmp_path, code(source, log("0.5", "0.4") + "loss 0.40001\n"))
    found = joined(static, captured(fit(0, arguments={"epochs": 2})))
    assert [one.figure.printed for one in found] == ["0.40001"]


def test_what_cells_showed_is_read_back_as_far_as_it_was_written(tmp_path: Path) -> None:
    shown = (Output("stdout", "accuracy 0.6\n"), Output("result", "0.6"))
    write_shown(tmp_path, 3, shown)
    write_shown(tmp_path, 4, ())
    write_shown(tmp_path, 5, shown[:1])
    assert read_shown(tmp_path) == {3: shown, 5: shown[:1]}
    path = tmp_path / SHOWN
    path.write_text(path.read_text(encoding="utf-8")[:-20] + "\n[1]\n", encoding="utf-8")
    assert read_shown(tmp_path) == {3: shown}
    assert read_shown(tmp_path / "nothing") == {}

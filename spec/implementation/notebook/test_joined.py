"""What a printed figure is of: a fit, an evaluation, or nothing that can be told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nnspec.notebook.repeating.asked import Asked, NotPlaced
from nnspec.notebook.repeating.joined import joined
from spec.implementation.notebook.captured_samples import captured, evaluation, fit
from spec.implementation.notebook.notebook_samples import code, read, result
from spec.implementation.notebook.test_findings import log

EPOCHS = {"epochs": 2}


BAR = "4/4 [==============================] - 0s 1ms/step - loss: 0.4000 - accuracy: 0.8500\n"


def said(found: tuple[Asked | NotPlaced, ...]) -> list[Any]:
    """Return what each figure is of, or why it has no place."""
    return [
        one.why
        if isinstance(one, NotPlaced)
        else (one.figure.printed, one.fit, None if one.evaluation is None else one.evaluation.number, one.key)
        for one in found
    ]


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
        "it shows accuracy_score(y, guessed), which is no value that evaluate or fit gave",
        "it shows 1 - share, which is no value that evaluate or fit gave",
    ]


_TWO = "seen = model.evaluate(x, y)\nloss, acc = model.evaluate(z, t)\n"
_NO = "which is no value that evaluate or fit gave"
_COMPILED = "its model was compiled with another loss or other metrics"
_GIVEN = "its model was never fitted here: its weights were loaded, set or trained within another one"
_UNTOLD = "which evaluation it is of cannot be told"


@pytest.mark.parametrize(
    ("source", "printed", "expected"),
    [
        # what is printed is followed to its call, whatever the words say
        (
            "print('B:', seen[1], 'accuracy')\nprint(f'accuracy {acc}')",
            "accuracy 0.8",
            [("0.8", 1, "accuracy")],
        ),
        (
            "print('accuracy: %.2f, loss: %.1f' % (acc, seen[0]))",
            "accuracy: 0.80, loss: 0.4",
            [("0.80", 1, "accuracy"), ("0.4", 0, "loss")],
        ),
        ("print('Accuracy {:.1%}'.format(acc))", "Accuracy 80.0%", [("80.0", 1, "accuracy")]),
        ("print('Accuracy', round(seen[1] * 100, 1), '%')", "Accuracy 80.0 %", [("80.0", 0, "accuracy")]),
        ("print('Accuracy:', 100 * acc)", "Accuracy: 80.0", [("80.0", 1, "accuracy")]),
        (
            "print('train accuracy ' + str(seen[1]) + ', test accuracy ' + str(acc))",
            "train accuracy 0.9, test accuracy 0.8",
            [("0.9", 0, "accuracy"), ("0.8", 1, "accuracy")],
        ),
        (
            "best = acc\nprint(f'test accuracy:\\t{best:.3f}\\nloss {loss}')",
            "test accuracy:\t0.800\nloss 0.3",
            [("0.800", 1, "accuracy"), ("0.3", 1, "loss")],
        ),
        (
            "print('%s: %.2f%%' % (model.metrics_names[1], seen[1]*100))",
            "accuracy: 91.25%",
            [("91.25", 0, "accuracy")],
        ),
        # what cannot be followed is left to words
        ("kept = []\nkept.append(acc)\nprint('accuracy', kept[-1])", "accuracy 0.8", [_UNTOLD]),
        ("said = f'{acc:.2f}'\nprint('accuracy', said)", "accuracy 0.80", [_UNTOLD]),
        ("by = {}\nby['b'] = seen\nprint('accuracy', by['b'][1])", "accuracy 0.8", [_UNTOLD]),
        # and what is no value of an evaluate stays without a place
        (
            "d = loss * 1000\nprint('loss:', d, 'dollars')",
            "loss: 301.5 dollars",
            [f"it shows loss * 1000, {_NO}"],
        ),
        (
            "print('Gap in accuracy', h.history['accuracy'][-1] - acc)",
            "Gap in accuracy 0.95",
            [f"it shows h.history['accuracy'][-1] - acc, {_NO}"],
        ),
        (
            "print('Accuracy', np.mean(h.history['accuracy']))",
            "Accuracy 0.95",
            [f"it shows np.mean(h.history['accuracy']), {_NO}"],
        ),
        (
            "print('accuracy by chance: 0.5')",
            "accuracy by chance: 0.5",
            ["it is text that the code holds itself"],
        ),
        (
            "print(f'mean accuracy {np.mean([acc, 1])}')",
            "mean accuracy 0.9",
            [f"it shows np.mean([acc, 1]), {_NO}"],
        ),
    ],
)
def test_a_printed_figure_is_of_the_evaluation_that_its_expression_gives(
    tmp_path: Path, source: str, printed: str, expected: list[Any]
) -> None:
    static = read(tmp_path, code(_TWO + source, printed + "\n"))
    found = said(joined(static, captured(fit(0), evaluation(0, 0), evaluation(1, 0))))
    assert [one if isinstance(one, str) else (one[0], one[2], one[3]) for one in found] == expected


def test_a_metric_that_is_compiled_by_the_name_of_its_class_has_keras_name_for_it(tmp_path: Path) -> None:
    source = (
        "model.compile('sgd', 'mse', metrics=['RootMeanSquaredError'])\nmse, found = model.evaluate(z, t)"
    )
    static = read(tmp_path, code(source), code("found", result("0.53")))
    [one] = static.figures
    assert one.name == "root_mean_squared_error"
    run = captured(fit(0), evaluation(0, 0, result={"loss": 0.3, "root_mean_squared_error": 0.5}))
    assert said(joined(static, run)) == [("0.53", 0, 0, "root_mean_squared_error")]


def test_what_a_callback_says_in_words_of_its_own_is_no_figure(tmp_path: Path) -> None:
    source = "class Stop(Callback):\n    def on_epoch_end(self, *_):\n        print('Reached 90% accuracy!')"
    static = read(tmp_path, code(source), code("model.evaluate(z, t)", "Reached 90% accuracy!\n"))
    found = said(joined(static, captured(fit(0), evaluation(0, 1))))
    assert found == ["it is text that the code holds itself"]


def test_a_figure_that_another_cell_evaluated_is_not_of_the_evaluation_beside_it(tmp_path: Path) -> None:
    static = read(
        tmp_path,
        code("a = first.evaluate(x, y)"),
        code("b = other.evaluate(x, y)\nprint('accuracy of first', a[1])", "accuracy of first 0.66\n"),
        code("a[1]", result("0.66")),
        code("print('accuracy', a[1])\na = third.evaluate(x, y)", "accuracy 0.66\n"),
    )
    found = said(joined(static, captured(evaluation(0, 0), evaluation(1, 1), evaluation(2, 3))))
    assert found == [("0.66", 0, 0, "accuracy")] * 3


def test_of_two_evaluations_the_sentence_says_which(tmp_path: Path) -> None:
    static = read(
        tmp_path,
        code(
            "a = model.evaluate(x, y)\nb = model.evaluate(z, t)\nprint(*told(a, b))",
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
        (evaluation(0, 0, weights="recompiled"), f"{_COMPILED} after fit 0"),
        (evaluation(0, 0, fit=None, weights="untrained"), "its model was evaluated without a fit before"),
        (evaluation(0, 0, fit=None, weights="given"), _GIVEN),
        (evaluation(0, 0, why="x: a generator"), "evaluate: x: a generator"),
    ):
        assert said(joined(static, captured(one))) == [why, why]

"""The table of formats: what each stored output reads as, or that nothing is read from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from spec.implementation.notebook.notebook_samples import code, figures, read, result, stream

BAR = "[==============================]"
BAR3 = "\x1b[32m━━━━━━━━━━━━━━━━━━━━\x1b[0m\x1b[37m\x1b[0m"
COMPILE = 'model.compile(optimizer="adam", loss="mse", metrics=["accuracy"])\n'


def of(kind: str, **values: str) -> list[tuple[str, str, str]]:
    return [(kind, name, value) for name, value in values.items()]


LOGS: dict[str, tuple[str, list[tuple[str, str, str]]]] = {
    "TF 2, long name": (
        f"Epoch 3/3\n9/9 {BAR} - 2s 1ms/step - loss: 0.2235 - sparse_categorical_accuracy: 0.9200 "
        "- val_loss: 0.3056 - val_sparse_categorical_accuracy: 0.8894\n",
        of("fit", loss="0.2235", accuracy="0.9200", val_loss="0.3056", val_accuracy="0.8894"),
    ),
    "the rate is no figure": (
        f"Epoch 1/1\n25/25 {BAR} - 0s 3ms/step - loss: 0.8582 - accuracy: 0.4613 - lr: 8.9125\n",
        of("fit", loss="0.8582", accuracy="0.4613"),
    ),
    "Keras 2.0, no speed": (
        f"Epoch 1/1\n60000/60000 {BAR} - 1s - loss: 0.0382 - acc: 0.9890     \n",
        of("fit", loss="0.0382", accuracy="0.9890"),
    ),
    "Keras 2.0, interrupted": (" 9536/10000 [===========================>..] - ETA: 0s", []),
    "interrupted with figures": (" 9/10 [=====>.] - ETA: 0s - loss: 0.5000", []),
    "verbose=2 of 2017": (
        "Epoch 30/30\n71s - loss: 0.0354 - acc: 0.9885 - val_loss: 0.1832 - val_acc: 0.9510\n",
        of("fit", loss="0.0354", accuracy="0.9885", val_loss="0.1832", val_accuracy="0.9510"),
    ),
    "verbose=2, two speeds": (
        "Epoch 1/1\n13/13 - 0s - loss: 20.8079 - 32ms/epoch - 2ms/step\n",
        of("fit", loss="20.8079"),
    ),
    "early stopping": (
        "Epoch 2/9\nRestoring model weights from the end of the best epoch.\n"
        "112/112 - 0s - loss: 0.1001 - val_loss: 0.0869\nEpoch 00002: early stopping\n",
        of("fit", loss="0.1001", val_loss="0.0869"),
    ),
    "TF 2.0 by sample": (
        "Train on 60000 samples, validate on 10000 samples\nEpoch 1/1\n"
        f"60000/60000 {BAR} - 7s 116us/sample - loss: 0.1906 - accuracy: 0.9693\n",
        of("fit", loss="0.1906", accuracy="0.9693"),
    ),
    "a cut bar, fit and evaluate": (
        "Epoch 5/5\n60000/60000==============================] - 3s 55us/sample - loss: 0.2943 - acc: 0.8915\n"
        "10000/10000==============================] - 0s 39us/sample - loss: 0.3594 - acc: 0.8744\n",
        of("fit", loss="0.2943", accuracy="0.8915") + of("evaluate", loss="0.3594", accuracy="0.8744"),
    ),
    "a callback prints into a bar": (
        "Train on 60000 samples\nEpoch 7/10\n"
        "59456/60000 [============================>.] - ETA: 0s - loss: 0.2701 - acc: 0.9000\nGoing on.\n\n"
        f"60000/60000 {BAR} - 6s 93us/sample - loss: 0.2700 - acc: 0.9001\nEpoch 8/10\n"
        "59456/60000 [============================>.] - ETA: 0s - loss: 0.2580 - acc: 0.9048\nStopped.\n"
        f"60000/60000 {BAR} - 6s 93us/sample - loss: 0.2585 - acc: 0.9046\n",
        of("fit", loss="0.2585", accuracy="0.9046"),
    ),
    "two lines an epoch, the first of the validation": (
        f"Epoch 1/1\n13/13 {BAR} - 3s 262ms/step - loss: 0.0030 - acc: 1.0000\n"
        " - 17s - loss: 0.2578 - acc: 0.8987 - val_loss: 0.0030 - val_acc: 1.0000\n",
        of("fit", loss="0.2578", accuracy="0.8987", val_loss="0.0030", val_accuracy="1.0000"),
    ),
    "exponents and NaN": (
        f"Epoch 1/1\n9/9 {BAR} - 0s 1ms/step - loss: 5.1481e-05 - accuracy: 1.0000 - val_loss: nan\n",
        of("fit", loss="5.1481e-05", accuracy="1.0000", val_loss="nan"),
    ),
    "several outputs": (
        f"Epoch 1/1\n9/9 {BAR} - 0s 1ms/step - loss: 0.3652 - output_1_loss: 0.3570 "
        "- output_1_root_mean_squared_error: 0.5975 - main_acc: 0.5\n",
        of("fit", loss="0.3652", output_1_loss="0.3570", output_1_root_mean_squared_error="0.5975")
        + of("fit", main_accuracy="0.5"),
    ),
    "suffixes of repeated models": (
        f"Epoch 1/1\n9/9 {BAR} - 0s 1ms/step - loss: 0.3 - accuracy_1: 0.9 - val_mae_2: 0.4\n",
        of("fit", loss="0.3", accuracy="0.9", val_mean_absolute_error="0.4"),
    ),
    "one step, fit and evaluate": (
        f"Epoch 1/1\n1/1 {BAR} - 0s 13ms/step - loss: 18.1726\n1/1 {BAR} - 0s 9ms/step - loss: 17.5\n",
        of("fit", loss="18.1726") + of("evaluate", loss="17.5"),
    ),
    "bars of predict": (f"313/313 {BAR} - 1s 2ms/step\n", []),
    "Keras 3, sorted names": (
        f"Epoch 1/1\n\x1b[1m1875/1875\x1b[0m {BAR3} \x1b[1m4s\x1b[0m 2ms/step - accuracy: 0.5530 - loss: 2.1879\n",
        of("fit", accuracy="0.5530", loss="2.1879"),
    ),
    "Keras 3, updates in place": (
        f"Epoch 1/1\n\x1b[1m1/9\x1b[0m {BAR3} \x1b[1m2s\x1b[0m 9ms/step - loss: 9.0"
        + "\b" * 60
        + f"\r\x1b[1m9/9\x1b[0m {BAR3} \x1b[1m4s\x1b[0m 2ms/step - loss: 2.1879 - val_loss: 2.5\n",
        of("fit", loss="2.1879", val_loss="2.5"),
    ),
    "Keras 3, no terminal": (
        "Epoch 1/1\n\n1/9 ━━━━ 2s 9ms/step - loss: 9.0\n\n9/9 ━━━━ 4s 2ms/step - loss: 2.1879\n"
        "\n9/9 ━━━━ 4s 2ms/step - loss: 2.1879 - val_loss: 2.5\n",
        of("fit", loss="2.1879", val_loss="2.5"),
    ),
    "Keras 3, verbose=2": (
        "313/313 - 0s - 459us/step - accuracy: 0.9794 - loss: 0.0787\n",
        of("evaluate", accuracy="0.9794", loss="0.0787"),
    ),
    "an unknown number of steps": (
        "Epoch 1/2\n   1500/Unknown - 3s 2ms/step - loss: 0.5\n",
        of("fit", loss="0.5"),
    ),
    "printed sentences": (
        f"7/7 {BAR} - 0s 3ms/step - loss: 0.2052\nModel loss on the test set: 0.20516908168792725\n"
        "Model accuracy on the test set: 97.00%\n",
        of("evaluate", loss="0.2052")
        + of("sentence", loss="0.20516908168792725")
        + of("sentence", accuracy="97.00"),
    ),
    "two metrics on a line": (
        "Loss = 0.3, Accuracy = 0.97 (+/- 0.02)\n",
        of("sentence", loss="0.3", accuracy="0.97"),
    ),
    "the log loss": ("Validation logloss: 0.5565\n", of("sentence", loss="0.5565")),
    "a variable's name": ("test_acc: 0.9777\n", of("sentence", accuracy="0.9777")),
    "a metric after its percentage": ("It gets 91% accuracy.\n", of("sentence", accuracy="91")),
    "a figure that is asked for": ("Accuracy target 0.95, accuracy 0.91\n", of("sentence", accuracy="0.91")),
    "whole numbers count something": ("accuracy after 10 epochs\nloss of model 3\n", []),
    "what callbacks print": (
        "Epoch 1: val_loss improved from inf to 0.69, saving model to a.h5\nTotal params: 1.5\n",
        [],
    ),
    "speeds and other percentages": ("Downloaded 55.0% of 1.2 MB\nversion 2.18.0\n", []),
}


@pytest.mark.parametrize("name", LOGS)
def test_every_format_of_a_log_reads_as_its_figures(tmp_path: Path, name: str) -> None:
    text, expected = LOGS[name]
    static = read(tmp_path, code("model.fit(x, y, epochs=5)", text))
    last = max((one.epoch or 0 for one in static.figures), default=0)
    shown = [one for one in static.figures if one.kind != "fit" or one.epoch == last]
    assert [(one.kind, one.name, one.printed) for one in shown] == expected


VALUES: dict[str, tuple[str, str, list[tuple[str, str, str]]]] = {
    "a list": ("model.evaluate(x, y)", "[0.3243, 0.8863999843597412]", of("evaluate", loss="0.3243", accuracy="0.8863999843597412")),
    "a list with NaN": ("model.evaluate(x, y)", "[nan, 1e-07]", of("evaluate", loss="nan", accuracy="1e-07")),
    "a dict": ("model.evaluate(x, y, return_dict=True)", "{'accuracy': 0.5,\n 'loss': 0.25}", of("evaluate", accuracy="0.5", loss="0.25")),
    "NumPy's scalars": ("(mae_1, mse_1)", "(np.float32(30.638134), np.float32(949.13086))", of("returned", mean_absolute_error="30.638134", mean_squared_error="949.13086")),
    "a tuple of names": ("model_mae, model_loss", "(3483.4, 3494.5)", of("returned", mean_absolute_error="3483.4", loss="3494.5")),
    "a number": ("test_acc", "0.99129999999999996", of("returned", accuracy="0.99129999999999996")),
    "a tensor": ("mae", "<tf.Tensor: shape=(), dtype=float32, numpy=0.25>", of("returned", mean_absolute_error="0.25")),
    "a dict of metrics": ("scores", "{'accuracy': 79.26, 'f1': 0.78, 'n': 3}", of("returned", accuracy="79.26", f1="0.78")),
    "an array of anything": ("x[:2]", "array([0.1, 0.2])", []),
    "a list of anything": ("weights", "[0.1, 0.2]", []),
    "a History": ("model.fit(x, y)", "<keras.callbacks.History at 0x7f00663d2680>", []),
    "keys of a history": ("history.history.keys()", "dict_keys(['loss', 'accuracy'])", []),
    "a number that is asked for": ("threshold_for_precision", "0.37", []),
    "a number of nothing": ("x.mean()", "0.5", []),
}  # fmt: skip


@pytest.mark.parametrize("name", VALUES)
def test_every_value_that_a_cell_shows_reads_as_its_figures(tmp_path: Path, name: str) -> None:
    source, text, expected = VALUES[name]
    assert figures(read(tmp_path, code(COMPILE), code(source, result(text)))) == expected


def test_a_history_has_every_epoch_and_training_figures_are_running_means(tmp_path: Path) -> None:
    static = read(tmp_path, code("history.history", result("{'loss': [0.5, 0.25], 'val_loss': [0.6, nan]}")))
    found = [(one.name, one.epoch, one.epochs, one.running_mean, one.printed) for one in static.figures]
    assert found == [
        ("loss", 1, 2, True, "0.5"),
        ("loss", 2, 2, True, "0.25"),
        ("val_loss", 1, 2, False, "0.6"),
        ("val_loss", 2, 2, False, "nan"),
    ]


def test_what_evaluate_returns_counts_and_not_its_bar(tmp_path: Path) -> None:
    bar = f"\x1b[1m9/9\x1b[0m {BAR3} \x1b[1m1s\x1b[0m 2ms/step - accuracy: 0.8100 - loss: 1.4038\n"
    static = read(tmp_path, code(COMPILE), code("model.evaluate(x, y)", bar, result("[1.4037566, 0.8022]")))
    assert figures(static) == of("evaluate", loss="1.4037566", accuracy="0.8022")
    assert [one.printed for one in static.figures if one.outdone] == ["0.8100", "1.4038"]
    assert {one.order for one in static.figures} == {0}


@pytest.mark.parametrize("show", ["scores", "print(scores)"])
def test_a_variable_of_an_evaluate_is_one_in_the_next_cell_too(tmp_path: Path, show: str) -> None:
    shown: Any = result("[0.29, 0.88]") if show == "scores" else "[0.29, 0.88]\n"
    static = read(tmp_path, code(COMPILE + "scores = model.evaluate(x, y)"), code(show, shown))
    assert figures(static) == of("evaluate", loss="0.29", accuracy="0.88")


def test_a_part_of_an_evaluate_has_the_name_that_compile_gives(tmp_path: Path) -> None:
    unpacked = code(COMPILE + "test_loss, test_right = model.evaluate(x, y)")
    static = read(tmp_path, unpacked, code("test_right", result("0.88")))
    assert figures(static) == of("evaluate", accuracy="0.88")
    assert static.figures[0].data == "test"


def test_a_list_whose_names_cannot_be_told_has_none(tmp_path: Path) -> None:
    static = read(tmp_path, code("model.evaluate(x, y)", result("[0.29, 0.88, 0.5]")))
    assert figures(static) == [("evaluate", "", value) for value in ("0.29", "0.88", "0.5")]


def test_a_stream_goes_on_after_a_message_on_stderr(tmp_path: Path) -> None:
    rest = "\b" * 40 + f"\r\x1b[1m897/897\x1b[0m {BAR3} \x1b[1m140s\x1b[0m 147ms/step - loss: 1.8123\n"
    begun = f"Epoch 1/1\n\x1b[1m1/897\x1b[0m {BAR3} \x1b[1m9s\x1b[0m 1s/step - loss: 2.5"
    static = read(tmp_path, code("model.fit(x)", begun, stream("a warning\n", "stderr"), rest))
    assert figures(static) == of("fit", loss="1.8123")


def test_logs_of_one_cell_are_counted_and_keep_their_epochs(tmp_path: Path) -> None:
    def epoch(k: int, n: int, loss: str) -> str:
        return f"Epoch {k}/{n}\n9/9 {BAR} - 0s 1ms/step - loss: {loss}\n"

    text = epoch(1, 2, "0.5") + epoch(2, 2, "0.4") + epoch(1, 9, "0.3") + epoch(2, 9, "0.2")
    static = read(tmp_path, code("model.fit(x, y, epochs=2)\nmodel.fit(x, y, epochs=9)", text))
    assert [(log.order, log.epochs, log.last_epoch) for log in static.logs] == [(0, 2, 2), (1, 9, 2)]
    calls = [call for log in static.logs if (call := static.call_of(log)) is not None]
    assert [call.arguments["epochs"] for call in calls] == ["2", "9"]
    assert [(one.order, one.epoch) for one in static.figures] == [(0, 1), (0, 2), (1, 1), (1, 2)]


def test_a_share_above_one_is_a_percentage_also_without_a_sign(tmp_path: Path) -> None:
    shown = "Accuracy: 38.5\nAUC 1.0\nMAE: 38.5\naccuracy 200.5\n"
    found = read(tmp_path, code("print(*lines)", shown)).figures
    assert [(one.printed, one.percent) for one in found] == [
        ("38.5", True),
        ("1.0", False),
        ("38.5", False),
        ("200.5", False),
    ]
    assert found[0].value == 0.385


def test_sentences_of_prose_are_candidates_and_no_figures(tmp_path: Path) -> None:
    static = read(tmp_path, "The test accuracy is **97.8%**. We train for 10.5 minutes. Loss falls to 0.25.")
    assert static.figures == ()
    assert [(c.name, c.printed, c.percent, c.data) for c in static.candidates] == [
        ("accuracy", "97.8", True, "test"),
        ("loss", "0.25", False, ""),
    ]

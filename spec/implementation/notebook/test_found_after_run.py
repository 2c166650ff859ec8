"""What a notebook prints and its run did not do: told of logs that count otherwise, and of no others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nnspec.notebook.after_run.all_found import found_after_run
from nnspec.notebook.captured import Fit
from nnspec.notebook.findings.finding import Finding
from spec.implementation.notebook.captured_samples import captured, evaluation, fit
from spec.implementation.notebook.notebook_samples import code, read

BAR = "[==============================]"
OLD, SAMPLES, WITHOUT = ("{n}/{n} " + BAR + end for end in (" - 0s 1ms/step", " - 0s 9us/sample", " - 1s"))
KERAS_3 = "\x1b[1m{n}/{n}\x1b[0m \x1b[32m━━━━━━━━━━━━━━━━━━━━\x1b[0m\x1b[37m\x1b[0m \x1b[1m0s\x1b[0m 2ms/step"
LINES, LINES_2018 = "{n}/{n} - 0s - 2ms/step", " - 0s"


def log(form: str, steps: int = 9, figures: str = "loss: 0.5", epochs: int = 2) -> str:
    """Return the log of a fit in one of the forms."""
    shown = form.format(n=steps)
    return "".join(f"Epoch {k}/{epochs}\n{shown} - {figures}\n" for k in range(1, epochs + 1))


def given(examples: int = 288, **arguments: Any) -> Fit:
    """Return a fit of the first cell on so many examples, that reports a loss."""
    data = {name: {"file": name, "shape": [examples, 2]} for name in ("x", "y")}
    return fit(0, 0, data=data, arguments={"epochs": 2, **arguments}, history={"loss": [0.5, 0.5]})


def found(tmp_path: Path, shown: str, *calls: Any, source: str = "model.fit(x, y)") -> tuple[Finding, ...]:
    findings = found_after_run(read(tmp_path, code(source, shown)), captured(*calls))
    assert all(one.sentence.endswith(".") and "\n" not in one.sentence for one in findings)
    return findings


def kinds(findings: tuple[Finding, ...]) -> list[str]:
    assert all(one.cells == (0,) for one in findings)
    return [one.kind for one in findings]


@pytest.mark.parametrize("form", [OLD, KERAS_3, LINES])
@pytest.mark.parametrize(
    ("arguments", "steps"),
    [
        ({}, 9),
        ({"batch_size": 128}, 3),  # the last one is smaller
        ({"validation_split": 0.2}, 8),  # 230 examples
        ({"steps_per_epoch": 5}, 5),
    ],
)
def test_steps_are_those_of_examples_batches_split_and_what_is_asked_for(
    tmp_path: Path, form: str, arguments: dict[str, Any], steps: int
) -> None:
    assert kinds(found(tmp_path, log(form, steps), given(**arguments))) == []
    assert kinds(found(tmp_path, log(form, steps + 1), given(**arguments))) == ["steps"]


def test_the_sentence_says_what_is_printed_and_what_the_code_does(tmp_path: Path) -> None:
    for arguments, told in (
        ({"batch_size": 128}, "a log that counts to 9, and 288 examples in batches of 128 are 3 steps."),
        ({"steps_per_epoch": 5}, "a log that counts to 9, and its fit is given 5 steps."),
    ):
        [one] = found(tmp_path, log(KERAS_3), given(**arguments))
        assert one.sentence == f"Cell [0] stores {told}"
    [one] = found(tmp_path, log(SAMPLES, 300), given())
    assert one.sentence == "Cell [0] stores a log that counts to 300, and its fit has 288 examples."
    [one] = found(tmp_path, "Train on 300 samples\n" + log(SAMPLES, 300), given())
    assert one.sentence == "Cell [0] stores a log of 300 examples, and its fit has 288."


@pytest.mark.parametrize("form", [OLD, WITHOUT, LINES, SAMPLES])
def test_logs_of_older_versions_count_examples(tmp_path: Path, form: str) -> None:
    assert kinds(found(tmp_path, log(form, 288), given())) == []
    assert kinds(found(tmp_path, log(form, 289), given())) == ["steps"]


def test_a_log_that_counts_nothing_and_a_fit_whose_examples_are_not_known_are_no_finding(
    tmp_path: Path,
) -> None:
    assert found(tmp_path, log(LINES_2018), given(batch_size=128)) == ()
    streamed = fit(0, 0, data={"x": {"why": "a generator"}}, arguments={"epochs": 2}, why="x: a generator")
    assert [one for one in found(tmp_path, log(OLD), streamed) if one.kind == "steps"] == []
    more = given(steps_per_epoch=50)  # than there are: data that are given again, or an error
    assert found(tmp_path, log(OLD), more) == ()


def test_a_cell_with_other_logs_than_fits_is_compared_with_none(tmp_path: Path) -> None:
    silent = given(batch_size=128, verbose=0)
    assert found(tmp_path, log(OLD), silent) == ()
    assert found(tmp_path, log(OLD), given(batch_size=128), given(batch_size=128)) == ()


def test_several_inputs_count_as_the_first_of_them(tmp_path: Path) -> None:
    parts = {"kind": "dict", "parts": {name: {"file": name, "shape": [288, 2]} for name in "ab"}}
    one = fit(0, 0, data={"x": parts, "y": parts}, arguments={"epochs": 2}, history={"loss": [0.5, 0.5]})
    assert kinds(found(tmp_path, log(OLD, 9), one)) == []
    assert kinds(found(tmp_path, log(OLD, 3), one)) == ["steps"]


def test_a_line_of_evaluate_counts_its_own_examples(tmp_path: Path) -> None:
    data = {name: {"file": name, "shape": [100, 2]} for name in ("x", "y")}
    for steps, told in ((4, []), (9, ["steps"])):
        shown = f"{steps}/{steps} {BAR} - 0s 1ms/step - loss: 0.5\n"
        one = evaluation(0, 0, data=data)
        assert kinds(found(tmp_path, shown, one, source="model.evaluate(z, t)")) == told


VALIDATED, PLAIN = "loss: 0.5 - val_loss: 0.6", "loss: 0.5"


@pytest.mark.parametrize(
    ("figures", "reported", "told"),
    [
        (PLAIN, ("loss",), ""),
        (VALIDATED, ("loss", "val_loss"), ""),
        (VALIDATED, ("loss",), "figures of a validation, and its code validates no longer"),
        (PLAIN, ("loss", "val_loss"), "without figures of a validation, and its code validates"),
        (PLAIN, ("loss", "mae"), "a log of loss, and its fit reports loss and mae"),
        ("loss: 0.5 - acc: 0.5", ("accuracy", "loss"), ""),  # renamed since
        ("loss: 0.5 - lr: 0.1", ("loss", "learning_rate"), ""),  # no figures
        ("loss: 0.5 - acc: 0.5", ("loss",), ""),  # told where it is placed
    ],
)
def test_a_log_has_the_metrics_that_the_run_reported(
    tmp_path: Path, figures: str, reported: tuple[str, ...], told: str
) -> None:
    one = fit(0, 0, arguments={"epochs": 2}, history={name: [0.5, 0.5] for name in reported})
    findings = found(tmp_path, log(OLD, figures=figures), one)
    assert kinds(findings) == (["metrics"] if told else [])
    assert all(told in one.sentence for one in findings)


def test_a_validation_now_and_then_and_what_own_callbacks_add_are_no_finding(tmp_path: Path) -> None:
    history = {name: [0.5, 0.5] for name in ("loss", "val_loss")}
    seldom = fit(0, 0, arguments={"epochs": 2, "validation_freq": 2}, history=history)
    assert found(tmp_path, log(OLD, figures=PLAIN), seldom) == ()
    own = {"list": [{"class": "Mine", "module": "__main__", "settings": {}}], "code": None, "why": ""}
    added = fit(0, 0, callbacks=own, arguments={"epochs": 2}, history=history)
    assert found(tmp_path, log(OLD, figures=PLAIN), added) == ()

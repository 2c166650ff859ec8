"""Logs of one epoch, above which Keras prints no Epoch 1/1, and those of evaluations."""

from __future__ import annotations

from pathlib import Path

import pytest

from spec.implementation.notebook.notebook_samples import code, read

_SHORT = "4/4 - 0s - 9ms/step - accuracy: 0.5{0} - loss: 0.7{0}\n"


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("m.fit(x, y, epochs=1)\nm.evaluate(z, t)", ["fit", "evaluate"]),
        ("m.fit(x, y, validation_split=0.1)\nm.fit(x, y, batch_size=8)", ["fit", "fit"]),
        ("for part in parts:\n    m.fit(part, y, epochs=1)", ["fit", "fit"]),
        ("m.fit(x, y, epochs=1, verbose=0)\nm.evaluate(x, y)\nm.evaluate(z, t)", ["evaluate", "evaluate"]),
        ("for part in parts:\n    m.fit(part, y, epochs=1)\n    m.evaluate(z, t)", ["evaluate", "evaluate"]),
        ("m.fit(x, y, epochs=1)", ["fit", "fit"]),  # of which the run has one: its join says so
        ("m.evaluate(x, y)\nm.evaluate(z, t)", ["evaluate", "evaluate"]),
    ],
)
def test_a_fit_of_one_epoch_prints_no_head_and_is_a_fit(
    tmp_path: Path, source: str, kinds: list[str]
) -> None:
    static = read(tmp_path, code("m.compile(loss='mse')"), code(source, _SHORT.format(1) + _SHORT.format(2)))
    assert [(log.kind, log.order) for log in static.logs] == [
        (kind, kinds[:at].count(kind)) for at, kind in enumerate(kinds)
    ]
    assert [one.kind for one in static.figures] == [kind for kind in kinds for _ in range(2)]
    assert all(one.running_mean == (one.kind == "fit") for one in static.figures)

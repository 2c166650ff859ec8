"""Fits that continue one another: one training, stages of one, or neither."""

from __future__ import annotations

import pytest

from nnspec.notebook.captured import Fit
from nnspec.notebook.repeating.chains import Chain, chain_of, is_one_training, last_of_model
from spec.implementation.notebook.captured_samples import continued, fit

STOPPING = {
    "list": [{"class": "EarlyStopping", "module": "keras.src.callbacks", "settings": {}}],
    "code": None,
    "why": "",
}


OBSERVER = {"list": [{"class": "TensorBoard", "module": "keras.src.callbacks", "settings": {}}], "why": ""}


def chain(*fits: Fit) -> Chain | str:
    """Return the chain of the last of some fits."""
    return chain_of(fits[-1], {one.number: one for one in fits})


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
        fit(1, start=continued(0), data={"x": {"file": "z"}, "y": {"file": "y"}}),
        fit(1, start=continued(0), arguments={"shuffle": False}),
        fit(1, start=continued(0), arguments={"validation_split": 0.25}),
        fit(1, start=continued(0), arguments={"class_weight": {"0": 2.0}}),
    ],
)
def test_a_fit_that_goes_on_otherwise_is_a_stage(second: Fit) -> None:
    found = chain(fit(0), second)
    assert isinstance(found, Chain)
    assert not is_one_training(found)


TRANSFERRED = {**continued(0, optimizer="new"), "initial": "transferred"}


def test_a_fit_of_another_model_with_its_weights_is_a_stage_whatever_it_is_validated_on() -> None:
    held = {**fit(0).data, "validation_data": {"parts": []}}
    found = chain(
        fit(0, data=held, callbacks=STOPPING),
        fit(1, start=TRANSFERRED, data={**held, "validation_data": {"parts": [1]}}),
        fit(2, start=continued(1), data={**held, "validation_data": {"parts": [1]}}),
    )
    assert isinstance(found, Chain)
    assert not is_one_training(found)
    assert [last_of_model(found, one).number for one in found.fits] == [0, 2, 2]


@pytest.mark.parametrize(
    ("second", "why"),
    [
        (
            fit(1, start=TRANSFERRED, callbacks=STOPPING, data={**fit(0).data, "validation_data": {}}),
            "with other validation_data",
        ),
        (fit(1, start=continued(0, weights="changed")), "its weights were changed after fit 0"),
        (
            fit(1, start=continued(0), data={**fit(0).data, "sample_weight": {"file": "w"}}),
            "with other sample_weight",
        ),
        (fit(1, start=continued(0), arguments={"steps_per_epoch": 2}), "with other steps_per_epoch"),
        (
            fit(
                *(1, 0),
                start=continued(0),
                arguments={"validation_split": 0.5},
                data={**fit(0).data, "validation_data": {}},
            ),
            "of which one has a part and one a split",
        ),
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
            "with other validation_data",
        ),
    ],
)
def test_a_fit_that_goes_on_with_something_else_is_not_repeated(second: Fit, why: str) -> None:
    found = chain(fit(0), second)
    assert isinstance(found, str)
    assert why in found


def test_what_goes_on_after_a_fit_that_is_not_captured_is_not_repeated() -> None:
    found = chain(fit(0, why="x: a generator"), fit(1, start=continued(0)))
    assert found == "it goes on after fit 0, which is not captured: x: a generator"


def test_callbacks_that_only_look_and_data_that_only_validate_do_not_part_two_fits() -> None:
    looked_at = fit(1, start=continued(0), callbacks=OBSERVER, data={**fit(0).data, "validation_data": {}})
    found = chain(fit(0), looked_at)
    assert isinstance(found, Chain)
    assert is_one_training(found)

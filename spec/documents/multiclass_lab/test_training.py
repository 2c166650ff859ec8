"""How the training goes: the loss at both ends, and whether the four classes are told apart."""

from dataclasses import replace

from nnspec import Figure, claim
from nnspec.plots import decision_boundary, history
from spec.documents.multiclass_lab.recipes import LOSS_BECAUSE, MODEL, NOT_LEARNING
from spec.readings import MOSTLY, RELIABLY, RELIABLY_BECAUSE, TENTH
from spec.sources import MULTICLASS_LAB

PLACE = MULTICLASS_LAB.at("2.2 Model", "fit")
FROM_ZERO = MODEL.with_(layers=[replace(layer, kernel_initializer="zeros") for layer in MODEL.layers])


@claim(
    "mc-trains",
    part="first epoch",
    source=PLACE,
    recipe=MODEL,
    counterfactual=FROM_ZERO,
    share=MOSTLY,
    because=f"{LOSS_BECAUSE}; without random weights it would start at ln 4, 1.39",
    documented={"loss in epoch 1": Figure(2.7849, lambda runs: runs.epoch("loss", 1))},
    picture=lambda runs: history(runs, ["loss"]),
    verdict="refuted",
    measured="31 of 256 seeds; median loss in epoch 1 1.94",
)
def test_the_loss_starts_at_the_printed_value(runs):
    """The loss is about 2.8 in the first epoch."""
    return abs(runs.epoch("loss", 1) / 2.7849 - 1) <= TENTH


@claim(
    "mc-trains",
    part="last epoch",
    source=PLACE,
    recipe=MODEL,
    counterfactual=NOT_LEARNING,
    share=MOSTLY,
    because=LOSS_BECAUSE,
    documented={"loss in epoch 200": Figure(0.0474, lambda runs: runs.epoch("loss", 200))},
    verdict="refuted",
    measured="11 of 256 seeds; median loss in epoch 200 0.0275",
)
def test_the_loss_ends_at_the_printed_value(runs):
    """The loss has fallen to about 0.05 in the last epoch."""
    return abs(runs.epoch("loss", 200) / 0.0474 - 1) <= TENTH


@claim(
    "mc-no-trouble",
    source=PLACE,
    recipe=MODEL,
    counterfactual=NOT_LEARNING,
    share=RELIABLY,
    because="no trouble: at most one of the hundred training points on the wrong side; " + RELIABLY_BECAUSE,
    picture=decision_boundary,
    verdict="refuted",
    measured="309 of 384 seeds; median accuracy 1",
)
def test_the_model_has_no_trouble_with_its_training_data(runs):
    """The model has no trouble classifying its training data."""
    return runs.accuracy >= 0.99

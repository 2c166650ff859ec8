"""Fifty epochs without regularisation: the printed run, and that it overfits."""

from nnspec import Figure, SeedValues, claim
from nnspec.plots import history
from spec.documents.multilayer_perceptrons.recipes import (
    DROPOUT,
    PLAIN,
    TYPICAL_BECAUSE,
    near_accuracy,
    near_loss,
)
from spec.readings import MOSTLY, MOSTLY_BECAUSE
from spec.sources import MULTILAYER_PERCEPTRONS

PRINTED_GAP = 0.9604 - 0.8922
PRINTED_RISE = 0.4658 / 0.3333 - 1


@claim(
    "mlp-trains",
    source=MULTILAYER_PERCEPTRONS.at("3. Train the model", "epoch 50"),
    recipe=PLAIN,
    counterfactual=DROPOUT,
    share=MOSTLY,
    because=TYPICAL_BECAUSE,
    documented={
        "accuracy in epoch 50": Figure(0.9604, lambda runs: runs.epoch("accuracy", 50)),
        "loss in epoch 50": Figure(0.1053, lambda runs: runs.epoch("loss", 50)),
        "test_accuracy": 0.8922,
        "test_loss": 0.4658,
    },
    picture=history,
    verdict="undecided",
    measured="15 of 24 seeds; median |accuracy in epoch 50 - 0.9604| 0.002975",
)
def test_fifty_epochs_lead_to_the_printed_accuracies_and_test_loss(runs):
    """Fifty epochs lead to accuracies of 0.9604 (training) and 0.8922 (test) and to a test loss of 0.4658."""
    accuracies = near_accuracy(runs.epoch("accuracy", 50), 0.9604) & near_accuracy(runs.test_accuracy, 0.8922)
    return accuracies & near_loss(runs.test_loss, 0.4658)


@claim(
    "mlp-overfits",
    source=MULTILAYER_PERCEPTRONS.at("Check training history"),
    recipe=PLAIN,
    counterfactual=DROPOUT,
    share=MOSTLY,
    because="drift apart, rise: by at least half of what is printed, a gap of 0.068 after fifty epochs and a "
    f"test loss that grows from 0.3333 to 0.4658; {MOSTLY_BECAUSE}",
    documented={
        "lowest test loss of all epochs": Figure(0.3333, lambda runs: runs.history["val_loss"].min(axis=1)),
        "test loss in epoch 50": Figure(0.4658, lambda runs: runs.epoch("val_loss", 50)),
    },
    verdict="holds",
    measured="24 of 24 seeds; median accuracy in epoch 50 - val accuracy in epoch 50 0.07589",
)
def test_training_and_test_accuracy_drift_apart_and_the_test_loss_rises(runs):
    """Training and test accuracy drift apart, and the test loss rises after its minimum."""
    gap = runs.epoch("accuracy", -1) - runs.epoch("val_accuracy", -1)
    lowest = SeedValues(runs.history["val_loss"].min(axis=1), "lowest val loss")
    return (gap >= PRINTED_GAP / 2) & (runs.epoch("val_loss", -1) / lowest >= 1 + PRINTED_RISE / 2)

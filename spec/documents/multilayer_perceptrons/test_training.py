"""Fifty epochs without regularisation: the printed run, and that it overfits."""

from nnspec import SeedValues, claim
from nnspec.plots import history
from spec.documents.multilayer_perceptrons.printed import epoch_50, gap, lowest_test_loss
from spec.documents.multilayer_perceptrons.recipes import (
    AS_RUN,
    DROPOUT,
    DROPOUT_TODAY,
    LOSS_OF_TODAY,
    PLAIN,
    PLAIN_TODAY,
    TODAY,
)
from spec.sources import MULTILAYER_PERCEPTRONS

LOG = MULTILAYER_PERCEPTRONS.at("3. Train the model", "epoch 50")
HISTORY = MULTILAYER_PERCEPTRONS.at("Check training history")
LOG_SAYS = (
    "The log of epoch 50 shows an accuracy of 0.9604 and a loss of 0.1053 on the training data, 0.8922 and "
    "0.4658 on the test data."
)
OVERFITS_SAYS = (
    "One notices in the plot that the accuracies on training and test data drift apart while the model "
    "trains. That is a classic sign of overfitting: the test data are fitted less well."
)
COUNTED = "At least as well: as many of the 10,000 test images right as in the printed run"
APART = (
    "Drift apart: training less test accuracy, as the log has them, is above 0 in the last epoch and larger "
    "than in the first"
)


@claim(
    "mlp-trains",
    in_short="Without dropout 0.8922 is reached",
    source=LOG,
    recipe=PLAIN,
    says=LOG_SAYS,
    reading="figure",
    because=f"{COUNTED}; the three other figures are placed each for itself. {AS_RUN}.",
    documented=epoch_50(accuracy="0.9604", loss="0.1053", test_loss="0.4658"),
    picture=history,
    verdict="undecided",
    measured="1 of 24 seeds; median test accuracy 0.8881",
)
def test_fifty_epochs_get_as_many_test_images_right_as_printed(runs):
    """After fifty epochs at least 8922 of the 10,000 test images are right."""
    return runs.test_accuracy >= 8922 / 10_000


@claim(
    "mlp-trains",
    part="today",
    in_short="With today's loss 0.8922 is reached",
    source=LOG,
    recipe=PLAIN_TODAY,
    says=LOG_SAYS,
    reading="figure",
    because=f"{COUNTED}; the three other figures are placed each for itself.",
    beyond=TODAY,
    documented=epoch_50(accuracy="0.9604", loss="0.1053", test_loss="0.4658", explained=LOSS_OF_TODAY),
    verdict="undecided",
    measured="1 of 24 seeds; median test accuracy 0.887",
)
def test_fifty_epochs_of_today_get_as_many_test_images_right_as_printed(runs):
    """After fifty epochs with today's loss at least 8922 of the 10,000 test images are right."""
    return runs.test_accuracy >= 8922 / 10_000


@claim(
    "mlp-overfits",
    in_short="Training accuracy gets ahead",
    source=HISTORY,
    recipe=PLAIN,
    says=OVERFITS_SAYS,
    reading="one case",
    counterfactual=DROPOUT,
    without="the full hidden layer in training (a dropout of 0.4 instead)",
    because=f"{APART}. {AS_RUN}.",
    documented=lowest_test_loss("0.3333"),
    verdict="undecided",
    measured="24 of 24 seeds",
)
def test_training_and_test_accuracy_drift_apart(runs):
    """Training accuracy ends above test accuracy, by more than in the first epoch."""
    return (gap(runs, -1) > gap(runs, 1)) & (gap(runs, -1) > 0)


@claim(
    "mlp-overfits",
    part="test loss",
    in_short="Test loss ends above its lowest",
    source=HISTORY,
    recipe=PLAIN,
    says=OVERFITS_SAYS,
    reading="one case",
    counterfactual=DROPOUT,
    without="the full hidden layer in training (a dropout of 0.4 instead)",
    because=f"Another sign: the test loss ends above its lowest epoch, which noise alone can do. {AS_RUN}.",
    beyond="no sentence says that the test loss rises",
    verdict="undecided",
    measured="24 of 24 seeds; median val loss in epoch 50 - lowest val loss 0.1714",
)
def test_the_test_loss_ends_above_its_lowest(runs):
    """The test loss of the last epoch is above that of the epoch in which it was lowest."""
    lowest = SeedValues(runs.history["val_loss"].min(axis=1), "lowest val loss")
    return runs.epoch("val_loss", -1) > lowest


@claim(
    "mlp-overfits",
    part="today",
    in_short="With today's loss training gets ahead",
    source=HISTORY,
    recipe=PLAIN_TODAY,
    says=OVERFITS_SAYS,
    reading="one case",
    counterfactual=DROPOUT_TODAY,
    without="the full hidden layer in training (a dropout of 0.4 instead)",
    because=f"{APART}.",
    beyond=TODAY,
    documented=lowest_test_loss("0.3333", explained=LOSS_OF_TODAY),
    verdict="undecided",
    measured="24 of 24 seeds",
)
def test_training_and_test_accuracy_of_today_drift_apart(runs):
    """With today's loss training accuracy ends above test accuracy, by more than in the first epoch."""
    return (gap(runs, -1) > gap(runs, 1)) & (gap(runs, -1) > 0)

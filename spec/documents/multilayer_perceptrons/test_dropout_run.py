"""The printed run with dropout: its log and how many predictions are wrong."""

from nnspec import claim
from nnspec.plots import history
from spec.documents.multilayer_perceptrons.printed import epoch_50
from spec.documents.multilayer_perceptrons.recipes import AS_RUN, DROPOUT, DROPOUT_TODAY, LOSS_OF_TODAY, TODAY
from spec.sources import MULTILAYER_PERCEPTRONS

LOG = MULTILAYER_PERCEPTRONS.at("4. Regularise and re-train", "epoch 50")
TEST_IMAGES = 10_000
SAYS = (
    "With dropout the log of epoch 50 shows an accuracy of 0.9063 and a loss of 0.2426 on the training data, "
    "0.8864 and 0.3588 on the test data: 1136 of the 10,000 predictions are wrong."
)
COUNTED = "At least as well: as many of the 10,000 test images right as in the printed run"
WHILE_DROPPING = "Accuracy and loss on the training data are logged while units are dropped"


@claim(
    "mlp-dropout",
    in_short="Dropout reaches the printed 0.8864",
    source=LOG,
    recipe=DROPOUT,
    says=SAYS,
    reading="figure",
    because=f"{COUNTED}; the three other figures are placed each for itself. {WHILE_DROPPING}. {AS_RUN}.",
    documented=epoch_50(accuracy="0.9063", loss="0.2426", test_loss="0.3588"),
    picture=history,
    verdict="undecided",
    measured="19 of 24 seeds; median test accuracy 0.8875",
)
def test_with_dropout_as_many_test_images_are_right_as_printed(runs):
    """With dropout at least 8864 of the 10,000 test images are right after fifty epochs."""
    return runs.test_accuracy >= 8864 / TEST_IMAGES


@claim(
    "mlp-dropout",
    part="today",
    in_short="With today's loss dropout reaches 0.8864",
    source=LOG,
    recipe=DROPOUT_TODAY,
    says=SAYS,
    reading="figure",
    because=f"{COUNTED}; the three other figures are placed each for itself. {WHILE_DROPPING}.",
    beyond=TODAY,
    documented=epoch_50(accuracy="0.9063", loss="0.2426", test_loss="0.3588", explained=LOSS_OF_TODAY),
    verdict="undecided",
    measured="15 of 24 seeds; median test accuracy 0.8872",
)
def test_with_dropout_of_today_as_many_test_images_are_right_as_printed(runs):
    """With dropout and today's loss at least 8864 of the 10,000 test images are right after fifty epochs."""
    return runs.test_accuracy >= 8864 / TEST_IMAGES


@claim(
    "mlp-wrong",
    in_short="At most 1136 images are wrong",
    source=MULTILAYER_PERCEPTRONS.at(
        "5. Make predictions", "number of wrong predictions, and epoch 50 of section 4"
    ),
    recipe=DROPOUT,
    says=SAYS,
    reading="figure",
    because="At least as well: no more of the 10,000 test images wrong. This is the test accuracy of 0.8864 "
    f"once more, and no figure of its own. {AS_RUN}.",
    verdict="undecided",
    measured="19 of 24 seeds; median (1 - test accuracy) · 10000 1125",
)
def test_no_more_predictions_are_wrong_than_printed(runs):
    """With dropout at most 1136 of the 10,000 test images are classified wrongly."""
    return (1 - runs.test_accuracy) * TEST_IMAGES <= 1136

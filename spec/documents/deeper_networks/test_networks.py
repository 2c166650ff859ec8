"""What the document prints of its four networks: test accuracies and the logs of their last epochs."""

from nnspec import Figure, claim
from nnspec.plots import history, probability_contours
from spec.documents.deeper_networks.recipes import (
    HIDDEN_0,
    HIDDEN_0_HALVES,
    HIDDEN_0_LONGER,
    HIDDEN_3,
    HIDDEN_10,
    HIDDEN_10_10,
    HIDDEN_10_SHORTER,
    ONE_SPLIT,
)
from spec.sources import DEEPER_NETWORKS

NO_HIDDEN = DEEPER_NETWORKS.at("Linear Classifier (0 hidden layer)")
THREE = DEEPER_NETWORKS.at("Neural network (1 hidden layer, 3 hidden units)")
TEN = DEEPER_NETWORKS.at("Neural network (1 hidden layer, 10 hidden units)")
TEN_TEN = DEEPER_NETWORKS.at("Neural network (2 hidden layers, 10 hidden units, 10 hidden units)")

# a claim on an accuracy and one on a loss of the same run are rows of one entry
NO_HIDDEN_SAYS = "A linear classifier, without a hidden layer, reaches a test accuracy of 0.518."
LONGER_SAYS = "More epochs are possible, but they will not really make the metrics better."
THREE_SAYS = (
    "One hidden layer of three units reaches a test accuracy of 0.768; "
    "its log ends at a training loss of 0.4355."
)
TEN_SAYS = (
    "One hidden layer of ten units reaches a test accuracy of 0.970; "
    "its log ends at a training loss of 0.1023."
)
TEN_TEN_SAYS = (
    "Two hidden layers of ten units reach a test accuracy of 0.9917; "
    "their log ends at a training loss of 0.0245."
)
COUNTED = f"At least as well: as many of the 600 test points right as in the printed run. {ONE_SPLIT}."
# a loss is printed in four digits: what is below 0.43555 is told as 0.4355 or less
LOGGED = (
    "At least as well: a mean loss over the last epoch that is no higher in the four digits of the log. "
    f"{ONE_SPLIT}."
)
# three standard deviations of 600 coin flips are 36.7: guessing gets no more than 336 of 600 right
CHANCE = 36 / 600


def printed(epoch, **values):
    """Return what the document prints for an epoch as figures by name."""
    return {
        f"{name} in epoch {epoch}": Figure(
            value, lambda runs, name=name: runs.epoch(name, epoch), "lower" if "loss" in name else "higher"
        )
        for name, value in values.items()
    }


@claim(
    "dn-hidden-0",
    in_short="A linear classifier reaches 0.518",
    source=NO_HIDDEN,
    recipe=HIDDEN_0,
    says=NO_HIDDEN_SAYS,
    reading="figure",
    because=COUNTED,
    documented=printed(20, loss="0.6997", accuracy="0.5071", val_loss="0.6991", val_accuracy="0.5071"),
    picture=probability_contours,
    verdict="better than most or usual",
    measured="407 of 2048 seeds; median test accuracy 0.505",
)
def test_without_a_hidden_layer_as_many_points_are_right_as_printed(runs):
    """Without a hidden layer at least 311 of the 600 test points are right."""
    return runs.test_accuracy >= 311 / 600


@claim(
    "dn-hidden-0",
    part="guessing",
    in_short="The linear classifier only guesses",
    source=NO_HIDDEN,
    recipe=HIDDEN_0,
    says=NO_HIDDEN_SAYS,
    counterfactual=HIDDEN_0_HALVES,
    without="the rings (the same points in classes that a line separates)",
    because="Guessing: no more right than the 336 of 600 that three standard deviations of coin flips allow. "
    f"{ONE_SPLIT}.",
    beyond="no sentence of the document calls it guessing",
    verdict="holds",
    measured="64 of 64 seeds; median test accuracy 0.5067",
)
def test_without_a_hidden_layer_the_network_is_no_better_than_guessing(runs):
    """Without a hidden layer at most 336 of the 600 test points are right: no better than guessing."""
    return runs.test_accuracy <= 336 / 600


@claim(
    "dn-hidden-0-longer",
    in_short="Longer linear training gains little",
    source=NO_HIDDEN,
    recipe={"longer": HIDDEN_0_LONGER, "shorter": HIDDEN_0},
    says=LONGER_SAYS,
    counterfactual={"longer": HIDDEN_10, "shorter": HIDDEN_10_SHORTER},
    without="its being linear (a hidden layer of ten in both arms)",
    because="Not really better: no gain beyond the 36 points that three standard deviations of coin flips "
    f"allow. The 500 epochs are ours, taken from the other networks. {ONE_SPLIT}.",
    verdict="holds",
    measured="64 of 64 seeds; median test accuracy of longer - test accuracy of shorter 0.01",
)
def test_training_longer_does_not_really_help_without_a_hidden_layer(longer, shorter):
    """After 500 epochs at most 36 more of the 600 test points are right than after 20."""
    return longer.test_accuracy - shorter.test_accuracy <= CHANCE


@claim(
    "dn-hidden-0-longer",
    part="at all",
    in_short="Longer linear training gains nothing",
    source=NO_HIDDEN,
    recipe={"longer": HIDDEN_0_LONGER, "shorter": HIDDEN_0},
    says=LONGER_SAYS,
    counterfactual={"longer": HIDDEN_10, "shorter": HIDDEN_10_SHORTER},
    without="its being linear (a hidden layer of ten in both arms)",
    because="The stricter reading: no gain at all. The 500 epochs are ours, taken from the other networks. "
    f"{ONE_SPLIT}.",
    verdict="refuted",
    measured="31 of 128 seeds; median test accuracy of longer - test accuracy of shorter 0.01",
)
def test_training_longer_does_not_help_at_all_without_a_hidden_layer(longer, shorter):
    """After 500 epochs no more of the 600 test points are right than after 20."""
    return longer.test_accuracy - shorter.test_accuracy <= 0


@claim(
    "dn-hidden-3",
    in_short="Three hidden units reach 0.768",
    source=THREE,
    recipe=HIDDEN_3,
    says=THREE_SAYS,
    reading="figure",
    because=COUNTED,
    documented=printed(500, accuracy="0.8000", val_loss="0.4755", val_accuracy="0.7643"),
    picture=probability_contours,
    verdict="usual or worse than most",
    measured="1019 of 1280 seeds; median test accuracy 0.7858",
)
def test_with_three_hidden_units_as_many_points_are_right_as_printed(runs):
    """With three hidden units at least 461 of the 600 test points are right."""
    return runs.test_accuracy >= 461 / 600


@claim(
    "dn-hidden-10",
    in_short="Ten hidden units reach 0.970",
    source=TEN,
    recipe=HIDDEN_10,
    says=TEN_SAYS,
    reading="figure",
    because=COUNTED,
    documented=printed(500, accuracy="0.9723", val_loss="0.1358", val_accuracy="0.9643"),
    picture=probability_contours,
    verdict="usual",
    measured="315 of 512 seeds; median test accuracy 0.975",
)
def test_with_ten_hidden_units_as_many_points_are_right_as_printed(runs):
    """With ten hidden units at least 582 of the 600 test points are right."""
    return runs.test_accuracy >= 582 / 600


@claim(
    "dn-hidden-10-10",
    in_short="Two layers of ten reach 0.9917",
    source=TEN_TEN,
    recipe=HIDDEN_10_10,
    says=TEN_TEN_SAYS,
    reading="figure",
    because=COUNTED,
    documented=printed(500, accuracy="0.9964", val_loss="0.0386", val_accuracy="0.9893"),
    picture=probability_contours,
    verdict="usual or worse than most",
    measured="271 of 320 seeds; median test accuracy 0.9933",
)
def test_with_two_hidden_layers_of_ten_as_many_points_are_right_as_printed(runs):
    """With two hidden layers of ten units at least 595 of the 600 test points are right."""
    return runs.test_accuracy >= 595 / 600


@claim(
    "dn-losses",
    part="3",
    in_short="Three units reach loss 0.4355",
    source=THREE,
    recipe=HIDDEN_3,
    says=THREE_SAYS,
    reading="figure",
    because=LOGGED,
    picture=history,
    verdict="usual",
    measured="277 of 448 seeds; median loss in epoch 500 0.3909",
)
def test_three_hidden_units_end_at_no_higher_a_loss_than_printed(runs):
    """With three hidden units the training loss of epoch 500 is at most 0.4355 in four digits."""
    return runs.epoch("loss", 500) <= 0.43555


@claim(
    "dn-losses",
    part="10",
    in_short="Ten units reach loss 0.1023",
    source=TEN,
    recipe=HIDDEN_10,
    says=TEN_SAYS,
    reading="figure",
    because=LOGGED,
    picture=history,
    verdict="usual or worse than most",
    measured="337 of 512 seeds; median loss in epoch 500 0.09613",
)
def test_ten_hidden_units_end_at_no_higher_a_loss_than_printed(runs):
    """With ten hidden units the training loss of epoch 500 is at most 0.1023 in four digits."""
    return runs.epoch("loss", 500) <= 0.10235


@claim(
    "dn-losses",
    part="10-10",
    in_short="Two layers reach loss 0.0245",
    source=TEN_TEN,
    recipe=HIDDEN_10_10,
    says=TEN_TEN_SAYS,
    reading="figure",
    because=LOGGED,
    picture=history,
    verdict="usual",
    measured="105 of 256 seeds; median loss in epoch 500 0.02521",
)
def test_two_hidden_layers_of_ten_end_at_no_higher_a_loss_than_printed(runs):
    """With two hidden layers of ten units the training loss of epoch 500 is at most 0.0245 in four digits."""
    return runs.epoch("loss", 500) <= 0.02455

"""What the document prints of its four networks: test accuracies and final training losses."""

from nnspec import Figure, claim
from nnspec.plots import history, probability_contours
from spec.documents.deeper_networks.recipes import (
    ACCURACY_BECAUSE,
    GUESSING,
    GUESSING_BECAUSE,
    HIDDEN_0,
    HIDDEN_0_LONGER,
    HIDDEN_3,
    HIDDEN_10,
    HIDDEN_10_10,
    LOSS_BECAUSE,
    ONE_SPLIT,
)
from spec.readings import MOSTLY, PERCENTAGE_POINT, RELIABLY, RELIABLY_BECAUSE, TENTH
from spec.sources import DEEPER_NETWORKS

NO_HIDDEN = DEEPER_NETWORKS.at("Linear Classifier (0 hidden layer)")
THREE = DEEPER_NETWORKS.at("Neural network (1 hidden layer, 3 hidden units)")
TEN = DEEPER_NETWORKS.at("Neural network (1 hidden layer, 10 hidden units)")
TEN_TEN = DEEPER_NETWORKS.at("Neural network (2 hidden layers, 10 hidden units, 10 hidden units)")


def printed(epoch, **values):
    """Return what the document prints for an epoch as figures by name."""
    return {
        f"{name} in epoch {epoch}": Figure(value, lambda runs, name=name: runs.epoch(name, epoch))
        for name, value in values.items()
    }


@claim(
    "dn-hidden-0",
    source=NO_HIDDEN,
    recipe=HIDDEN_0,
    counterfactual=HIDDEN_10,
    share=RELIABLY,
    because=f"guessing: a test accuracy {GUESSING_BECAUSE}; {ONE_SPLIT}; {RELIABLY_BECAUSE}",
    documented={
        "test_accuracy": 0.518333,
        **printed(1, loss=0.7116, accuracy=0.4839, val_loss=0.7083, val_accuracy=0.5),
        **printed(20, loss=0.6997, accuracy=0.5071, val_loss=0.6991, val_accuracy=0.5071),
    },
    picture=probability_contours,
    verdict="holds",
    measured="254 of 256 seeds; median test accuracy 0.505",
)
def test_a_network_without_a_hidden_layer_is_guessing(runs):
    """Without a hidden layer the network is guessing which of the two classes a test point belongs to."""
    return abs(runs.test_accuracy - 0.5) <= GUESSING


@claim(
    "dn-hidden-0-longer",
    source=NO_HIDDEN,
    recipe={"longer": HIDDEN_0_LONGER, "shorter": HIDDEN_0},
    counterfactual={"longer": HIDDEN_10},
    share=RELIABLY,
    because="longer: the 500 epochs of the other networks; no real improvement: the test accuracy rises by "
    f"no more than the 0.061 that three standard deviations of coin flips allow; {RELIABLY_BECAUSE}",
    verdict="holds",
    measured="192 of 192 seeds; median difference 0.01083",
)
def test_training_longer_does_not_help_without_a_hidden_layer(longer, shorter):
    """Without a hidden layer, training for more epochs does not really improve the accuracy."""
    return longer.test_accuracy - shorter.test_accuracy <= GUESSING


@claim(
    "dn-hidden-3",
    source=THREE,
    recipe=HIDDEN_3,
    counterfactual=HIDDEN_0_LONGER,
    share=MOSTLY,
    because=ACCURACY_BECAUSE,
    documented={
        "test_accuracy": 0.768333,
        **printed(1, loss=0.7086, accuracy=0.4982, val_loss=0.6955, val_accuracy=0.5429),
        **printed(500, loss=0.4355, accuracy=0.8, val_loss=0.4755, val_accuracy=0.7643),
    },
    picture=probability_contours,
    verdict="refuted",
    measured="79 of 256 seeds; median test accuracy 0.807",
)
def test_three_hidden_units_reach_the_printed_accuracy(runs):
    """Three hidden units reach a test accuracy of 0.768."""
    return abs(runs.test_accuracy - 0.768333) <= PERCENTAGE_POINT


@claim(
    "dn-hidden-10",
    source=TEN,
    recipe=HIDDEN_10,
    counterfactual=HIDDEN_3,
    share=MOSTLY,
    because=ACCURACY_BECAUSE,
    documented={
        "test_accuracy": 0.97,
        **printed(1, loss=0.6930, accuracy=0.5321, val_loss=0.6990, val_accuracy=0.5393),
        **printed(500, loss=0.1023, accuracy=0.9723, val_loss=0.1358, val_accuracy=0.9643),
    },
    picture=probability_contours,
    verdict="undecided",
    measured="266 of 512 seeds; median test accuracy 0.975",
)
def test_ten_hidden_units_reach_the_printed_accuracy(runs):
    """Ten hidden units reach a test accuracy of 0.970."""
    return abs(runs.test_accuracy - 0.97) <= PERCENTAGE_POINT


@claim(
    "dn-hidden-10-10",
    source=TEN_TEN,
    recipe=HIDDEN_10_10,
    counterfactual=HIDDEN_10,
    share=MOSTLY,
    because=ACCURACY_BECAUSE,
    documented={
        "test_accuracy": 0.991667,
        **printed(1, loss=0.7011, accuracy=0.5357, val_loss=0.6926, val_accuracy=0.6036),
        **printed(500, loss=0.0245, accuracy=0.9964, val_loss=0.0386, val_accuracy=0.9893),
    },
    picture=probability_contours,
    verdict="holds",
    measured="256 of 256 seeds; median test accuracy 0.993",
)
def test_two_hidden_layers_of_ten_reach_the_printed_accuracy(runs):
    """Two hidden layers of ten units reach a test accuracy of 0.9917."""
    return abs(runs.test_accuracy - 0.991667) <= PERCENTAGE_POINT


@claim(
    "dn-losses",
    part="3",
    source=THREE,
    recipe=HIDDEN_3,
    counterfactual=HIDDEN_0_LONGER,
    share=MOSTLY,
    because=LOSS_BECAUSE,
    documented=printed(500, loss=0.4355),
    picture=history,
    verdict="undecided",
    measured="221 of 512 seeds; median loss 0.391",
)
def test_three_hidden_units_reach_the_printed_loss(runs):
    """Three hidden units end at a training loss of 0.4355."""
    return abs(runs.epoch("loss", 500) / 0.4355 - 1) <= TENTH


@claim(
    "dn-losses",
    part="10",
    source=TEN,
    recipe=HIDDEN_10,
    counterfactual=HIDDEN_3,
    share=MOSTLY,
    because=LOSS_BECAUSE,
    documented=printed(500, loss=0.1023),
    picture=history,
    verdict="undecided",
    measured="243 of 512 seeds; median loss 0.0961",
)
def test_ten_hidden_units_reach_the_printed_loss(runs):
    """Ten hidden units end at a training loss of 0.1023."""
    return abs(runs.epoch("loss", 500) / 0.1023 - 1) <= TENTH


@claim(
    "dn-losses",
    part="10-10",
    source=TEN_TEN,
    recipe=HIDDEN_10_10,
    counterfactual=HIDDEN_10,
    share=MOSTLY,
    because=LOSS_BECAUSE,
    documented=printed(500, loss=0.0245),
    picture=history,
    verdict="undecided",
    measured="151 of 256 seeds; median loss 0.0252",
)
def test_two_hidden_layers_of_ten_reach_the_printed_loss(runs):
    """Two hidden layers of ten units end at a training loss of 0.0245."""
    return abs(runs.epoch("loss", 500) / 0.0245 - 1) <= TENTH

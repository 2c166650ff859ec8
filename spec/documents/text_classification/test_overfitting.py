"""Better on the training reviews than on others: the gap, what the late epochs learn, and stopping before."""

import numpy as np

from nnspec import SeedValues, claim
from nnspec.plots import history
from spec.documents.text_classification.recipes import HALF_AS_WIDE, MODEL, TWENTY_EPOCHS
from spec.sources import TEXT_CLASSIFICATION

PLACE = TEXT_CLASSIFICATION.at("Create a graph of accuracy and loss over time")
OVERFITS = "It is an example of overfitting: the model is better on the training data than on unseen data."
OVERFITS_BECAUSE = (
    "said of the model that is plotted; unseen data are the validation part of the plots; after the last "
    "epoch, any difference"
)
SPECIFIC = (
    "From there on the model optimises too far: it learns what is special to the training data and does not "
    "carry over to test data."
)
SPECIFIC_BECAUSE = (
    "said of the model that is plotted; from there on is from epoch 20 to 40, of one and the same run; "
    "learns is a lower loss on the training part, does not carry over is no better"
)
STOP = "In this particular case overfitting could be prevented simply by stopping after twenty epochs or so."
ARMS = {"forty": MODEL, "twenty": TWENTY_EPOCHS}


def curves_of_both(forty, twenty):
    return history({"forty epochs": forty, "twenty epochs": twenty})


def gap(runs):
    """Return how far the last training accuracy is above the last validation accuracy, (seeds,)."""
    return runs.epoch("accuracy", -1) - runs.epoch("val_accuracy", -1)


@claim(
    "txt-overfits",
    part="accuracy",
    source=PLACE,
    says=OVERFITS,
    reading="one case",
    recipe=MODEL,
    because=f"{OVERFITS_BECAUSE}; better is a higher accuracy",
    verdict="undecided",
)
def test_the_training_accuracy_ends_above_the_validation_accuracy(runs):
    """The training accuracy of the last epoch is higher than the validation accuracy."""
    return gap(runs) > 0


@claim(
    "txt-overfits",
    part="loss",
    source=PLACE,
    says=OVERFITS,
    reading="one case",
    recipe=MODEL,
    because=f"{OVERFITS_BECAUSE}; better is a lower loss",
    verdict="undecided",
)
def test_the_training_loss_ends_below_the_validation_loss(runs):
    """The training loss of the last epoch is lower than the validation loss."""
    return runs.epoch("loss", -1) < runs.epoch("val_loss", -1)


@claim(
    "txt-late-epochs",
    part="test loss",
    source=PLACE,
    says=SPECIFIC,
    reading="one case",
    recipe=ARMS,
    because=f"{SPECIFIC_BECAUSE} by the loss on the test reviews",
    picture=curves_of_both,
    verdict="undecided",
)
def test_from_epoch_20_to_40_the_training_loss_falls_and_the_test_loss_does_not(forty, twenty):
    """After 40 epochs the training loss is lower than after 20, and the test loss is not."""
    return (forty.loss < twenty.loss) & (forty.test_loss >= twenty.test_loss)


@claim(
    "txt-late-epochs",
    part="test accuracy",
    source=PLACE,
    says=SPECIFIC,
    reading="one case",
    recipe=ARMS,
    because=f"{SPECIFIC_BECAUSE} by the test reviews that are right",
    verdict="undecided",
)
def test_from_epoch_20_to_40_the_training_loss_falls_and_no_more_test_reviews_are_right(forty, twenty):
    """After 40 epochs the training loss is lower than after 20, and no more test reviews are right."""
    return (forty.loss < twenty.loss) & (forty.test_accuracy <= twenty.test_accuracy)


@claim(
    "txt-stop",
    part="no gap",
    source=PLACE,
    says=STOP,
    reading="one case",
    recipe=TWENTY_EPOCHS,
    because="prevented is that after 20 epochs there is none, as the text defines it: the model is no better "
    "on the training part than on the validation part, by the accuracy",
    verdict="undecided",
)
def test_after_twenty_epochs_the_training_accuracy_is_not_ahead(runs):
    """In epoch 20 the training accuracy is not above the validation accuracy."""
    return gap(runs) <= 0


@claim(
    "txt-stop",
    part="narrower gap",
    source=PLACE,
    says=STOP,
    reading="one case",
    recipe=ARMS,
    because="prevented is that there is less of it: after 20 epochs the training accuracy is less far above "
    "the validation accuracy than after 40, any difference",
    verdict="undecided",
)
def test_after_twenty_epochs_the_gap_is_narrower_than_after_forty(forty, twenty):
    """After 20 epochs the training accuracy is less far above the validation accuracy than after 40."""
    return gap(twenty) < gap(forty)


@claim(
    "txt-stop",
    part="before the turn",
    source=PLACE,
    says=STOP,
    reading="one case",
    recipe=TWENTY_EPOCHS,
    because="prevented is that the validation loss has not begun to rise: of 20 epochs it is lowest in the "
    "last one",
    verdict="undecided",
)
def test_after_twenty_epochs_the_validation_loss_is_at_its_lowest(runs):
    """Of the first 20 epochs the last one has the lowest validation loss."""
    earlier = SeedValues(np.min(runs.history["val_loss"][:, :-1], axis=1), "lowest earlier validation loss")
    return runs.epoch("val_loss", -1) < earlier


@claim(
    "txt-wider",
    source=TEXT_CLASSIFICATION.at("Hidden units"),
    says="With more hidden units a network can learn more complex representations, and it may learn unwanted "
    "patterns, which help on training data and not on test data.",
    recipe={"wide": MODEL, "narrow": HALF_AS_WIDE},
    because="more is twice as many in both layers that the text calls hidden, 16 instead of 8 numbers a word "
    "and units; helping is a lower training loss after forty epochs, and not helping is no more test "
    "reviews that are right",
    beyond="can and may do not say that it happens in most runs, and the text trains one width",
    verdict="undecided",
)
def test_twice_as_many_units_help_on_training_reviews_alone(wide, narrow):
    """With twice as many units the training loss ends lower, and no more test reviews are right."""
    return (wide.loss < narrow.loss) & (wide.test_accuracy <= narrow.test_accuracy)

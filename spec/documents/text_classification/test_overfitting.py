"""Better on the training reviews than on others: the gap, what the late epochs learn, and stopping before."""

import numpy as np

from nnspec import SeedValues, claim
from nnspec.plots import history
from spec.documents.text_classification.recipes import MODEL, TWENTY_EPOCHS
from spec.sources import TEXT_CLASSIFICATION

PLACE = TEXT_CLASSIFICATION.at("Create a graph of accuracy and loss over time")
OVERFITS = "It is an example of overfitting: the model is better on the training data than on unseen data."
OVERFITS_BECAUSE = (
    "said of the model that is plotted; unseen data: the validation part of the plots; after the last "
    "epoch, any difference"
)
SPECIFIC = (
    "From there on the model optimises too far: it learns what is special to the training data and does not "
    "carry over to test data."
)
SPECIFIC_BECAUSE = (
    "said of the model that is plotted; from there on: from epoch 20 to 40, of one and the same run; "
    "learns: a lower loss on the training part; does not carry over: no better"
)
STOP = "In this particular case overfitting could be prevented simply by stopping after twenty epochs or so."
STOPPED = "the first 20 epochs of 40 are those of a training that stops there"


def curves_of_both(forty, twenty):
    return history({"forty epochs": forty, "twenty epochs": twenty})


def gap(runs, epoch):
    """Return how far the training accuracy of an epoch is above the validation accuracy, (seeds,)."""
    return runs.epoch("accuracy", epoch) - runs.epoch("val_accuracy", epoch)


@claim(
    "txt-overfits",
    part="accuracy",
    in_short="Training accuracy ends above validation accuracy",
    source=PLACE,
    says=OVERFITS,
    reading="one case",
    recipe=MODEL,
    because=f"{OVERFITS_BECAUSE}; better: a higher accuracy",
    verdict="undecided",
    measured="24 of 24 seeds; median gap 0.0935",
)
def test_the_training_accuracy_ends_above_the_validation_accuracy(runs):
    """The training accuracy of the last epoch is higher than the validation accuracy."""
    return gap(runs, 40) > 0


@claim(
    "txt-overfits",
    part="loss",
    in_short="Training loss ends below validation loss",
    source=PLACE,
    says=OVERFITS,
    reading="one case",
    recipe=MODEL,
    because=f"{OVERFITS_BECAUSE}; better: a lower loss",
    verdict="undecided",
    measured="24 of 24 seeds; median gap 0.2182",
)
def test_the_training_loss_ends_below_the_validation_loss(runs):
    """The training loss of the last epoch is lower than the validation loss."""
    return runs.epoch("loss", -1) < runs.epoch("val_loss", -1)


@claim(
    "txt-late-epochs",
    part="test loss",
    in_short="Late epochs lower training, not test loss",
    source=PLACE,
    says=SPECIFIC,
    reading="one case",
    recipe={"forty": MODEL, "twenty": TWENTY_EPOCHS},
    because=f"{SPECIFIC_BECAUSE} by the loss on the test reviews",
    picture=curves_of_both,
    verdict="undecided",
    measured="23 of 24 seeds",
)
def test_from_epoch_20_to_40_the_training_loss_falls_and_the_test_loss_does_not(forty, twenty):
    """After 40 epochs the training loss is lower than after 20, and the test loss is not."""
    return (forty.loss < twenty.loss) & (forty.test_loss >= twenty.test_loss)


@claim(
    "txt-late-epochs",
    part="validation loss",
    in_short="Late epochs lower training, not validation loss",
    source=PLACE,
    says=SPECIFIC,
    reading="one case",
    recipe=MODEL,
    because=f"{SPECIFIC_BECAUSE} by the validation loss, as it is plotted, where the text says test data",
    verdict="undecided",
    measured="22 of 24 seeds; median rise of the validation loss 0.0159",
)
def test_from_epoch_20_to_40_the_training_loss_falls_and_the_validation_loss_does_not(runs):
    """In epoch 40 the training loss is lower than in epoch 20, and the validation loss is not."""
    falls = runs.epoch("loss", 40) < runs.epoch("loss", 20)
    return falls & (runs.epoch("val_loss", 40) >= runs.epoch("val_loss", 20))


@claim(
    "txt-stop",
    part="no gap",
    in_short="There is no gap at epoch 20",
    source=PLACE,
    says=STOP,
    reading="one case",
    recipe=MODEL,
    because=f"{STOPPED}; prevented: after 20 epochs there is none, as the text defines it: the model "
    "is no better on the training part than on the validation part, by the accuracy",
    verdict="undecided",
    measured="0 of 24 seeds; median gap 0.0457",
)
def test_after_twenty_epochs_the_training_accuracy_is_not_ahead(runs):
    """In epoch 20 the training accuracy is not above the validation accuracy."""
    return gap(runs, 20) <= 0


@claim(
    "txt-stop",
    part="narrower gap",
    in_short="The gap is narrower at epoch 20",
    source=PLACE,
    says=STOP,
    reading="one case",
    recipe=MODEL,
    because=f"{STOPPED}; prevented: there is less of it, as after 20 epochs the training accuracy is "
    "less far above the validation accuracy than after 40, any difference",
    verdict="undecided",
    measured="24 of 24 seeds; median difference of the gaps 0.0478",
)
def test_after_twenty_epochs_the_gap_is_narrower_than_after_forty(runs):
    """In epoch 20 the training accuracy is less far above the validation accuracy than in epoch 40."""
    return gap(runs, 20) < gap(runs, 40)


@claim(
    "txt-stop",
    part="before the turn",
    in_short="Epoch 20's validation loss is lowest yet",
    source=PLACE,
    says=STOP,
    reading="one case",
    recipe=MODEL,
    because=f"{STOPPED}; prevented: the validation loss has not begun to rise, as of 20 epochs it is "
    "lowest in the last one",
    verdict="undecided",
    measured="24 of 24 seeds",
)
def test_after_twenty_epochs_the_validation_loss_is_at_its_lowest(runs):
    """Of the first 20 epochs the last one has the lowest validation loss."""
    earlier = SeedValues(np.min(runs.history["val_loss"][:, :19], axis=1), "lowest earlier validation loss")
    return runs.epoch("val_loss", 20) < earlier

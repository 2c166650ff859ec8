"""Loss and accuracy over the epochs: what the plots show, and what is expected of gradient descent."""

import numpy as np

from nnspec import SeedValues, claim
from nnspec.plots import history
from spec.documents.text_classification.recipes import MODEL, STANDING_STILL
from spec.sources import TEXT_CLASSIFICATION

PLACE = TEXT_CLASSIFICATION.at("Create a graph of accuracy and loss over time")
PEAK = "Validation loss and accuracy seem to have their peak after about twenty epochs."
ABOUT_TWENTY = (
    "said of the plot; about twenty: nearer to it than to ten or thirty, 15 to 25; "
    "the peak: the best epoch, of several the first"
)


def smallest_step(runs, name, sign):
    """Return the least change from an epoch to the next in the direction of `sign`, (seeds,)."""
    steps = sign * np.diff(runs.history[name].astype(np.float64), axis=1)
    direction = "rise" if sign > 0 else "fall"
    return SeedValues(steps.min(axis=1), f"smallest {direction} of the {name.replace('_', ' ')} in an epoch")


@claim(
    "txt-training-curves",
    in_short="Loss falls, accuracy rises every epoch",
    source=PLACE,
    says="In the plot the training loss gets lower with each epoch and the training accuracy higher.",
    reading="one case",
    recipe=MODEL,
    because="said of the plot; with each epoch: from every epoch of the log to the next, by any "
    "difference, for both, as the sentence joins them",
    picture=history,
    verdict="undecided",
    measured="22 of 24 seeds",
)
def test_in_each_epoch_the_training_loss_falls_and_the_training_accuracy_rises(runs):
    """From each epoch to the next the training loss falls, and the training accuracy rises."""
    return (smallest_step(runs, "loss", -1) > 0) & (smallest_step(runs, "accuracy", 1) > 0)


@claim(
    "txt-descent",
    in_short="Training loss falls every epoch",
    source=PLACE,
    says="This is what one expects of gradient descent: on every iteration it should make smaller what it "
    "minimises.",
    recipe=MODEL,
    counterfactual=STANDING_STILL,
    without="the descent (a rate of 0)",
    because="a general sentence; an iteration is a pass over all samples, as the text calls the forty "
    "epochs; what is minimised: the training loss, a mean over the epoch; “should” promises no nine in "
    "ten, and “every” counts iterations, not runs",
    verdict="holds",
    measured="24 of 24 seeds",
)
def test_the_training_loss_falls_from_each_epoch_to_the_next(runs):
    """From each of the forty epochs to the next the training loss falls."""
    return smallest_step(runs, "loss", -1) > 0


@claim(
    "txt-validation-turns",
    in_short="Validation curves get worse in places",
    source=PLACE,
    says="Of the validation loss and accuracy the same is not true: they do not get better with each epoch.",
    reading="one case",
    recipe=MODEL,
    because="said of the plot; both are worse than in the epoch before at least once, by any difference",
    verdict="undecided",
    measured="24 of 24 seeds",
)
def test_validation_loss_and_accuracy_get_worse_in_some_epoch(runs):
    """In some epoch the validation loss is above that of the epoch before, and in some the accuracy below."""
    return (smallest_step(runs, "val_loss", -1) < 0) & (smallest_step(runs, "val_accuracy", 1) < 0)


@claim(
    "txt-peak",
    part="loss",
    in_short="Validation loss is lowest near epoch 20",
    source=PLACE,
    says=PEAK,
    reading="one case",
    recipe=MODEL,
    because=f"{ABOUT_TWENTY}; here that of the loss, which is where it is lowest",
    picture=history,
    verdict="undecided",
    measured="7 of 24 seeds; median 7 epochs from the twentieth",
)
def test_the_validation_loss_is_lowest_after_about_twenty_epochs(runs):
    """The epoch of the lowest validation loss is one from 15 to 25."""
    return np.abs(runs.best_epoch("val_loss") - 20) <= 5


@claim(
    "txt-peak",
    part="accuracy",
    in_short="Validation accuracy peaks near epoch 20",
    source=PLACE,
    says=PEAK,
    reading="one case",
    recipe=MODEL,
    because=f"{ABOUT_TWENTY}; here the peak of the accuracy",
    verdict="undecided",
    measured="1 of 24 seeds; median 10.5 epochs from the twentieth",
)
def test_the_validation_accuracy_is_highest_after_about_twenty_epochs(runs):
    """The epoch of the highest validation accuracy is one from 15 to 25."""
    return np.abs(runs.best_epoch("val_accuracy") - 20) <= 5

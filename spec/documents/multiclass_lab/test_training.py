"""How the training goes: the loss at both ends, and whether the four classes are told apart."""

from nnspec import claim
from nnspec.plots import decision_boundary, history
from spec.documents.multiclass_lab.recipes import MODEL, NOT_LEARNING, WITHOUT_LEARNING
from spec.sources import MULTICLASS_LAB

PLACE = MULTICLASS_LAB.at("2.2 Model", "fit")
LOG_SAYS = "The log shows a loss that goes from 2.7849 to 0.0474 in 200 epochs."
# a loss is printed in four digits: what is below 2.78495 is told as 2.7849 or less
AT_MOST = "At least as well: a mean loss over the epoch that is no higher in the four digits of the log."
NO_TROUBLE = "Simple as it is, the model has had no trouble with its training data."


@claim(
    "mc-trains",
    part="first epoch",
    in_short="First loss is at most 2.7849",
    source=PLACE,
    recipe=MODEL,
    says=LOG_SAYS,
    reading="figure",
    because=f"{AT_MOST} The first epoch is the mean over four steps, not the loss before training.",
    picture=lambda runs: history(runs, ["loss"]),
    verdict="worse than most",
    measured="1056 of 1280 seeds; median loss in epoch 1 1.9",
)
def test_the_first_epoch_has_no_higher_a_loss_than_printed(runs):
    """The loss of the first epoch is at most 2.7849 in four digits."""
    return runs.epoch("loss", 1) <= 2.78495


@claim(
    "mc-trains",
    part="last epoch",
    in_short="Last loss is at most 0.0474",
    source=PLACE,
    recipe=MODEL,
    says=LOG_SAYS,
    reading="figure",
    because=AT_MOST,
    verdict="usual or worse than most",
    measured="1513 of 2048 seeds; median loss in epoch 200 0.02715",
)
def test_the_last_epoch_has_no_higher_a_loss_than_printed(runs):
    """The loss of epoch 200 is at most 0.0474 in four digits."""
    return runs.epoch("loss", 200) <= 0.04745


@claim(
    "mc-no-trouble",
    part="none wrong",
    in_short="No training point is wrong",
    source=PLACE,
    recipe=MODEL,
    says=NO_TROUBLE,
    word="no trouble",
    counterfactual=NOT_LEARNING,
    without=WITHOUT_LEARNING,
    because="No trouble, read strictly: no training point is wrong. The text has no number; the class of a "
    "point is its highest output, as no metric was compiled.",
    picture=decision_boundary,
    verdict="refuted",
    measured="92 of 128 seeds; median accuracy 1",
)
def test_no_training_point_is_classified_wrongly(runs):
    """None of the 100 training points is classified wrongly."""
    return runs.accuracy >= 1


@claim(
    "mc-no-trouble",
    part="at most one wrong",
    in_short="At most one point is wrong",
    source=PLACE,
    recipe=MODEL,
    says=NO_TROUBLE,
    word="no trouble",
    counterfactual=NOT_LEARNING,
    without=WITHOUT_LEARNING,
    because="No trouble, read kindly: one wrong point is allowed, which is our number. The class of a point "
    "is its highest output, as no metric was compiled.",
    verdict="refuted",
    measured="362 of 448 seeds; median accuracy 1",
)
def test_at_most_one_training_point_is_classified_wrongly(runs):
    """At most one of the 100 training points is classified wrongly."""
    return runs.accuracy >= 99 / 100

"""More training data against overfitting: all 15,000 film reviews against a third of them."""

from nnspec import claim
from spec.documents.artificial_neural_networks.text_recipes import (
    GAP_BECAUSE,
    LARGE,
    RISE_BECAUSE,
    THIRD,
    THIRD_AS_MANY_UPDATES,
    curves,
    gap,
    rise,
)
from spec.sources import ARTIFICIAL_NEURAL_NETWORKS

PLACE = ARTIFICIAL_NEURAL_NETWORKS.at("The optimization/generalization dilemna", "more training data")
SAYS = "Overfitting is tackled by using more training data."
THE_SAME_EPOCHS = (
    "the experiment is ours: all 15,000 reviews against 5,000, in the same 20 epochs of batches of 512, so "
    "that the third makes a third of the updates"
)
AS_MANY_UPDATES = (
    "the experiment is ours: all 15,000 reviews against 5,000, in the same 20 epochs and as many updates, "
    "the third in batches of 167"
)


@claim(
    "ann-more-data",
    part="gap",
    in_short="More reviews narrow the gap",
    source=PLACE,
    recipe={"whole": LARGE, "third": THIRD},
    says=SAYS,
    because=f"{THE_SAME_EPOCHS}; {GAP_BECAUSE}",
    verdict="holds",
    measured="31 of 32 seeds",
)
def test_the_gap_is_narrower_with_more_reviews(whole, third):
    """With all reviews training accuracy leads validation accuracy by less than with a third of them."""
    return gap(whole) < gap(third)


@claim(
    "ann-more-data",
    part="validation-loss",
    in_short="Validation loss rises less with more reviews",
    source=PLACE,
    recipe={"whole": LARGE, "third": THIRD},
    says=SAYS,
    because=f"{THE_SAME_EPOCHS}; {RISE_BECAUSE}",
    picture=curves,
    verdict="refuted",
    measured="0 of 24 seeds",
)
def test_the_validation_loss_rises_less_with_more_reviews(whole, third):
    """With all reviews the validation loss rises less from its minimum than with a third of them."""
    return rise(whole) < rise(third)


@claim(
    "ann-more-data",
    part="gap-as-many-updates",
    in_short="More reviews narrow gap at equal updates",
    source=PLACE,
    recipe={"whole": LARGE, "third": THIRD_AS_MANY_UPDATES},
    says=SAYS,
    because=f"{AS_MANY_UPDATES}; {GAP_BECAUSE}",
    verdict="holds",
    measured="24 of 24 seeds",
)
def test_after_as_many_updates_the_gap_is_narrower_with_more_reviews(whole, third):
    """With as many updates training accuracy leads by less with all reviews than with a third of them."""
    return gap(whole) < gap(third)


@claim(
    "ann-more-data",
    part="validation-loss-as-many-updates",
    in_short="Validation loss rises less at equal updates",
    source=PLACE,
    recipe={"whole": LARGE, "third": THIRD_AS_MANY_UPDATES},
    says=SAYS,
    because=f"{AS_MANY_UPDATES}; {RISE_BECAUSE}",
    picture=curves,
    verdict="holds",
    measured="24 of 24 seeds",
)
def test_after_as_many_updates_the_validation_loss_rises_less_with_more_reviews(whole, third):
    """With as many updates the validation loss rises less with all reviews than with a third of them."""
    return rise(whole) < rise(third)

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
from spec.readings import MOSTLY, MOSTLY_BECAUSE
from spec.sources import ARTIFICIAL_NEURAL_NETWORKS

PLACE = ARTIFICIAL_NEURAL_NETWORKS.at("The optimization/generalization dilemna", "more training data")
THE_SAME_EPOCHS = (
    "all 15,000 reviews against 5,000, in the same 20 epochs of batches of 512, as whoever adds data and "
    "changes nothing else would train; the third then makes a third of the updates"
)
AS_MANY_UPDATES = (
    "all 15,000 reviews against 5,000, in the same 20 epochs and as many updates, the third in batches of "
    "167, so that fewer updates cannot be what makes a network overfit less"
)


@claim(
    "ann-more-data",
    part="gap",
    source=PLACE,
    recipe={"whole": LARGE, "third": THIRD},
    counterfactual={"whole": THIRD},
    share=MOSTLY,
    because=f"{THE_SAME_EPOCHS}; {GAP_BECAUSE}; {MOSTLY_BECAUSE}",
    verdict="undecided",
    measured="23 of 24 seeds; median difference of the gaps -0.011",
)
def test_the_gap_is_narrower_with_more_reviews(whole, third):
    """More training data tackle overfitting."""
    return gap(whole) < gap(third)


@claim(
    "ann-more-data",
    part="validation-loss",
    source=PLACE,
    recipe={"whole": LARGE, "third": THIRD},
    counterfactual={"whole": THIRD},
    share=MOSTLY,
    because=f"{THE_SAME_EPOCHS}; {RISE_BECAUSE}; {MOSTLY_BECAUSE}",
    picture=curves,
    verdict="refuted",
    measured="0 of 24 seeds; median difference of the rises 0.6844",
)
def test_the_validation_loss_rises_less_with_more_reviews(whole, third):
    """More training data tackle overfitting."""
    return rise(whole) < rise(third)


@claim(
    "ann-more-data",
    part="gap-as-many-updates",
    source=PLACE,
    recipe={"whole": LARGE, "third": THIRD_AS_MANY_UPDATES},
    counterfactual={"whole": THIRD_AS_MANY_UPDATES},
    share=MOSTLY,
    because=f"{AS_MANY_UPDATES}; {GAP_BECAUSE}; {MOSTLY_BECAUSE}",
    verdict="holds",
    measured="24 of 24 seeds; median difference of the gaps -0.0171",
)
def test_after_as_many_updates_the_gap_is_narrower_with_more_reviews(whole, third):
    """More training data tackle overfitting."""
    return gap(whole) < gap(third)


@claim(
    "ann-more-data",
    part="validation-loss-as-many-updates",
    source=PLACE,
    recipe={"whole": LARGE, "third": THIRD_AS_MANY_UPDATES},
    counterfactual={"whole": THIRD_AS_MANY_UPDATES},
    share=MOSTLY,
    because=f"{AS_MANY_UPDATES}; {RISE_BECAUSE}; {MOSTLY_BECAUSE}",
    picture=curves,
    verdict="holds",
    measured="24 of 24 seeds; median difference of the rises -0.6078",
)
def test_after_as_many_updates_the_validation_loss_rises_less_with_more_reviews(whole, third):
    """More training data tackle overfitting."""
    return rise(whole) < rise(third)

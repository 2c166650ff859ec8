"""Finding the learning rate for Fashion-MNIST: the sweep of model_13 and the rules that read it."""

import numpy as np

from nnspec import SGD, Claim, Digits, SeedValues, claim
from nnspec.plots import sweep
from nnspec.textbook import LEARNING_RATE_RULES
from spec.documents.tf_classification.fashion_recipes import MODEL_13, SECTION
from spec.readings import MOSTLY, MOSTLY_BECAUSE
from spec.sources import TF_CLASSIFICATION

DEFAULT = 0.001
CLOSE = (DEFAULT / 3, DEFAULT * 3)
CLOSE_BECAUSE = "close to 0.001: within a factor of three, half a power of ten either way"

# plain gradient descent on few images still learns at the end of the sweep
STILL_LEARNING = MODEL_13.with_(data=Digits(), optimizer=SGD(), validation_data=None)


def best_rate_by(rule: str, reading: str, **found: str) -> Claim:
    """Declare the claim that this rule suggests a learning rate close to Adam's default."""

    def test_the_best_learning_rate_is_close_to_the_default_of_adam(runs):
        """The best learning rate that the sweep shows is close to Adam's default of 0.001."""
        rates = LEARNING_RATE_RULES[rule](np.array(runs.recipe.learning_rates), runs.history["loss"])
        suggested = SeedValues(rates, f"rate suggested by {rule}")
        return (suggested >= CLOSE[0]) & (suggested <= CLOSE[1])

    return claim(
        "tfc-fashion-lr",
        part=rule.replace(" / ", "/").replace(" ", "-"),
        source=TF_CLASSIFICATION.at(SECTION, "model_13"),
        recipe=MODEL_13,
        counterfactual=STILL_LEARNING,
        share=MOSTLY,
        because=f"{reading}; {CLOSE_BECAUSE}; {MOSTLY_BECAUSE}",
        picture=(lambda runs: sweep(runs, CLOSE)) if rule == "minimum / 10" else None,
        **found,
    )(test_the_best_learning_rate_is_close_to_the_default_of_adam)


test_minimum_over_ten = best_rate_by(
    "minimum / 10",
    "the document's rule of thumb: ten times below the bottom of the curve",
    verdict="undecided",
    measured="22 of 24 seeds; median rate 0.00056",
)
test_still_falling = best_rate_by(
    "still falling",
    "the document's words: still decreasing but not quite flattened out",
    verdict="holds",
    measured="24 of 24 seeds; median rate 0.00112",
)
test_steepest = best_rate_by(
    "steepest",
    "a common reading of such a curve: where the loss falls fastest",
    verdict="holds",
    measured="24 of 24 seeds; median rate 0.00158",
)
test_valley = best_rate_by(
    "valley",
    "the default suggestion of a widely used learning-rate finder",
    verdict="refuted",
    measured="0 of 24 seeds; median rate 0.00447",
)

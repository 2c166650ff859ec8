"""Finding the learning rate for Fashion-MNIST: the sweep of model_13 and the rules that read it."""

import numpy as np

from nnspec import SGD, Claim, SeedValues, claim
from nnspec.plots import sweep
from nnspec.textbook import LEARNING_RATE_RULES
from spec.documents.tf_classification.fashion_recipes import MODEL_13, SECTION
from spec.documents.tf_classification.recipes import OTHER_TOOL, RULE_IN_SHORT, SUGGESTED, rates_as_printed
from spec.sources import TF_CLASSIFICATION

# half a power of ten either way, in the digits in which rates are printed
CLOSE = (3.1623e-4, 3.1623e-3)
CLOSE_BECAUSE = (
    "close to 0.001: nearer to it, on the logarithmic axis, than to any other of the typical rates that "
    "the document lists, powers of ten, ties included; the sweep begins at 0.001, so that the answer lies "
    "at its edge"
)
DEFAULT = "In this case the ideal rate seems to be somewhere close to 0.001, the default of Adam."


def best_rate_by(rule: str, reading: str, beyond: str = "") -> Claim:
    """Declare the claim that this rule suggests a learning rate close to Adam's default."""

    def test_the_best_learning_rate_is_close_to_the_default_of_adam(runs):
        rates = LEARNING_RATE_RULES[rule](np.array(runs.recipe.learning_rates), runs.history["loss"])
        suggested = SeedValues(rates_as_printed(rates), f"rate suggested by {rule}")
        return (suggested >= CLOSE[0]) & (suggested <= CLOSE[1])

    statement = f"{SUGGESTED[rule]} lies between 10^-3.5 and 10^-2.5, nearest to 0.001."
    test_the_best_learning_rate_is_close_to_the_default_of_adam.__doc__ = statement
    return claim(
        "tfc-fashion-lr",
        part=rule.replace(" / ", "/").replace(" ", "-"),
        in_short=f"{RULE_IN_SHORT[rule]} suggests 0.001",
        source=TF_CLASSIFICATION.at(SECTION, "model_13"),
        says=DEFAULT,
        reading="one case",
        recipe=MODEL_13,
        counterfactual=MODEL_13.with_(optimizer=SGD()),
        without="Adam (SGD instead)",
        because=f"{reading}; {CLOSE_BECAUSE}",
        picture=(lambda runs: sweep(runs, CLOSE)) if rule == "minimum / 10" else None,
        verdict="undecided",
        beyond=beyond,
    )(test_the_best_learning_rate_is_close_to_the_default_of_adam)


test_minimum_over_ten = best_rate_by(
    "minimum / 10", "the document's rule of thumb: ten times below the bottom of the curve"
)
test_still_falling = best_rate_by(
    "still falling", "the document's words, still falling and not yet flat: half of the fall is done"
)
test_steepest = best_rate_by(
    "steepest", "a common reading of such a curve: where the loss falls fastest", beyond=OTHER_TOOL
)
test_valley = best_rate_by(
    "valley", "the default suggestion of a widely used learning-rate finder", beyond=OTHER_TOOL
)

"""Finding the learning rate: the sweep of model_9, the rules that read it, and the refit of model_10."""

import numpy as np

from nnspec import SGD, Claim, Figure, SeedValues, claim, fact
from nnspec.plots import decision_boundary, sweep
from nnspec.textbook import LEARNING_RATE_RULES
from spec.documents.tf_classification.recipes import (
    MODEL_8,
    MODEL_9,
    MODEL_10,
    OTHER_TOOL,
    PERFECT_BECAUSE,
    RULE_IN_SHORT,
    SUGGESTED,
    SWEEP,
    rates_as_printed,
)
from spec.sources import TF_CLASSIFICATION

SECTION = "Finding the best learning rate"
EVALUATING = "Evaluating and improving our classification model"
DOCUMENTED = (0.01, 0.02)
BEST = (
    "As a rule of thumb the ideal rate, at least to begin with, is one at which the loss still falls and is "
    "not quite flat, usually about a tenth of the rate at its bottom; in this case that is 0.01 to 0.02."
)


@fact("tfc-lr-sweep", source=TF_CLASSIFICATION.at(SECTION, "model_9"))
def test_the_sweep_multiplies_the_learning_rate_by_ten_every_twenty_epochs():
    """The sweep starts at 1e-4 and multiplies the learning rate by ten every twenty epochs."""
    assert len(SWEEP) == 100
    np.testing.assert_allclose([SWEEP[i] for i in (0, 20, 40)], [1e-4, 1e-3, 1e-2], rtol=1e-12)
    np.testing.assert_allclose(SWEEP[99], 8.9125, atol=5e-5)
    assert MODEL_9.learning_rates == SWEEP


RECORDED = {
    "minimum / 10": "seldom or a coin toss",
    "steepest": "a coin toss",
    "still falling": "mostly",
    "valley": "a coin toss or mostly",
}


def best_rate_by(rule: str, reading: str, beyond: str = "", headline: str = "") -> Claim:
    """Declare the claim that this rule suggests a learning rate between 0.01 and 0.02."""

    def test_the_best_learning_rate_is_between_one_and_two_hundredths(runs):
        rates = rates_as_printed(LEARNING_RATE_RULES[rule](np.array(SWEEP), runs.history["loss"]))
        suggested = SeedValues(rates, f"rate suggested by {rule}")
        return (suggested >= 0.01) & (suggested <= 0.02)

    statement = f"{SUGGESTED[rule]} lies between 0.01 and 0.02, ends included."
    test_the_best_learning_rate_is_between_one_and_two_hundredths.__doc__ = statement
    return claim(
        "tfc-lr-best",
        part=rule.replace(" / ", "/").replace(" ", "-"),
        in_short=f"{RULE_IN_SHORT[rule]} suggests 0.01 to 0.02",
        headline=headline,
        source=TF_CLASSIFICATION.at(SECTION, "model_9"),
        says=BEST,
        reading="one case",
        recipe=MODEL_9,
        counterfactual=MODEL_9.with_(optimizer=SGD()),
        without="Adam (SGD instead)",
        because=f"{reading}; rates are compared in the five digits that are printed of them",
        picture=(lambda runs: sweep(runs, DOCUMENTED)) if rule == "minimum / 10" else None,
        verdict=RECORDED[rule],
        beyond=beyond,
    )(test_the_best_learning_rate_is_between_one_and_two_hundredths)


test_minimum_over_ten = best_rate_by(
    "minimum / 10",
    "the document's rule of thumb: ten times below the bottom of the curve",
    headline="The learning-rate finder points to 0.01 to 0.02",
)
test_still_falling = best_rate_by(
    "still falling",
    "the document's words, still falling and not yet flat: half of the fall is done",
)
test_steepest = best_rate_by(
    "steepest", "a common reading of such a curve: where the loss falls fastest", beyond=OTHER_TOOL
)
test_valley = best_rate_by(
    "valley", "the default suggestion of a widely used learning-rate finder", beyond=OTHER_TOOL
)


@claim(
    "tfc-lr-too-high",
    in_short="Too high a rate only guesses",
    source=TF_CLASSIFICATION.at(SECTION, f"model_9, last ten epochs; the sentence: {EVALUATING}"),
    says="A learning rate can also be too high: the model then hurries and learns nothing at all.",
    recipe=MODEL_9,
    counterfactual=MODEL_9.with_(learning_rates=(0.01,) * 100),
    without="the rising rate (0.01 throughout)",
    because="not learning: no better than guessing, at most 442 of 800, half and three standard "
    "deviations; the end of the sweep is our test of it, with rates above 3 in the last ten epochs and "
    "running means of their log",
    documented={
        "loss in epoch 100": Figure("0.8563", lambda runs: runs.epoch("loss", 100), "lower"),
        "accuracy in epoch 100": Figure("0.4663", lambda runs: runs.epoch("accuracy", 100), "higher"),
    },
    verdict="holds",
    measured="2048 of 2048 seeds; median mean accuracy of the last ten epochs 0.499",
)
def test_at_the_end_of_the_sweep_the_model_is_guessing_again(runs):
    """In the last ten epochs of the sweep at most 442 of 800 points are right, on average: guessing."""
    mean = runs.history["accuracy"][:, -10:].astype(np.float64).mean(axis=1)
    return SeedValues(mean, "mean accuracy of the last ten epochs", counts_of=8000) <= 442 / 800


@claim(
    "tfc-lr-refit",
    in_short="The refit is almost perfect",
    source=TF_CLASSIFICATION.at(SECTION, "model_10"),
    says="Refitted at a rate of 0.02 for 20 epochs our model is, as its pictures of both parts show, almost "
    "perfect again.",
    reading="one case",
    recipe=MODEL_10,
    counterfactual=MODEL_10.with_learning_rate(0.001),
    without="the rate found (0.001 instead)",
    because=f"almost perfect, on both parts: {PERFECT_BECAUSE} and 196 of 200; the training accuracy is "
    "that of the log, the other one evaluated",
    documented={
        "accuracy in epoch 20": Figure("0.9887", lambda runs: runs.epoch("accuracy", 20), "higher"),
        "test_accuracy": "0.9900",
        "test_loss": "0.0574",
    },
    picture=decision_boundary,
    verdict="a coin toss",
    measured="1002 of 2048 seeds; median accuracy in epoch 20 0.98",
)
def test_refit_with_the_rate_found_the_model_is_almost_perfect(runs):
    """In epoch 20 at least 781 of 800 training points are right, and at least 196 of 200 test points."""
    return (runs.epoch("accuracy", 20) >= 781 / 800) & (runs.test_accuracy >= 196 / 200)


@claim(
    "tfc-lr-refit-beats",
    in_short="Model_10 beats model_8 in training",
    source=TF_CLASSIFICATION.at(SECTION, "model_10 and model_8"),
    says="A slightly raised rate, 0.02 for 0.01, takes our accuracy above that of model_8, in 20 epochs "
    "for its 25: an example of what can happen.",
    reading="one case",
    recipe={"model_8": MODEL_8, "model_10": MODEL_10},
    because="higher is any difference of the training accuracies in the last lines of the two logs, which "
    "the document compares; its own test accuracies are the other way round and are not asked about",
    verdict="a coin toss",
    measured="209 of 448 seeds; median accuracy in epoch 20 of model_10 - accuracy in epoch 25 of model_8 0",
)
def test_the_rate_found_reaches_a_higher_accuracy_in_fewer_epochs(model_8, model_10):
    """The training accuracy of model_10 in epoch 20 is higher than that of model_8 in epoch 25."""
    return model_10.epoch("accuracy", -1) > model_8.epoch("accuracy", -1)


@fact("tfc-lr-plot", source=TF_CLASSIFICATION.at(SECTION, "model_9"), kind="picture")
def test_the_sweep_is_drawn_over_a_logarithmic_axis(trained, evidence):
    """The loss of the sweep over the learning rate on a logarithmic axis."""
    figure = sweep(trained(MODEL_9, range(64)), DOCUMENTED)
    axes = figure.axes[0]
    assert axes.get_xscale() == "log"
    assert "learning rate" in axes.get_xlabel().lower()
    assert "loss" in axes.get_ylabel().lower()
    np.testing.assert_allclose(axes.lines[0].get_xdata(), SWEEP)
    evidence.picture("Sweep of model_9", figure)

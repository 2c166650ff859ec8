"""Finding the learning rate: the sweep of model_9, the rules that read it, and the refit of model_10."""

import numpy as np

from nnspec import SGD, Claim, Figure, SeedValues, claim, fact
from nnspec.plots import decision_boundary, sweep
from nnspec.textbook import LEARNING_RATE_RULES
from spec.documents.tf_classification.recipes import (
    GUESSING,
    GUESSING_BECAUSE,
    MODEL_8,
    MODEL_9,
    MODEL_10,
    SWEEP,
)
from spec.readings import RELIABLY, RELIABLY_BECAUSE
from spec.sources import TF_CLASSIFICATION

SECTION = "Finding the best learning rate"
DOCUMENTED = (0.01, 0.02)


@fact("tfc-lr-sweep", source=TF_CLASSIFICATION.at(SECTION, "model_9"))
def test_the_sweep_multiplies_the_learning_rate_by_ten_every_twenty_epochs():
    """The sweep starts at 1e-4 and multiplies the learning rate by ten every twenty epochs."""
    assert len(SWEEP) == 100
    np.testing.assert_allclose([SWEEP[i] for i in (0, 20, 40)], [1e-4, 1e-3, 1e-2], rtol=1e-12)
    np.testing.assert_allclose(SWEEP[99], 8.9125, atol=5e-5)
    assert MODEL_9.learning_rates == SWEEP


def best_rate_by(rule: str, reading: str, **found: str) -> Claim:
    """Declare the claim that this rule suggests a learning rate between 0.01 and 0.02."""

    def test_the_best_learning_rate_is_between_one_and_two_hundredths(runs):
        """The best learning rate that the sweep shows lies between 0.01 and 0.02."""
        rates = LEARNING_RATE_RULES[rule](np.array(SWEEP), runs.history["loss"])
        suggested = SeedValues(rates, f"rate suggested by {rule}")
        # the sweep visits 0.01 itself; one per cent, a tenth of a step, is for rounding
        return (suggested >= 0.01 * 0.99) & (suggested <= 0.02 * 1.01)

    return claim(
        "tfc-lr-best",
        part=rule.replace(" / ", "/").replace(" ", "-"),
        source=TF_CLASSIFICATION.at(SECTION, "model_9"),
        recipe=MODEL_9,
        counterfactual=MODEL_9.with_(optimizer=SGD()),
        share=RELIABLY,
        because=f"{reading}; {RELIABLY_BECAUSE}",
        picture=(lambda runs: sweep(runs, DOCUMENTED)) if rule == "minimum / 10" else None,
        **found,
    )(test_the_best_learning_rate_is_between_one_and_two_hundredths)


test_minimum_over_ten = best_rate_by(
    "minimum / 10",
    "the document's rule of thumb: ten times below the bottom of the curve",
    verdict="refuted",
    measured="19 of 64 seeds; median rate suggested by minimum / 10 0.00631",
)
test_still_falling = best_rate_by(
    "still falling",
    "the document's words: still decreasing but not quite flattened out",
    verdict="refuted",
    measured="194 of 256 seeds; median rate suggested by still falling 0.01413",
)
test_steepest = best_rate_by(
    "steepest",
    "a common reading of such a curve: where the loss falls fastest",
    verdict="refuted",
    measured="34 of 64 seeds; median rate suggested by steepest 0.01995",
)
test_valley = best_rate_by(
    "valley",
    "the default suggestion of a widely used learning-rate finder",
    verdict="refuted",
    measured="91 of 128 seeds; median rate suggested by valley 0.01122",
)


@claim(
    "tfc-lr-too-high",
    source=TF_CLASSIFICATION.at(SECTION, "model_9, last ten epochs"),
    recipe=MODEL_9,
    counterfactual=MODEL_9.with_(learning_rates=(0.01,) * 100),
    share=RELIABLY,
    because="means over the last ten epochs: loss at least 0.73 as printed; "
    f"{GUESSING_BECAUSE}; {RELIABLY_BECAUSE}",
    verdict="holds",
    measured="192 of 192 seeds; median mean loss of the last ten epochs 0.8074",
)
def test_at_the_end_of_the_sweep_the_model_is_guessing_again(runs):
    """At the end of the sweep, with learning rates far too high, the model is guessing again."""
    loss = SeedValues(runs.history["loss"][:, -10:].mean(axis=1), "mean loss of the last ten epochs")
    accuracy = SeedValues(
        runs.history["accuracy"][:, -10:].mean(axis=1), "mean accuracy of the last ten epochs"
    )
    return (loss >= 0.73) & (abs(accuracy - 0.5) <= GUESSING)


@claim(
    "tfc-lr-refit",
    source=TF_CLASSIFICATION.at(SECTION, "model_10"),
    recipe=MODEL_10,
    counterfactual=MODEL_10.with_learning_rate(0.001),
    share=RELIABLY,
    because="'almost perfect again' read as for model_8: an accuracy of at least 0.95 on both parts; "
    + RELIABLY_BECAUSE,
    documented={
        "accuracy in epoch 20": Figure(0.9887, lambda runs: runs.epoch("accuracy", 20)),
        "test_accuracy": 0.9900,
        "test_loss": 0.0574,
    },
    picture=decision_boundary,
    verdict="refuted",
    measured="163 of 256 seeds; median test accuracy 0.98",
)
def test_refit_with_the_rate_found_the_model_is_almost_perfect(runs):
    """Refit for 20 epochs with a learning rate of 0.02 the model is almost perfect again."""
    return (runs.test_accuracy >= 0.95) & (runs.accuracy >= 0.95)


@claim(
    "tfc-lr-refit-beats",
    source=TF_CLASSIFICATION.at(SECTION, "model_10 and model_8"),
    recipe={"model_10": MODEL_10, "model_8": MODEL_8},
    counterfactual={"model_10": MODEL_8},
    share=RELIABLY,
    because="higher: the training accuracy of the last epoch, the figures that the document compares; "
    + RELIABLY_BECAUSE,
    verdict="refuted",
    measured="31 of 64 seeds; median accuracy in epoch 20 of model_10 - accuracy in epoch 25 of model_8 0",
)
def test_the_rate_found_reaches_a_higher_accuracy_in_fewer_epochs(model_10, model_8):
    """0.02 for 20 epochs reaches a higher accuracy than 0.01 for 25 epochs."""
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

"""Ten classes of clothing: a small network on raw and on normalised pixels, and its refit."""

from nnspec import Figure, claim
from nnspec.plots import history
from spec.documents.tf_classification.fashion_recipes import (
    DIGITS_NORMALISED,
    DIGITS_RAW,
    MODEL_11,
    MODEL_12,
    MODEL_14,
    SECTION,
)
from spec.readings import MOSTLY, MOSTLY_BECAUSE, RELIABLY, RELIABLY_BECAUSE
from spec.sources import TF_CLASSIFICATION

MUCH = 0.1
MUCH_BECAUSE = (
    "much: at least ten percentage points of test accuracy, what guessing alone gets with ten classes; "
    "the document prints no figure"
)


def curves_of_both(raw, normalised):
    return history({"raw": raw, "normalised": normalised})


@claim(
    "tfc-fashion-raw",
    source=TF_CLASSIFICATION.at(SECTION, "model_11"),
    recipe=MODEL_11,
    counterfactual=MODEL_12,
    share=MOSTLY,
    because="poor: fewer test images right than wrong, where the document shows about a third right; "
    + MOSTLY_BECAUSE,
    documented={
        "test_accuracy": 0.3549,
        "test_loss": 1.5390,
        "accuracy in epoch 10": Figure(0.3346, lambda runs: runs.epoch("accuracy", 10)),
        "loss in epoch 10": Figure(1.5432, lambda runs: runs.epoch("loss", 10)),
    },
    picture=history,
    verdict="undecided",
    measured="23 of 24 seeds; median test accuracy 0.2923",
)
def test_on_raw_pixels_a_small_network_stays_poor(runs):
    """On raw pixels a network of two layers of four stays poor after ten epochs."""
    return runs.test_accuracy < 0.5


@claim(
    "tfc-fashion-normalised",
    source=TF_CLASSIFICATION.at(SECTION, "model_12 and model_11"),
    recipe={"normalised": MODEL_12, "raw": MODEL_11},
    counterfactual={"normalised": MODEL_11},
    share=MOSTLY,
    because=f"{MUCH_BECAUSE}; {MOSTLY_BECAUSE}",
    picture=curves_of_both,
    verdict="holds",
    measured="24 of 24 seeds; median test accuracy of normalised - test accuracy of raw 0.4928",
)
def test_the_same_network_is_much_better_on_normalised_pixels(normalised, raw):
    """The same network is much better on normalised pixels than on raw ones."""
    return normalised.test_accuracy - raw.test_accuracy >= MUCH


@claim(
    "tfc-fashion-normalised",
    part="digits",
    source=TF_CLASSIFICATION.at(SECTION, "model_12 and model_11"),
    recipe={"normalised": DIGITS_NORMALISED, "raw": DIGITS_RAW},
    counterfactual={"normalised": DIGITS_RAW},
    share=RELIABLY,
    because="the same network on scikit-learn's digits, 0 … 16 scaled to 0 … 1 and to 0 … 255, with "
    f"as many weight updates as in the document; {MUCH_BECAUSE}; {RELIABLY_BECAUSE}",
    beyond="on scikit-learn's digits, which the document does not have",
    picture=curves_of_both,
    verdict="undecided",
    measured="237 of 256 seeds; median difference of the test accuracies 0.3153",
)
def test_the_same_network_is_much_better_on_normalised_digits(normalised, raw):
    """On the bundled digits too the same network is much better on normalised pixels than on raw ones."""
    return normalised.test_accuracy - raw.test_accuracy >= MUCH


@claim(
    "tfc-fashion-quicker",
    source=TF_CLASSIFICATION.at(SECTION, "loss curves of model_11 and model_12"),
    recipe={"normalised": MODEL_12, "raw": MODEL_11},
    counterfactual={"normalised": MODEL_11},
    share=MOSTLY,
    because="quicker: the training loss is lower in each of the first three epochs, where the curves differ "
    f"most; {MOSTLY_BECAUSE}",
    verdict="holds",
    measured="24 of 24 seeds; median loss in epoch 1 of normalised - loss in epoch 1 of raw -1.076",
)
def test_on_normalised_pixels_it_improves_quicker(normalised, raw):
    """On normalised pixels the network improves quicker: its loss is lower from the first epochs on."""
    first = normalised.epoch("loss", 1) < raw.epoch("loss", 1)
    second = normalised.epoch("loss", 2) < raw.epoch("loss", 2)
    return first & second & (normalised.epoch("loss", 3) < raw.epoch("loss", 3))


@claim(
    "tfc-fashion-refit",
    source=TF_CLASSIFICATION.at(SECTION, "model_14"),
    recipe={"model_14": MODEL_14, "model_11": MODEL_11},
    counterfactual={"model_14": MODEL_11},
    share=MOSTLY,
    because="'performing pretty well' read as better than model_11, the only figure that is printed, in "
    f"accuracy on the test part; {MOSTLY_BECAUSE}",
    verdict="holds",
    measured="24 of 24 seeds; median test accuracy of model_14 - test accuracy of model_11 0.5072",
)
def test_refit_for_twenty_epochs_it_is_better_than_on_raw_pixels(model_14, model_11):
    """Refit for twenty epochs with a learning rate of 0.001 the network beats the one on raw pixels."""
    return model_14.test_accuracy > model_11.test_accuracy

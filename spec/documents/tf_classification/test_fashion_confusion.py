"""Which classes model_14 confuses, and images with what it predicts for them."""

import numpy as np

from nnspec import FASHION_CLASSES, SeedValues, claim, fact
from nnspec.plots import RIGHT, WRONG, images, misclassified_pairs, one_seed
from spec.documents.tf_classification.fashion_recipes import (
    ALL_ZERO,
    MODEL_14,
    SECTION,
    UNTRAINED,
    confusions,
    taken_for_each_other,
)
from spec.readings import MOSTLY, MOSTLY_BECAUSE
from spec.sources import TF_CLASSIFICATION

T_SHIRT, SHIRT = FASHION_CLASSES.index("T-shirt/top"), FASHION_CLASSES.index("Shirt")
SNEAKER, ANKLE_BOOT = FASHION_CLASSES.index("Sneaker"), FASHION_CLASSES.index("Ankle boot")
PAIRS = np.triu_indices(len(FASHION_CLASSES), k=1)


@claim(
    "tfc-fashion-shirt",
    source=TF_CLASSIFICATION.at(SECTION, "confusion matrix of model_14"),
    recipe=MODEL_14,
    counterfactual=UNTRAINED,
    share=MOSTLY,
    because="confused: taken for each other, either way round, on the test part; most: more often than any "
    f"of the other 44 pairs of classes; {MOSTLY_BECAUSE}",
    picture=lambda runs: misclassified_pairs(confusions(runs), FASHION_CLASSES),
    verdict="undecided",
    measured="5 of 24 seeds; median confusions of Shirt and T-shirt/top above those of any other pair -50",
)
def test_shirt_and_t_shirt_are_confused_most(runs):
    """The classes that model_14 confuses most are Shirt and T-shirt/top."""
    pairs = taken_for_each_other(runs)
    shirts = pairs[:, T_SHIRT, SHIRT]
    others = np.where((PAIRS[0] == T_SHIRT) & (PAIRS[1] == SHIRT), -1, pairs[:, *PAIRS]).max(axis=1)
    return (
        SeedValues(shirts - others, "confusions of Shirt and T-shirt/top above those of any other pair") > 0
    )


@claim(
    "tfc-fashion-sneaker",
    source=TF_CLASSIFICATION.at(SECTION, "predictions of model_14"),
    recipe=MODEL_14,
    counterfactual=ALL_ZERO,
    share=MOSTLY,
    because="mixed up: taken for each other, either way round, on the test part, more often than the average "
    f"of the 45 pairs of classes; {MOSTLY_BECAUSE}",
    verdict="holds",
    measured="24 of 24 seeds; median confusions of Sneaker and Ankle boot above the average pair 48.54",
)
def test_sneaker_and_ankle_boot_are_mixed_up(runs):
    """Sneaker and Ankle boot, which look alike, are mixed up more often than the average pair of classes."""
    pairs = taken_for_each_other(runs)
    shoes, average = pairs[:, SNEAKER, ANKLE_BOOT], pairs[:, *PAIRS].mean(axis=1)
    return SeedValues(shoes - average, "confusions of Sneaker and Ankle boot above the average pair") > 0


@fact("tfc-random-image", source=TF_CLASSIFICATION.at(SECTION, "plot_random_image"), kind="picture")
def test_a_random_image_is_drawn_under_its_prediction_green_when_right_and_red_when_wrong(trained, evidence):
    """A random image with predicted and true label, green when it is right and red when it is wrong."""
    runs, _ = one_seed(trained(MODEL_14, range(8)), None)
    data = MODEL_14.data.arrays()
    chosen = np.random.default_rng(42).permutation(len(data.x_test))[:200]
    probabilities = runs.predict(data.x_test[chosen])[0]
    predicted = probabilities.argmax(axis=1)
    right = predicted == data.y_test[chosen]
    for kind, colour, at in (("right", RIGHT, right.argmax()), ("wrong", WRONG, right.argmin())):
        assert right[at] == (kind == "right"), "two hundred random images hold right and wrong predictions"
        example = chosen[at : at + 1]
        figure = images(
            data.x_test[example],
            data.y_test[example],
            FASHION_CLASSES,
            predicted[at : at + 1],
            probabilities[at : at + 1].max(axis=1),
        )
        (axes,) = figure.axes
        assert len(axes.images) == 1
        assert axes.title.get_color() == colour
        assert FASHION_CLASSES[predicted[at]] in axes.get_title()
        assert FASHION_CLASSES[data.y_test[example[0]]] in axes.get_title().replace("\n", " ")
        evidence.picture(f"A random image that is predicted {kind}", figure)

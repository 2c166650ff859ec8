"""What the output units work with: where the hidden layer puts the classes, and whose output is highest."""

import numpy as np

from nnspec import SeedValues, claim
from nnspec.plots import output_units_over_hidden
from spec.documents.multiclass_lab.recipes import (
    BLOBS,
    MODEL,
    NOT_LEARNING,
    WITHOUT_LEARNING,
    hidden,
)
from spec.sources import MULTICLASS_LAB

LAYER_2 = MULTICLASS_LAB.at("Explanation: Layer 2, the output layer")
NEAR_SAYS = "Output unit 0 is largest near (0, 0), which is where the hidden layer has mapped class 0."
ZERO_SAYS = "As could be seen, the classes 0 and 1 have a first value of zero, 0 and 2 a second one."
MUST_SAYS = (
    "It is not enough that a unit is largest for the class that it stands for: it must also be the highest "
    "of all units for the points of that class. The softmax within the loss sees to that."
)


def distances(runs):
    """Return how far from (0, 0) the hidden layer puts the mean of each class, (seeds, 4)."""
    outputs, y = hidden(runs, BLOBS.arrays().x_train), BLOBS.arrays().y_train
    means = np.stack([outputs[:, y == number].mean(axis=1) for number in range(4)], axis=1)
    return np.linalg.norm(means, axis=2)


@claim(
    "mc-zero-corner",
    part="class 0",
    in_short="Class 0 lies nearest to zero",
    source=LAYER_2,
    recipe=MODEL,
    says=NEAR_SAYS,
    reading="one case",
    counterfactual=NOT_LEARNING,
    without=WITHOUT_LEARNING,
    because="Near: the mean outputs of the two hidden units for class 0 are the nearest ones to (0, 0) among "
    "the four classes. The text may tell of another run.",
    verdict="seldom",
    measured="112 of 512 seeds; median distance of class 0 from (0, 0) - distance of the nearest other "
    "class from (0, 0) 7.574",
)
def test_class_0_is_mapped_nearest_to_zero(runs):
    """The mean of class 0 after the hidden layer is as near to (0, 0) as that of any other class."""
    far = distances(runs)
    others = SeedValues(far[:, 1:].min(axis=1), "distance of the nearest other class from (0, 0)")
    return SeedValues(far[:, 0], "distance of class 0 from (0, 0)") <= others


def zero_points(runs, number):
    """Return how many of the 25 points of a class leave both hidden units at zero, (seeds,)."""
    data = BLOBS.arrays()
    return (hidden(runs, data.x_train[data.y_train == number]) == 0).all(axis=2).sum(axis=1)


@claim(
    "mc-zero-corner",
    part="class 0 at zero",
    in_short="All of class 0 becomes zero",
    source=LAYER_2,
    recipe=MODEL,
    says=ZERO_SAYS,
    reading="one case",
    counterfactual=NOT_LEARNING,
    without=WITHOUT_LEARNING,
    because="Class 0 is among those of which both values are zero: both units are, for each of its points. "
    "The text may tell of another run.",
    verdict="seldom",
    measured="147 of 896 seeds; median points of class 0 at (0, 0) 0",
)
def test_both_units_are_zero_for_every_point_of_class_0(runs):
    """Both hidden units are zero for every one of the 25 points of class 0."""
    return SeedValues(zero_points(runs, 0), "points of class 0 at (0, 0)") >= 25


@claim(
    "mc-zero-corner",
    part="most of class 0 at zero",
    in_short="Most of class 0 becomes zero",
    source=LAYER_2,
    recipe=MODEL,
    says=ZERO_SAYS,
    reading="one case",
    counterfactual=NOT_LEARNING,
    without=WITHOUT_LEARNING,
    because="Class 0 is among those of which both values are zero: both units are, for more than half of its "
    "points. The text may tell of another run.",
    verdict="seldom",
    measured="395 of 1536 seeds; median points of class 0 at (0, 0) 0",
)
def test_both_units_are_zero_for_most_points_of_class_0(runs):
    """Both hidden units are zero for at least 13 of the 25 points of class 0."""
    return SeedValues(zero_points(runs, 0), "points of class 0 at (0, 0)") >= 13


@claim(
    "mc-zero-corner",
    part="one class",
    in_short="Most of some class becomes zero",
    source=LAYER_2,
    recipe=MODEL,
    says=NEAR_SAYS,
    reading="one case",
    counterfactual=NOT_LEARNING,
    without=WITHOUT_LEARNING,
    because="Both units are zero for more than half of the points of a class, whichever it is.",
    beyond="any class, where the document names the one of its plot",
    verdict="mostly or nearly always",
    measured="1895 of 2048 seeds; median points of one class at (0, 0), at most 23",
)
def test_both_units_are_zero_for_most_points_of_some_class(runs):
    """Both hidden units are zero for at least 13 of the 25 points of some class."""
    most = np.max([zero_points(runs, number) for number in range(4)], axis=0)
    return SeedValues(most, "points of one class at (0, 0), at most") >= 13


@claim(
    "mc-output-coordinated",
    in_short="Every point's own output is highest",
    source=LAYER_2,
    recipe=MODEL,
    says=MUST_SAYS,
    word="must",
    counterfactual=NOT_LEARNING,
    without=WITHOUT_LEARNING,
    because="Must: the own output is the highest for all points, which is the same count as that of no "
    "training point classified wrongly.",
    picture=output_units_over_hidden,
    verdict="refuted",
    measured="92 of 128 seeds; median points whose own output is the highest 100",
)
def test_the_output_unit_of_a_class_is_the_highest_for_all_its_points(runs):
    """For each of the 100 training points the output unit of its own class is the highest of all four."""
    data = BLOBS.arrays()
    own_is_highest = runs.predict(data.x_train).argmax(axis=2) == data.y_train
    return SeedValues(own_is_highest.sum(axis=1), "points whose own output is the highest") >= 100

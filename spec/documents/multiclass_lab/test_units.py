"""What the hidden units make of the classes: which ones they zero out, and how high they go."""

import numpy as np

from nnspec import SeedValues, claim
from nnspec.plots import unit_functions
from spec.documents.multiclass_lab.recipes import (
    MODEL,
    NOT_LEARNING,
    WITHOUT_LEARNING,
    active_share,
    hidden,
)
from spec.sources import MULTICLASS_LAB

LAYER_1 = MULTICLASS_LAB.at("Explanation: Layer 1")
SPLIT_SAYS = (
    "In the plot one unit tells the classes 0 and 1, for which it is zero, from 2 and 3, for which it is "
    "above zero; the other one tells 0 and 2 from 1 and 3 in the same way."
)
POSSIBLE_SAYS = "As the units are ReLUs, their outputs do not necessarily lie between 0 and 1."
PEAKS_SAYS = "In this case the outputs of the two units exceed 20 at their peaks."
EITHER_ORDER = "Which of the two units comes first does not matter. The text may tell of another run"
# of a unit that is to be zero for some classes and above zero for the others
PRINTED_ZEROS = ((True, True, False, False), (True, False, True, False))
# a unit is highest in a corner of what is plotted
PLOTTED_CORNERS = np.array([(x, y) for x in (-8, 8) for y in (-5, 4)], np.float32)
RANGE = (
    "The plotted range is in a file that is not printed; x from -8 to 8 and y from -5 to 4, as the lab's "
    "plotting functions have it, is ours"
)


def printed_splits(zero, active):
    """Return how many of the two printed pairs of classes a hidden unit zeroes, and only they, (seeds,).

    `zero` and `active` say for which classes a unit is zero and above zero, (seeds, 4, 2) each.
    """
    found = []
    for classes in PRINTED_ZEROS:
        wanted = np.array(classes)[:, None]
        found.append(((zero & wanted) | (active & ~wanted)).all(axis=1).any(axis=1))
    return SeedValues(np.sum(found, axis=0), "printed pairs of classes that a hidden unit zeroes")


@claim(
    "mc-unit-splits",
    part="the printed classes",
    in_short="Units split all points as printed",
    source=LAYER_1,
    recipe=MODEL,
    says=SPLIT_SAYS,
    reading="one case",
    counterfactual=NOT_LEARNING,
    without=WITHOUT_LEARNING,
    because=f"Zero, or above zero, for every point of a class. {EITHER_ORDER}.",
    verdict="almost never",
    measured="0 of 192 seeds; median printed pairs of classes that a hidden unit zeroes 0",
)
def test_one_unit_zeroes_classes_0_and_1_and_the_other_0_and_2(runs):
    """For all points one hidden unit is above zero in classes 2 and 3 only, the other one in 1 and 3."""
    share = active_share(runs)
    return printed_splits(share == 0, share == 1) >= 2


@claim(
    "mc-unit-splits",
    part="most points",
    in_short="Units split most points as printed",
    source=LAYER_1,
    recipe=MODEL,
    says=SPLIT_SAYS,
    reading="one case",
    counterfactual=NOT_LEARNING,
    without=WITHOUT_LEARNING,
    because=f"Zero, or above zero, for more than half of the points of a class. {EITHER_ORDER}.",
    verdict="seldom",
    measured="108 of 512 seeds; median printed pairs of classes that a hidden unit zeroes 1",
)
def test_one_unit_zeroes_most_points_of_classes_0_and_1_and_the_other_of_0_and_2(runs):
    """For most points of each class one hidden unit is above zero in 2 and 3 only, the other in 1 and 3."""
    share = active_share(runs)
    return printed_splits(share < 0.5, share > 0.5) >= 2


@claim(
    "mc-unit-splits",
    part="two and two",
    in_short="Units split the classes in pairs",
    source=LAYER_1,
    recipe=MODEL,
    says=SPLIT_SAYS,
    reading="one case",
    counterfactual=NOT_LEARNING,
    without=WITHOUT_LEARNING,
    because="Zero, or above zero, for more than half of the points of a class. Told apart: no two classes "
    "have both units alike.",
    beyond="any two and two classes, where the document names those of its plot",
    picture=unit_functions,
    verdict="mostly",
    measured="517 of 640 seeds; median hidden units that split the classes two and two 2",
)
def test_each_unit_zeroes_two_classes_and_together_they_tell_four_apart(runs):
    """Each hidden unit is zero for most points of two classes; together the two tell all four apart."""
    zero = active_share(runs) < 0.5
    halves = (zero.sum(axis=1) == 2).sum(axis=1)
    different = np.array([len(set(pattern)) for pattern in (zero @ np.array([1, 2])).tolist()])
    split = SeedValues(halves, "hidden units that split the classes two and two") >= 2
    return split & (SeedValues(different, "different patterns of zeros") >= 4)


def peaks(runs):
    """Return the largest output of each hidden unit over the plotted range, (seeds, 2)."""
    return hidden(runs, PLOTTED_CORNERS).max(axis=1)


@claim(
    "mc-relu-unbounded",
    part="beyond 1",
    in_short="Some hidden unit exceeds 1",
    source=LAYER_1,
    recipe=MODEL,
    says=POSSIBLE_SAYS,
    reading="one case",
    because="Not necessarily: that it can happen, so one run would do. Some hidden unit exceeds 1 in the "
    f"plotted range. {RANGE}.",
    verdict="nearly always",
    measured="192 of 192 seeds; median highest output of a hidden unit 19.08",
)
def test_some_relu_output_exceeds_1(runs):
    """Some hidden unit exceeds 1 within the plotted range."""
    return SeedValues(peaks(runs).max(axis=1), "highest output of a hidden unit") > 1


@claim(
    "mc-relu-unbounded",
    part="above 20",
    in_short="Both hidden units exceed 20",
    source=LAYER_1,
    recipe=MODEL,
    says=PEAKS_SAYS,
    reading="one case",
    because=f"Their peaks: those of both units. {RANGE}.",
    verdict="almost never",
    measured="22 of 640 seeds; median lower peak of the two units 14.27",
)
def test_both_relu_units_exceed_20(runs):
    """Both hidden units exceed 20 within the plotted range."""
    return SeedValues(peaks(runs).min(axis=1), "lower peak of the two units") > 20


@claim(
    "mc-relu-unbounded",
    part="higher peak",
    in_short="Some hidden unit exceeds 20",
    source=LAYER_1,
    recipe=MODEL,
    says=PEAKS_SAYS,
    reading="one case",
    because=f"The kinder reading: one unit is enough. {RANGE}.",
    verdict="a coin toss",
    measured="718 of 1792 seeds; median higher peak of the two units 19.12",
)
def test_the_higher_relu_unit_exceeds_20(runs):
    """At least one of the two hidden units exceeds 20 within the plotted range."""
    return SeedValues(peaks(runs).max(axis=1), "higher peak of the two units") > 20

"""How the units tell the classes apart: what the hidden ones zero out, what the outputs make of it."""

import numpy as np

from nnspec import Figure, SeedValues, claim
from nnspec.plots import output_units_over_hidden, unit_functions
from spec.documents.multiclass_lab.recipes import (
    BLOBS,
    MODEL,
    MOST,
    MOST_BECAUSE,
    NOT_LEARNING,
    hidden,
    share_by_class,
)
from spec.readings import RELIABLY, RELIABLY_BECAUSE, TENTH
from spec.sources import MULTICLASS_LAB

LAYER_1 = MULTICLASS_LAB.at("Explanation: Layer 1")
LAYER_2 = MULTICLASS_LAB.at("Explanation: Layer 2, the output layer")
SPLIT_BECAUSE = (
    f"zero, or above zero, {MOST_BECAUSE}; which hidden unit comes first does not matter; {RELIABLY_BECAUSE}"
)
# the plotting function of the lab shows x from -8 to 8 and y from -5 to 4; a unit peaks in a corner
PLOTTED_CORNERS = np.array([(x, y) for x in (-8, 8) for y in (-5, 4)], np.float32)


def zero_and_active(runs):
    """Return for which classes a hidden unit is zero, and for which above zero, (seeds, 4, 2) each."""
    active = share_by_class(hidden(runs, BLOBS.arrays().x_train) > 0)
    return 1 - active >= MOST, active >= MOST


@claim(
    "mc-unit-splits",
    part="two and two",
    source=LAYER_1,
    recipe=MODEL,
    counterfactual=NOT_LEARNING,
    share=RELIABLY,
    because=f"any two classes; told apart: no two have both units alike; {SPLIT_BECAUSE}",
    picture=unit_functions,
    verdict="refuted",
    measured="21 of 64 seeds; median 1 unit, 3 patterns",
)
def test_each_hidden_unit_zeroes_two_classes_and_together_they_tell_four_apart(runs):
    """Each hidden unit is zero for two of the classes; together the two units tell all four apart."""
    zero, active = zero_and_active(runs)
    halves = ((zero.sum(axis=1) == 2) & (active.sum(axis=1) == 2)).sum(axis=1)
    patterns = zero @ np.array([1, 2])
    different = np.array([len(set(pattern)) for pattern in patterns.tolist()])
    split = SeedValues(halves, "hidden units that split the classes two and two") >= 2
    return split & (SeedValues(different, "different patterns of zeros") >= 4)


@claim(
    "mc-unit-splits",
    part="the printed classes",
    source=LAYER_1,
    recipe=MODEL,
    counterfactual=NOT_LEARNING,
    share=RELIABLY,
    because="the classes that the document names for its own run; " + SPLIT_BECAUSE,
    verdict="refuted",
    measured="6 of 64 seeds; median 1 of the two units",
)
def test_one_hidden_unit_zeroes_classes_0_and_1_and_the_other_0_and_2(runs):
    """One hidden unit is zero for the classes 0 and 1, the other one for 0 and 2."""
    zero, active = zero_and_active(runs)
    found = []
    for classes in ((True, True, False, False), (True, False, True, False)):
        wanted = np.array(classes)[:, None]
        found.append(((zero == wanted) & (active == ~wanted)).all(axis=1).any(axis=1))
    return SeedValues(np.sum(found, axis=0), "printed pairs of classes that a hidden unit zeroes") >= 2


def peaks(runs):
    """Return the largest output of each hidden unit over the plotted range, (seeds, 2)."""
    return hidden(runs, PLOTTED_CORNERS).max(axis=1)


@claim(
    "mc-relu-unbounded",
    part="beyond 1",
    source=LAYER_1,
    recipe=MODEL,
    counterfactual=MODEL.with_hidden_activations("sigmoid"),
    share=RELIABLY,
    because="not confined to 0 … 1: some hidden unit exceeds 1 somewhere in the plotted range; "
    + RELIABLY_BECAUSE,
    verdict="holds",
    measured="192 of 192 seeds; median highest output of a hidden unit 19.08",
)
def test_relu_outputs_are_not_confined_to_0_and_1(runs):
    """The outputs of the ReLU units are not confined to 0 … 1."""
    return SeedValues(peaks(runs).max(axis=1), "highest output of a hidden unit") > 1


@claim(
    "mc-relu-unbounded",
    part="above 20",
    source=LAYER_1,
    recipe=MODEL,
    counterfactual=MODEL.with_hidden_activations("sigmoid"),
    share=RELIABLY,
    because="at their peaks: both hidden units, within the plotted range; " + RELIABLY_BECAUSE,
    documented={"lower peak of the two units": Figure(20.0, lambda runs: peaks(runs).min(axis=1))},
    verdict="refuted",
    measured="10 of 256 seeds; median lower peak 14.03; the higher one exceeds 20 in 76 of 192",
)
def test_both_relu_units_exceed_20(runs):
    """Both ReLU units exceed 20 at their peaks."""
    return SeedValues(peaks(runs).min(axis=1), "lower peak of the two units") > 20


def classes_near_zero(runs):
    """Return which classes the hidden layer maps to near (0, 0), (seeds, 4)."""
    outputs = hidden(runs, BLOBS.arrays().x_train)
    near = (outputs <= TENTH * outputs.max(axis=1, keepdims=True)).all(axis=2)
    return share_by_class(near) >= MOST


NEAR_BECAUSE = (
    f"near: both hidden units at no more than a tenth of their largest output on the training part; "
    f"{MOST_BECAUSE}; {RELIABLY_BECAUSE}"
)


@claim(
    "mc-zero-corner",
    part="one class",
    source=LAYER_2,
    recipe=MODEL,
    counterfactual=NOT_LEARNING,
    share=RELIABLY,
    because=f"one class, whichever it is, and no other; {NEAR_BECAUSE}",
    verdict="undecided",
    measured="445 of 512 seeds; median 1 class; --budget full: undecided, 889 of 1024",
)
def test_one_class_is_mapped_to_near_zero(runs):
    """The hidden layer maps one class to near (0, 0)."""
    number = SeedValues(classes_near_zero(runs).sum(axis=1), "classes near (0, 0)")
    return (number >= 1) & (number <= 1)


@claim(
    "mc-zero-corner",
    part="class 0",
    source=LAYER_2,
    recipe=MODEL,
    counterfactual=NOT_LEARNING,
    share=RELIABLY,
    because=f"the class that the document names for its own run, and no other; {NEAR_BECAUSE}",
    verdict="refuted",
    measured="10 of 64 seeds; in most of them another class is there",
)
def test_class_0_is_mapped_to_near_zero(runs):
    """The hidden layer maps class 0 and no other to near (0, 0)."""
    near = classes_near_zero(runs)
    return (
        SeedValues(near[:, 0].astype(int) - near[:, 1:].sum(axis=1), "class 0 less others near (0, 0)") >= 1
    )


@claim(
    "mc-output-coordinated",
    source=LAYER_2,
    recipe=MODEL,
    counterfactual=NOT_LEARNING,
    share=RELIABLY,
    because=f"in every one of the four classes; {MOST_BECAUSE}; {RELIABLY_BECAUSE}",
    picture=output_units_over_hidden,
    verdict="undecided",
    measured="430 of 512 seeds; median smallest share 1; --budget full: undecided, 865 of 1024",
)
def test_the_output_unit_of_a_class_is_the_highest_for_its_points(runs):
    """For the points of each class its own output unit is the highest of all four."""
    data = BLOBS.arrays()
    own_is_highest = runs.predict(data.x_train).argmax(axis=2) == data.y_train
    return SeedValues(share_by_class(own_is_highest).min(axis=1), "smallest share of a class") >= MOST

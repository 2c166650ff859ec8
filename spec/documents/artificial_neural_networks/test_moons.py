"""Two moons with much noise: what a hidden layer that is too small or too large makes of them."""

from nnspec import claim, fact
from nnspec.plots import decision_boundaries
from spec.documents.artificial_neural_networks.recipes import (
    MOONS,
    MOONS_BECAUSE,
    SIZES,
    WITH_DROPOUT,
    WITH_L1,
    crossentropy,
)
from spec.readings import RELIABLY, RELIABLY_BECAUSE
from spec.sources import ARTIFICIAL_NEURAL_NETWORKS

PLACE = ARTIFICIAL_NEURAL_NETWORKS.at("Observing underfitting and overfitting", "hidden layer sizes 1 … 50")
UNDERFITS = (
    "underfits: a lower accuracy than the larger network on the training part and on fresh data; "
    f"{MOONS_BECAUSE}; {RELIABLY_BECAUSE}"
)
OVERFITS = f"of the 5000 epochs' final networks; {MOONS_BECAUSE}; {RELIABLY_BECAUSE}"


@claim(
    "ann-moons-underfit",
    part="3 units",
    source=PLACE,
    recipe={"one": SIZES[1], "larger": SIZES[3]},
    counterfactual={"larger": SIZES[1]},
    share=RELIABLY,
    because=UNDERFITS,
    verdict="undecided",
    measured="218 of 256 seeds; median differences of accuracy -0.04, on fresh data -0.0215",
)
def test_one_unit_underfits_against_three(one, larger):
    """One hidden unit fits the moons worse than three, on the training part and on fresh data."""
    return (one.accuracy < larger.accuracy) & (one.test_accuracy < larger.test_accuracy)


@claim(
    "ann-moons-underfit",
    part="5 units",
    source=PLACE,
    recipe={"one": SIZES[1], "larger": SIZES[5]},
    counterfactual={"larger": SIZES[1]},
    share=RELIABLY,
    because=UNDERFITS,
    verdict="holds",
    measured="192 of 192 seeds; median differences of accuracy -0.045, on fresh data -0.022",
)
def test_one_unit_underfits_against_five(one, larger):
    """One hidden unit fits the moons worse than five, on the training part and on fresh data."""
    return (one.accuracy < larger.accuracy) & (one.test_accuracy < larger.test_accuracy)


@claim(
    "ann-moons-overfit",
    part="accuracy",
    source=PLACE,
    recipe={"fifty": SIZES[50], "three": SIZES[3]},
    counterfactual={"fifty": SIZES[3]},
    share=RELIABLY,
    because="fits: by the accuracy, " + OVERFITS,
    verdict="refuted",
    measured="22 of 64 seeds; median difference of accuracy 0.02",
)
def test_fifty_units_overfit_against_three_by_accuracy(fifty, three):
    """Fifty hidden units fit the training part better than three, and fresh data worse."""
    return (fifty.accuracy > three.accuracy) & (fifty.test_accuracy < three.test_accuracy)


@claim(
    "ann-moons-overfit",
    part="loss",
    source=PLACE,
    recipe={"fifty": SIZES[50], "three": SIZES[3]},
    counterfactual={"fifty": SIZES[3]},
    share=RELIABLY,
    because="fits: by the cross-entropy that is trained, " + OVERFITS,
    verdict="undecided",
    measured="208 of 256 seeds; median differences -0.0375, on fresh data 0.0271",
)
def test_fifty_units_overfit_against_three_by_cross_entropy(fifty, three):
    """Fifty hidden units fit the training part better than three, and fresh data worse."""
    better = crossentropy(fifty, "train") < crossentropy(three, "train")
    return better & (crossentropy(fifty, "test") > crossentropy(three, "test"))


@fact("ann-moons-pictures", source=PLACE, kind="picture")
def test_the_decision_boundaries_are_drawn_for_all_networks(trained, evidence):
    """The decision boundaries of all five sizes and of fifty units with an L1 penalty or dropout."""
    recipes = {f"{size} hidden unit{'s' if size > 1 else ''}": recipe for size, recipe in SIZES.items()}
    recipes |= {"50, L1 penalty 0.001": WITH_L1, "50, 25 % dropout": WITH_DROPOUT}
    figure = decision_boundaries({name: trained(recipe, range(64)) for name, recipe in recipes.items()})
    panels = [axes for axes in figure.axes if axes.get_title()]
    assert len(panels) == 7
    for axes, name in zip(panels, recipes, strict=True):
        assert axes.get_title().startswith(name)
        assert (axes.get_xlabel(), axes.get_ylabel()) == ("first input", "second input")
        assert len(axes.images) == 1
        drawn = [len(points.get_offsets()) for points in axes.collections if len(points.get_offsets()) > 1]
        assert sorted(drawn) == [100, 100]
    assert len(MOONS.arrays().x_train) == 200
    evidence.picture("Two moons, seven networks", figure)

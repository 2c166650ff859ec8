"""Two moons with much noise: what a hidden layer that is too small or too large makes of them."""

from functools import partial

from nnspec import fact
from nnspec.plots import decision_boundaries
from spec.documents.artificial_neural_networks.moons_rows import at_both_rates
from spec.documents.artificial_neural_networks.recipes import (
    MOONS,
    SIZES,
    WITH_DROPOUT,
    WITH_L1,
    accuracy_gap,
    crossentropy,
    crossentropy_gap,
)
from spec.sources import ARTIFICIAL_NEURAL_NETWORKS

PLACE = ARTIFICIAL_NEURAL_NETWORKS.at("Observing underfitting and overfitting", "hidden layer sizes 1 … 50")
THREE = {"three": SIZES[3], "one": SIZES[1]}
FIVE = {"five": SIZES[5], "one": SIZES[1]}
FIFTY = {"fifty": SIZES[50], "three": SIZES[3]}

underfits = partial(
    at_both_rates,
    "ann-moons-underfit",
    source=PLACE,
    says="Hidden layers of 1, 3, 5, 20 and 50 units let one observe underfitting.",
    because="underfits: fits the training points worse than a larger network, any difference",
)
overfits = partial(
    at_both_rates,
    "ann-moons-overfit",
    source=PLACE,
    says="Hidden layers of 1, 3, 5, 20 and 50 units let one observe overfitting.",
    because="the text names no measure: the training part is further ahead of fresh data (gap), or fits "
    "better while fresh data fare worse (unseen), any difference; to compare with three units, and to look "
    "at fresh points, is ours",
)


@underfits("3 units, accuracy", THREE)
def test_one_unit_gets_fewer_points_right_than_three(three, one):
    """One hidden unit gets fewer of the training points right than three."""
    return one.accuracy < three.accuracy


@underfits("3 units, cross-entropy", THREE)
def test_one_unit_has_a_higher_cross_entropy_than_three(three, one):
    """One hidden unit has a higher cross-entropy on the training points than three."""
    return crossentropy(one, "train") > crossentropy(three, "train")


@underfits("5 units, accuracy", FIVE)
def test_one_unit_gets_fewer_points_right_than_five(five, one):
    """One hidden unit gets fewer of the training points right than five."""
    return one.accuracy < five.accuracy


@underfits("5 units, cross-entropy", FIVE)
def test_one_unit_has_a_higher_cross_entropy_than_five(five, one):
    """One hidden unit has a higher cross-entropy on the training points than five."""
    return crossentropy(one, "train") > crossentropy(five, "train")


@overfits("gap, accuracy", FIFTY)
def test_fifty_units_widen_the_gap_of_accuracies(fifty, three):
    """The training accuracy is further above that on fresh data with fifty hidden units than with three."""
    return accuracy_gap(fifty) > accuracy_gap(three)


@overfits("gap, cross-entropy", FIFTY)
def test_fifty_units_widen_the_gap_of_cross_entropies(fifty, three):
    """The cross-entropy rises more from the training part to fresh data with fifty units than with three."""
    return crossentropy_gap(fifty) > crossentropy_gap(three)


@overfits("unseen, accuracy", FIFTY)
def test_fifty_units_get_more_points_right_and_fewer_fresh_ones(fifty, three):
    """Fifty hidden units get more of the training points right than three, and fewer of the fresh ones."""
    return (fifty.accuracy > three.accuracy) & (fifty.test_accuracy < three.test_accuracy)


@overfits("unseen, cross-entropy", FIFTY)
def test_fifty_units_fit_the_points_better_and_fresh_ones_worse(fifty, three):
    """Fifty units have a lower cross-entropy than three on the training part, a higher one on fresh data."""
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
    evidence.picture("Two moons, seven networks at the printed rate of 1.0", figure)

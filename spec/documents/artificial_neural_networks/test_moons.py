"""Two moons with much noise: what a hidden layer that is too small or too large makes of them."""

from functools import partial

from nnspec import fact
from nnspec.plots import decision_boundaries
from spec.documents.artificial_neural_networks.moons_rows import at_both_rates
from spec.documents.artificial_neural_networks.recipes import (
    MOONS,
    ONE_SAMPLE,
    SIZES,
    WITH_DROPOUT,
    WITH_FRESH_POINTS,
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
VARIED = "The size of the hidden layer is varied, over 1, 3, 5, 20 and 50 units, in order to observe"

underfits = partial(
    at_both_rates,
    "ann-moons-underfit",
    source=PLACE,
    says=f"{VARIED} underfitting.",
    because=f"underfits: fits the training points worse than a larger network, any difference; {ONE_SAMPLE}",
    beyond="no sentence says which size underfits: one unit against three or five is our comparison",
)
overfits = partial(
    at_both_rates,
    "ann-moons-overfit",
    source=PLACE,
    says=f"{VARIED} overfitting.",
    beyond="no sentence says which sizes overfit, nor looks at fresh points: 50 against 3 is our comparison",
)
overfits_in_training = partial(
    overfits,
    because="the text names no measure: one half of overfitting is a better fit of the training points, any "
    f"difference; {ONE_SAMPLE}",
)
overfits_on_fresh_points = partial(
    overfits,
    because="the text names no measure: the training part is further ahead of fresh points (gap), or these, "
    f"the other half of overfitting, fare worse (fresh), any difference; {WITH_FRESH_POINTS}",
)


@underfits("3 units, accuracy", THREE, "one unit's accuracy trails three's")
def test_one_unit_gets_fewer_points_right_than_three(three, one):
    """One hidden unit gets fewer of the training points right than three."""
    return one.accuracy < three.accuracy


@underfits("3 units, cross-entropy", THREE, "one unit's cross-entropy exceeds three's")
def test_one_unit_has_a_higher_cross_entropy_than_three(three, one):
    """One hidden unit has a higher cross-entropy on the training points than three."""
    return crossentropy(one, "train") > crossentropy(three, "train")


@underfits("5 units, accuracy", FIVE, "one unit's accuracy trails five's")
def test_one_unit_gets_fewer_points_right_than_five(five, one):
    """One hidden unit gets fewer of the training points right than five."""
    return one.accuracy < five.accuracy


@underfits("5 units, cross-entropy", FIVE, "one unit's cross-entropy exceeds five's")
def test_one_unit_has_a_higher_cross_entropy_than_five(five, one):
    """One hidden unit has a higher cross-entropy on the training points than five."""
    return crossentropy(one, "train") > crossentropy(five, "train")


@overfits_on_fresh_points("gap, accuracy", FIFTY, "fifty units widen accuracy gap")
def test_fifty_units_widen_the_gap_of_accuracies(fifty, three):
    """The training accuracy is further above that on fresh points with fifty hidden units than with three."""
    return accuracy_gap(fifty) > accuracy_gap(three)


@overfits_on_fresh_points("gap, cross-entropy", FIFTY, "fifty units widen cross-entropy gap")
def test_fifty_units_widen_the_gap_of_cross_entropies(fifty, three):
    """The cross-entropy rises more from the training to fresh points with fifty units than with three."""
    return crossentropy_gap(fifty) > crossentropy_gap(three)


@overfits_in_training("training, accuracy", FIFTY, "fifty units raise training accuracy")
def test_fifty_units_get_more_of_the_training_points_right(fifty, three):
    """Fifty hidden units get more of the training points right than three."""
    return fifty.accuracy > three.accuracy


@overfits_in_training("training, cross-entropy", FIFTY, "fifty units lower training cross-entropy")
def test_fifty_units_have_a_lower_cross_entropy_on_the_training_points(fifty, three):
    """Fifty hidden units have a lower cross-entropy on the training points than three."""
    return crossentropy(fifty, "train") < crossentropy(three, "train")


@overfits_on_fresh_points("fresh, accuracy", FIFTY, "fifty units lower test accuracy")
def test_fifty_units_get_fewer_of_the_fresh_points_right(fifty, three):
    """Fifty hidden units get fewer of the fresh points right than three."""
    return fifty.test_accuracy < three.test_accuracy


@overfits_on_fresh_points("fresh, cross-entropy", FIFTY, "fifty units raise test cross-entropy")
def test_fifty_units_have_a_higher_cross_entropy_on_fresh_points(fifty, three):
    """Fifty hidden units have a higher cross-entropy on fresh points than three."""
    return crossentropy(fifty, "test") > crossentropy(three, "test")


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

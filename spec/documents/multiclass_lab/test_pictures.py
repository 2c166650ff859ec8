"""The document's pictures: the clouds, the decision regions, and the function of every unit."""

from nnspec import fact
from nnspec.plots import blobs, decision_boundary, output_units_over_hidden, unit_functions
from spec.documents.multiclass_lab.recipes import BLOBS, MODEL
from spec.sources import MULTICLASS_LAB


def points_by_class(axes):
    """Return how many points each class shows, by its label."""
    classes = [c for c in axes.collections if str(c.get_label()).startswith("class ")]
    return {points.get_label(): len(points.get_offsets()) for points in classes}


FOUR_CLASSES = {f"class {number}": 25 for number in range(4)}


@fact(
    "mc-pictures",
    part="blobs",
    source=MULTICLASS_LAB.at("2.1 Prepare and visualize our data"),
    kind="picture",
)
def test_the_blobs_are_drawn_with_centres_and_spreads(evidence):
    """The four clouds with their centres, and circles for their spread."""
    data = BLOBS.arrays()
    figure = blobs(data.x_train, data.y_train, BLOBS.centers, BLOBS.cluster_std)
    (axes,) = figure.axes
    assert points_by_class(axes) == FOUR_CLASSES
    (centres,) = (c for c in axes.collections if c.get_label() == "centre")
    assert centres.get_offsets().tolist() == [list(centre) for centre in BLOBS.centers]
    assert sorted(circle.radius for circle in axes.patches) == [1.0] * 4 + [2.0] * 4
    evidence.picture("The four clouds", figure)


@fact("mc-pictures", part="decision regions", source=MULTICLASS_LAB.at("2.2 Model"), kind="picture")
def test_the_four_decision_regions_are_drawn(trained, evidence):
    """The regions that the trained model gives to the four classes."""
    figure = decision_boundary(trained(MODEL, range(64)))
    (axes,) = figure.axes
    assert points_by_class(axes) == FOUR_CLASSES
    (regions,) = axes.images
    colours = {tuple(colour) for row in regions.get_array().tolist() for colour in row}
    assert len(colours) == 4
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("first input", "second input")
    evidence.picture("Decision regions of the four classes", figure)


@fact("mc-pictures", part="hidden units", source=MULTICLASS_LAB.at("Explanation: Layer 1"), kind="picture")
def test_the_function_of_each_hidden_unit_is_drawn(trained, evidence):
    """The output of both ReLU units over the inputs, with the line where each begins to rise."""
    figure = unit_functions(trained(MODEL, range(64)))
    panels = [axes for axes in figure.axes if axes.get_title()]
    assert [axes.get_title() for axes in panels] == ["hidden unit 0 (relu)", "hidden unit 1 (relu)"]
    assert all(points_by_class(axes) == FOUR_CLASSES for axes in panels)
    evidence.picture("The two hidden units over the inputs", figure)


@fact(
    "mc-pictures",
    part="output units",
    source=MULTICLASS_LAB.at("Explanation: Layer 2, the output layer"),
    kind="picture",
)
def test_each_output_unit_is_drawn_over_the_hidden_space(trained, evidence):
    """Every output unit over the space of the two hidden ones, with the points where these put them."""
    figure = output_units_over_hidden(trained(MODEL, range(64)))
    panels = [axes for axes in figure.axes if axes.get_title()]
    assert [axes.get_title() for axes in panels] == [f"output unit {number}" for number in range(4)]
    for axes in panels:
        assert points_by_class(axes) == FOUR_CLASSES
        assert (axes.get_xlabel(), axes.get_ylabel()) == ("hidden unit 0", "hidden unit 1")
    evidence.picture("The four output units over the hidden space", figure)

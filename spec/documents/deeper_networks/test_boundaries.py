"""Where the hidden units and the networks change their mind: straight lines, and what is made of them."""

import numpy as np

from nnspec import fact
from nnspec.plots import probability_contours, unit_functions
from nnspec.textbook import forward, sigmoid, tanh
from spec.documents.deeper_networks.recipes import HIDDEN_0, HIDDEN_3, HIDDEN_10, HIDDEN_10_10
from spec.sources import DEEPER_NETWORKS

NODES = DEEPER_NETWORKS.at("Multiple Nodes")
NETWORKS = {
    "no hidden layer": HIDDEN_0,
    "3 hidden units": HIDDEN_3,
    "10 hidden units": HIDDEN_10,
    "10 and 10 hidden units": HIDDEN_10_10,
}


def level_set(function, level):
    """Return points (n, 2) where a function of points (n, 2) has this level, found by bisection."""
    ends = np.random.default_rng(0).uniform(-10, 10, size=(2, 20_000, 2))
    above = function(ends[0]) > level
    crossed = above != (function(ends[1]) > level)
    (low, high), above = ends[:, crossed], above[crossed]
    for _ in range(40):
        middle = (low + high) / 2
        same_side = ((function(middle) > level) == above)[:, None]
        low, high = np.where(same_side, middle, low), np.where(same_side, high, middle)
    return (low + high) / 2


def distance_from_a_line(points):
    """Return how far points (n, 2) lie at most from the straight line that fits them best."""
    centred = points - points.mean(axis=0)
    across = np.linalg.svd(centred, full_matrices=False)[2][1]
    return np.abs(centred @ across).max()


@fact("dn-hidden-units-are-lines", part="lines", source=NODES)
def test_hidden_units_have_straight_boundaries_and_the_output_combines_them(trained, evidence):
    """Each trained hidden unit has a straight boundary; the output combines them into a bent one."""
    runs = trained(HIDDEN_3, range(8))
    x = HIDDEN_3.data.arrays().x_test
    bends = []
    for position in range(len(runs)):
        one = runs.select([position])
        kernel, bias, output_kernel, output_bias = (weights[0] for weights in one.weights)

        def unit(points, number, one=one):
            return forward(HIDDEN_3.layers[:1], one.weights[:2], points)[0, :, number]

        for number in range(3):
            boundary = level_set(lambda points, number=number: unit(points, number), 0.0)
            assert len(boundary) >= 20
            # float32 coordinates of up to 10 times weights: round-off shifts a crossing by 1e-5 at most
            assert distance_from_a_line(boundary) < 1e-4
        combined = sigmoid(tanh(x @ kernel + bias) @ output_kernel + output_bias)
        # float32 round-off of sums of three products
        np.testing.assert_allclose(one.predict(x)[0], combined, atol=1e-5)
        bends.append(distance_from_a_line(level_set(lambda points, o=one: o.predict(points)[0, :, 0], 0.5)))
    # the inner class is a disc with a radius of 0.37: a line around a part of it bends by more than 0.1
    assert min(bends) > 0.1
    evidence.note(
        f"The boundary of each of 24 units in 8 networks is straight to within 1e-4; those of the networks "
        f"depart from a line by {min(bends):.2f} at least."
    )


@fact("dn-hidden-units-are-lines", part="picture", source=NODES, kind="picture")
def test_the_units_of_the_first_hidden_layer_are_drawn_with_their_lines(trained, evidence):
    """The three hidden units over the two inputs, each with the line where it changes its sign."""
    figure = unit_functions(trained(HIDDEN_3, range(64)))
    panels = [axes for axes in figure.axes if axes.get_title()]
    assert [axes.get_title() for axes in panels] == [f"hidden unit {number} (tanh)" for number in range(3)]
    for axes in panels:
        assert (axes.get_xlabel(), axes.get_ylabel()) == ("first input", "second input")
        assert drawn_points(axes) == 1120
    evidence.picture("Hidden units of the network with three of them", figure)


@fact("dn-boundaries", source=DEEPER_NETWORKS.at("Performance of Different NN Architectures"), kind="picture")
def test_class_probabilities_of_the_four_networks_are_drawn_as_contours(trained, evidence):
    """Contours of the class probability of the four networks, with the points on top."""
    figure = probability_contours({name: trained(recipe, range(64)) for name, recipe in NETWORKS.items()})
    panels = [axes for axes in figure.axes if axes.get_title()]
    assert len(panels) == len(NETWORKS)
    for axes, name in zip(panels, NETWORKS, strict=True):
        assert name in axes.get_title()
        assert (axes.get_xlabel(), axes.get_ylabel()) == ("first input", "second input")
        assert drawn_points(axes) == 1120
    (scale,) = (axes for axes in figure.axes if axes not in panels)
    assert scale.get_ylabel() == "P(y = 1)"
    evidence.picture("Class probabilities of the four networks", figure)


def drawn_points(axes):
    """Return how many points the classes of a panel show."""
    classes = [c for c in axes.collections if str(c.get_label()).startswith("class ")]
    return sum(len(points.get_offsets()) for points in classes)

"""Rosenblatt's perceptron: what its rule learns, how often it has to learn, and what it never learns."""

import pytest

from nnspec import Circles, InvalidValue, claim, fact
from nnspec.textbook import separating_direction
from spec.documents.artificial_neural_networks.datasets import LogicTable, SeparatedPoints
from spec.documents.artificial_neural_networks.experiments import PerceptronRule
from spec.sources import ARTIFICIAL_NEURAL_NETWORKS

RULE = ARTIFICIAL_NEURAL_NETWORKS.at("The perceptron learning algorithm")
CRITIC = ARTIFICIAL_NEURAL_NETWORKS.at("Minsky’s critic (1969)")

# points at least 0.1 from a line that passes the middle within 0.5 have a margin of at least 0.1/√1.25 with
# the constant input, and R² is at most 3: from zero weights the bound allows 3 · 1.25/0.01 = 375 errors at
# most, as many passes can meet one, and a few more are for other initial weights
PASSES = 400
SEPARABLE = PerceptronRule(SeparatedPoints(n_samples=50, gap=0.1), PASSES)
CIRCLES = PerceptronRule(Circles(n_samples=50, noise=0.03, random_state=42), PASSES)
XOR, AND = (PerceptronRule(LogicTable(function), PASSES) for function in ("xor", "and"))
# far from the zero weights that the bound is about: a hundred times what one error adds
FAR = 100.0
NEVER = (
    f"cannot: each of {PASSES} passes over the data, as many as separable points get, meets an error; the "
    "data are ours, and that no number of passes would do follows from the fact that no line separates them"
)
RULE_SAYS = "The perceptron starts from random weights and learns by adjusting them after each sample."
THEOREM = "the convergence theorem, while the document prints the rule and no result of it"
CANNOT = "What no line separates, a single perceptron cannot learn."


@claim(
    "ann-perceptron-learns",
    in_short="The perceptron learns what is separable",
    source=RULE,
    recipe=SEPARABLE,
    counterfactual=CIRCLES,
    without="the line (two circles instead)",
    share=0.9,
    says=RULE_SAYS,
    because="a theorem; every seed has its own line, points and normal weights, and data, bias and passes "
    "are ours",
    verdict="holds",
    measured="192 of 192 seeds; median errors 0",
    beyond=THEOREM,
)
def test_the_rule_separates_what_a_line_can_separate(runs):
    """Rosenblatt's rule reaches zero errors on linearly separable points."""
    return (runs.metric("errors") <= 0) & (runs.metric("errors_in_the_best_pass") <= 0)


@claim(
    "ann-perceptron-learns",
    part="bound",
    in_short="The updates stay within (R/γ)²",
    source=RULE,
    recipe=PerceptronRule(SeparatedPoints(n_samples=50, gap=0.1), PASSES, initial_deviation=0.0),
    counterfactual=PerceptronRule(SeparatedPoints(n_samples=50, gap=0.1), PASSES, initial_deviation=FAR),
    without="the zero weights at the start (normal ones with a deviation of 100 instead)",
    share=0.9,
    says=RULE_SAYS,
    because="a theorem about initial weights of zero; R is the largest "
    "norm of a point and γ the largest margin of a line, both with the constant input of the bias",
    verdict="holds",
    measured="192 of 192 seeds; median updates - bound -139.2",
    beyond=THEOREM,
)
def test_the_number_of_updates_stays_below_the_bound(runs):
    """On linearly separable points the rule needs no more than (R/γ)² updates."""
    return runs.metric("updates") <= runs.metric("bound")


@claim(
    "ann-perceptron-fails",
    part="xor",
    in_short="The perceptron never solves XOR",
    source=CRITIC,
    recipe=XOR,
    counterfactual=AND,
    without="XOR (AND instead, which a line separates)",
    says=CANNOT,
    word="cannot",
    because=NEVER,
    verdict="holds",
    measured="192 of 192 seeds; median errors in the best pass 1",
)
def test_the_rule_never_learns_xor(runs):
    """Rosenblatt's rule meets an error on XOR in every pass."""
    return (runs.metric("errors_in_the_best_pass") > 0) & (runs.metric("errors") > 0)


@claim(
    "ann-perceptron-fails",
    part="circles",
    in_short="The perceptron never separates circles",
    source=CRITIC,
    recipe=CIRCLES,
    counterfactual=SEPARABLE,
    without="the circles (points that a line separates instead)",
    says=CANNOT,
    word="cannot",
    because=NEVER,
    verdict="holds",
    measured="192 of 192 seeds; median errors in the best pass 16",
)
def test_the_rule_never_learns_circles(runs):
    """Rosenblatt's rule meets an error on two circles, one inside the other, in every pass."""
    return (runs.metric("errors_in_the_best_pass") > 0) & (runs.metric("errors") > 0)


@fact("ann-perceptron-fails", part="why", source=CRITIC)
def test_no_line_separates_xor_or_circles():
    """No line has the two classes of XOR, or of the circles, on its two sides; of AND one has."""
    for data in (XOR.data, CIRCLES.data):
        arrays = data.arrays()
        with pytest.raises(InvalidValue, match="overlap"):
            separating_direction(arrays.x_train, arrays.y_train)
    arrays = AND.data.arrays()
    assert separating_direction(arrays.x_train, arrays.y_train).shape == (3,)

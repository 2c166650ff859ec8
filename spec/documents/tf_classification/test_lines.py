"""Straight lines cannot separate circles: one unit, more layers, more units."""

import itertools

import numpy as np

from nnspec import Dense, Figure, claim, fact
from nnspec.plots import decision_boundary, history
from nnspec.textbook import forward
from spec.documents.tf_classification.recipes import (
    GUESSING_BECAUSE,
    LINEAR,
    MODEL_1,
    MODEL_2,
    TWO_INPUTS,
    without_the_circles,
)
from spec.sources import TF_CLASSIFICATION

STEPS = "Steps in modelling"
LINEAR_SAID = "the sentence: The missing piece: Non-linearity"
FIRST_EPOCHS = MODEL_1.with_epochs(5)


@claim(
    "tfc-linear-1",
    in_short="One linear unit only guesses",
    headline="Linear models stay near 50 % on the circles",
    source=TF_CLASSIFICATION.at(STEPS, f"model_1, 5 and then 200 epochs; {LINEAR_SAID}"),
    says=LINEAR,
    recipe=MODEL_1,
    counterfactual=without_the_circles(MODEL_1),
    without="the circles",
    because=f"not learning: no better than guessing; {GUESSING_BECAUSE}; 205 epochs in all, as run, where "
    "the text counts the last 200",
    documented={"accuracy": "0.5000", "loss": "0.6935"},
    picture=decision_boundary,
    verdict="holds",
    measured="1940 of 2048 seeds; median accuracy 0.5",
)
def test_one_linear_unit_is_guessing(runs):
    """One linear unit gets at most 547 of the 1000 points right: no better than guessing."""
    return runs.accuracy <= 547 / 1000


@claim(
    "tfc-linear-1",
    part="half",
    in_short="One linear unit gets at most half",
    source=TF_CLASSIFICATION.at(STEPS, "model_1, 5 and then 200 epochs"),
    says="Even after 200 passes over the data the one linear unit still performs as if it were guessing.",
    reading="one case",
    recipe=MODEL_1,
    counterfactual=without_the_circles(MODEL_1),
    without="the circles",
    because="guessing without luck: at most half of the points, as in the document's own run",
    verdict="mostly",
    measured="590 of 768 seeds; median accuracy 0.5",
)
def test_one_linear_unit_gets_at_most_half_right(runs):
    """One linear unit gets at most 500 of the 1000 points right: half of them."""
    return runs.accuracy <= 500 / 1000


@claim(
    "tfc-linear-1-first-epochs",
    in_short="One linear unit guesses in epoch five",
    source=TF_CLASSIFICATION.at(STEPS, "model_1, first 5 epochs"),
    says="After five epochs our model performs poorly, as its accuracy shows: 50 % with two classes is what "
    "guessing gives.",
    reading="one case",
    recipe=FIRST_EPOCHS,
    counterfactual=without_the_circles(FIRST_EPOCHS),
    without="the circles",
    because=f"poorly is no better than guessing: {GUESSING_BECAUSE}; the accuracy is that of "
    "the log, a running mean over the fifth epoch",
    documented={
        "loss in epoch 1": Figure("2.8544", lambda runs: runs.epoch("loss", 1), "lower"),
        "loss in epoch 5": Figure("0.6942", lambda runs: runs.epoch("loss", 5), "lower"),
        "accuracy in epoch 1": Figure("0.4600", lambda runs: runs.epoch("accuracy", 1), "higher"),
        "accuracy in epoch 5": Figure("0.4830", lambda runs: runs.epoch("accuracy", 5), "higher"),
    },
    picture=history,
    verdict="nearly always",
    measured="2000 of 2048 seeds; median accuracy in epoch 5 0.497",
)
def test_after_five_epochs_one_linear_unit_is_guessing(runs):
    """In its fifth epoch one linear unit gets at most 547 of 1000 points right: no better than guessing."""
    return runs.epoch("accuracy", 5) <= 547 / 1000


@claim(
    "tfc-linear-2",
    in_short="Two linear layers only guess",
    source=TF_CLASSIFICATION.at(STEPS, f"model_2; {LINEAR_SAID}"),
    says=LINEAR,
    recipe=MODEL_2,
    counterfactual=without_the_circles(MODEL_2),
    without="the circles",
    because=f"not learning: no better than guessing; {GUESSING_BECAUSE}; the text says that it is trained "
    "for a little longer, the code trains it for 100 epochs, which are fewer",
    documented={"accuracy": "0.5000", "loss": "0.6933"},
    verdict="holds",
    measured="1977 of 2048 seeds; median accuracy 0.5",
)
def test_a_second_linear_layer_does_not_help(runs):
    """With a second linear layer at most 547 of the 1000 points are right: no better than guessing."""
    return runs.accuracy <= 547 / 1000


@claim(
    "tfc-linear-2",
    part="half",
    in_short="Two linear layers get at most half",
    source=TF_CLASSIFICATION.at(STEPS, "model_2"),
    says="With an extra linear layer it still does not even reach what guessing gives, about 50 % (hmm).",
    reading="one case",
    recipe=MODEL_2,
    counterfactual=without_the_circles(MODEL_2),
    without="the circles",
    because="not even as good as guessing: at most half of the points; the document says it of exactly half",
    verdict="mostly or nearly always",
    measured="1776 of 2048 seeds; median accuracy 0.5",
)
def test_with_a_second_linear_layer_at_most_half_is_right(runs):
    """With a second linear layer at most 500 of the 1000 points are right: half of them."""
    return runs.accuracy <= 500 / 1000


@claim(
    "tfc-linear-100-10",
    in_short="A hundred linear units only guess",
    source=TF_CLASSIFICATION.at("Improving a model", f"model_3; {LINEAR_SAID}"),
    says=LINEAR,
    recipe=TWO_INPUTS,
    counterfactual=without_the_circles(TWO_INPUTS),
    without="the circles",
    because="of model_3 the document says that it still does no better than guessing; "
    f"{GUESSING_BECAUSE}; the network of two inputs is ours",
    picture=decision_boundary,
    verdict="holds",
    measured="63 of 64 seeds; median accuracy 0.4995",
    beyond="a network of two inputs; model_3 takes single values, so that each point gets two outputs, which "
    "no engine here trains",
)
def test_width_depth_and_adam_do_not_help_a_linear_network(runs):
    """With a hundred units, a third layer and Adam at most 547 of the 1000 points are right."""
    return runs.accuracy <= 547 / 1000


@fact("tfc-linear-collapses", source=TF_CLASSIFICATION.at("The missing piece: Non-linearity", "linear"))
def test_stacked_linear_layers_are_one_linear_layer():
    """A stack of linear layers is one with the product of their kernels; its boundary is a line."""
    generator = np.random.default_rng(0)
    x = generator.normal(size=(500, 2)).astype(np.float32)
    for units in ([1], [1, 1], [100, 10, 1], [4, 4, 4, 4, 1]):
        widths = [2, *units]
        shapes = list(itertools.pairwise(widths))
        weights = [
            w for s in shapes for w in (generator.normal(size=(1, *s)), generator.normal(size=(1, s[1])))
        ]
        kernel, bias = np.eye(2), np.zeros(2)
        for k, b in zip(weights[::2], weights[1::2], strict=True):
            kernel, bias = kernel @ k[0], bias @ k[0] + b[0]
        outputs = forward([Dense(n) for n in units], weights, x)[0]
        # float32 inputs and a few hundred products of normal numbers: relative round-off below 1e-4
        np.testing.assert_allclose(outputs, x @ kernel + bias, rtol=1e-4, atol=1e-4)
        on_the_line = bias + x @ kernel - 0.5
        along = x - on_the_line * (kernel / (kernel**2).sum()).T
        np.testing.assert_allclose(forward([Dense(n) for n in units], weights, along)[0], 0.5, atol=1e-2)
    bent = forward(
        [Dense(4, "relu"), Dense(1)],
        [generator.normal(size=s) for s in [(1, 2, 4), (1, 4), (1, 4, 1), (1, 1)]],
        x,
    )
    design = np.column_stack([x, np.ones(len(x))])
    residual = bent[0] - design @ np.linalg.lstsq(design, bent[0], rcond=None)[0]
    assert np.abs(residual).max() > 0.1, "a ReLU network must not collapse into a line"

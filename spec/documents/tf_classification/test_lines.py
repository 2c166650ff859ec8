"""Straight lines cannot separate circles: one unit, more layers, more units, one ReLU unit."""

import itertools
import math

import numpy as np

from nnspec import Dense, Figure, claim, fact
from nnspec.plots import decision_boundary, history
from nnspec.textbook import forward
from spec.documents.tf_classification.recipes import (
    GUESSING,
    GUESSING_BECAUSE,
    MODEL_1,
    MODEL_2,
    MODEL_3,
    MODEL_4,
    MODEL_5,
    MODEL_7,
)
from spec.readings import RELIABLY, RELIABLY_BECAUSE
from spec.sources import TF_CLASSIFICATION

GUESSES = f"{GUESSING_BECAUSE}; {RELIABLY_BECAUSE}"


@claim(
    "tfc-linear-1",
    source=TF_CLASSIFICATION.at("Steps in modelling", "model_1, 5 and then 200 epochs"),
    recipe=MODEL_1,
    counterfactual=MODEL_7,
    share=RELIABLY,
    because=GUESSES,
    documented={"accuracy": 0.5, "loss": 0.6935},
    picture=decision_boundary,
    verdict="undecided",
    measured="468 of 512 seeds; median |accuracy - 0.5| 0; --budget full: undecided, 943 of 1024",
)
def test_one_linear_unit_is_guessing(runs):
    """One linear unit does not get beyond guessing on the circles, however long it is trained."""
    return abs(runs.accuracy - 0.5) <= GUESSING


@claim(
    "tfc-linear-1-first-epochs",
    source=TF_CLASSIFICATION.at("Steps in modelling", "model_1, first 5 epochs"),
    recipe=MODEL_1.with_epochs(5),
    counterfactual=MODEL_1.with_epochs(5).with_learning_rate(0.0),
    share=RELIABLY,
    because="towards ln 2: lower than in the first epoch and within 0.05 of it; " + GUESSES,
    documented={
        "loss in epoch 1": Figure(2.8544, lambda runs: runs.epoch("loss", 1)),
        "loss in epoch 5": Figure(0.6942, lambda runs: runs.epoch("loss", 5)),
        "accuracy in epoch 1": Figure(0.4600, lambda runs: runs.epoch("accuracy", 1)),
        "accuracy in epoch 5": Figure(0.4830, lambda runs: runs.epoch("accuracy", 5)),
    },
    picture=history,
    verdict="refuted",
    measured="154 of 256 seeds; median |loss in epoch 5 - 0.693147| 0.0128",
)
def test_the_loss_of_one_linear_unit_falls_towards_that_of_a_constant_guess(runs):
    """In five epochs the loss of one linear unit falls towards ln 2, its accuracy stays at one half."""
    falls = runs.epoch("loss", 5) < runs.epoch("loss", 1)
    near = abs(runs.epoch("loss", 5) - math.log(2)) <= 0.05
    return near & falls & (abs(runs.epoch("accuracy", 5) - 0.5) <= GUESSING)


@claim(
    "tfc-linear-2",
    source=TF_CLASSIFICATION.at("Steps in modelling", "model_2"),
    recipe=MODEL_2,
    counterfactual=MODEL_7,
    share=RELIABLY,
    because=GUESSES,
    documented={"accuracy": 0.5, "loss": 0.6933},
    verdict="undecided",
    measured="473 of 512 seeds; median |accuracy - 0.5| 0; --budget full: undecided, 955 of 1024",
)
def test_a_second_linear_layer_does_not_help(runs):
    """A second linear layer leaves the network at guessing."""
    return abs(runs.accuracy - 0.5) <= GUESSING


@claim(
    "tfc-linear-100-10",
    source=TF_CLASSIFICATION.at("Improving a model", "model_3"),
    recipe=MODEL_3,
    counterfactual=MODEL_3.with_hidden_activations("relu").with_output_activation("sigmoid"),
    share=RELIABLY,
    because=GUESSES,
    picture=decision_boundary,
    verdict="undecided",
    measured="242 of 256 seeds; median |accuracy - 0.5| 0.009; --budget full: undecided, 958 of 1024",
)
def test_width_depth_and_adam_do_not_help_a_linear_network(runs):
    """Neither a hundred units, nor a third layer, nor Adam lifts a linear network above guessing."""
    return abs(runs.accuracy - 0.5) <= GUESSING


@claim(
    "tfc-linear-4",
    source=TF_CLASSIFICATION.at("The missing piece: Non-linearity", "model_4"),
    recipe=MODEL_4,
    counterfactual=MODEL_7,
    share=RELIABLY,
    because=GUESSES,
    documented={"accuracy": 0.4850, "loss": 0.7181},
    picture=decision_boundary,
    verdict="undecided",
    measured="485 of 512 seeds; median |accuracy - 0.5| 0.013; --budget full: undecided, 969 of 1024",
)
def test_a_hidden_unit_with_linear_activation_is_guessing(runs):
    """A hidden unit with a linear activation, trained by Adam, does no better than guessing."""
    return abs(runs.accuracy - 0.5) <= GUESSING


@claim(
    "tfc-one-relu",
    source=TF_CLASSIFICATION.at("The missing piece: Non-linearity", "model_5"),
    recipe=MODEL_5,
    counterfactual=MODEL_7,
    share=RELIABLY,
    because=GUESSES,
    documented={"accuracy": 0.5180, "loss": 0.6936},
    picture=decision_boundary,
    verdict="undecided",
    measured="492 of 512 seeds; median |accuracy - 0.5| 0; --budget full: holds, 983 of 1024",
)
def test_one_relu_unit_and_a_raw_output_is_still_guessing(runs):
    """One hidden ReLU unit in front of a raw output is still guessing."""
    return abs(runs.accuracy - 0.5) <= GUESSING


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

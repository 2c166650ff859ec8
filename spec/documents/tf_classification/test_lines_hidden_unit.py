"""One hidden unit, linear or ReLU, in front of a raw output: still no better than guessing."""

from nnspec import Figure, claim
from nnspec.plots import decision_boundary
from spec.documents.tf_classification.recipes import (
    GUESSING_BECAUSE,
    LINEAR,
    MODEL_4,
    MODEL_5,
    without_the_circles,
)
from spec.sources import TF_CLASSIFICATION

NON_LINEARITY = "The missing piece: Non-linearity"
LOG = "nothing was evaluated: the accuracy is that of the log, a running mean over the last epoch"


@claim(
    "tfc-linear-4",
    in_short="A linear hidden unit only guesses",
    source=TF_CLASSIFICATION.at(NON_LINEARITY, "model_4; the sentence: end of this section"),
    says=LINEAR,
    recipe=MODEL_4,
    counterfactual=without_the_circles(MODEL_4),
    without="the circles",
    because=f"not learning: no better than guessing; {GUESSING_BECAUSE}; {LOG}",
    documented={
        "accuracy in epoch 100": Figure("0.4850", lambda runs: runs.epoch("accuracy", 100), "higher"),
        "loss in epoch 100": Figure("0.7181", lambda runs: runs.epoch("loss", 100), "lower"),
    },
    picture=decision_boundary,
    verdict="holds",
    measured="2048 of 2048 seeds; median accuracy in epoch 100 0.486",
)
def test_a_hidden_unit_with_linear_activation_is_guessing(runs):
    """With a linear hidden unit at most 547 of 1000 points are right at the end: no better than guessing."""
    return runs.epoch("accuracy", 100) <= 547 / 1000


@claim(
    "tfc-linear-4",
    part="below half",
    in_short="A linear hidden unit gets below half",
    source=TF_CLASSIFICATION.at(NON_LINEARITY, "model_4"),
    says="With one hidden unit of linear activation our model performs a little worse than guessing.",
    reading="one case",
    recipe=MODEL_4,
    counterfactual=without_the_circles(MODEL_4),
    without="the circles",
    because=f"worse than guessing: fewer than half of the points, as 'a little' has no number; {LOG}",
    verdict="mostly",
    measured="1308 of 1536 seeds; median accuracy in epoch 100 0.486",
)
def test_with_a_linear_hidden_unit_fewer_than_half_are_right(runs):
    """With a linear hidden unit fewer than 500 of the 1000 points are right at the end: fewer than half."""
    return runs.epoch("accuracy", 100) < 500 / 1000


@claim(
    "tfc-one-relu",
    in_short="One hidden ReLU unit only guesses",
    source=TF_CLASSIFICATION.at(NON_LINEARITY, "model_5"),
    says="With a ReLU on the hidden unit it is, hm, still not learning.",
    reading="one case",
    recipe=MODEL_5,
    counterfactual=without_the_circles(MODEL_5),
    without="the circles",
    because="not learning: it ends no better than guessing, as the printed loss does fall: "
    f"{GUESSING_BECAUSE}; {LOG}",
    documented={
        "accuracy in epoch 100": Figure("0.5180", lambda runs: runs.epoch("accuracy", 100), "higher"),
        "loss in epoch 100": Figure("0.6936", lambda runs: runs.epoch("loss", 100), "lower"),
    },
    picture=decision_boundary,
    verdict="nearly always",
    measured="2045 of 2048 seeds; median accuracy in epoch 100 0.5",
)
def test_one_relu_unit_and_a_raw_output_is_still_guessing(runs):
    """With one hidden ReLU unit and a raw output at most 547 of the 1000 points are right at the end."""
    return runs.epoch("accuracy", 100) <= 547 / 1000

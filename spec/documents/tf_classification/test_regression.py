"""A classification loss on a regression problem, and the loss that fits it."""

import numpy as np

from nnspec import Figure, claim, fact
from nnspec.plots import regression
from spec.documents.tf_classification.recipes import REGRESSION, REGRESSION_WITH_WRONG_LOSS
from spec.readings import RELIABLY, RELIABLY_BECAUSE
from spec.sources import TF_CLASSIFICATION

PLACE = TF_CLASSIFICATION.at("Improving a model", "model_3 on regression data")
LINE = REGRESSION.data.arrays()
GUESS = float(np.abs(LINE.y_test - LINE.y_train.mean()).mean())


@claim(
    "tfc-regression-wrong-loss",
    source=PLACE,
    recipe=REGRESSION_WITH_WRONG_LOSS,
    counterfactual=REGRESSION.with_(metrics=["accuracy"]),
    share=RELIABLY,
    because="large and negative: -1000 or less; constant: the same to within 1 from the fourth epoch, as "
    f"printed; accuracy 0; {RELIABLY_BECAUSE}",
    documented={
        "loss in epoch 4": Figure(-7190.0156, lambda runs: runs.epoch("loss", 4)),
        "loss in epoch 100": Figure(-7190.0156, lambda runs: runs.epoch("loss", 100)),
    },
    verdict="refuted",
    measured="50 of 256 seeds; median loss 7616",
)
def test_a_classification_loss_runs_away_on_regression_data(runs):
    """Binary cross-entropy on regression data runs away to a large negative constant, with accuracy 0."""
    constant = abs(runs.epoch("loss", 100) - runs.epoch("loss", 4)) <= 1
    return (runs.loss <= -1000) & constant & (runs.accuracy <= 0)


@claim(
    "tfc-regression-mae",
    source=PLACE,
    recipe=REGRESSION,
    counterfactual=REGRESSION.with_learning_rate(0.0),
    share=RELIABLY,
    because="learns: the loss of the last epoch is less than half that of the first, where the document "
    f"shows a seventh; {RELIABLY_BECAUSE}",
    documented={
        "loss in epoch 1": Figure(248.2155, lambda runs: runs.epoch("loss", 1)),
        "loss in epoch 100": Figure(37.998, lambda runs: runs.epoch("loss", 100)),
    },
    verdict="holds",
    measured="256 of 256 seeds; median loss in epoch 100 / loss in epoch 1 0.08915",
)
def test_with_mean_absolute_error_it_learns(runs):
    """With the mean absolute error as its loss the same network learns the line."""
    return runs.epoch("loss", -1) / runs.epoch("loss", 1) < 0.5


@claim(
    "tfc-regression-predicts",
    source=PLACE,
    recipe=REGRESSION,
    counterfactual=REGRESSION.with_learning_rate(0.0),
    share=RELIABLY,
    because=f"guessing: the mean of the training targets, off by {GUESS:g} on the test part; "
    + RELIABLY_BECAUSE,
    picture=regression,
    verdict="holds",
    measured="192 of 192 seeds; median test loss 60.48",
)
def test_predictions_on_unseen_points_are_better_than_guessing(runs):
    """The predictions on the fifty unseen points are better than guessing."""
    return runs.test_loss < GUESS


@fact("tfc-regression-plot", source=PLACE, kind="picture")
def test_training_test_and_predicted_points_are_drawn(trained, evidence):
    """Training, test and predicted points in one picture."""
    figure = regression(trained(REGRESSION, range(64)))
    axes = figure.axes[0]
    drawn = sorted(len(points.get_offsets()) for points in axes.collections)
    assert drawn == [50, 50, 150]
    assert len(axes.get_legend().get_texts()) == 3
    evidence.picture("Regression with mean absolute error", figure)

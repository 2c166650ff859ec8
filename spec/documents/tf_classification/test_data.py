"""The circles, their split and their shapes; the line of the regression example."""

import itertools

import numpy as np

from nnspec import fact
from spec.documents.tf_classification.recipes import CIRCLES, MODEL_7, REGRESSION, SPLIT_CIRCLES
from spec.sources import TF_CLASSIFICATION

DATA = TF_CLASSIFICATION.at("Creating data to view and fit")


@fact("tfc-circles-data", source=DATA)
def test_the_circles_are_the_printed_ones():
    """The generated circles have the printed first and last points, labels, shapes and class counts."""
    data = CIRCLES.arrays()
    np.testing.assert_allclose(data.x_train[0], [0.75424625, 0.23148074], atol=5e-9, rtol=1e-7)
    np.testing.assert_allclose(data.x_train[-1], [0.28105665, 0.96382443], atol=5e-9, rtol=1e-7)
    assert data.y_train[:10].tolist() == [1, 1, 1, 1, 0, 1, 1, 1, 1, 0]
    assert np.bincount(data.y_train).tolist() == [500, 500]
    assert data.x_train.shape == (1000, 2)
    assert data.y_train.shape == (1000,)


@fact(
    "tfc-circles-split",
    source=TF_CLASSIFICATION.at("Evaluating and improving our classification model"),
)
def test_the_first_800_circles_are_for_training_and_the_last_200_for_testing():
    """The split takes the first 800 points for training and the last 200, as printed, for testing."""
    whole, split = CIRCLES.arrays(), SPLIT_CIRCLES.arrays()
    assert split.x_train.shape == (800, 2)
    assert split.x_test.shape == (200, 2)
    assert split.y_test[:10].tolist() == [1, 1, 1, 1, 0, 0, 1, 0, 1, 0]
    np.testing.assert_array_equal(np.concatenate([split.x_train, split.x_test]), whole.x_train)


@fact("tfc-shapes", source=TF_CLASSIFICATION.at("Input and output shapes"))
def test_two_features_go_in_and_one_value_comes_out(trained):
    """A network on the circles takes two features and gives one value per example; layers fit together."""
    runs = trained(MODEL_7.with_epochs(1), range(2))
    kernels = [weights.shape[1:] for weights in runs.weights[::2]]
    assert kernels == [(2, 4), (4, 4), (4, 1)]
    for before, after in itertools.pairwise(kernels):
        assert before[1] == after[0]
    assert runs.predict(CIRCLES.arrays().x_train).shape == (2, 1000, 1)


@fact("tfc-regression-data", source=TF_CLASSIFICATION.at("Improving a model", "regression data"))
def test_the_line_is_a_hundred_above_the_diagonal():
    """The regression data are x = 0, 5 … 995 and y = x + 100, the first 150 for training."""
    line = REGRESSION.data.arrays()
    x = np.concatenate([line.x_train, line.x_test])[:, 0]
    y = np.concatenate([line.y_train, line.y_test])
    np.testing.assert_array_equal(x, np.arange(0, 1000, 5))
    np.testing.assert_array_equal(y, np.arange(100, 1100, 5))
    assert (len(line.x_train), len(line.x_test)) == (150, 50)

"""One layer alone: a sigmoid neuron is logistic regression, a softmax layer is softmax regression."""

import functools

import numpy as np

from nnspec import SGD, Blobs, Dense, Recipe, SeedValues, claim
from spec.documents.artificial_neural_networks.recipes import MOONS
from spec.sources import ARTIFICIAL_NEURAL_NETWORKS

# overlapping classes have a finite optimum: the moons of the document, and three clouds of ours
CLOUDS = Blobs(centers=((-1.0, 0.0), (1.0, 0.0), (0.0, 1.5)), n_samples=300, cluster_std=1.0, random_state=42)
# until nothing moves any more; the optimizer, number of epochs and full batches that are printed
NEURON = Recipe(MOONS, [Dense(1, "sigmoid")], "binary_crossentropy", SGD(1.0), epochs=5000, batch_size=200)
LAYER = Recipe(
    CLOUDS, [Dense(3, "softmax")], "sparse_categorical_crossentropy", SGD(1.0), epochs=5000, batch_size=300
)
# far above what float32 leaves of a gradient near 0, and far below what differs between models
SAME = 1e-3
CONVERGED = (
    "data and training are ours: overlapping classes, whose optimum is finite, trained to convergence, and "
    "compared with scikit-learn's optimum without a penalty"
)
ROUND_OFF = f"{SAME} stands for float32 and a training that ends"


@functools.cache
def _fitted(data):
    from sklearn.linear_model import LogisticRegression

    arrays = data.arrays()
    model = LogisticRegression(C=np.inf, tol=1e-10, max_iter=10_000)
    return model.fit(arrays.x_train.astype(np.float64), arrays.y_train)


@claim(
    "ann-logistic",
    in_short="One sigmoid neuron matches logistic regression",
    source=ARTIFICIAL_NEURAL_NETWORKS.at("Single neuron classifier"),
    recipe=NEURON,
    counterfactual=NEURON.with_epochs(10),
    without="the training to the end (10 epochs instead of 5000)",
    says="A single neuron as a classifier is equivalent to logistic regression.",
    word="equivalent",
    because=f"equivalent: the same two coefficients and intercept; {ROUND_OFF}; {CONVERGED}",
    verdict="holds",
    measured="192 of 192 seeds; median largest difference of a coefficient 4.234e-06",
)
def test_a_single_sigmoid_neuron_is_logistic_regression(runs):
    """A single sigmoid neuron, trained to convergence, has the coefficients of logistic regression."""
    model = _fitted(MOONS)
    kernel, bias = runs.weights
    found = np.column_stack([kernel[:, :, 0], bias])
    off = np.abs(found - [*model.coef_[0], model.intercept_[0]]).max(axis=1)
    return SeedValues(off, "largest difference of a coefficient") <= SAME


@claim(
    "ann-softmax-regression",
    in_short="A softmax layer matches softmax regression",
    source=ARTIFICIAL_NEURAL_NETWORKS.at("Single layer multiclass classifier"),
    recipe=LAYER,
    counterfactual=LAYER.with_epochs(10),
    without="the training to the end (10 epochs instead of 5000)",
    says="A single layer for several classes is equivalent to softmax regression.",
    word="equivalent",
    because="equivalent: the same probabilities of all examples, as coefficients have a free constant; "
    f"{ROUND_OFF}; {CONVERGED}",
    verdict="holds",
    measured="192 of 192 seeds; median largest difference of a probability 3.234e-07",
)
def test_a_single_softmax_layer_is_softmax_regression(runs):
    """A single softmax layer, trained to convergence, gives the probabilities of softmax regression."""
    x = CLOUDS.arrays().x_train
    wanted = _fitted(CLOUDS).predict_proba(x.astype(np.float64))
    off = np.abs(runs.predict(x) - wanted).max(axis=(1, 2))
    return SeedValues(off, "largest difference of a probability") <= SAME

"""The model of the document, by its own numbers, and what its hidden units make of the points."""

import numpy as np

from nnspec import Adam, Blobs, Dense, Recipe, SparseCategoricalCrossentropy
from nnspec.textbook import forward

BLOBS = Blobs(centers=((-5, 2), (-2, -2), (1, 2), (5, -2)), n_samples=100, cluster_std=1.0, random_state=30)
MODEL = Recipe(
    BLOBS,
    [Dense(2, "relu"), Dense(4)],
    SparseCategoricalCrossentropy(from_logits=True),
    Adam(0.01),
    epochs=200,
)
NOT_LEARNING = MODEL.with_learning_rate(0.0)

WITHOUT_LEARNING = "learning (a learning rate of 0)"


def hidden(runs, x):
    """Return the outputs of the two hidden units for x (examples, 2), (seeds, examples, 2)."""
    return forward(runs.recipe.layers[:1], runs.weights[:2], x)


def active_share(runs):
    """Return for which share of each class's points each hidden unit is above zero, (seeds, 4, 2)."""
    data = BLOBS.arrays()
    active = hidden(runs, data.x_train) > 0
    return np.stack([active[:, data.y_train == number].mean(axis=1) for number in range(4)], axis=1)

"""The model of the document, by its own numbers, what its hidden units see, and how its words are read."""

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


LOSS_BECAUSE = (
    "a printed loss is read as what runs usually give: at least half of the seeds come within a tenth of it"
)

MOST = 0.9
MOST_BECAUSE = "for a class: for at least nine tenths of its points"


def hidden(runs, x):
    """Return the outputs of the two hidden units for x (examples, 2), (seeds, examples, 2)."""
    return forward(runs.recipe.layers[:1], runs.weights[:2], x)


def share_by_class(answers):
    """Return for which share of each class's points an answer is yes, (seeds, 4, …).

    `answers` are bools for the training part, (seeds, examples, …).
    """
    y = BLOBS.arrays().y_train
    return np.stack([answers[:, y == number].mean(axis=1) for number in range(4)], axis=1)

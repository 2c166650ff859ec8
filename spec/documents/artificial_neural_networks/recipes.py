"""The two moons of the document, the networks it trains on them, and what is measured of these."""

import numpy as np

from nnspec import L1L2, SGD, Dense, Dropout, Moons, Recipe, Runs, SeedValues
from nnspec.textbook import forward

# the document draws its moons without a random state; this one is ours, chosen before anything was trained
MOONS = Moons(n_samples=200, noise=0.40, random_state=42, test_samples=2000)
MOONS_BECAUSE = "one sample of ours for all seeds, 200 points and 2000 fresh ones"
# printed as `lr`, which the Keras that ran takes no notice of: it trains with the default of its SGD
PRINTED_RATE, RATE_THAT_RAN = 1.0, 0.01


def moons_network(*hidden: Dense | Dropout) -> Recipe:
    """Return a network with these layers in front of the sigmoid, trained as the printed code says."""
    layers = [*hidden, Dense(1, "sigmoid")]
    return Recipe(MOONS, layers, "binary_crossentropy", SGD(PRINTED_RATE), epochs=5000, batch_size=200)


SIZES = {size: moons_network(Dense(size, "tanh")) for size in (1, 3, 5, 20, 50)}
WITH_L1 = moons_network(Dense(50, "tanh", kernel_regularizer=L1L2(l1=0.001)))
WITH_DROPOUT = moons_network(Dense(50, "tanh"), Dropout(0.25))
WITH_MORE_DROPOUT = moons_network(Dense(50, "tanh"), Dropout(0.5))


def accuracy_gap(runs: Runs) -> SeedValues:
    """Return by how much the accuracy on the training part exceeds that on fresh data, (seeds,)."""
    return runs.accuracy - runs.test_accuracy


def crossentropy(runs: Runs, part: str) -> SeedValues:
    """Return the binary cross-entropy on a part, (seeds,), without the penalty that Keras's loss includes."""
    x, y = runs.recipe.data.arrays().part(part)
    logits = forward([*runs.recipe.layers[:-1], Dense(1)], runs.weights, x)[..., 0].astype(np.float64)
    losses = np.logaddexp(0, logits) - y * logits
    of = f" of {runs.name}" if runs.name else ""
    return SeedValues(losses.mean(axis=1), f"cross-entropy on the {part} part{of}")


def crossentropy_gap(runs: Runs) -> SeedValues:
    """Return by how much the cross-entropy on fresh data exceeds that on the training part, (seeds,)."""
    return crossentropy(runs, "test") - crossentropy(runs, "train")


def hidden_weights(runs: Runs) -> SeedValues:
    """Return the sum of the absolute weights of the first kernel, (seeds,)."""
    total = np.abs(runs.weights[0]).sum(axis=(1, 2))
    return SeedValues(total, f"sum of |hidden weights| of {runs.name}")

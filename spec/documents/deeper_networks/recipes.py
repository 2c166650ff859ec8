"""The four networks of the document, by its own numbers, and the data that they are trained on."""

from dataclasses import dataclass

import numpy as np

from nnspec import Adam, Dense, GaussianQuantiles, Recipe

# the document seeds the points but not the split, so that this is one split out of many
PRINTED = {
    "n_samples": 2000,
    "n_classes": 2,
    "cov": 0.1,
    "random_state": 3,
    "test_size": 0.3,
    "validation_size": 0.2,
}
QUANTILES = GaussianQuantiles(**PRINTED)
ONE_SPLIT = "The document's split has no seed: this is one split of ours, the same for all networks"


@dataclass(frozen=True)
class Halves(GaussianQuantiles):
    """The same points in the same parts, but a straight line through their middle separates the classes."""

    def examples(self):
        """Return all points, and whether each lies right of the middle."""
        x, y = super().examples()
        return x, (x[:, 0] > np.median(x[:, 0])).astype(y.dtype)


def _network(*hidden: int, epochs: int = 500) -> Recipe:
    """Return the network with so many tanh units per hidden layer and a sigmoid output."""
    return Recipe(
        QUANTILES,
        [*(Dense(units, "tanh") for units in hidden), Dense(1, "sigmoid")],
        "binary_crossentropy",
        Adam(),
        epochs=epochs,
        validation_data="validation",
    )


HIDDEN_0 = _network(epochs=20)
HIDDEN_0_LONGER = HIDDEN_0.with_epochs(500)
HIDDEN_0_HALVES = HIDDEN_0.with_(data=Halves(**PRINTED))
HIDDEN_3 = _network(3)
HIDDEN_10 = _network(10)
HIDDEN_10_SHORTER = HIDDEN_10.with_epochs(20)
HIDDEN_10_10 = _network(10, 10)

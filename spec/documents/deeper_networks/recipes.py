"""The four networks of the document, by its own numbers, and how its figures and words are read."""

from nnspec import Adam, Dense, GaussianQuantiles, Recipe

# the document seeds the points but not the split, so that this is one split out of many
QUANTILES = GaussianQuantiles(
    n_samples=2000, n_classes=2, cov=0.1, random_state=3, test_size=0.3, validation_size=0.2
)


ONE_SPLIT = "the document's split has no seed, ours is one split"
ACCURACY_BECAUSE = (
    "a printed accuracy is read as what runs usually give: at least half of the seeds come within a "
    f"percentage point of it, six of the 600 test points; {ONE_SPLIT}"
)
LOSS_BECAUSE = (
    "a printed loss is read as what runs usually give: at least half of the seeds come within a tenth of it; "
    f"{ONE_SPLIT}"
)

# three standard deviations of the accuracy of coin flips on 600 points are 0.0612
GUESSING = 0.061
GUESSING_BECAUSE = "within 0.061 of one half, three standard deviations of coin flips on the 600 test points"


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
HIDDEN_3 = _network(3)
HIDDEN_10 = _network(10)
HIDDEN_10_10 = _network(10, 10)

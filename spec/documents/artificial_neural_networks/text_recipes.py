"""The networks that judge film reviews, and what is read as overfitting, as more and as less of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec import IMDB, L1L2, Dense, Dropout, Recipe, RMSprop, Runs, SeedValues
from nnspec.plots import history

if TYPE_CHECKING:
    from matplotlib.figure import Figure

REVIEWS = IMDB(num_words=10_000, validation_size=10_000)
PENALTY = L1L2(l2=0.001)

LARGE = Recipe(
    REVIEWS,
    [Dense(16, "relu"), Dense(16, "relu"), Dense(1, "sigmoid")],
    "binary_crossentropy",
    RMSprop(),
    epochs=20,
    batch_size=512,
    validation_data="validation",
)
SMALL = LARGE.with_(layers=[Dense(8, "relu"), Dense(8, "relu"), Dense(1, "sigmoid")])
PENALISED = SMALL.with_(
    layers=[
        Dense(8, "relu", kernel_regularizer=PENALTY),
        Dense(8, "relu", kernel_regularizer=PENALTY),
        Dense(1, "sigmoid"),
    ]
)
TUNED = SMALL.with_(
    layers=[
        Dense(8, "relu", kernel_regularizer=PENALTY),
        Dropout(0.5),
        Dense(8, "relu", kernel_regularizer=PENALTY),
        Dropout(0.5),
        Dense(1, "sigmoid"),
    ]
)

# a third of the 15,000 reviews; 167 of them at a time make 30 updates an epoch, as 512 of all do
THIRD = LARGE.with_(data=IMDB(num_words=10_000, validation_size=10_000, train_size=5_000))
THIRD_AS_MANY_UPDATES = THIRD.with_(batch_size=167)

# three standard errors of a share of 10,000 reviews near 0.87 are 0.010
MORE_THAN_NOISE = 0.01
RISEN = 1.1
OVERFITS_BECAUSE = (
    "overfits: the validation loss ends at least a tenth above its lowest epoch, and the accuracy on the "
    "training part lies more than 0.01, three standard errors of 10,000 reviews, above that on the "
    "validation part"
)
RISE_BECAUSE = (
    "overfits less, by the curves of the validation loss: the last epoch over the lowest is smaller; as a "
    "ratio to its own minimum, because Keras adds a penalty to the loss of the network that has one"
)
GAP_BECAUSE = (
    "overfits less, by the accuracies: that on the training part exceeds that on the validation part by "
    "less, both with the final weights and without dropout"
)


def rise(runs: Runs) -> SeedValues:
    """Return the validation loss of the last epoch divided by the lowest of all epochs, (seeds,)."""
    losses = runs.history["val_loss"]
    return SeedValues(losses[:, -1] / losses.min(axis=1), _of("last over lowest validation loss", runs))


def gap(runs: Runs) -> SeedValues:
    """Return how far the accuracy on the training part exceeds that on the validation part, (seeds,)."""
    difference = runs.accuracy - runs.epoch("val_accuracy", -1)
    return SeedValues(difference, _of("accuracy on training above validation part", runs))


def curves(**arms: Runs) -> Figure:
    """Return the curves of several arms in one figure, as the picture of a claim."""
    return history(arms)


def _of(label: str, runs: Runs) -> str:
    return f"{label} of {runs.name}" if runs.name else label

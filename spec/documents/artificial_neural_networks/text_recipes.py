"""The networks that judge film reviews, and by what they are compared."""

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

RISE_BECAUSE = (
    "overfits less: the validation loss of the last epoch over the lowest of all epochs is smaller, any "
    "difference; no loss here has a penalty in it"
)
GAP_BECAUSE = (
    "overfits less: the accuracy on the training part exceeds that on the validation part by less, any "
    "difference, both with the final weights and without dropout"
)


def untrained(recipe: Recipe) -> Recipe:
    """Return the recipe with its learning taken away: one epoch at a learning rate of 0."""
    return recipe.with_learning_rate(0.0).with_epochs(1)


def rise(runs: Runs) -> SeedValues:
    """Return the validation loss of the last epoch divided by the lowest of all epochs, (seeds,)."""
    losses = runs.history["val_loss"]
    return SeedValues(losses[:, -1] / losses.min(axis=1), _of("last over lowest validation loss", runs))


def gap(runs: Runs) -> SeedValues:
    """Return how far the accuracy on the training part exceeds that on the validation part, (seeds,)."""
    difference = runs.accuracy - runs.epoch("val_accuracy", -1)
    return SeedValues(difference, _of("accuracy on training above validation part", runs))


def fall(runs: Runs) -> SeedValues:
    """Return how far the accuracy on the validation part ends below its highest epoch, (seeds,)."""
    highest = runs.history["val_accuracy"].max(axis=1)
    label = _of("highest validation accuracy", runs)
    counted = SeedValues(highest, label, counts_of=REVIEWS.validation_size)
    return counted - runs.epoch("val_accuracy", -1)


def curves(**arms: Runs) -> Figure:
    """Return the curves of several arms in one figure, as the picture of a claim."""
    return history(arms)


def _of(label: str, runs: Runs) -> str:
    return f"{label} of {runs.name}" if runs.name else label

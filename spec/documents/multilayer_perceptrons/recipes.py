"""The networks of the document, by its own numbers, and how its figures and words are read throughout."""

from nnspec import Adam, Dense, Digits, Dropout, FashionMNIST, Flatten, Recipe, SeedValues
from spec.readings import PERCENTAGE_POINT, TENTH

TYPICAL_BECAUSE = (
    "usual: within one percentage point of the printed accuracies and a tenth of the printed test loss, "
    "all in one run; for at least half of the runs, because the printed run is one of them"
)

PLAIN = Recipe(
    FashionMNIST(scale=1 / 255),
    [Flatten(), Dense(128, "relu"), Dense(10, "sigmoid")],
    "sparse_categorical_crossentropy",
    Adam(),
    epochs=50,
    validation_data="test",
)
DROPOUT = PLAIN.with_(layers=[Flatten(), Dense(128, "relu"), Dropout(0.4), Dense(10, "sigmoid")])
TWO_LAYERS = PLAIN.with_(
    layers=[
        Flatten(),
        *(Dense(256, "relu"), Dropout(0.4)),
        *(Dense(64, "relu"), Dropout(0.4)),
        Dense(10, "sigmoid"),
    ]
)
UNTRAINED = PLAIN.with_learning_rate(0.0).with_epochs(1)

# the same two networks on the digits that scikit-learn brings along, for machines without a download
DIGITS_PLAIN = PLAIN.with_(data=Digits())
DIGITS_DROPOUT = DROPOUT.with_(data=Digits())


def near_accuracy(found: SeedValues, printed: float) -> SeedValues:
    """Return whether an accuracy is within a percentage point of the printed one, (seeds,) bool."""
    return abs(found - printed) <= PERCENTAGE_POINT


def near_loss(found: SeedValues, printed: float) -> SeedValues:
    """Return whether a loss is within a tenth of the printed one, (seeds,) bool."""
    return abs(found - printed) <= TENTH * printed

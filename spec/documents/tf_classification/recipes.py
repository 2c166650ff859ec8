"""The models of the document, by its own numbers, and how words that it uses several times are read."""

from dataclasses import dataclass

import numpy as np

from nnspec import SGD, Adam, Circles, Dense, Recipe, StraightLine
from nnspec.textbook import exponential_sweep


@dataclass(frozen=True)
class HalvedCircles(Circles):
    """The points of the circles with other classes: 0 left and 1 right of a line between two halves."""

    def examples(self):
        """Return the points of `make_circles` and the side of the line for each, as many of both."""
        x, _ = super().examples()
        return x, (x[:, 0] > np.median(x[:, 0])).astype(int)


CIRCLES = Circles(n_samples=1000, noise=0.03, random_state=42)
SPLIT_CIRCLES = Circles(n_samples=1000, noise=0.03, random_state=42, train_size=800)
HALVES = HalvedCircles(n_samples=1000, noise=0.03, random_state=42)

# said of all linear models together, once the reason is found
LINEAR = "It is no wonder that a model with nothing but linear activations does not really learn anything."
GUESSING_BECAUSE = (
    "a guesser gets at most 547 of 1000 right, half of them and three standard deviations more, and who gets "
    "fewer does no better"
)
PERFECT_BECAUSE = (
    "the lowest accuracy that the document calls incredible or almost perfect is 781 of 800, which is 977 "
    "of 1000"
)

OTHER_TOOL = "a rule of other tools, which the document does not name"
# what the rules that read a sweep suggest, at the beginning of a statement
SUGGESTED = {
    "minimum / 10": "A tenth of the rate with the lowest loss",
    "still falling": "The first rate at which half of the fall of the loss is done",
    "steepest": "The rate from which the smoothed loss falls fastest",
    "valley": "The rate half-way along the longest valley of the smoothed loss",
}
RULE_IN_SHORT = {
    "minimum / 10": "The printed rule",
    "still falling": "Half the fall",
    "steepest": "The steepest fall",
    "valley": "The valley's middle",
}
TASK = "a task claims at most that it can be done, and the recipe is ours"

MODEL_1 = Recipe(CIRCLES, [Dense(1)], "binary_crossentropy", SGD(), epochs=205)
MODEL_2 = Recipe(CIRCLES, [Dense(1), Dense(1)], "binary_crossentropy", SGD(), epochs=100)
# model_3 has one input, not two: here it is as wide and as deep
TWO_INPUTS = Recipe(CIRCLES, [Dense(100), Dense(10), Dense(1)], "binary_crossentropy", Adam(), epochs=100)
MODEL_4 = Recipe(CIRCLES, [Dense(1), Dense(1)], "binary_crossentropy", Adam(0.001), epochs=100)
MODEL_5 = Recipe(CIRCLES, [Dense(1, "relu"), Dense(1)], "binary_crossentropy", Adam(), epochs=100)
MODEL_6 = Recipe(
    CIRCLES,
    [Dense(4, "relu"), Dense(4, "relu"), Dense(1)],
    "binary_crossentropy",
    Adam(0.001),
    epochs=100,
)
MODEL_7 = MODEL_6.with_output_activation("sigmoid").with_(optimizer=Adam())
MODEL_8 = MODEL_7.with_(data=SPLIT_CIRCLES, optimizer=Adam(0.01), epochs=25)
SWEEP = exponential_sweep(1e-4, tenfold_every=20, epochs=100)
MODEL_9 = MODEL_8.with_(optimizer=Adam()).with_learning_rates(SWEEP)
MODEL_10 = MODEL_8.with_(optimizer=Adam(0.02), epochs=20)

REGRESSION = Recipe(
    StraightLine(train_size=150),
    [Dense(100), Dense(10), Dense(1)],
    "mae",
    Adam(),
    epochs=100,
    metrics=["mean_absolute_error"],
)


def without_the_circles(recipe: Recipe) -> Recipe:
    """Return the recipe on the same points in classes that a line separates."""
    return recipe.with_(data=HALVES)


def rates_as_printed(rates):
    """Return learning rates in the five digits in which the document prints them."""
    return np.array([float(f"{rate:.4e}") for rate in rates])

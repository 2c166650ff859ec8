"""The network that reads handwritten digits, and how statements about a costly recipe are read."""

from nnspec import MNIST, CategoricalCrossentropy, Dense, Flatten, Recipe, RMSprop

DIGITS = MNIST(scale=1 / 255, one_hot=True)
DIGIT_READER = Recipe(
    DIGITS,
    [Flatten(), Dense(15, "relu"), Dense(10, "softmax")],
    CategoricalCrossentropy(),
    RMSprop(),
    epochs=10,
    batch_size=128,
)


def untrained(recipe: Recipe) -> Recipe:
    """Return the recipe with its learning taken away: one epoch at a learning rate of 0."""
    return recipe.with_learning_rate(0.0).with_epochs(1)

"""The network that reads handwritten digits, and the digits."""

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

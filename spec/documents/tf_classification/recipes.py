"""The models of the document, by its own numbers, and how its vague words are read throughout."""

from nnspec import SGD, Adam, Circles, Dense, Recipe, StraightLine
from nnspec.textbook import exponential_sweep

CIRCLES = Circles(n_samples=1000, noise=0.03, random_state=42)
SPLIT_CIRCLES = Circles(n_samples=1000, noise=0.03, random_state=42, train_size=800)


# three standard deviations of the accuracy of coin flips on 1000 points are 0.047
GUESSING = 0.05
GUESSING_BECAUSE = "guessing: accuracy within 0.05 of one half, three standard deviations of 1000 coin flips"

MODEL_1 = Recipe(CIRCLES, [Dense(1)], "binary_crossentropy", SGD(), epochs=205)
MODEL_2 = Recipe(CIRCLES, [Dense(1), Dense(1)], "binary_crossentropy", SGD(), epochs=100)
MODEL_3 = Recipe(CIRCLES, [Dense(100), Dense(10), Dense(1)], "binary_crossentropy", Adam(), epochs=100)
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
REGRESSION_WITH_WRONG_LOSS = REGRESSION.with_(loss=MODEL_3.loss, metrics=["accuracy"])

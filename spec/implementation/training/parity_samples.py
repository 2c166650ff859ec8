"""Data sets and recipes that both engines train alike, of every kind that the stacked engine knows."""

from dataclasses import dataclass

import numpy as np

from nnspec import (
    L1L2,
    SGD,
    Adam,
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Circles,
    Dense,
    Digits,
    Dropout,
    Flatten,
    Initializer,
    MeanAbsoluteError,
    MeanSquaredError,
    Recipe,
    RMSprop,
    SparseCategoricalCrossentropy,
    StraightLine,
)
from nnspec.data import Dataset


@dataclass(frozen=True)
class OwnImages(Dataset):
    """Images of bits, as uint8 or as float32."""

    whole: bool = True

    def examples(self):
        """Return forty images and whether most of their bits are set."""
        bits = np.random.default_rng(0).integers(0, 2, (40, 8, 8))
        return bits.astype(np.uint8 if self.whole else np.float32), (bits.mean((1, 2)) > 0.5).astype(int)


@dataclass(frozen=True)
class OwnBags(Dataset):
    """Bags of words: up to six ones in three hundred columns, and which half has more of them."""

    train_size: int = 70

    def examples(self):
        """Return a hundred bags; the first and the last one of every part are empty."""
        generator = np.random.default_rng(0)
        bags = np.zeros((100, 300), np.uint8)
        for bag in bags:
            bag[generator.integers(0, 300, generator.integers(0, 7))] = 1
        bags[[1, 69, 70, 99]] = 0
        return bags, (bags[:, :150].sum(axis=1) > bags[:, 150:].sum(axis=1)).astype(int)


CIRCLES = Circles(n_samples=100, train_size=70)  # a last batch of six, and a test part
DIGITS = Digits(train_size=200)
ONE_HOT = Digits(train_size=200, one_hot=True)
ADAM = Adam(0.01)
HIDDEN = [Dense(4, "relu"), Dense(4, "relu")]
SEPARATING = [*HIDDEN, Dense(1, "sigmoid")]
IMAGES = [Flatten(), Dense(8, "relu"), Dense(10, "softmax")]
LOGITS = [Flatten(), Dense(8, "tanh"), Dense(10)]


def binary(layers=SEPARATING, loss="binary_crossentropy", optimizer=ADAM, **fields):
    return Recipe(CIRCLES, layers, loss, optimizer, epochs=3, validation_data="test", **fields)


def images(layers, loss, data=DIGITS):
    return Recipe(data, layers, loss, ADAM, epochs=3, validation_data="test")


def bags(*layers, **fields):
    chosen = [Dense(8, "relu", kernel_regularizer=L1L2(l2=1e-3)), *layers, Dense(1, "sigmoid")]
    return Recipe(OwnBags(), chosen, "binary_crossentropy", ADAM, 3, validation_data="test", **fields)


def with_kernel(**kernel):
    return binary([Dense(4, "relu", **kernel), Dense(1, "sigmoid", **kernel)])


def long_batches(**fields):
    data = Circles(n_samples=2500, train_size=2300)
    return Recipe(data, SEPARATING, "binary_crossentropy", ADAM, 3, validation_data="test", **fields)


SPARSE = "sparse_categorical_crossentropy"
LINE = Recipe(StraightLine(), [Dense(10), Dense(1)], "mae", Adam(), 3, metrics=["mean_absolute_error"])

RECIPES = {
    "relu and sigmoid": binary(),
    "tanh": binary([Dense(4, "tanh"), Dense(1, "sigmoid")]),
    "sigmoid inside": binary([Dense(4, "sigmoid"), Dense(1, "sigmoid")]),
    "log-sigmoid inside": binary([Dense(4, "log_sigmoid"), Dense(1, "sigmoid")]),
    "softmax inside": binary([Dense(4, "softmax"), Dense(1, "sigmoid")]),
    "linear": binary([Dense(3), Dense(1)]),
    "raw outputs, clipped": binary([*HIDDEN, Dense(1)]),
    "raw outputs far outside 0 … 1": binary(
        [Dense(8, kernel_initializer=Initializer("random_normal", stddev=5.0)), Dense(1)]
    ),
    "saturated sigmoid": binary(
        [Dense(8, kernel_initializer=Initializer("random_normal", stddev=20.0)), Dense(1, "sigmoid")]
    ),
    "binary from logits": binary([*HIDDEN, Dense(1)], BinaryCrossentropy(from_logits=True)),
    "mean squared error": binary(loss=MeanSquaredError()),
    "mean absolute error": binary(loss=MeanAbsoluteError()),
    "SGD": binary(optimizer=SGD()),
    "SGD with momentum": binary(optimizer=SGD(0.05, momentum=0.9)),
    "SGD with Nesterov momentum": binary(optimizer=SGD(0.05, momentum=0.9, nesterov=True)),
    "Adam with all parameters": binary(optimizer=Adam(0.01, beta_1=0.8, beta_2=0.99, epsilon=1e-3)),
    "RMSprop": binary(optimizer=RMSprop(0.01)),
    "RMSprop with all parameters": binary(optimizer=RMSprop(0.01, rho=0.8, momentum=0.5, epsilon=1e-4)),
    "L1 and L2": with_kernel(kernel_regularizer=L1L2(l1=0.01, l2=0.02)),
    "one batch an epoch": binary(batch_size=1000),
    "one batch of 2,300": long_batches(batch_size=5000),
    "batches of 2,048 and 252": long_batches(batch_size=2048),
    "batch of one": binary(batch_size=1),
    "two metrics": binary(metrics=["accuracy", "mean_absolute_error"]),
    "learning rate of every epoch": binary(learning_rates=(0.001, 0.01, 0.1)),
    "learning rate of zero": binary(optimizer=Adam(0.0)),
    "regression": LINE,
    "images, softmax": images(IMAGES, SPARSE),
    "images, one-hot": images(IMAGES, CategoricalCrossentropy(), ONE_HOT),
    "images, logits": images(LOGITS, SparseCategoricalCrossentropy(from_logits=True)),
    "images, log-sigmoid logits": images(
        [Flatten(), Dense(8, "relu"), Dense(10, "log_sigmoid")],
        SparseCategoricalCrossentropy(from_logits=True),
    ),
    "images, one-hot logits": images(LOGITS, CategoricalCrossentropy(from_logits=True), ONE_HOT),
    "images, sigmoid outputs": images([Flatten(), Dense(8, "relu"), Dense(10, "sigmoid")], SPARSE),
    "images, large kernel": images([Flatten(), Dense(40, "relu"), Dense(10, "softmax")], SPARSE),
    "images, large kernels": images(
        [Flatten(), Dense(20, "relu", kernel_regularizer=L1L2(1e-4, 1e-3)), Dense(12, "softmax"), Dense(10)],
        SparseCategoricalCrossentropy(from_logits=True),
    ),
    "bags of words": bags(),
    "bags of words, one batch an epoch": bags(Dense(4, "tanh"), batch_size=70),
    "dropout of nothing": binary([Dense(4, "relu"), Dropout(0.0), Dense(1, "sigmoid")]),
}

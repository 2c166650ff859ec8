"""Rows of the parity table: losses and metrics, optimizers, and optimizers of embeddings."""

from __future__ import annotations

from typing import Any

from spec.implementation.training.models.parity_models import (
    CLASSES,
    MANY,
    MULTI_HOT,
    NUMBERS,
    ONE_HOT,
    VECTORS,
    compiled,
    embedded,
)

OF_NUMBERS = {
    **dict.fromkeys(("MeanSquaredError", "MeanAbsoluteError", "MeanAbsolutePercentageError"), "linear"),
    **dict.fromkeys(("MeanSquaredLogarithmicError", "Poisson"), "softplus"),
    **dict.fromkeys(("Huber", "LogCosh", "CosineSimilarity"), "linear"),
    **dict.fromkeys(("Hinge", "SquaredHinge", "CategoricalHinge"), "linear"),
}


def _all_of(k: Any, names: dict[str, str]) -> Any:
    """Return a loss that adds up others, each of three columns of its own behind an activation."""

    def total(y: Any, outputs: Any) -> Any:
        found = 0.0
        for number, (name, activation) in enumerate(names.items()):
            columns = slice(3 * number, 3 * number + 3)
            made = k.activations.get(activation)(outputs[:, columns])
            found += 0.1 * getattr(k.losses, name)(reduction=None)(y[:, columns], made)
        return found

    return total


LOSSES = {
    "BinaryCrossentropy": compiled(jit_compile="auto"),
    "BinaryCrossentropy from logits": compiled(
        1, None, lambda k: k.losses.BinaryCrossentropy(from_logits=True)
    ),
    "BinaryCrossentropy, no sigmoid": compiled(1, "relu"),
    "BinaryCrossentropy, label_smoothing": compiled(
        1, "sigmoid", lambda k: k.losses.BinaryCrossentropy(label_smoothing=0.1)
    ),
    "BinaryCrossentropy of several": compiled(3, "sigmoid", data=MULTI_HOT, metrics=("binary_accuracy",)),
    "BinaryFocalCrossentropy": compiled(1, "sigmoid", "binary_focal_crossentropy"),
    "CategoricalCrossentropy": compiled(3, "softmax", "categorical_crossentropy", data=ONE_HOT),
    "CategoricalCrossentropy from logits": compiled(
        3,
        None,
        lambda k: k.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1),
        data=ONE_HOT,
    ),
    "CategoricalCrossentropy after a sigmoid": compiled(
        3, "sigmoid", "categorical_crossentropy", data=ONE_HOT
    ),
    "CategoricalCrossentropy, more than one class": compiled(
        3, "softmax", "categorical_crossentropy", data=MULTI_HOT
    ),
    "CategoricalCrossentropy, no softmax": compiled(3, "softplus", "categorical_crossentropy", data=ONE_HOT),
    "CategoricalFocalCrossentropy": compiled(3, "softmax", "categorical_focal_crossentropy", data=ONE_HOT),
    "SparseCategoricalCrossentropy": compiled(3, "softmax", "sparse_categorical_crossentropy", data=CLASSES),
    "SparseCategoricalCrossentropy from logits": compiled(
        3, None, lambda k: k.losses.SparseCategoricalCrossentropy(from_logits=True), data=CLASSES
    ),
    "SparseCategoricalCrossentropy after a sigmoid": compiled(
        3, "sigmoid", "sparse_categorical_crossentropy", data=CLASSES, jit_compile="auto"
    ),
    "SparseCategoricalCrossentropy, no softmax": compiled(
        3, "softplus", "sparse_categorical_crossentropy", data=CLASSES
    ),
    "SparseCategoricalCrossentropy, logits of a softmax": compiled(
        3, "softmax", lambda k: k.losses.SparseCategoricalCrossentropy(from_logits=True), data=CLASSES
    ),
    "losses that need no logits": compiled(
        11 * 3, "tanh", lambda k: _all_of(k, OF_NUMBERS), data=MANY, metrics=("mae",)
    ),
    "a sum and no mean": compiled(
        1, "sigmoid", lambda k: k.losses.BinaryCrossentropy(reduction="sum"), data=VECTORS
    ),
    "a function": compiled(
        3, None, lambda k: lambda y, p: k.ops.mean(k.ops.abs(y - p) ** 1.5, -1), data=NUMBERS
    ),
    "AUC, Precision, Recall": compiled(
        metrics=lambda k: [k.metrics.AUC(), k.metrics.Precision(), k.metrics.Recall()]
    ),
    "top k and weighted metrics": compiled(
        3,
        "softmax",
        "sparse_categorical_crossentropy",
        data=CLASSES,
        metrics=lambda k: [k.metrics.SparseTopKCategoricalAccuracy(2)],
        weighted_metrics=["accuracy"],
        fit={"class_weight": {0: 2.0, 1: 0.5}},
    ),
}
OPTIMIZERS = {
    "SGD": compiled(optimizer=lambda k: k.optimizers.SGD(0.1)),
    "SGD, Nesterov": compiled(optimizer=lambda k: k.optimizers.SGD(0.1, momentum=0.9, nesterov=True)),
    "Adam, amsgrad": compiled(optimizer=lambda k: k.optimizers.Adam(0.01, amsgrad=True)),
    "AdamW, clipnorm": compiled(optimizer=lambda k: k.optimizers.AdamW(0.01, clipnorm=0.1)),
    "Adam, clipvalue": compiled(optimizer=lambda k: k.optimizers.Adam(0.01, clipvalue=0.01)),
    "Adam, global_clipnorm": compiled(optimizer=lambda k: k.optimizers.Adam(0.01, global_clipnorm=0.1)),
    "Adam, averages": compiled(optimizer=lambda k: k.optimizers.Adam(0.01, use_ema=True, ema_momentum=0.9)),
    "RMSprop, centered": compiled(
        optimizer=lambda k: k.optimizers.RMSprop(0.01, momentum=0.5, centered=True)
    ),
    "Nadam": compiled(optimizer="nadam"),
    "Adamax": compiled(optimizer="adamax"),
    "Adagrad": compiled(optimizer=lambda k: k.optimizers.Adagrad(0.1)),
    "Adadelta": compiled(optimizer=lambda k: k.optimizers.Adadelta(1.0)),
    "Ftrl": compiled(optimizer=lambda k: k.optimizers.Ftrl(0.1)),
    "Lion": compiled(optimizer="lion"),
    "Lamb": compiled(optimizer=lambda k: k.optimizers.Lamb()),
    "ExponentialDecay": compiled(
        optimizer=lambda k: k.optimizers.Adam(k.optimizers.schedules.ExponentialDecay(0.05, 2, 0.5))
    ),
    "PiecewiseConstantDecay": compiled(
        optimizer=lambda k: k.optimizers.SGD(
            k.optimizers.schedules.PiecewiseConstantDecay([2, 4], [0.1, 0.5, 0.01])
        )
    ),
    "accumulated gradients": compiled(
        optimizer=lambda k: k.optimizers.Adam(0.01, gradient_accumulation_steps=2)
    ),
    "Muon": compiled(optimizer=lambda k: k.optimizers.Muon(0.01, weight_decay=0.1)),
    "Adafactor": compiled(optimizer=lambda k: k.optimizers.Adafactor(0.01)),
    "AdamW, no decay of biases, accumulated": compiled(optimizer=lambda k: _without_decay_of_biases(k)),
    "averages that overwrite": compiled(
        optimizer=lambda k: k.optimizers.Adam(0.01, use_ema=True, ema_overwrite_frequency=3)
    ),
    "loss_scale_factor, clipnorm": compiled(
        optimizer=lambda k: k.optimizers.SGD(0.1, loss_scale_factor=128.0, clipnorm=0.1)
    ),
    "LossScaleOptimizer": compiled(
        optimizer=lambda k: k.optimizers.LossScaleOptimizer(
            k.optimizers.Adam(0.01), initial_scale=256.0, dynamic_growth_steps=3
        )
    ),
}


def _without_decay_of_biases(k: Any) -> Any:
    optimizer = k.optimizers.AdamW(0.01, weight_decay=0.5, gradient_accumulation_steps=2)
    optimizer.exclude_from_weight_decay(var_names=["bias"])
    return optimizer


EMBEDDINGS = {
    **{
        f"Embedding, {name}": embedded(lambda k, name=name: getattr(k.optimizers, name)(0.05))
        for name in (
            "SGD",
            "Adam",
            "RMSprop",
            "Nadam",
            "Adamax",
            "Adagrad",
            "Adadelta",
            "AdamW",
            "Ftrl",
            "Lion",
        )
    },
    "Embedding, Adam, clipnorm": embedded(lambda k: k.optimizers.Adam(0.05, clipnorm=0.01)),
    "Embedding, Adam, clipvalue": embedded(lambda k: k.optimizers.Adam(0.05, clipvalue=0.001)),
    "Embedding, SGD, momentum": embedded(lambda k: k.optimizers.SGD(0.05, momentum=0.9)),
    # not centered: where a row is looked up often its variance becomes negative, and then Keras on TensorFlow
    # fails in a gather
    "Embedding, RMSprop, momentum": embedded(lambda k: k.optimizers.RMSprop(0.05, momentum=0.9)),
    "Embedding, penalty": embedded("adam", embeddings_regularizer="l2"),
    "Embedding, mask_zero, LSTM": embedded("adam", lambda k: [k.layers.LSTM(4)], mask_zero=True),
    "Embedding, mask_zero, mean": embedded("rmsprop", mask_zero=True),
    "Embedding, Flatten": embedded("nadam", lambda k: [k.layers.Flatten()]),
}

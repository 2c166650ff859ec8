"""The table: what is trained by both engines, by the name of what a row is there for."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnspec import KerasRecipe
from spec.implementation.training.models.parity_models import (
    CATEGORIES,
    CLASSES,
    EVEN,
    IMAGES,
    MANY,
    MULTI_HOT,
    NUMBERS,
    ONE_HOT,
    SERIES,
    VECTORS,
    VOLUMES,
    compiled,
    embedded,
    of_branches,
    of_model,
)


def merging(name: str, **arguments: Any) -> Any:
    return lambda k: (
        lambda x: getattr(k.layers, name)(**arguments)(
            [k.layers.Dense(6, "relu")(x), k.layers.Dense(6, "tanh")(x)]
        )
    )


def shared(k: Any) -> Any:
    layer = k.layers.Dense(8, "relu")
    return lambda x: k.layers.Add()([layer(layer(x)), x])


LAYERS = {
    "layers on vectors": of_branches(
        VECTORS,
        lambda k: [k.layers.Dense(6, "gelu")],
        lambda k: [k.layers.Dense(6, "selu", kernel_initializer="lecun_normal")],
        lambda k: [k.layers.Dense(6, "swish")],
        lambda k: [k.layers.Dense(6, "softplus"), k.layers.Dense(6, "softsign")],
        lambda k: [
            k.layers.Dense(
                6, "relu", kernel_regularizer="l2", bias_regularizer="l1", activity_regularizer="l2"
            )
        ],
        lambda k: [k.layers.Dense(6, "relu", kernel_constraint=k.constraints.MaxNorm(0.5))],
        lambda k: [
            k.layers.Dense(6, "relu", kernel_initializer="orthogonal"),
            k.layers.Dense(
                6, "relu", kernel_initializer="truncated_normal", bias_initializer="random_uniform"
            ),
        ],
        lambda k: [k.layers.EinsumDense("ab,bc->ac", 6, bias_axes="c", activation="relu")],
        lambda k: [k.layers.Dense(6, use_bias=False), k.layers.BatchNormalization(), k.layers.ReLU()],
        lambda k: [k.layers.LayerNormalization()],
        lambda k: [k.layers.UnitNormalization()],
        lambda k: [k.layers.RMSNormalization()],
        lambda k: [k.layers.GroupNormalization(2)],
        lambda k: [k.layers.Dense(6), k.layers.PReLU()],
        lambda k: [k.layers.Dense(6), k.layers.LeakyReLU()],
        lambda k: [k.layers.Dense(6), k.layers.ELU()],
        lambda k: [k.layers.Dense(6), k.layers.Softmax()],
        lambda k: [k.layers.Dense(6), k.layers.Activation("hard_sigmoid")],
        lambda k: [k.layers.Dense(6), k.layers.ActivityRegularization(l1=0.01)],
        lambda k: [k.layers.Rescaling(0.5, offset=1.0)],
        lambda k: [k.layers.Reshape((4, 2)), k.layers.Permute((2, 1)), k.layers.Dense(3)],
        lambda k: [k.layers.RepeatVector(3), k.layers.Dense(2, "relu")],
        lambda k: [k.layers.Dense(6), k.layers.Lambda(lambda x: k.ops.square(x))],
        lambda k: [k.layers.Dropout(0.0), k.layers.GaussianNoise(0.0), k.layers.AlphaDropout(0.0)],
    ),
    "layers on images": of_branches(
        IMAGES,
        lambda k: [k.layers.Conv2D(4, 3, activation="relu")],
        lambda k: [k.layers.Conv2D(4, 3, strides=2, padding="same")],
        lambda k: [k.layers.Conv2D(4, 3, dilation_rate=2, padding="same")],
        lambda k: [k.layers.Conv2D(4, (2, 3), strides=(2, 1), padding="same")],
        lambda k: [k.layers.Conv2D(4, 1)],
        lambda k: [k.layers.Conv2D(4, 3, groups=2)],
        lambda k: [k.layers.DepthwiseConv2D(3, depth_multiplier=2)],
        lambda k: [k.layers.SeparableConv2D(4, 3, padding="same")],
        lambda k: [k.layers.Conv2DTranspose(3, 3, strides=2, padding="same")],
        lambda k: [k.layers.Conv2D(4, 3, use_bias=False), k.layers.BatchNormalization()],
        lambda k: [k.layers.Conv2D(4, 3), k.layers.MaxPooling2D()],
        lambda k: [k.layers.Conv2D(4, 2), k.layers.MaxPooling2D((2, 3))],
        lambda k: [k.layers.Conv2D(4, 2), k.layers.MaxPooling2D(3, strides=1)],
        lambda k: [k.layers.Conv2D(4, 2), k.layers.AveragePooling2D((3, 2))],
        lambda k: [k.layers.Conv2D(4, 2), k.layers.MaxPooling2D(2, padding="same")],
        lambda k: [k.layers.Conv2D(4, 2), k.layers.AveragePooling2D(2, padding="same")],
        lambda k: [k.layers.Conv2D(4, 3), k.layers.GlobalMaxPooling2D()],
        lambda k: [k.layers.Conv2D(4, 3), k.layers.GlobalAveragePooling2D()],
        lambda k: [k.layers.ZeroPadding2D(2), k.layers.Conv2D(3, 3), k.layers.Cropping2D(1)],
        lambda k: [k.layers.UpSampling2D(), k.layers.Conv2D(3, 3)],
        lambda k: [k.layers.UpSampling2D(interpolation="bilinear"), k.layers.Conv2D(3, 3)],
        lambda k: [k.layers.Resizing(5, 6), k.layers.Conv2D(3, 3)],
        lambda k: [k.layers.CenterCrop(4, 4), k.layers.Conv2D(3, 3)],
        lambda k: [k.layers.Conv2D(3, 3), k.layers.SpatialDropout2D(0.0)],
    ),
    # each by the same angle or share every time
    "layers that change images": of_branches(
        IMAGES,
        lambda k: [k.layers.RandomRotation((0.1, 0.1)), k.layers.Conv2D(3, 3)],
        lambda k: [k.layers.RandomRotation((0.1, 0.1), fill_mode="constant"), k.layers.Conv2D(3, 3)],
        lambda k: [k.layers.RandomZoom((0.2, 0.2), (0.1, 0.1)), k.layers.Conv2D(3, 3)],
        lambda k: [k.layers.RandomTranslation((0.1, 0.1), (0.2, 0.2)), k.layers.Conv2D(3, 3)],
        lambda k: [k.layers.RandomBrightness((0.2, 0.2), value_range=(0, 1)), k.layers.Conv2D(3, 3)],
    ),
    "layers on series": of_branches(
        SERIES,
        lambda k: [k.layers.LSTM(5)],
        lambda k: [k.layers.LSTM(5, return_sequences=True), k.layers.LSTM(4)],
        lambda k: [k.layers.GRU(5)],
        lambda k: [k.layers.GRU(5, reset_after=False, go_backwards=True)],
        lambda k: [k.layers.SimpleRNN(5)],
        lambda k: [k.layers.Bidirectional(k.layers.GRU(4)), k.layers.LayerNormalization()],
        lambda k: [k.layers.RNN(k.layers.LSTMCell(4))],
        lambda k: [k.layers.TimeDistributed(k.layers.Dense(3, "relu"))],
        lambda k: [k.layers.Masking(), k.layers.LSTM(4)],
        lambda k: [k.layers.Conv1D(4, 3, activation="relu")],
        lambda k: [k.layers.Conv1D(4, 3, padding="causal", dilation_rate=2)],
        lambda k: [k.layers.Conv1D(4, 3, strides=2, padding="same")],
        lambda k: [k.layers.SeparableConv1D(4, 3)],
        lambda k: [k.layers.Conv1DTranspose(4, 3, strides=2)],
        lambda k: [k.layers.Conv1D(4, 2), k.layers.MaxPooling1D(2)],
        lambda k: [k.layers.Conv1D(4, 2), k.layers.AveragePooling1D(2, padding="same")],
        lambda k: [k.layers.Conv1D(4, 2), k.layers.GlobalMaxPooling1D()],
        lambda k: [k.layers.Conv1D(4, 2), k.layers.GlobalAveragePooling1D()],
        lambda k: [
            k.layers.ZeroPadding1D(1),
            k.layers.Cropping1D(1),
            k.layers.UpSampling1D(2),
            k.layers.Dense(2),
        ],
    ),
    "layers on volumes": of_branches(
        VOLUMES,
        lambda k: [k.layers.Conv3D(2, 2), k.layers.MaxPooling3D(2, padding="same")],
        lambda k: [k.layers.Conv3D(2, 1), k.layers.MaxPooling3D(2)],
    ),
    # at first all values of a pool are equal, and the gradient goes to the first of them alone
    "pools of equal values": of_branches(
        IMAGES,
        lambda k: [k.layers.Conv2D(3, 3, kernel_initializer="zeros"), k.layers.MaxPooling2D()],
        lambda k: [k.layers.Conv2D(3, 3, kernel_initializer="zeros"), k.layers.MaxPooling2D(3)],
    ),
    "layers on categories": of_branches(
        CATEGORIES,
        lambda k: [k.layers.CategoryEncoding(5, "multi_hot"), k.layers.Dense(4, "relu")],
        lambda k: [k.layers.Discretization([0.5, 2.5]), k.layers.Embedding(3, 2)],
    ),
    "layers that merge": of_branches(
        EVEN,
        *(merging(name) for name in ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum")),
        merging("Concatenate"),
        merging("Dot", axes=1),
        shared,
    ),
    "layers that attend": of_branches(
        SERIES,
        lambda k: lambda x: k.layers.MultiHeadAttention(2, 3)(x, x),
        lambda k: lambda x: k.layers.GroupQueryAttention(4, 2, 1)(x, x),
        lambda k: lambda x: k.layers.Attention()([k.layers.Dense(4)(x), k.layers.Dense(4)(x)]),
        lambda k: lambda x: k.layers.AdditiveAttention()([x, k.layers.Dense(3)(x)]),
    ),
}


def _subclassed(k: Any) -> Any:
    class Own(k.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.hidden = k.layers.Dense(6, "relu")
            self.out = k.layers.Dense(1, "sigmoid")

        def call(self, x: Any, training: bool = False) -> Any:
            return self.out(self.hidden(x))

    model = Own()
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model


def _own_layer(k: Any) -> Any:
    class Scale(k.layers.Layer):  # type: ignore[misc]
        def build(self, shape: Any) -> None:
            self.scale = self.add_weight(shape=(shape[-1],), initializer="ones", name="scale")

        def call(self, x: Any) -> Any:
            self.add_loss(0.01 * k.ops.sum(k.ops.square(self.scale)))
            return x * self.scale

    model = k.Sequential([k.Input((8,)), Scale(), k.layers.Dense(1, "sigmoid")])
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model


def _frozen(k: Any) -> Any:
    first = k.layers.Dense(6, "relu", trainable=False)
    model = k.Sequential([k.Input((8,)), first, k.layers.BatchNormalization(), k.layers.Dense(1, "sigmoid")])
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model


def _adapted(k: Any) -> Any:
    normalization = k.layers.Normalization()
    normalization.adapt(EVEN.x_train)
    model = k.Sequential([k.Input((8,)), normalization, k.layers.Dense(1, "sigmoid")])
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model


def _given_weights(k: Any) -> Any:
    model = k.Sequential([k.Input((8,)), k.layers.Dense(4, "relu"), k.layers.Dense(1, "sigmoid")])
    model.layers[0].set_weights([EVEN.x_train[:8, :4], EVEN.x_train[0, :4]])
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model


def _large(k: Any) -> Any:
    hidden = [k.layers.Dense(250, "relu"), k.layers.Dense(250, "relu")]
    model = k.Sequential([k.Input((8,)), *hidden, k.layers.Dense(1, "sigmoid")])
    model.compile(k.optimizers.SGD(0.1), "binary_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model


MODELS = {
    "a large model, whose seeds are trained in turn": of_model(_large, EVEN),
    "a subclassed model": of_model(_subclassed, VECTORS),
    "a layer of one's own that adds a loss": of_model(_own_layer, EVEN),
    "a frozen layer": of_model(_frozen, EVEN),
    "Normalization, adapted": of_model(_adapted, EVEN),
    "weights that the function sets": of_model(_given_weights, EVEN),
}
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
}
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


def _stop(k: Any) -> list[Any]:
    return [k.callbacks.EarlyStopping("loss", patience=0, min_delta=0.05, restore_best_weights=True)]


def with_callbacks(make: Any, **more: Any) -> KerasRecipe:
    def callbacks() -> list[Any]:
        import keras

        return make(keras)

    rate = more.pop("optimizer", lambda k: k.optimizers.Adam(0.05))
    return compiled(optimizer=rate, data=VECTORS, fit={"epochs": 6, "callbacks": callbacks, **more})


FIT = {
    "shuffle=False": compiled(data=VECTORS, fit={"shuffle": False}),
    "validation_split": compiled(data=VECTORS, fit={"validation_data": None, "validation_split": 0.3}),
    "class_weight": compiled(data=VECTORS, fit={"class_weight": {0: 1.0, 1: 5.0}}),
    "class_weight and validation_split": compiled(
        fit={"class_weight": {1: 3.0}, "validation_data": None, "validation_split": 0.25}
    ),
    "sample_weight": compiled(
        data=VECTORS, weighted_metrics=["accuracy"], fit={"sample_weight": np.linspace(0, 3, 40)}
    ),
    "sample_weight and validation_split": compiled(
        data=VECTORS,
        weighted_metrics=["accuracy"],
        fit={"sample_weight": np.linspace(3, 0, 40), "validation_data": None, "validation_split": 0.25},
    ),
    "initial_epoch": with_callbacks(
        lambda k: [k.callbacks.LearningRateScheduler(lambda epoch, rate: 0.1 / (1 + epoch))],
        initial_epoch=4,
    ),
    "steps_per_epoch": compiled(data=VECTORS, fit={"steps_per_epoch": 2, "epochs": 4}),
    "more steps_per_epoch than batches": compiled(data=VECTORS, fit={"steps_per_epoch": 5}),
    "one batch an epoch": compiled(data=VECTORS, fit={"batch_size": 100}),
    "a batch of one": compiled(data=VECTORS, fit={"batch_size": 1, "epochs": 1}),
    "no epochs": compiled(data=VECTORS, fit={"epochs": 0}),
    "EarlyStopping": with_callbacks(_stop),
    "EarlyStopping, start_from_epoch": with_callbacks(
        lambda k: [k.callbacks.EarlyStopping("val_loss", patience=1, start_from_epoch=2, min_delta=1.0)]
    ),
    "EarlyStopping, baseline": with_callbacks(
        lambda k: [k.callbacks.EarlyStopping("val_accuracy", baseline=2.0)]
    ),
    "ReduceLROnPlateau": with_callbacks(
        lambda k: [k.callbacks.ReduceLROnPlateau("loss", factor=0.3, patience=1, min_delta=0.02)]
    ),
    "LearningRateScheduler": with_callbacks(
        lambda k: [k.callbacks.LearningRateScheduler(lambda epoch, rate: 0.1 / (1 + epoch))]
    ),
    "TerminateOnNaN": with_callbacks(
        lambda k: [k.callbacks.TerminateOnNaN()], optimizer=lambda k: k.optimizers.SGD(1e38)
    ),
    "LambdaCallback that stops": with_callbacks(lambda k: [_Stopping(k).callback]),
}


class _Stopping:
    """Stops after the third epoch."""

    def __init__(self, k: Any) -> None:
        class Third(k.callbacks.Callback):  # type: ignore[misc]
            def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
                self.model.stop_training = epoch == 2

        self.callback = Third()


TABLE = {**LAYERS, **MODELS, **LOSSES, **OPTIMIZERS, **EMBEDDINGS, **FIT}

"""Rows of the parity table: layers, side by side in one model each."""

from __future__ import annotations

from typing import Any

from spec.implementation.training.models.parity_models import (
    CATEGORIES,
    EVEN,
    IMAGES,
    SERIES,
    VECTORS,
    VOLUMES,
    of_branches,
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

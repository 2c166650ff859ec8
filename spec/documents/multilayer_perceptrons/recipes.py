"""The networks of the document, by its own numbers: as its TensorFlow trained them, and as today's does."""

from nnspec import Adam, Dense, Digits, Dropout, FashionMNIST, Flatten, Recipe, SparseCategoricalCrossentropy

# as run: TensorFlow 2.3.1 took the logarithms of the sigmoid outputs for the logits of a softmax, so that the
# loss is -log(own output / sum of the ten outputs); it clipped the outputs at 1e-7, which is left out here
PLAIN = Recipe(
    FashionMNIST(scale=1 / 255),
    [Flatten(), Dense(128, "relu"), Dense(10, "log_sigmoid")],
    SparseCategoricalCrossentropy(from_logits=True),
    Adam(),
    epochs=50,
    validation_data="test",
)
DROPOUT = PLAIN.with_(layers=[Flatten(), Dense(128, "relu"), Dropout(0.4), Dense(10, "log_sigmoid")])

# the printed code today: Keras takes the values behind the sigmoid for the logits of a softmax
PLAIN_TODAY = PLAIN.with_(
    layers=[Flatten(), Dense(128, "relu"), Dense(10, "sigmoid")], loss="sparse_categorical_crossentropy"
)
DROPOUT_TODAY = PLAIN_TODAY.with_(layers=[Flatten(), Dense(128, "relu"), Dropout(0.4), Dense(10, "sigmoid")])
TWO_LAYERS = PLAIN_TODAY.with_(
    layers=[
        Flatten(),
        *(Dense(256, "relu"), Dropout(0.4)),
        *(Dense(64, "relu"), Dropout(0.4)),
        Dense(10, "sigmoid"),
    ]
)

# today's two networks on the digits that scikit-learn brings along, for machines without a download
DIGITS_PLAIN = PLAIN_TODAY.with_(data=Digits())
DIGITS_DROPOUT = DROPOUT_TODAY.with_(data=Digits())

AS_RUN = (
    "The loss is that of TensorFlow 2.3.1, which the document used, but for its clip of the outputs at 1e-7"
)
TODAY = "the printed code with today's Keras, whose loss takes the logits behind the sigmoid"
LOSS_OF_TODAY = "mlp-sigmoid-outputs[loss]"
"""The fact that explains where figures lie that come from another loss than the document's."""

"""A model that is saved and comes back."""

import numpy as np

from nnspec import Digits, fact, tensorflow
from spec.sources import ARTIFICIAL_NEURAL_NETWORKS


@fact("ann-save", source=ARTIFICIAL_NEURAL_NETWORKS.at("Network architecture for MNIST", "model.to_json"))
def test_architecture_and_weights_restore_the_same_model(tmp_path):
    """The architecture as JSON and the weights in a file of their own restore the model bit for bit."""
    _, keras = tensorflow()
    data = Digits(one_hot=True).arrays()
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [
            keras.Input((8, 8)),
            keras.layers.Flatten(),
            keras.layers.Dense(15, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
    model.fit(data.x_train, data.y_train, epochs=1, batch_size=128, verbose=0)
    (tmp_path / "model.json").write_text(model.to_json())
    model.save_weights(tmp_path / "model.weights.h5")

    restored = keras.models.model_from_json((tmp_path / "model.json").read_text())
    predictions = model.predict(data.x_test, verbose=0)
    assert not np.array_equal(restored.predict(data.x_test, verbose=0), predictions), "no weights yet"
    restored.load_weights(tmp_path / "model.weights.h5")
    np.testing.assert_array_equal(restored.predict(data.x_test, verbose=0), predictions)
    for found, wanted in zip(restored.get_weights(), model.get_weights(), strict=True):
        np.testing.assert_array_equal(found, wanted)

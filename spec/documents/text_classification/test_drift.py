"""What printed calls do with today's Keras."""

import numpy as np
import pytest

from nnspec import fact, tensorflow
from spec.sources import TEXT_CLASSIFICATION

CURVES = TEXT_CLASSIFICATION.at("Create a graph of accuracy and loss over time", "history_dict")


def notebook_layers(keras, activation="relu"):
    """Return the layers, without an input in front of them, as the notebook has them."""
    layers = keras.layers
    dense = layers.Dense(16, activation=activation), layers.Dense(1, activation="sigmoid")
    return [layers.Embedding(10_000, 16), layers.GlobalAveragePooling1D(), *dense]


@fact("txt-drift", part="summary", kind="drift", source=TEXT_CLASSIFICATION.at("Build the model", "summary"))
def test_a_model_that_has_seen_no_input_has_no_parameters_yet(evidence):
    """Where the notebook prints its summary the layers after the embedding are not built any more."""
    _, keras = tensorflow()
    lines = []
    model = keras.Sequential(notebook_layers(keras))
    model.summary(print_fn=lines.append)
    told = "\n".join(lines)
    assert "Total params: 0" in told
    assert "160,289" not in told
    lines.clear()
    keras.Sequential([keras.Input((None,)), *notebook_layers(keras)]).summary(print_fn=lines.append)
    assert "Total params: 160,289" in "\n".join(lines)
    evidence.drift(
        printed="model.summary() of layers without an input: 160,289 parameters",
        happens="Total params: 0, and no shapes, as no layer is built before it sees an input",
        today="keras.Input((None,)) in front, or model.build((None, 256))",
        since="Keras 3.0",
        works=True,
    )


@fact(
    "txt-drift",
    part="optimizer",
    kind="drift",
    source=TEXT_CLASSIFICATION.at("Loss function and optimizer", "tf.train.AdamOptimizer, first version"),
)
def test_the_optimizers_of_tensorflow_1_are_gone(evidence):
    """tf.train.AdamOptimizer(), with which the first version compiles, is there no longer."""
    tf, keras = tensorflow()
    assert not hasattr(tf.train, "AdamOptimizer")
    with pytest.raises(ValueError, match="optimizer"):
        keras.optimizers.get(tf.compat.v1.train.AdamOptimizer())
    assert keras.optimizers.get("adam").name == "adam"
    evidence.drift(
        printed="model.compile(optimizer=tf.train.AdamOptimizer(), …)",
        happens="AttributeError: there is no AdamOptimizer; that of tf.compat.v1 is refused by Keras",
        today='model.compile(optimizer="adam", …)',
        since="TensorFlow 2.0",
    )


@fact("txt-drift", part="accuracy", kind="drift", source=CURVES)
def test_the_history_calls_the_accuracy_what_compile_called_it(evidence):
    """The history has four entries, called acc after metrics=["acc"] and accuracy after ["accuracy"]."""
    _, keras = tensorflow()
    x, y = np.ones((8, 5)), np.arange(8) % 2
    for name in ("acc", "accuracy"):
        model = keras.Sequential(notebook_layers(keras))
        model.compile("adam", "binary_crossentropy", metrics=[name])
        history = model.fit(x, y, epochs=1, validation_data=(x, y), verbose=0).history
        assert sorted(history) == sorted(["loss", name, "val_loss", f"val_{name}"])
    evidence.drift(
        printed='metrics=["accuracy"], then history.history["acc"], as in the first version',
        happens='KeyError: "acc"; the entry is called as it was in compile',
        today='history.history["accuracy"], or metrics=["acc"] as in the later version',
        since="TensorFlow 2.0",
    )


@fact("txt-drift", part="activation", kind="drift", source=TEXT_CLASSIFICATION.at("Build the model", "relu"))
def test_an_activation_of_tensorflow_still_works_there_alone(evidence):
    """activation=tf.nn.relu still works, where Keras runs on TensorFlow."""
    tf, keras = tensorflow()
    x = np.linspace(-1, 1, 5, dtype=np.float32)
    np.testing.assert_array_equal(keras.layers.Activation(tf.nn.relu)(x), keras.layers.Activation("relu")(x))
    evidence.drift(
        printed="Dense(16, activation=tf.nn.relu)",
        happens="still works with Keras on TensorFlow, and on no other backend",
        today='Dense(16, activation="relu")',
        since="Keras 3.0",
        works=True,
    )

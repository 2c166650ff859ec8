"""What printed calls do with today's Keras."""

import numpy as np
import pytest

from nnspec import fact, tensorflow
from spec.sources import TEXT_CLASSIFICATION

CURVES = TEXT_CLASSIFICATION.at("Create a graph of accuracy and loss over time", "history_dict")


TODAY = (
    "With Adam as it is on TensorFlow today 24 seeds of the notebook's model were trained once, on "
    "2026-11-30: the median of the test accuracy was 0.877, and in no seed was the validation loss lowest in "
    "epochs 15 to 25 or did the training accuracy rise in every epoch, as it does in both printed logs. The "
    "claims train as the document's TensorFlow did."
)


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
    assert isinstance(keras.optimizers.get("adam"), keras.optimizers.Adam)
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


def first_step(keras, occurrences, regularizer):
    """Return how far Adam moves the vector of a word that occurs so often in a batch, in learning rates."""
    words = keras.layers.Embedding(2, 1, embeddings_regularizer=regularizer)
    mean = keras.layers.GlobalAveragePooling1D()
    model = keras.Sequential([keras.Input((None,)), words, mean, keras.layers.Dense(1, use_bias=False)])
    model.compile(keras.optimizers.Adam(0.001), "mean_squared_error")
    before = words.get_weights()[0]
    model.train_on_batch(np.ones((1, occurrences)), np.full((1, 1), 5.0))
    return float(np.abs(words.get_weights()[0] - before)[1, 0] / 0.001)


@fact(
    "txt-drift",
    part="adam",
    kind="drift",
    source=TEXT_CLASSIFICATION.at("Loss function and optimizer", "adam, of an embedding"),
)
def test_adam_moves_the_vectors_of_frequent_words_farther_than_it_did(evidence):
    """On TensorFlow Adam's first step for a word that occurs n times in a batch is √n times the rate."""
    _, keras = tensorflow()
    for times in (1, 4, 9):
        assert first_step(keras, times, None) == pytest.approx(np.sqrt(times), rel=1e-2)
        # with a penalty, even one of nothing, gradients are added up first, and the step is the rate
        assert first_step(keras, times, keras.regularizers.L2(0.0)) == pytest.approx(1.0, rel=1e-2)
    evidence.drift(
        printed='optimizer="adam" for a model with an Embedding',
        happens="squares the gradient of each place where a word stands, where Adam squares their sum",
        today="Embedding(…, embeddings_regularizer=keras.regularizers.L2(0.0)), or Keras on JAX",
        since="Keras 3.0",
        works=True,
    )
    evidence.note(TODAY)

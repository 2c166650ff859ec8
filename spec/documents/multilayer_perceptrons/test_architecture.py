"""The network as it is built: its parameters, its sigmoid outputs under the sparse loss, and its dropout."""

import numpy as np

from nnspec import Dense, Flatten, SparseCategoricalCrossentropy, fact, tensorflow
from nnspec.textbook import forward, log_sigmoid, loss_and_derivative, sigmoid, softmax
from spec.documents.multilayer_perceptrons.recipes import DIGITS_PLAIN, DROPOUT_TODAY, PLAIN, PLAIN_TODAY
from spec.sources import MULTILAYER_PERCEPTRONS

BUILD = MULTILAYER_PERCEPTRONS.at("1. Build the network architecture")
COMPILE = MULTILAYER_PERCEPTRONS.at("2. Compile the model", "loss")


@fact("mlp-parameters", source=BUILD)
def test_a_layer_has_as_many_parameters_as_inputs_times_units_and_units():
    """With P inputs and N units a layer has P·N + N parameters: 100,480 and 1,290, together 101,770."""
    _, keras = tensorflow()
    hidden, output = (layer for layer in PLAIN_TODAY.layers if isinstance(layer, Dense))
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for layer in (hidden, output):
        model.add(keras.layers.Dense(layer.units, activation=layer.activation))
    counts = [layer.count_params() for layer in model.layers]
    assert counts == [0, 784 * hidden.units + hidden.units, hidden.units * output.units + output.units]
    assert counts == [0, 100_480, 1_290]
    assert model.count_params() == 101_770


@fact("mlp-steps", source=MULTILAYER_PERCEPTRONS.at("3. Train the model", "batch size"))
def test_an_epoch_takes_a_step_for_every_batch():
    """With 60,000 training images and a batch size of 32 an epoch takes 1875 steps."""
    _, keras = tensorflow()
    steps = []

    class Counting(keras.callbacks.Callback):
        """Notes how many steps Keras plans, and ends the training after one of them."""

        def on_epoch_begin(self, epoch, logs=None):
            steps.append(self.params["steps"])

        def on_train_batch_end(self, batch, logs=None):
            self.model.stop_training = True

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(optimizer="sgd", loss="mse")
    x = np.zeros((60_000, 1), np.float32)
    model.fit(x, x, epochs=1, batch_size=PLAIN_TODAY.batch_size, verbose=0, callbacks=[Counting()])
    assert steps == [60_000 // 32] == [1875]


@fact("mlp-sigmoid-outputs", source=BUILD)
def test_sigmoid_outputs_do_not_sum_to_one_and_the_largest_still_tells_the_class(trained):
    """Sigmoid outputs lie in 0 … 1 each and do not sum to 1; the largest of them still tells the class."""
    runs = trained(DIGITS_PLAIN, range(64))
    data = DIGITS_PLAIN.data.arrays()
    outputs = runs.predict(data.x_test)
    assert outputs.min() >= 0
    assert outputs.max() <= 1
    # a network with a softmax would have none of these; a hundredth is far beyond round-off
    assert (np.abs(outputs.sum(axis=-1) - 1) > 0.01).mean() > 0.9
    accuracy = (outputs.argmax(axis=-1) == data.y_test).mean(axis=1)
    # float32 outputs that are both rounded to 1 may tie differently; one of 360 images is 0.0028
    np.testing.assert_allclose(accuracy, runs.test_accuracy, atol=0.0028)
    assert np.median(accuracy) > 0.8


@fact("mlp-sigmoid-outputs", part="loss", source=COMPILE)
def test_the_sparse_loss_makes_probabilities_of_sigmoid_outputs(trained, evidence):
    """The sparse loss once divided sigmoid outputs by their sum; today it takes a softmax in their place."""
    _, keras = tensorflow()
    generator = np.random.default_rng(0)
    x = generator.normal(size=(300, 7)).astype(np.float32)
    labels = generator.integers(0, 10, size=300)
    model = keras.Sequential([keras.Input((7,)), keras.layers.Dense(10, activation="sigmoid")])
    model.compile(optimizer="adam", loss=keras.losses.SparseCategoricalCrossentropy())
    kernel, bias = model.get_weights()
    logits = x @ kernel + bias
    of_true = np.arange(300), labels
    shares = sigmoid(logits) / sigmoid(logits).sum(axis=1, keepdims=True)
    # outputs that come from elsewhere are still divided by their sum, as all were in TensorFlow 2.3.1
    handed_over = float(keras.losses.SparseCategoricalCrossentropy()(labels, model.predict(x, verbose=0)))
    # float32 round-off of a logarithm and a mean
    np.testing.assert_allclose(handed_over, -np.log(shares[of_true]).mean(), rtol=1e-5)
    from_logits = SparseCategoricalCrossentropy(from_logits=True)
    as_run, _ = loss_and_derivative(from_logits, labels, log_sigmoid(logits))
    np.testing.assert_allclose(as_run, handed_over, rtol=1e-5)
    evaluated = model.evaluate(x, labels, verbose=0)
    np.testing.assert_allclose(evaluated, -np.log(softmax(logits)[of_true]).mean(), rtol=1e-5)
    assert abs(evaluated - handed_over) > 0.01
    few = DIGITS_PLAIN.with_epochs(3)
    linear = few.with_output_activation("linear").with_(loss=from_logits)
    for ours, same in zip(trained(few, range(2)).weights, trained(linear, range(2)).weights, strict=True):
        # the same steps of Adam, each rounded a little differently
        np.testing.assert_allclose(ours, same, rtol=1e-2, atol=1e-3)
    assert isinstance(PLAIN.loss, SparseCategoricalCrossentropy)
    assert PLAIN.loss.from_logits
    assert PLAIN.layers[-1] == Dense(10, "log_sigmoid")
    evidence.note(
        "TensorFlow 2.3.1, which the document used, looked for a softmax before this loss and for nothing "
        "else: it took the logarithms of the sigmoid outputs, clipped at 1e-7, for the logits of a softmax. "
        "So, but for the clip, the loss was -log(own output / sum of the ten), which is that of log-sigmoid "
        "outputs from logits, and the networks are trained so here. "
        f"Keras {keras.__version__} finds the values before "
        "the sigmoid on the model's own outputs and takes their softmax: fit and evaluate treat the network "
        f"as if its last activation were a softmax. On these weights evaluate gives {evaluated:.4f}; the "
        f"loss of 2.3.1 is {as_run:.4f}."
    )


@fact("mlp-dropout-inference", source=MULTILAYER_PERCEPTRONS.at("4. Regularise and re-train", "Dropout"))
def test_dropout_acts_in_training_only_and_preserves_the_mean():
    """Dropout acts in training only, and scales what it keeps so that the mean stays the same."""
    _, keras = tensorflow()
    rate = 0.4
    layer = keras.layers.Dropout(rate, seed=0)
    ones = np.ones((1000, 100), np.float32)
    np.testing.assert_array_equal(layer(ones, training=False), ones)
    dropped = np.asarray(layer(ones, training=True))
    np.testing.assert_allclose(np.unique(dropped), [0, 1 / (1 - rate)], rtol=1e-6)
    # of 100,000 units the share that is dropped deviates by 0.00155, the mean by 0.00258
    assert abs((dropped == 0).mean() - rate) < 5 * 0.00155
    assert abs(dropped.mean() - 1) < 5 * 0.00258
    generator = np.random.default_rng(0)
    shapes = [(1, 784, 128), (1, 128), (1, 128, 10), (1, 10)]
    weights = [generator.normal(size=shape).astype(np.float32) * 0.05 for shape in shapes]
    x = generator.uniform(size=(20, 28, 28)).astype(np.float32)
    with_dropout = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    for unit in (
        keras.layers.Dense(128, "relu"),
        keras.layers.Dropout(rate),
        keras.layers.Dense(10, "sigmoid"),
    ):
        with_dropout.add(unit)
    with_dropout.set_weights([w[0] for w in weights])
    predicted = with_dropout.predict(x, verbose=0)
    np.testing.assert_array_equal(with_dropout.predict(x, verbose=0), predicted)
    for layers in (DROPOUT_TODAY.layers, [Flatten(), *PLAIN_TODAY.layers[1:]]):
        np.testing.assert_allclose(forward(layers, weights, x)[0], predicted, rtol=1e-4, atol=1e-6)

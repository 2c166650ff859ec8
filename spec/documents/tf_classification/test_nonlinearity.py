"""The missing piece: ReLU inside, sigmoid at the end, and what each of them is good for."""

import numpy as np

from nnspec import Adam, Dense, Recipe, claim, fact, tensorflow
from nnspec.plots import decision_boundary, history
from spec.documents.tf_classification.recipes import CIRCLES, GUESSING, GUESSING_BECAUSE, MODEL_6, MODEL_7
from spec.readings import RELIABLY, RELIABLY_BECAUSE
from spec.sources import TF_CLASSIFICATION

NON_LINEARITY = "The missing piece: Non-linearity"
HALF_THE_DIFFERENCE = 0.25
HALF_BECAUSE = "the document shows 0.99 against 0.5; read as at least half of that difference"


@claim(
    "tfc-relu-without-sigmoid",
    source=TF_CLASSIFICATION.at(NON_LINEARITY, "model_6"),
    recipe=MODEL_6,
    counterfactual=MODEL_7,
    share=RELIABLY,
    because=f"flat: first and last loss within 0.01; {GUESSING_BECAUSE}; {RELIABLY_BECAUSE}",
    documented={"accuracy": 0.5, "loss": 7.7125},
    picture=history,
    verdict="refuted",
    measured="55 of 256 seeds; median |accuracy - 0.5| 0.1535",
)
def test_two_relu_layers_without_an_output_activation_stay_at_guessing(runs):
    """Two ReLU layers of four without an output activation stay at guessing, and the loss does not move."""
    flat = abs(runs.epoch("loss", -1) - runs.epoch("loss", 1)) <= 0.01
    return (abs(runs.accuracy - 0.5) <= GUESSING) & flat


@fact(
    "tfc-relu-without-sigmoid-why", source=TF_CLASSIFICATION.at(NON_LINEARITY, "model_6"), kind="fact + drift"
)
def test_a_clipped_loss_has_no_gradient_where_every_raw_output_is_negative(evidence):
    """Raw outputs at or below 0 are clipped, so the loss is constant, its gradient zero and nothing moves."""
    tf, keras = tensorflow()
    labels = tf.constant(CIRCLES.arrays().y_train[:, None], tf.float32)
    outputs = tf.Variable(tf.random.stateless_uniform(labels.shape, seed=(1, 2), minval=-3.0, maxval=0.0))
    with tf.GradientTape() as tape:
        loss = keras.losses.BinaryCrossentropy()(labels, outputs)
    assert np.abs(tape.gradient(loss, outputs).numpy()).max() == 0.0
    epsilon = keras.config.epsilon()
    # half of the labels are 1 and cost -ln(epsilon) each, the others next to nothing
    np.testing.assert_allclose(loss.numpy(), -np.log(epsilon) / 2, rtol=1e-5)
    # TensorFlow 2.7 added epsilon once more inside the logarithm
    np.testing.assert_allclose(-np.log(2 * epsilon) / 2, 7.7125, atol=5e-5)
    inside = tf.Variable(tf.fill(labels.shape, 0.25))
    with tf.GradientTape() as tape:
        loss_inside = keras.losses.BinaryCrossentropy()(labels, inside)
    assert np.abs(tape.gradient(loss_inside, inside).numpy()).min() > 0.0
    evidence.drift(
        printed="BinaryCrossentropy on raw outputs at or below 0: 7.7125, which is -ln(2e-7) / 2",
        happens=f"{loss.numpy():.4f}, which is -ln(1e-7) / 2: no seed can give the printed constant",
        today="BinaryCrossentropy(from_logits=True), or a sigmoid in the last layer",
    )


@claim(
    "tfc-relu-sigmoid",
    source=TF_CLASSIFICATION.at(NON_LINEARITY, "model_7"),
    recipe=MODEL_7,
    counterfactual=MODEL_7.with_hidden_activations("linear"),
    share=RELIABLY,
    because="'almost perfectly' and 0.9910 read as an accuracy of at least 0.98; " + RELIABLY_BECAUSE,
    documented={"accuracy": 0.9910, "loss": 0.2948},
    picture=decision_boundary,
    verdict="refuted",
    measured="57 of 256 seeds; median accuracy 0.893",
)
def test_two_relu_layers_and_a_sigmoid_separate_the_circles(runs):
    """Two ReLU layers of four units and a sigmoid output separate the circles almost perfectly."""
    return runs.accuracy >= 0.98


TRAINED_WELL = Recipe(
    CIRCLES,
    [Dense(16, "relu"), Dense(16, "relu"), Dense(1, "sigmoid")],
    "binary_crossentropy",
    Adam(0.01),
    epochs=100,
)


@claim(
    "tfc-relu-sigmoid-attainable",
    source=TF_CLASSIFICATION.at("Improving a model", "more units, another learning rate, more epochs"),
    recipe=TRAINED_WELL,
    counterfactual=MODEL_7,
    share=RELIABLY,
    because="the same bar as for model_7; the recipe is ours: 16-16-1, Adam(0.01), 100 epochs, all means "
    "that the document names; " + RELIABLY_BECAUSE,
    picture=decision_boundary,
    verdict="holds",
    measured="316 of 320 seeds; median accuracy 1",
)
def test_more_units_and_a_better_learning_rate_separate_the_circles_dependably(runs):
    """With more units and the better learning rate this kind of model separates the circles dependably."""
    return runs.accuracy >= 0.98


@claim(
    "tfc-nonlinear-beats-linear",
    source=TF_CLASSIFICATION.at(NON_LINEARITY, "model_7"),
    recipe={"relu": MODEL_7, "linear": MODEL_7.with_hidden_activations("linear")},
    counterfactual={"relu": MODEL_7.with_hidden_activations("linear")},
    share=RELIABLY,
    because=f"{HALF_BECAUSE}; {RELIABLY_BECAUSE}",
    verdict="undecided",
    measured="436 of 512 seeds; median difference 0.402; --budget full: refuted, 751 of 896",
)
def test_non_linear_activations_make_the_difference(relu, linear):
    """Non-linear activations in the hidden layers are what makes the difference."""
    return relu.accuracy - linear.accuracy >= HALF_THE_DIFFERENCE


@claim(
    "tfc-sigmoid-output-helps",
    source=TF_CLASSIFICATION.at(NON_LINEARITY, "model_6 and model_7"),
    recipe={"sigmoid": MODEL_7, "raw": MODEL_6},
    counterfactual={"sigmoid": MODEL_6},
    share=RELIABLY,
    because=f"{HALF_BECAUSE}; {RELIABLY_BECAUSE}",
    verdict="refuted",
    measured="26 of 64 seeds; median accuracy of sigmoid - accuracy of raw 0.2095",
)
def test_the_sigmoid_output_rescues_the_network(sigmoid, raw):
    """Adding a sigmoid to the output is what rescues the network of two ReLU layers."""
    return sigmoid.accuracy - raw.accuracy >= HALF_THE_DIFFERENCE

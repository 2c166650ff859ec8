"""The document's exercises that need no download, with the recipes that solve them."""

import numpy as np

from nnspec import Adam, Dense, Moons, Recipe, claim, fact, tensorflow
from nnspec.plots import decision_boundary
from nnspec.textbook import softmax
from spec.documents.tf_classification.recipes import CIRCLES, MODEL_8, TASK
from spec.sources import TF_CLASSIFICATION

PLAYGROUND = Recipe(
    CIRCLES,
    [*[Dense(4, "relu")] * 5, Dense(1, "sigmoid")],
    "binary_crossentropy",
    Adam(),
    epochs=100,
)
MOONS = MODEL_8.with_(data=Moons(n_samples=1000, noise=0.1, random_state=42, train_size=800))


@claim(
    "tfc-ex-playground",
    in_short="Five hidden layers beat guessing",
    source=TF_CLASSIFICATION.at("Exercises", "2"),
    says="Exercise: replicate the pictured network with five hidden layers, compile it and look at its "
    "summary.",
    recipe=PLAYGROUND,
    counterfactual=PLAYGROUND.with_learning_rate(0.0),
    without="learning (a rate of 0)",
    because="trains is better than guessing, with more than 547 of 1000 right; widths and activations are "
    "only in the picture, here four ReLU units as in the other models",
    picture=decision_boundary,
    verdict="holds",
    measured="108 of 128 seeds; median accuracy 0.99",
    beyond="the exercise asks to build it and claims nothing; that it trains is ours",
)
def test_the_network_with_five_hidden_layers_trains_on_the_circles(runs):
    """A network with five hidden layers gets at least 548 of the 1000 points right: better than guessing."""
    return runs.accuracy >= 548 / 1000


@claim(
    "tfc-ex-moons",
    in_short="Accuracy on moons exceeds 85 %",
    source=TF_CLASSIFICATION.at("Exercises", "3"),
    says="Exercise: make moons and build a model that fits them with an accuracy of over 85 %.",
    recipe=MOONS,
    counterfactual=MOONS.with_learning_rate(0.0),
    without="learning (a rate of 0)",
    because="the recipe is ours: model_8 on 1000 moons with noise 0.1, measured on the 200 of the test part",
    picture=decision_boundary,
    verdict="holds",
    measured="63 of 64 seeds; median test accuracy 0.9025",
    beyond=TASK,
)
def test_a_model_fits_the_moons_at_over_85_percent(runs):
    """More than 170 of the 200 test points are right: over 85 %."""
    return runs.test_accuracy > 170 / 200


@fact("tfc-ex-softmax", source=TF_CLASSIFICATION.at("Exercises", "5"))
def test_softmax_by_hand_equals_that_of_the_library():
    """Softmax written by hand equals the library's, for large inputs too."""
    tf, _ = tensorflow()
    generator = np.random.default_rng(0)
    for scale in (1.0, 10.0, 1000.0, 1e30):
        x = (generator.normal(size=(50, 7)) * scale).astype(np.float32)
        # float32 round-off of one exponential and one sum of seven terms
        np.testing.assert_allclose(softmax(x), tf.nn.softmax(x).numpy(), rtol=2e-6, atol=1e-7)
        np.testing.assert_allclose(softmax(x).sum(axis=-1), 1, rtol=1e-6)

"""The document's pictures: images with labels, the curves of both networks, images classified wrongly."""

import numpy as np

from nnspec import FASHION_CLASSES, fact
from nnspec.plots import WRONG, history, images, one_seed, wrong_predictions
from spec.documents.multilayer_perceptrons.recipes import DROPOUT, PLAIN
from spec.sources import MULTILAYER_PERCEPTRONS

NAMES = [f"{number}: {name}" for number, name in enumerate(FASHION_CLASSES)]


@fact("mlp-pictures", part="images", source=MULTILAYER_PERCEPTRONS.at("The dataset"), kind="picture")
def test_random_images_are_drawn_with_their_labels(evidence):
    """Thirty-two random training images in a grid, each under its label."""
    data = PLAIN.data.arrays()
    chosen = np.random.default_rng(42).choice(len(data.x_train), 32, replace=False)
    figure = images(data.x_train[chosen], data.y_train[chosen], NAMES, columns=8)
    assert len(figure.axes) == 32
    for axes, label in zip(figure.axes, data.y_train[chosen], strict=True):
        assert len(axes.images) == 1
        assert axes.get_title().replace("\n", " ") == NAMES[label]
    evidence.picture("Random images with their labels", figure)


@fact(
    "mlp-pictures",
    part="curves",
    source=MULTILAYER_PERCEPTRONS.at("4. Regularise and re-train", "accuracy and loss"),
    kind="picture",
)
def test_the_curves_of_both_networks_are_drawn_in_one_picture(trained, evidence):
    """Accuracy and loss on training and test part over the epochs, with and without dropout together."""
    arms = {"dropout": trained(DROPOUT, range(8)), "no dropout": trained(PLAIN, range(8))}
    figure = history(arms, names=("accuracy", "loss"))
    assert [axes.get_ylabel() for axes in figure.axes] == ["accuracy", "loss"]
    for axes in figure.axes:
        assert axes.get_xlabel() == "epoch"
        labels = [str(line.get_label()) for line in axes.lines]
        for arm in arms:
            assert any(label.startswith(f"{arm}: median of") for label in labels)
            assert f"{arm}: median, validation" in labels
        assert all(len(line.get_xdata()) == 50 for line in axes.lines)
    evidence.picture("Accuracy and loss with and without dropout", figure)


@fact("mlp-pictures", part="wrong", source=MULTILAYER_PERCEPTRONS.at("5. Make predictions"), kind="picture")
def test_wrong_predictions_are_drawn_with_true_and_predicted_label(trained, evidence):
    """Thirty-two images that are classified wrongly, in a grid, under their predicted and true labels."""
    runs, _ = one_seed(trained(DROPOUT, range(8)), None)
    data = DROPOUT.data.arrays()
    predicted = runs.predict(data.x_test)[0].argmax(axis=1)
    shown = np.flatnonzero(predicted != data.y_test)[:32]
    figure = wrong_predictions(data.x_test, data.y_test, predicted, NAMES, count=32)
    assert len(figure.axes) == len(shown) == 32
    for axes, example in zip(figure.axes, shown, strict=True):
        title = axes.get_title().replace("\n", " ")
        assert NAMES[predicted[example]] in title
        assert NAMES[data.y_test[example]] in title
        assert axes.title.get_color() == WRONG
    evidence.picture("Images that the network with dropout classifies wrongly", figure)

"""The curves of loss and accuracy for training and validation part."""

import numpy as np

from nnspec import fact
from nnspec.plots import history
from spec.documents.artificial_neural_networks.text_recipes import LARGE, PENALISED, SMALL, TUNED
from spec.sources import ARTIFICIAL_NEURAL_NETWORKS

NETWORKS = {
    "two layers of sixteen": LARGE,
    "two layers of eight": SMALL,
    "with a penalty": PENALISED,
    "with penalty and dropout": TUNED,
}


@fact(
    "ann-curves", kind="picture", source=ARTIFICIAL_NEURAL_NETWORKS.at("Environment setup", "plot_loss_acc")
)
def test_loss_and_accuracy_are_drawn_with_their_final_values(trained, evidence):
    """Loss and accuracy of training and validation part over the epochs, final values in the titles."""
    for name, recipe in NETWORKS.items():
        runs = trained(recipe, range(8))
        figure = history(runs)
        for axes, metric in zip(figure.axes, ("loss", "accuracy"), strict=True):
            assert (axes.get_xlabel(), axes.get_ylabel()) == ("epoch", metric)
            training, validation = (np.median(runs.history[n], axis=0) for n in (metric, f"val_{metric}"))
            drawn = [line.get_ydata() for line in axes.lines]
            for median in (training, validation):
                assert any(np.allclose(median, line, rtol=1e-6) for line in drawn)
            assert f"training {training[-1]:.3g}" in axes.get_title()
            assert f"validation {validation[-1]:.3g}" in axes.get_title()
        evidence.picture(f"Film reviews, {name}", figure)

"""What is no training by an optimizer: the perceptron's rule, and a single step of gradient descent."""

import itertools
from dataclasses import dataclass, replace

import numpy as np

from nnspec import Dataset, Dense, Experiment, Loss
from nnspec.textbook import fit_perceptrons, glorot_uniform, gradients, total_loss, update_bound
from spec.documents.artificial_neural_networks.datasets import SeparatedPoints


@dataclass(frozen=True)
class PerceptronRule(Experiment):
    """Rosenblatt's rule on data of two classes, from normal initial weights with this deviation.

    Separated points are drawn anew for every seed, with another line; other data are the same.
    """

    data: Dataset
    passes: int
    initial_deviation: float = 1.0

    def outcomes(self, seeds):
        """Return the examples on the wrong side at the end and in the best pass, and the updates.

        "bound" is (R/γ)² where the points are separated ones, and 0 where there is none.
        """
        separable = isinstance(self.data, SeparatedPoints)
        drawn = [replace(self.data, random_state=seed) for seed in seeds] if separable else [self.data]
        pairs = [(arrays.x_train, arrays.y_train) for arrays in (data.arrays() for data in drawn)]
        trained = fit_perceptrons(
            pairs, seeds=seeds, passes=self.passes, initial_deviation=self.initial_deviation
        )
        return [
            {
                "errors": float((one.predict(x) != y).sum()),
                "errors_in_the_best_pass": float(min(one.errors_per_pass)),
                "updates": float(one.updates),
                "bound": update_bound(x, y) if separable else 0.0,
            }
            for one, (x, y) in zip(trained, pairs if separable else pairs * len(seeds), strict=True)
        ]


@dataclass(frozen=True)
class GradientStep(Experiment):
    """One step of `step` times minus the gradient over all of the data, from Glorot's initial weights."""

    data: Dataset
    layers: tuple[Dense, ...]
    loss: Loss
    step: float

    def outcome(self, seed):
        """Return by how much the loss falls."""
        arrays, rng = self.data.arrays(), np.random.default_rng(seed)
        widths = [arrays.x_train.shape[1], *(layer.units for layer in self.layers)]
        weights = []
        for inputs, units in itertools.pairwise(widths):
            weights += [glorot_uniform(inputs, units, rng=rng), np.zeros(units)]
        problem = (arrays.x_train, arrays.y_train, self.loss)
        slopes = gradients(self.layers, weights, *problem)
        moved = [w - self.step * slope for w, slope in zip(weights, slopes, strict=True)]
        before, after = (total_loss(self.layers, w, *problem) for w in (weights, moved))
        return {"fall": before - after}

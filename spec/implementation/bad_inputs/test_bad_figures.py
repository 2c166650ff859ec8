"""Wrong figures: what a plot is told of shapes, classes, seeds, arms and names that do not fit together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from nnspec import Adam, Circles, Dense, Recipe, StraightLine, plots
from nnspec.plots import model_graph
from nnspec.recipes.layers import Layer
from nnspec.runs.runs import Runs
from nnspec.studies.calibration import record as calibration_record
from nnspec.studies.calibration.figure import calibration
from spec.folders import BASELINES
from spec.implementation.bad_inputs.cases import Case, refused, table
from spec.implementation.plots.plane_samples import classifier, corners

ANY: Any = None
NAMES = ["T-shirt/top", "Trouser", "Pullover"]
PIXELS = np.arange(7 * 4 * 3).reshape(7, 4, 3)
LABELS = np.array([0, 1, 2, 0, 1, 2, 0])
SHARES = np.array([0.99, 0.5, 0.62, 1.0, 0.4, 0.7, 0.8])
CENTERS = [[-5.0, 2.0], [1.0, -2.0], [5.0, 2.0]]
BLOCKS = [one for one in calibration_record.read(BASELINES / "calibration.json") if one.at_a_time > 1]
TWO = np.zeros((2, 2))


@dataclass(frozen=True)
class Unknown(Layer):
    """A layer that no figure knows."""


def images(**changes: Any) -> Callable[[], Any]:
    given = {"images": PIXELS, "labels": LABELS, "class_names": NAMES, "predictions": LABELS}
    arguments: dict[str, Any] = {**given, "probabilities": SHARES, **changes}
    return lambda: plots.images(**arguments)


def line(data: Any = None, outputs: int = 1) -> Runs:
    """Return three seeds of lines, or of as many outputs."""
    recipe = Recipe(data or StraightLine(), [Dense(outputs)], "mae", Adam(0.01), 5, metrics=())
    weights = np.ones((3, 1, outputs), np.float32), np.zeros((3, outputs), np.float32)
    return Runs(recipe, np.array([10, 11, 12]), {}, {"loss": np.arange(3, dtype=np.float32)}, weights)


def traced() -> Runs:
    curves = {name: np.ones((3, 5), np.float32) for name in ("loss", "accuracy")}
    return replace(classifier(), history=curves)


def diverged() -> Runs:
    runs = classifier()
    runs.weights[1][:] = np.nan
    return runs


FIGURES: list[Case] = [
    (images(images=PIXELS[0]), "images.shape=(4, 3)", "one image alone is image[None]"),
    (images(images=PIXELS[:0]), "images.shape=(0, 4, 3)", ""),
    (images(labels=LABELS[:3]), "labels.shape=(3,)", "(7,)"),
    (images(labels=LABELS / 2), "labels.dtype='float64'", "class numbers"),
    (images(labels=LABELS + 1), "labels=3", "class numbers from 0 to 2"),
    (images(labels=LABELS - 1), "labels=-1", ""),
    (images(predictions=np.zeros((7, 3))), "predictions.shape=(7, 3)", "nnspec.textbook.labels()"),
    (images(probabilities=SHARES[:2]), "probabilities.shape=(2,)", ""),
    (images(probabilities=SHARES * 100), "", "probabilities between 0 and 1"),
    (images(probabilities=SHARES * np.nan), "probabilities=nan", ""),
    (images(predictions=None), "predictions=None", "the predicted classes"),
    (images(columns=0), "columns=0", ""),
    (lambda: plots.wrong_predictions(PIXELS, LABELS, LABELS), "predictions='7 right ones'", "at least one wrong"),
    (lambda: plots.misclassified_pairs(np.ones((3, 3)), NAMES), "confusions.shape=(3, 3)", ""),
    (lambda: plots.misclassified_pairs(np.ones((2, 3, 4)), NAMES), "confusions.shape=(2, 3, 4)", ""),
    (lambda: plots.misclassified_pairs(np.ones((2, 3, 3)), NAMES[:2]), "", "a name for each of the 3 classes"),
    (lambda: plots.misclassified_pairs(np.ones((2, 1, 1)), NAMES[:1]), "", "at least 2"),
    (lambda: plots.blobs(np.zeros((2, 3)), [0, 1], CENTERS, 1.0), "x.shape=(2, 3)", "two inputs"),
    (lambda: plots.blobs(TWO, [0], CENTERS, 1.0), "y=", "one class number for each of the 2 examples"),
    (lambda: plots.blobs(TWO, [0, 0.5], CENTERS, 1.0), "y='float64 (2,)'", ""),
    (lambda: plots.blobs(TWO, [0, 3], CENTERS, 1.0), "y=3", "classes 0 to 2"),
    (lambda: plots.blobs(TWO, [0, 1], [1.0, 2.0], 1.0), "centers.shape=(2,)", ""),
    (lambda: plots.blobs(TWO, [0, 1], CENTERS, -1.0), "cluster_std=-1.0", ""),
    (lambda: plots.blobs(TWO, [0, 1], CENTERS, [1.0, 2.0]), "", "one for each of the 3 centers"),
    (lambda: model_graph([], (2,)), "", "at least one layer"),
    (lambda: model_graph([Dense(1)], ()), "", "the shape of one example"),
    (lambda: model_graph([Dense(1)], (0,)), "input_shape=0", ""),
    (lambda: model_graph([Dense(1)], (ANY, 2)), "input_shape=None", ""),
    (lambda: model_graph([Unknown()], (2,)), "layers='Unknown'", ""),
    (lambda: plots.regression(classifier(Circles(60, train_size=40))), "x_train.shape=(40, 2)", "one input"),
    (lambda: plots.decision_boundary(classifier(StraightLine())), "x_train.shape=(150, 1)", "two inputs"),
    (lambda: plots.decision_boundary(classifier(), seed=3), "seed=3", "one of the 3 seeds 10, 11, 12"),
    (lambda: plots.decision_boundary(diverged()), "runs='3 diverged seeds'", ""),
    (lambda: plots.history(traced(), ["acuracy"]), "names='acuracy'", "did you mean 'accuracy'"),
    (lambda: plots.history({}, ["loss"]), "", "at least one arm and one name"),
    (lambda: plots.history(traced(), []), "", "at least one arm and one name"),
    (lambda: plots.sweep(traced()), "learning_rates=None", "with_learning_rates"),
    (lambda: plots.probability_contours({}), "", "at least one arm"),
    (lambda: plots.decision_boundaries({}), "", "at least one arm"),
    (lambda: plots.probability_contours({"a": classifier(StraightLine())}), "x_train.shape=(150, 1)", "two inputs"),
    (lambda: plots.decision_boundaries({"a": classifier(StraightLine())}), "x_train.shape=(150, 1)", "two inputs"),
    (lambda: plots.probability_contours(classifier(activation="linear")), "", "decision_boundary()"),
    (lambda: plots.probability_contours(corners()), "", "one sigmoid unit"),
    (lambda: plots.unit_functions(classifier()), "", "a hidden layer in front of the output"),
    (lambda: plots.output_units_over_hidden(classifier()), "", "a hidden layer in front of the output"),
    (lambda: plots.function_fits({"one": line(), "other": line(StraightLine(100))}), "arms='other'", "that approximate"),
    (lambda: plots.function_fits({"circles": classifier(Circles(60, train_size=40))}), "x_train.shape=(40, 2)", "one input"),
    (lambda: plots.function_fits({"two": line(outputs=2)}), "outputs=2", "one output"),
    (lambda: plots.function_fits({}), "", "at least one arm"),
    (lambda: calibration(BLOCKS), "", "at least one with one seed at a time"),
]  # fmt: skip


@table(FIGURES)
def test_what_cannot_be_drawn_is_refused(call: Callable[[], Any], received: str, expected: str) -> None:
    refused(call, received, expected)

"""Figures of results: they take runs, rates or labels, never train, and return matplotlib figures."""

from nnspec.plots.activation_curves import activation_curves
from nnspec.plots.blobs import blobs
from nnspec.plots.confusion import confusion, misclassified_pairs
from nnspec.plots.decision_boundary import decision_boundaries, decision_boundary
from nnspec.plots.history import history
from nnspec.plots.images import RIGHT, WRONG, images, wrong_predictions
from nnspec.plots.model_graph import model_graph
from nnspec.plots.one_input import function_fits, regression
from nnspec.plots.picture_file import picture_file
from nnspec.plots.probability_contours import probability_contours
from nnspec.plots.seeds import one_seed
from nnspec.plots.sweep import sweep
from nnspec.plots.units import output_units_over_hidden, unit_functions

__all__ = [
    "RIGHT",
    "WRONG",
    "activation_curves",
    "blobs",
    "confusion",
    "decision_boundaries",
    "decision_boundary",
    "function_fits",
    "history",
    "images",
    "misclassified_pairs",
    "model_graph",
    "one_seed",
    "output_units_over_hidden",
    "picture_file",
    "probability_contours",
    "regression",
    "sweep",
    "unit_functions",
    "wrong_predictions",
]

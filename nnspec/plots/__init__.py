"""Figures of results: they take runs, rates or labels, never train, and return matplotlib figures."""

from nnspec.plots.activation_curves import activation_curves as activation_curves
from nnspec.plots.blobs import blobs as blobs
from nnspec.plots.confusion import confusion as confusion
from nnspec.plots.decision_boundary import decision_boundaries as decision_boundaries
from nnspec.plots.decision_boundary import decision_boundary as decision_boundary
from nnspec.plots.function_fits import function_fits as function_fits
from nnspec.plots.history import history as history
from nnspec.plots.images import images as images
from nnspec.plots.images import wrong_predictions as wrong_predictions
from nnspec.plots.misclassified_pairs import misclassified_pairs as misclassified_pairs
from nnspec.plots.model_graph import model_graph as model_graph
from nnspec.plots.probability_contours import probability_contours as probability_contours
from nnspec.plots.regression import regression as regression
from nnspec.plots.sweep import sweep as sweep
from nnspec.plots.units import output_units_over_hidden as output_units_over_hidden
from nnspec.plots.units import unit_functions as unit_functions

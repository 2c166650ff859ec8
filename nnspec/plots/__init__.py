"""Figures of results: they take runs, rates or labels, never train, and return matplotlib figures."""

from nnspec.plots.activation_curves import activation_curves as activation_curves
from nnspec.plots.confusion import confusion as confusion
from nnspec.plots.decision_boundary import decision_boundary as decision_boundary
from nnspec.plots.history import history as history
from nnspec.plots.regression import regression as regression
from nnspec.plots.sweep import sweep as sweep

"""The methods of the documents written out in NumPy, to check them by."""

from nnspec.textbook.activations import BY_NAME as ACTIVATION_FUNCTIONS
from nnspec.textbook.activations import DERIVATIVES as ACTIVATION_DERIVATIVES
from nnspec.textbook.activations import (
    linear,
    linear_derivative,
    log_sigmoid,
    log_sigmoid_derivative,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softmax,
    softmax_jacobian_product,
    tanh,
    tanh_derivative,
)
from nnspec.textbook.backpropagation import ForwardPass, forward_looped, forward_pass, gradients, total_loss
from nnspec.textbook.forward import forward
from nnspec.textbook.initialization import (
    glorot_normal,
    glorot_uniform,
    glorot_uniform_bound,
    glorot_variance,
)
from nnspec.textbook.learning_rate import RULES as LEARNING_RATE_RULES
from nnspec.textbook.learning_rate import exponential_sweep, minimum_over_ten, steepest, still_falling, valley
from nnspec.textbook.loss_functions import EPSILON, loss_and_derivative, penalty_and_derivative
from nnspec.textbook.metrics import (
    ClassificationMetrics,
    classification_metrics,
    classification_report,
    confusion_matrix,
    labels,
)
from nnspec.textbook.output_layer import classification_head
from nnspec.textbook.perceptron import Perceptron
from nnspec.textbook.perceptron import fit as fit_perceptron
from nnspec.textbook.perceptron import fit_all as fit_perceptrons
from nnspec.textbook.perceptron_bound import margin, separating_direction, update_bound

__all__ = [
    "ACTIVATION_DERIVATIVES",
    "ACTIVATION_FUNCTIONS",
    "EPSILON",
    "LEARNING_RATE_RULES",
    "ClassificationMetrics",
    "ForwardPass",
    "Perceptron",
    "classification_head",
    "classification_metrics",
    "classification_report",
    "confusion_matrix",
    "exponential_sweep",
    "fit_perceptron",
    "fit_perceptrons",
    "forward",
    "forward_looped",
    "forward_pass",
    "glorot_normal",
    "glorot_uniform",
    "glorot_uniform_bound",
    "glorot_variance",
    "gradients",
    "labels",
    "linear",
    "linear_derivative",
    "log_sigmoid",
    "log_sigmoid_derivative",
    "loss_and_derivative",
    "margin",
    "minimum_over_ten",
    "penalty_and_derivative",
    "relu",
    "relu_derivative",
    "separating_direction",
    "sigmoid",
    "sigmoid_derivative",
    "softmax",
    "softmax_jacobian_product",
    "steepest",
    "still_falling",
    "tanh",
    "tanh_derivative",
    "total_loss",
    "update_bound",
    "valley",
]

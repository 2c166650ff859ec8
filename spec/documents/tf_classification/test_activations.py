"""The activation functions that the document writes out, on its toy tensor -10 … 9."""

import numpy as np

from nnspec import fact
from nnspec.plots import activation_curves
from nnspec.textbook import linear, relu, sigmoid
from spec.sources import TF_CLASSIFICATION

PLACE = TF_CLASSIFICATION.at("The missing piece: Non-linearity", "toy tensor")
TOY = np.arange(-10, 10, dtype=np.float32)
PRINTED_SIGMOID = [
    *(4.5397872e-05, 1.2339458e-04, 3.3535014e-04, 9.1105117e-04, 2.4726233e-03),
    *(6.6928510e-03, 1.7986210e-02, 4.7425874e-02, 1.1920292e-01, 2.6894143e-01),
    *(5.0000000e-01, 7.3105860e-01, 8.8079703e-01, 9.5257413e-01, 9.8201376e-01),
    *(9.9330717e-01, 9.9752742e-01, 9.9908900e-01, 9.9966466e-01, 9.9987662e-01),
]


@fact("tfc-sigmoid-values", source=PLACE)
def test_sigmoid_gives_the_printed_values(evidence):
    """The sigmoid of -10 … 9 is the printed table of twenty values."""
    # the table was printed from float32 arithmetic, which differs in the last bit or two between libraries
    np.testing.assert_allclose(sigmoid(TOY), PRINTED_SIGMOID, rtol=3e-7)
    evidence.picture("Linear, ReLU and sigmoid on the toy tensor", activation_curves())


@fact("tfc-relu-values", source=PLACE)
def test_relu_gives_the_printed_values():
    """ReLU turns the negative numbers of the toy tensor into 0 and leaves the positive ones."""
    np.testing.assert_array_equal(relu(TOY), [0.0] * 11 + [float(x) for x in range(1, 10)])


@fact("tfc-linear-identity", source=PLACE)
def test_linear_changes_nothing_and_sigmoid_and_relu_bend_a_line():
    """The linear activation changes nothing; sigmoid and ReLU bend a straight line."""
    np.testing.assert_array_equal(linear(TOY), TOY)
    for bends in (sigmoid, relu):
        assert np.abs(np.diff(bends(TOY), 2)).max() > 0.01

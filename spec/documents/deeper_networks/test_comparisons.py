"""More units, more layers, another activation: which network beats which."""

from nnspec import claim, fact
from spec.documents.deeper_networks.recipes import (
    HIDDEN_0,
    HIDDEN_0_LONGER,
    HIDDEN_3,
    HIDDEN_10,
    HIDDEN_10_10,
    ONE_SPLIT,
)
from spec.sources import DEEPER_NETWORKS

BELOW_TABLE = DEEPER_NETWORKS.at("Performance of Different NN Architectures", "sentence below the table")
EXERCISE = DEEPER_NETWORKS.at("Performance of Different NN Architectures", "exercise")
WIDER_SAYS = (
    "Performance grows as a model gets deeper and more complex, though perhaps not every time, above all "
    "with less data and because of vanishing gradients; in general deeper models do better."
)
MORE_RIGHT = "Better: more of the 600 test points right, by any difference, from the same seed."
COMPARED = "Compared by test points: more of the 600 right with ReLU, by any difference, from the same seed."
RELU_SAYS = "As an exercise, train the networks with ReLU in place of tanh and compare how they do."
NO_WINNER = "the document asks for the comparison and names no winner"


@claim(
    "dn-wider-is-better",
    part="0 to 3",
    in_short="Three hidden units beat none",
    source=BELOW_TABLE,
    recipe={"three": HIDDEN_3, "none": HIDDEN_0},
    says=WIDER_SAYS,
    because=f"{MORE_RIGHT} Of this step alone the document says, below the run with three units, that "
    f"the accuracy rose a lot, without a number. As in the table, 500 epochs are compared with 20. "
    f"{ONE_SPLIT}.",
    verdict="holds",
    measured="64 of 64 seeds; median test accuracy of three - test accuracy of none 0.3933",
)
def test_three_hidden_units_beat_none(three, none):
    """With three hidden units more test points are right than without a hidden layer."""
    return three.test_accuracy - none.test_accuracy > 0


@claim(
    "dn-wider-is-better",
    part="0 to 3 in 500 epochs",
    in_short="Three units beat none over 500 epochs",
    source=BELOW_TABLE,
    recipe={"three": HIDDEN_3, "none": HIDDEN_0_LONGER},
    says=WIDER_SAYS,
    because=f"{MORE_RIGHT} Like for like: 500 epochs for both, where the document's table has 20 for the "
    f"network without a hidden layer. {ONE_SPLIT}.",
    verdict="holds",
    measured="64 of 64 seeds; median test accuracy of three - test accuracy of none 0.3933",
)
def test_three_hidden_units_beat_none_in_as_many_epochs(three, none):
    """With three hidden units more test points are right than without a hidden layer in as many epochs."""
    return three.test_accuracy - none.test_accuracy > 0


@claim(
    "dn-wider-is-better",
    part="3 to 10",
    in_short="Ten hidden units beat three",
    source=BELOW_TABLE,
    recipe={"ten": HIDDEN_10, "three": HIDDEN_3},
    says=WIDER_SAYS,
    because=f"{MORE_RIGHT} Of more units alone the document says, under 'Multiple Nodes', that combining "
    f"more than two linear classifiers will of course give a more accurate one. {ONE_SPLIT}.",
    verdict="holds",
    measured="62 of 64 seeds; median test accuracy of ten - test accuracy of three 0.07",
)
def test_ten_hidden_units_beat_three(ten, three):
    """With ten hidden units more test points are right than with three."""
    return ten.test_accuracy - three.test_accuracy > 0


@claim(
    "dn-wider-is-better",
    part="10 to 10-10",
    in_short="Two hidden layers beat one",
    source=BELOW_TABLE,
    recipe={"deeper": HIDDEN_10_10, "shallow": HIDDEN_10},
    says=WIDER_SAYS,
    because=f"{MORE_RIGHT} Of a second layer alone the document asks, under 'Multiple layers', whether "
    f"combining non-linear classifiers will not classify the data more accurately. {ONE_SPLIT}.",
    verdict="holds",
    measured="63 of 64 seeds; median test accuracy of deeper - test accuracy of shallow 0.02167",
)
def test_a_second_hidden_layer_of_ten_beats_one(deeper, shallow):
    """With two hidden layers of ten units more test points are right than with one."""
    return deeper.test_accuracy - shallow.test_accuracy > 0


@claim(
    "dn-relu",
    part="3",
    in_short="ReLU beats tanh with three units",
    source=EXERCISE,
    recipe={"tanh": HIDDEN_3, "relu": HIDDEN_3.with_hidden_activations("relu")},
    says=RELU_SAYS,
    because=f"{COMPARED} {ONE_SPLIT}.",
    beyond=NO_WINNER,
    verdict="refuted",
    measured="1131 of 2560 seeds; median test accuracy of relu - test accuracy of tanh -0.005",
)
def test_relu_beats_tanh_with_three_hidden_units(relu, tanh):
    """With three hidden units more test points are right with ReLU than with tanh."""
    return relu.test_accuracy - tanh.test_accuracy > 0


@claim(
    "dn-relu",
    part="10",
    in_short="ReLU beats tanh with ten units",
    source=EXERCISE,
    recipe={"tanh": HIDDEN_10, "relu": HIDDEN_10.with_hidden_activations("relu")},
    says=RELU_SAYS,
    because=f"{COMPARED} {ONE_SPLIT}.",
    beyond=NO_WINNER,
    verdict="holds",
    measured="58 of 64 seeds; median test accuracy of relu - test accuracy of tanh 0.01583",
)
def test_relu_beats_tanh_with_ten_hidden_units(relu, tanh):
    """With ten hidden units more test points are right with ReLU than with tanh."""
    return relu.test_accuracy - tanh.test_accuracy > 0


@claim(
    "dn-relu",
    part="10-10",
    in_short="ReLU beats tanh in two layers",
    source=EXERCISE,
    recipe={"tanh": HIDDEN_10_10, "relu": HIDDEN_10_10.with_hidden_activations("relu")},
    says=RELU_SAYS,
    because=f"{COMPARED} {ONE_SPLIT}.",
    beyond=NO_WINNER,
    verdict="refuted",
    measured="29 of 128 seeds; median test accuracy of relu - test accuracy of tanh -0.003333",
)
def test_relu_beats_tanh_with_two_hidden_layers_of_ten(relu, tanh):
    """With two hidden layers of ten units more test points are right with ReLU than with tanh."""
    return relu.test_accuracy - tanh.test_accuracy > 0


@fact("dn-relu", part="0", source=EXERCISE)
def test_without_a_hidden_layer_there_is_nothing_to_exchange():
    """Without a hidden layer there is no tanh to exchange: the network stays the same."""
    assert HIDDEN_0.with_hidden_activations("relu") == HIDDEN_0

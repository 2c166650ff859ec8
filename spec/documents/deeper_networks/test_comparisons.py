"""More units, more layers, another activation: which network beats which."""

from nnspec import claim, fact
from spec.documents.deeper_networks.recipes import HIDDEN_0, HIDDEN_3, HIDDEN_10, HIDDEN_10_10
from spec.readings import MOSTLY, RELIABLY, RELIABLY_BECAUSE
from spec.sources import DEEPER_NETWORKS

TABLE = DEEPER_NETWORKS.at("Performance of Different NN Architectures", "table")
EXERCISE = DEEPER_NETWORKS.at("Performance of Different NN Architectures", "exercise")
IMPROVES = f"improves: a higher test accuracy from the same seed; {RELIABLY_BECAUSE}"
NO_WINNER = "the document asks for the comparison and names no winner"
COMPARES = (
    f"{NO_WINNER}: read as ReLU ahead in test accuracy in more than half of all pairs from the same seed"
)


@claim(
    "dn-wider-is-better",
    part="0 to 3",
    source=TABLE,
    recipe={"three": HIDDEN_3, "none": HIDDEN_0},
    counterfactual={"three": HIDDEN_0},
    share=RELIABLY,
    because=f"{IMPROVES}; without a hidden layer for the 20 epochs of the table",
    verdict="holds",
    measured="192 of 192 seeds; median difference 0.2883",
)
def test_three_hidden_units_beat_none(three, none):
    """Three hidden units reach a higher test accuracy than no hidden layer."""
    return three.test_accuracy - none.test_accuracy > 0


@claim(
    "dn-wider-is-better",
    part="3 to 10",
    source=TABLE,
    recipe={"ten": HIDDEN_10, "three": HIDDEN_3},
    counterfactual={"ten": HIDDEN_3},
    share=RELIABLY,
    because=IMPROVES,
    verdict="holds",
    measured="375 of 384 seeds; median difference 0.161",
)
def test_ten_hidden_units_beat_three(ten, three):
    """Ten hidden units reach a higher test accuracy than three."""
    return ten.test_accuracy - three.test_accuracy > 0


@claim(
    "dn-wider-is-better",
    part="10 to 10-10",
    source=TABLE,
    recipe={"deeper": HIDDEN_10_10, "shallow": HIDDEN_10},
    counterfactual={"deeper": HIDDEN_10},
    share=RELIABLY,
    because=IMPROVES,
    verdict="undecided",
    measured="249 of 256 seeds; median difference 0.02; --budget full: holds, 496 of 512",
)
def test_a_second_hidden_layer_of_ten_beats_one(deeper, shallow):
    """Two hidden layers of ten units reach a higher test accuracy than one."""
    return deeper.test_accuracy - shallow.test_accuracy > 0


@claim(
    "dn-relu",
    part="3",
    source=EXERCISE,
    recipe={"relu": HIDDEN_3.with_hidden_activations("relu"), "tanh": HIDDEN_3},
    counterfactual={"relu": HIDDEN_3},
    share=MOSTLY,
    because=COMPARES,
    beyond=NO_WINNER,
    verdict="undecided",
    measured="218 of 512 seeds; median difference -0.007",
)
def test_relu_beats_tanh_with_three_hidden_units(relu, tanh):
    """With three hidden units ReLU reaches a higher test accuracy than tanh."""
    return relu.test_accuracy - tanh.test_accuracy > 0


@claim(
    "dn-relu",
    part="10",
    source=EXERCISE,
    recipe={"relu": HIDDEN_10.with_hidden_activations("relu"), "tanh": HIDDEN_10},
    counterfactual={"relu": HIDDEN_10},
    share=MOSTLY,
    because=COMPARES,
    beyond=NO_WINNER,
    verdict="holds",
    measured="58 of 64 seeds; median difference 0.01583; tanh ahead in 6",
)
def test_relu_beats_tanh_with_ten_hidden_units(relu, tanh):
    """With ten hidden units ReLU reaches a higher test accuracy than tanh."""
    return relu.test_accuracy - tanh.test_accuracy > 0


@claim(
    "dn-relu",
    part="10-10",
    source=EXERCISE,
    recipe={"relu": HIDDEN_10_10.with_hidden_activations("relu"), "tanh": HIDDEN_10_10},
    counterfactual={"relu": HIDDEN_10_10},
    share=MOSTLY,
    because=COMPARES,
    beyond=NO_WINNER,
    verdict="refuted",
    measured="29 of 128 seeds; median difference -0.003333; tanh ahead in 87, 12 ties",
)
def test_relu_beats_tanh_with_two_hidden_layers_of_ten(relu, tanh):
    """With two hidden layers of ten units ReLU reaches a higher test accuracy than tanh."""
    return relu.test_accuracy - tanh.test_accuracy > 0


@fact("dn-relu", part="0", source=EXERCISE)
def test_without_a_hidden_layer_there_is_nothing_to_exchange():
    """Without a hidden layer there is no tanh to exchange: the network stays the same."""
    assert HIDDEN_0.with_hidden_activations("relu") == HIDDEN_0

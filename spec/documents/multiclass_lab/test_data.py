"""The four clouds and the layers that are to tell them apart."""

import numpy as np

from nnspec import fact, tensorflow
from spec.documents.multiclass_lab.recipes import BLOBS, MODEL
from spec.order_of_examples import assert_a_global_seed_keeps_one_order
from spec.sources import MULTICLASS_LAB


@fact("mc-data", source=MULTICLASS_LAB.at("2.1 Prepare and visualize our data"))
def test_four_classes_of_25_points_are_the_printed_ones():
    """A hundred points in four classes of 25, the first ten of the classes that are printed."""
    data = BLOBS.arrays()
    assert data.x_train.shape == (100, 2)
    assert data.y_train.shape == (100,)
    assert np.bincount(data.y_train).tolist() == [25, 25, 25, 25]
    assert data.y_train[:10].tolist() == [3, 3, 3, 0, 3, 3, 3, 3, 2, 0]


@fact("mc-layers", source=MULTICLASS_LAB.at("2.2 Model", "L1 and L2"))
def test_layers_are_found_by_name_and_hold_18_weights(trained):
    """L1 and L2 are found by name; they hold (2, 2), (2,), (2, 4) and (4,): 18 weights."""
    _, keras = tensorflow()
    layers = [keras.layers.Dense(2, activation="relu", name="L1"), keras.layers.Dense(4, name="L2")]
    model = keras.Sequential(layers)
    model(BLOBS.arrays().x_train)  # builds it, as fit does
    shapes = [[w.shape for w in model.get_layer(name).get_weights()] for name in ("L1", "L2")]
    assert shapes == [[(2, 2), (2,)], [(2, 4), (4,)]]
    assert model.count_params() == 18
    assert [w.shape[1:] for w in trained(MODEL, range(2)).weights] == [*shapes[0], *shapes[1]]


@fact("mc-trains", part="one order", kind="drift", source=MULTICLASS_LAB.at("2.2 Model", "set_seed(1234)"))
def test_after_a_global_seed_all_epochs_take_the_examples_in_one_order(evidence):
    """After tf.random.set_seed, fit keeps one order of the examples in all epochs, which Keras 2 did not."""
    assert_a_global_seed_keeps_one_order(
        evidence,
        "tf.random.set_seed(1234) # applied to achieve consistent results",
        "in 256 runs of either kind no difference is shown in loss and accuracy (the smallest p of a rank "
        "test is 0.16).",
    )

"""The four clouds and the layers that are to tell them apart."""

import numpy as np

from nnspec import fact, tensorflow
from spec.documents.multiclass_lab.recipes import BLOBS, MODEL
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

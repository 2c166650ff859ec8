"""The two classes, one around the other, and their three parts."""

import numpy as np

from nnspec import fact
from spec.documents.deeper_networks.recipes import QUANTILES
from spec.sources import DEEPER_NETWORKS


@fact("dn-data", source=DEEPER_NETWORKS.at("Dataset"))
def test_two_classes_of_a_thousand_are_split_into_1120_600_and_280():
    """Two classes of 1000 points, one around the other: 1120 to train, 600 to test, 280 to validate."""
    x, y = QUANTILES.examples()
    assert x.shape == (2000, 2)
    assert np.bincount(y).tolist() == [1000, 1000]
    distance = np.hypot(*x.T)
    assert distance[y == 0].max() <= distance[y == 1].min()
    data = QUANTILES.arrays()
    assert (len(data.x_train), len(data.x_test), len(data.x_validation)) == (1120, 600, 280)
    parts = [data.part(name) for name in ("train", "test", "validation")]
    points = np.concatenate([np.column_stack(part) for part in parts])
    everything = np.column_stack([x.astype(np.float32), y])
    np.testing.assert_array_equal(np.unique(points, axis=0), np.unique(everything, axis=0))

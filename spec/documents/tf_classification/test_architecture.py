"""The table of typical architectures of a classification network."""

import pytest

from nnspec import BinaryCrossentropy, CategoricalCrossentropy, Dense, InvalidValue, fact
from nnspec.textbook import classification_head
from spec.sources import TF_CLASSIFICATION


@fact(
    "tfc-typical-architecture",
    source=TF_CLASSIFICATION.at("Typical architecture of a classification neural network", "table 1"),
)
def test_the_head_follows_from_the_number_of_classes():
    """Two classes take a sigmoid unit and binary cross-entropy, more a softmax unit each and categorical."""
    assert classification_head(2) == (Dense(1, "sigmoid"), BinaryCrossentropy())
    for classes in (3, 10):
        assert classification_head(classes) == (Dense(classes, "softmax"), CategoricalCrossentropy())
    with pytest.raises(InvalidValue, match="classes=1"):
        classification_head(1)

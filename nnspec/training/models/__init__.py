"""Models that a function returns: called, checked, started from a seed's weights, trained by `model.fit`."""

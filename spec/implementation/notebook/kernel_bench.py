"""Keras as in a kernel that captures, for tests of what models begin with and are evaluated as."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnspec.notebook.inside.start import Started

X = np.random.default_rng(0).normal(size=(12, 2)).astype(np.float32)
Y = (X[:, 0] > 0).astype(np.int64)


class Bench:
    """Keras as in a kernel that captures: what is made is noted, and what is fitted."""

    def __init__(self, keras: Any, started: Started) -> None:
        self.keras, self.started, self.fits = keras, started, 0

    def build(self, bias: bool = True, units: int = 3) -> Any:
        """Return a model 2-units-1."""
        layers = self.keras.layers
        hidden = layers.Dense(units, "tanh", use_bias=bias, name="hidden")
        model = self.keras.Sequential([self.keras.Input((2,)), hidden, layers.Dense(1, "sigmoid")])
        model.compile("adam", "binary_crossentropy")
        return model

    def fit(self, model: Any) -> int:
        """Fit a model and return the number of the fit."""
        model.fit(X, Y, epochs=2, verbose=0)
        self.started.trained(model, self.fits)
        self.fits += 1
        return self.fits - 1

    def fitted(self, **named: Any) -> Any:
        """Return a model that was fitted."""
        model = self.build(**named)
        self.fit(model)
        return model

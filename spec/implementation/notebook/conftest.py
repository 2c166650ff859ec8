"""What tests of notebooks share."""

from __future__ import annotations

import pytest

from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.notebook.inside.start import Started
from nnspec.notebook.inside.weights import Made
from spec.implementation.notebook.kernel_bench import Bench


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Return Keras with what is made and fitted noted."""
    keras, made = tensorflow()[1], Made()
    variables = keras.src.backend.Variable
    for name in ("_initialize", "_initialize_with_initializer"):
        monkeypatch.setattr(variables, name, getattr(variables, name))  # which puts it back at the end
    made.note(variables)
    return Bench(keras, Started(made))

"""Strategies of hypothesis that draw recipes at random."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from nnspec import (
    L1L2,
    SGD,
    Adam,
    BatchNormalization,
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Circles,
    Dense,
    Digits,
    Dropout,
    Flatten,
    Initializer,
    MeanAbsoluteError,
    MeanSquaredError,
    Moons,
    Recipe,
    RMSprop,
    SparseCategoricalCrossentropy,
    StraightLine,
)
from nnspec.recipes.layers import ACTIVATIONS, INITIALIZERS

shares = st.floats(0.0, 1.0, exclude_max=True)
positive = st.floats(0.0, 1e3)
finite = st.floats(allow_nan=False, allow_infinity=False).map(lambda number: number + 0.0)
sizes = st.none() | st.integers(1, 500)
states = st.integers(0, 2**32 - 2)  # the largest is taken by the states that follow, of test samples


def optional(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


initializers = st.sampled_from(sorted(INITIALIZERS)).flatmap(
    lambda name: st.builds(
        Initializer,
        st.just(name),
        **{a: optional(positive if a == "stddev" else finite) for a in INITIALIZERS[name]},
    )
)
dense = st.builds(
    Dense,
    st.integers(1, 2**40),
    st.sampled_from(ACTIVATIONS),
    optional(initializers | st.sampled_from(sorted(INITIALIZERS))),
    optional(st.builds(L1L2, positive, positive)),
)
layers = st.lists(
    dense | st.builds(Dropout, shares) | st.just(Flatten()) | st.just(BatchNormalization()), max_size=3
)
data = (
    st.builds(Circles, st.integers(2, 500), shares, states, sizes)
    | st.builds(Moons, st.integers(2, 500), shares, states, sizes)
    | st.builds(Digits, sizes, st.floats(1e-6, 1.0), st.booleans())
    | st.builds(StraightLine, sizes)
)
crossentropies = st.sampled_from([BinaryCrossentropy, CategoricalCrossentropy, SparseCategoricalCrossentropy])
losses = crossentropies.flatmap(lambda loss: st.builds(loss, st.booleans())) | st.sampled_from(
    [MeanAbsoluteError(), MeanSquaredError()]
)
optimizers = (
    st.builds(SGD, optional(positive), optional(shares), optional(st.booleans()))
    | st.builds(Adam, optional(positive), optional(shares), optional(shares), optional(positive))
    | st.builds(RMSprop, optional(positive), optional(shares), optional(shares), optional(positive))
)


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    epochs = draw(st.integers(1, 4))
    return Recipe(
        data=draw(data),
        layers=[*draw(layers), draw(dense)],
        loss=draw(losses),
        optimizer=draw(optimizers),
        epochs=epochs,
        batch_size=draw(st.integers(1, 10**6)),
        metrics=draw(st.lists(st.sampled_from(["accuracy", "mean_absolute_error"]), unique=True)),
        learning_rates=draw(optional(st.lists(positive, min_size=epochs, max_size=epochs))),
        validation_data=draw(st.sampled_from([None, "test"])),
    )

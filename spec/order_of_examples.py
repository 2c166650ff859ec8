"""The order in which `fit` takes the examples, epoch after epoch, with and without a global seed."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec import tensorflow

NOTE = (
    "After a global seed every epoch takes the examples in one and the same order, where Keras 2, and a fit "
    "that nobody seeds, draw a new one. nnspec trains with a new one, as the document did. Measured once, on "
    "2026-11-29, by nnspec's own engine with and without keeping the first order: "
)


def orders_of_fit(*, seeded: bool, examples: int = 64, epochs: int = 3) -> NDArray[np.int64]:
    """Return the numbers of the examples in the order in which `fit` sees them, (epochs, examples)."""
    tf, keras = tensorflow()
    seen: list[NDArray[Any]] = []

    class Seen(keras.layers.Layer):  # type: ignore[misc, name-defined]  # Keras has no types
        """Hands on what it gets, and remembers it."""

        def call(self, inputs: Any) -> Any:
            """Remember a batch."""
            seen.append(np.asarray(inputs)[:, 0])
            return inputs

    model = keras.Sequential([keras.Input((1,)), Seen(), keras.layers.Dense(1)])
    model.compile(loss="mean_squared_error", run_eagerly=True)
    numbers = np.arange(examples, dtype=np.float32)[:, None]
    seen.clear()
    tf.random.set_seed(42 if seeded else None)
    try:
        model.fit(numbers, numbers, epochs=epochs, batch_size=16, verbose=0)
    finally:
        tf.random.set_seed(None)
    return np.concatenate(seen).reshape(epochs, examples).astype(np.int64)


def assert_a_global_seed_keeps_one_order(evidence: Any, printed: str, figures: str) -> None:
    """Assert it, and record it for the report beside what it does to the figures of a document."""
    fresh, kept = orders_of_fit(seeded=False), orders_of_fit(seeded=True)
    for orders in (fresh, kept):
        assert (np.sort(orders, axis=1) == np.arange(orders.shape[1])).all()
    assert not (fresh[0] == fresh[1]).all()
    assert not (fresh[1] == fresh[2]).all()
    assert (kept == kept[0]).all()
    evidence.drift(
        printed=printed,
        happens="one order of the examples in all epochs, where Keras 2 drew a new one for each",
        today="no global seed: seeds for the layers, and an order for every epoch",
        since="Keras 3.0",
        works=True,
    )
    evidence.note(NOTE + figures)

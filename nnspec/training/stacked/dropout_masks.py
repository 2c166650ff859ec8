"""Dropout masks for all seeds at once, each seed with a random stream of its own.

A seed's bits depend on its two key words and on a counter, never on its place in the block, so a
replayed seed drops the same units. The generator is counter-based (Salmon et al., 2011); its mixing
function is the 32-bit integer hash of Wellons ("Prospecting for hash functions", 2018), applied
twice with a key word before each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.training.stacked.computed_once import materialised

_STREAM = 0xD20_0027  # keeps the masks apart from every other use of a run's seed


def keys(seeds: Sequence[int]) -> NDArray[np.uint32]:
    """Return the key words of every seed, (2, seeds) uint32."""
    words = [np.random.SeedSequence([int(seed), _STREAM]).generate_state(2) for seed in seeds]
    return np.asarray(words, np.uint32).T


def dropout(inputs: Any, rate: float, counter: Any, keys: Any, seeds_axis: int) -> Any:
    """Return the inputs with a share `rate` of them zeroed, the rest scaled up.

    Inputs are (batch, features, seeds), or (seeds, batch, features) with `seeds_axis` 0; a seed's
    mask is the same in both. `counter` is a uint32 scalar that numbers this use of dropout; `keys`
    is (2, seeds) uint32.
    """
    tf, _ = tensorflow()
    batch, features = [size for axis, size in enumerate(inputs.shape) if axis != seeds_axis]
    places = tf.expand_dims(tf.reshape(tf.range(batch * features), (batch, features)), seeds_axis)
    places = tf.cast(places, tf.uint32) + counter * tf.constant(batch * features, tf.uint32)
    first, second = (
        tf.reshape(k, [-1 if axis == seeds_axis else 1 for axis in range(3)]) for k in tf.unstack(keys)
    )
    bits = _mixed(_mixed(places ^ first) + second)
    kept = bits >= tf.constant(round(rate * 2**32), tf.uint32)
    return materialised(tf.where(kept, inputs * (1 / (1 - rate)), 0.0))


def _mixed(bits: Any) -> Any:
    tf, _ = tensorflow()

    def shifted(bits: Any, by: int) -> Any:
        return bits ^ tf.bitwise.right_shift(bits, tf.constant(by, tf.uint32))

    bits = shifted(bits, 16) * tf.constant(0x7FEB352D, tf.uint32)
    return shifted(shifted(bits, 15) * tf.constant(0x846CA68B, tf.uint32), 16)

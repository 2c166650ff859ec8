"""Initial weights: what the Keras initializer gives for each seed, for one seed or many at once.

Every kernel has an initializer seed of its own, derived from the run's seed and the kernel's shape,
so that two arms trained from the same seed start from the same kernel wherever their shapes agree.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.recipes.layers import INITIALIZERS, Dense, Initializer
from nnspec.recipes.recipe import Recipe
from nnspec.training.shapes import Shape, kernel_shapes

_CLASSES = {name: "".join(word.capitalize() for word in name.split("_")) for name in INITIALIZERS}


def initializer_seed(seed: int, shape: Shape, occurrence: int) -> int:
    """Return the 32-bit initializer seed of the `occurrence`-th kernel of this shape in a run."""
    return int(np.random.SeedSequence([seed, *shape, occurrence]).generate_state(1)[0])


def initializer(layer: Dense, seed: object = None) -> Any:
    """Return the layer's Keras initializer, with this seed where it is a random one."""
    _, keras = tensorflow()
    chosen = layer.kernel_initializer
    if not isinstance(chosen, Initializer):
        cls, config = type(keras.layers.Dense(1).kernel_initializer), {}
    else:
        cls, config = getattr(keras.initializers, _CLASSES[chosen.name]), chosen.arguments()
    random = "seed" in inspect.signature(cls).parameters
    return cls(**config, seed=seed) if random else cls(**config)


def initial_kernels(recipe: Recipe, seeds: Sequence[int]) -> list[NDArray[np.float32]]:
    """Return the initial kernels of all seeds, per dense layer (seeds, inputs, units) float32."""
    tf, _ = tensorflow()
    dense = [layer for layer in recipe.layers if isinstance(layer, Dense)]
    shapes = kernel_shapes(recipe)
    kernels = []
    for index, (layer, shape) in enumerate(zip(dense, shapes, strict=True)):
        occurrence = shapes[:index].count(shape)
        words = [[initializer_seed(int(seed), shape, occurrence), 0] for seed in seeds]
        kernels.append(_drawing(layer, shape)(tf.constant(words, tf.uint32)).numpy())
    return kernels


@functools.lru_cache(maxsize=256)
def _drawing(layer: Dense, shape: Shape) -> Any:
    """Return a function that draws one kernel for each pair of seed words (seeds, 2) uint32."""
    tf, keras = tensorflow()

    seed_generator: Any = keras.random.SeedGenerator

    class GivenSeed(seed_generator):  # type: ignore[misc]  # Keras has no types
        """Hands the initializer the words that it would make of an integer seed, as a tensor."""

        def next(self, ordered: bool = True) -> Any:
            return self.words

    seed = GivenSeed(0)
    draw = initializer(layer, seed)

    def one(words: Any) -> Any:
        seed.words = words
        return draw(shape, dtype="float32")

    @tf.function(input_signature=[tf.TensorSpec((None, 2), tf.uint32)], autograph=False)  # type: ignore[untyped-decorator]  # TensorFlow has no types
    def every(words: Any) -> Any:
        return tf.map_fn(one, words, fn_output_signature=tf.float32)

    return every

"""Wide networks on examples that are nearly all zeros: the first layer adds up the few columns that count.

A bag of words has a hundred ones in ten thousand columns. XLA compiles no sparse products, so TensorFlow runs
such a training operation by operation; an epoch of 10000-16-16-1 took a fifth of the time all the same.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.data import Arrays
from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.recipes.layers import Dense
from nnspec.recipes.recipe import Recipe
from nnspec.training.stacked.seeds_first import SeedsFirst

MOST_ONES = 1 / 40  # share of ones from which dense products are as fast, by extrapolation from bags of words


def is_sparse(recipe: Recipe) -> bool:
    """Return whether a dense layer comes first and its examples are ones here and there among zeros."""
    return isinstance(recipe.layers[0], Dense) and _few_ones(recipe.data.arrays())


@functools.lru_cache(maxsize=16)  # of bags of words these are hundreds of megabytes
def _few_ones(data: Arrays) -> bool:
    x = data.x_train
    if x.ndim != 2 or x.dtype != np.uint8:
        return False
    highest = max(part.max(initial=0) for part in (x, data.x_validation, data.x_test))
    return bool(highest <= 1 and np.count_nonzero(x) <= MOST_ONES * x.size)


class SparseInputs(SeedsFirst):
    """The layout of wide networks, with the examples as ragged rows that list the columns of their ones."""

    compiled = False

    @staticmethod
    def examples(x: NDArray[np.generic]) -> Any:
        """Return the columns of the ones of every example, ragged (examples, ones)."""
        tf, _ = tensorflow()
        columns = np.flatnonzero(x) % x.shape[1]
        return tf.RaggedTensor.from_row_lengths(columns, np.count_nonzero(x, axis=1), validate=False)

    @staticmethod
    def piece(x: Any, start: Any, number: int) -> Any:
        """Return so many of the examples, from one on."""
        return x[start : start + number]

    def batch_inputs(self, x: Any, batch: Any) -> Any:
        """Return the examples of a batch (batch, seeds), a sparse matrix for every seed."""
        tf, _ = tensorflow()
        return [self._matrix(tf.gather(x, order), batch.shape[0]) for order in tf.unstack(batch, axis=1)]

    def shared_inputs(self, x: Any) -> Any:
        """Return examples that all seeds see, a sparse matrix (examples, features)."""
        return self._matrix(x, x.nrows())

    def dense(self, inputs: Any, kernel: Any, bias: Any) -> Any:
        """Return inputs · kernel + bias for every seed, with sparse inputs of its own or the same for all."""
        tf, _ = tensorflow()
        if isinstance(inputs, tf.Tensor):
            return super().dense(inputs, kernel, bias)
        kernels = tf.unstack(kernel)
        matrices = inputs if isinstance(inputs, list) else [inputs] * len(kernels)
        pairs = zip(matrices, kernels, strict=True)
        # not adjoint_b, whose transposition takes longer than the product
        products = [tf.sparse.sparse_dense_matmul(rows, tf.transpose(one)) for rows, one in pairs]
        return tf.stack(products) + bias[:, None]

    def _matrix(self, x: Any, examples: Any) -> Any:
        tf, _ = tensorflow()
        columns = x.values
        # as x.value_rowids(), at a fraction of its time: the end of a row begins the next one
        ends = x.row_splits[1:-1, None]
        begun = tf.scatter_nd(ends, tf.ones_like(ends[:, 0]), [tf.size(columns, tf.int64) + 1])
        places = tf.concat([tf.cumsum(begun)[:-1, None], columns[:, None]], axis=1)
        return tf.SparseTensor(places, tf.ones(tf.shape(columns)), (examples, self.shapes[0][0]))

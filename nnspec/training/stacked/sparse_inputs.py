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
    """The layout of wide networks, with the examples as ragged rows that list the places of their ones.

    A place is (example, column). A batch is multiplied as rows of all examples, of which it takes its own:
    to number the rows of every batch anew took longer than the products.
    """

    compiled = False

    @staticmethod
    def examples(x: NDArray[np.generic]) -> Any:
        """Return the places of the ones of every example, ragged (examples + 1, ones, 2), the last empty."""
        tf, _ = tensorflow()
        ones = np.append(np.count_nonzero(x, axis=1), 0)
        return tf.RaggedTensor.from_row_lengths(np.argwhere(x), ones, validate=False)

    def piece(self, x: Any, start: Any, number: int) -> Any:
        """Return so many of the examples, from one on, as a sparse matrix (examples, features)."""
        tf, _ = tensorflow()
        first = tf.cast(tf.stack([start, 0]), tf.int64)
        return self._matrix(x[start : start + number].values - first, number)

    def batch_inputs(self, x: Any, batch: Any, present: Any) -> Any:
        """Return the examples of a batch (batch, seeds), for every seed a sparse matrix and which rows of it.

        What only fills a batch up has no ones: its example may stand in the same batch.
        """
        tf, _ = tensorflow()
        orders = tf.unstack(tf.where(present, batch, tf.cast(x.nrows() - 1, batch.dtype)), axis=1)
        return [(self._matrix(tf.gather(x, order).values, x.nrows()), order) for order in orders]

    def shared_inputs(self, x: Any) -> Any:
        """Return examples that all seeds see, a sparse matrix (examples, features)."""
        tf, _ = tensorflow()
        return self.piece(x, 0, x.nrows() - 1) if isinstance(x, tf.RaggedTensor) else x

    def dense(self, inputs: Any, kernel: Any, bias: Any) -> Any:
        """Return inputs · kernel + bias for every seed, with sparse inputs of its own or the same for all."""
        tf, _ = tensorflow()
        if isinstance(inputs, tf.Tensor):
            return super().dense(inputs, kernel, bias)
        # not adjoint_b, whose transposition takes longer than the product
        kernels = [tf.transpose(one) for one in tf.unstack(kernel)]
        multiplied = tf.sparse.sparse_dense_matmul
        if isinstance(inputs, list):
            batches = zip(inputs, kernels, strict=True)
            products = [tf.gather(multiplied(rows, one), order) for (rows, order), one in batches]
        else:
            products = [multiplied(inputs, one) for one in kernels]
        return tf.stack(products) + bias[:, None]

    def _matrix(self, places: Any, examples: Any) -> Any:
        tf, _ = tensorflow()
        return tf.SparseTensor(places, tf.ones(tf.shape(places)[0]), (examples, self.shapes[0][0]))

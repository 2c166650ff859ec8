"""The same training in JAX: `vmap` over seeds, `lax.scan` over epochs and steps, one compiled program."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from nnspec import Recipe
from spec.benchmarks.interleaved import Round, timed
from spec.benchmarks.peers import binary_classifier


class JaxVmap:
    """One program for all seeds of a round; the loss of every epoch is kept.

    Every seed draws its shuffles by `jax.random.permutation`; with `precomputed` they are handed over,
    and what NumPy takes to draw them stands aside.
    """

    libraries = ("jax", "jaxlib")

    def __init__(self, recipe: Recipe, seeds: int, precomputed: bool = False) -> None:
        import jax

        self._jax, self._work = jax, binary_classifier.of(recipe)
        self._seeds, self._precomputed = seeds, precomputed
        self._program = jax.jit(jax.vmap(self._one_seed))
        self._accuracies = jax.jit(jax.vmap(self._accuracy))

    def compile(self) -> float:
        """Compile the program and return the time of that."""
        arguments = self._arguments(0)
        seconds, self._program = timed(lambda: self._program.lower(*arguments).compile())
        self.train(0)  # a first run takes longer
        return seconds

    def train(self, number: int) -> Round:
        """Train the seeds of a round."""
        drawing, arguments = timed(self._arguments, number)
        seconds, (weights, _) = timed(lambda: self._jax.block_until_ready(self._program(*arguments)))
        accuracies = tuple(map(float, self._accuracies(weights)))
        aside = {"drawing_seconds": drawing} if self._precomputed else {}
        return Round(seconds, self._seeds, self._work.epochs, accuracies, aside)

    def _arguments(self, number: int):
        """Return a key for every seed and, if they are precomputed, its orders (seeds, epochs, examples)."""
        first, examples = number * self._seeds, len(self._work.x)
        keys = self._jax.vmap(self._jax.random.key)(np.arange(first, first + self._seeds))
        if not self._precomputed:
            return (keys,)
        rows = np.broadcast_to(np.arange(examples), (self._seeds, self._work.epochs, examples))
        orders = np.random.default_rng(number).permuted(rows, axis=2).astype(np.int32)
        return self._jax.block_until_ready((keys, self._jax.device_put(orders)))

    def _one_seed(self, key, orders=None):
        """Return the final weights of a seed and the mean loss of every epoch, (epochs,)."""
        jax, work = self._jax, self._work
        x, y = jax.numpy.asarray(work.x), jax.numpy.asarray(work.y)
        whole = len(x) // work.batch * work.batch

        def loss(weights, x, y):
            logits = self._logits(weights, x)
            return jax.numpy.mean(jax.nn.softplus(logits) - y * logits)

        def step(state, batch):
            weights, first, second, number = state
            value, gradients = jax.value_and_grad(loss)(weights, *batch)
            moments = jax.tree.map
            first = moments(lambda m, g: m + (1 - work.beta_1) * (g - m), first, gradients)
            second = moments(lambda v, g: v + (1 - work.beta_2) * (g * g - v), second, gradients)
            number += 1
            corrected = jax.numpy.sqrt(1 - work.beta_2**number) / (1 - work.beta_1**number)
            rate = work.learning_rate * corrected
            weights = jax.tree.map(
                lambda w, m, v: w - rate * m / (jax.numpy.sqrt(v) + work.epsilon), weights, first, second
            )
            return (weights, first, second, number), value * len(batch[1])

        def epoch(state, shuffle):
            order = shuffle if orders is not None else jax.random.permutation(shuffle, len(x))
            shuffled = x[order], y[order]
            batches = tuple(a[:whole].reshape(-1, work.batch, *a.shape[1:]) for a in shuffled)
            state, losses = jax.lax.scan(step, state, batches)
            total = losses.sum()
            if whole < len(x):
                state, rest = step(state, tuple(a[whole:] for a in shuffled))
                total += rest
            return state, total / len(x)

        for_weights, for_shuffles = jax.random.split(key)
        weights = self._initial(for_weights)
        zeros = jax.tree.map(jax.numpy.zeros_like, weights)
        shuffles = jax.random.split(for_shuffles, work.epochs) if orders is None else orders
        state, history = jax.lax.scan(epoch, (weights, zeros, zeros, 0), shuffles)
        return state[0], history

    def _initial(self, key):
        jax, sizes = self._jax, self._work.sizes
        draw = jax.nn.initializers.glorot_uniform()
        keys = jax.random.split(key, len(sizes) - 1)
        shapes = list(pairwise(sizes))
        return [
            (draw(key, shape), jax.numpy.zeros(shape[1])) for key, shape in zip(keys, shapes, strict=True)
        ]

    def _logits(self, weights, x):
        *hidden, (kernel, bias) = weights
        for hidden_kernel, hidden_bias in hidden:
            x = self._jax.nn.relu(x @ hidden_kernel + hidden_bias)
        return (x @ kernel + bias)[:, 0]

    def _accuracy(self, weights):
        right = (self._logits(weights, self._work.x) > 0) == (self._work.y > 0.5)
        return right.mean()

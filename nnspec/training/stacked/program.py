"""The training loop itself: epochs over batches over all seeds, compiled by XLA."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.data import Arrays
from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.recipes.recipe import Recipe
from nnspec.training.model_fit import keras_optimizer
from nnspec.training.stacked.network import StackedNetwork

Floats = NDArray[np.float32]
_INDICES_PER_CALL = 4_000_000  # bounds the memory of the orders that wait to be trained on
_VALUES_AT_A_TIME = 20_000_000  # bounds the memory of an evaluation


class StackedProgram:
    """A recipe's training for a fixed number of seeds; data, epochs and learning rates are run-time values.

    `start` sets data and weights, `epochs` trains, `evaluate` and `weights` read the result. Recipes of one
    `program_key` may share a program.
    """

    def __init__(self, recipe: Recipe, seeds: int) -> None:
        tf, keras = tensorflow()
        self._data = recipe.data.arrays()
        self.seeds = seeds
        self.examples = len(self._data.x_train)
        self.batch = min(recipe.batch_size, self.examples)
        self.steps = -(-self.examples // self.batch)
        self.epochs_per_call = max(1, min(50, _INDICES_PER_CALL // (self.examples * seeds)))
        self._network = StackedNetwork(recipe, seeds)
        self._layout = self._network.layout
        self._validate = recipe.validation_data
        self._variables = [
            keras.Variable(np.zeros(shape, np.float32)) for shape in self._layout.variable_shapes()
        ]
        self._optimizer = keras_optimizer(recipe)
        # autograph would take longer to read this code, which has no Python to convert, than to trace it
        compiled = functools.partial(tf.function, autograph=False)
        self._optimizer.build(self._variables)
        self._apply = compiled(self._optimizer.apply, jit_compile=True)  # also within what is not compiled
        self._fresh_state = [v.numpy() for v in self._optimizer.variables]
        self._dropout_keys = tf.Variable(np.zeros((2, seeds), np.uint32))
        self._step_number = tf.Variable(0, dtype=tf.int64)
        self._train = compiled(self._epochs, jit_compile=self._layout.compiled)
        self._evaluate = compiled(self._evaluated_parts, jit_compile=self._layout.compiled)

    def start(self, data: Arrays, kernels: list[Floats], dropout_keys: NDArray[np.uint32]) -> None:
        """Begin anew on these data: kernels (seeds, inputs, units), zero biases, a fresh optimizer."""
        self._data = data
        biases = [np.zeros((self.seeds, k.shape[2]), np.float32) for k in kernels]
        arrays = [a for pair in zip(kernels, biases, strict=True) for a in pair]
        variables = [*self._variables, *self._optimizer.variables]
        for variable, value in zip(
            variables, self._layout.to_variables(arrays) + self._fresh_state, strict=True
        ):
            variable.assign(value)
        self._dropout_keys.assign(dropout_keys)
        self._step_number.assign(0)

    def compile(self) -> None:
        """Compile everything that a training will call, by calling it for no epoch at all."""
        self.epochs(self.batches(np.zeros((self.seeds, 0, self.examples), np.int64)), [])
        self.evaluate()

    def batches(self, orders: NDArray[np.int64]) -> NDArray[np.int32]:
        """Return orders (seeds, epochs, examples) cut into batches: (epochs, steps, batch, seeds).

        The last batch is filled up with example 0, and the steps beyond its end are masked; missing
        epochs of a last, shorter call are filled up likewise and never run.
        """
        seeds, epochs, examples = orders.shape
        whole = np.zeros((self.epochs_per_call, self.steps * self.batch, seeds), np.int32)
        whole[:epochs, :examples] = orders.transpose(1, 2, 0)
        return whole.reshape(self.epochs_per_call, self.steps, self.batch, seeds)

    def epochs(self, batches: NDArray[np.int32], rates: Sequence[float]) -> dict[str, Floats]:
        """Train one epoch for each learning rate and return the history, (seeds, epochs) per name."""
        tf, _ = tensorflow()
        padded = np.zeros(self.epochs_per_call, np.float32)
        padded[: len(rates)] = rates
        validation = self._part(self._validate) if self._validate else ()
        history = self._train(
            *map(tf.constant, (batches, padded, np.int32(len(rates)))), *self._part("train"), *validation
        )
        return {name: values.numpy()[: len(rates)].T for name, values in history.items()}

    def evaluate(self) -> dict[str, Floats]:
        """Return loss and metrics with the present weights, (seeds,) per name; "test_…" on test data."""
        prefixes = {"train": "", "test": "test_"} if len(self._data.x_test) else {"train": ""}
        found = self._evaluate([self._part(part) for part in prefixes])
        named = zip(prefixes.values(), found, strict=True)
        return {f"{prefix}{name}": value.numpy() for prefix, one in named for name, value in one.items()}

    def weights(self) -> list[Floats]:
        """Return the weights in the order of `Model.get_weights()`, (seeds, …) each."""
        return self._layout.from_variables([variable.numpy() for variable in self._variables])

    def _part(self, part: str) -> tuple[Any, Any]:
        return _tensors(self._data, part, self._layout.examples)

    def _epochs(self, batches: Any, rates: Any, number: Any, x: Any, y: Any, *validation: Any) -> Any:
        tf, _ = tensorflow()

        def epoch(index: Any, history: Any) -> Any:
            self._optimizer.learning_rate.assign(rates[index])
            sums = self._one_epoch(batches[index], x, y)
            means = {name: tf.reduce_sum(total, axis=0) / self.examples for name, total in sums.items()}
            if self._validate:
                means |= {f"val_{k}": v for k, v in self._evaluated(*validation).items()}
            return index + 1, {name: history[name].write(index, means[name]) for name in history}

        names = ["loss", *self._network.metric_names]
        names += [f"val_{name}" for name in names] if self._validate else []
        shape = (self.seeds,)
        empty = {n: tf.TensorArray(tf.float32, self.epochs_per_call, element_shape=shape) for n in names}
        _, history = tf.while_loop(lambda index, _: index < number, epoch, (tf.constant(0), empty))
        return {name: values.stack() for name, values in history.items()}

    def _one_epoch(self, batches: Any, x: Any, y: Any) -> Any:
        """Run one epoch and return the sums of loss and metrics over its examples, (batch, seeds) each."""
        tf, _ = tensorflow()

        def step(index: Any, sums: Any) -> Any:
            present = index * self.batch + tf.range(self.batch) < self.examples
            values = self._one_step(batches[index], present[:, None], x, y)
            return index + 1, {name: sums[name] + values[name] for name in sums}

        zeros = {n: tf.zeros((self.batch, self.seeds)) for n in ("loss", *self._network.metric_names)}
        return tf.while_loop(lambda index, _: index < self.steps, step, (tf.constant(0), zeros))[1]

    def _one_step(self, batch: Any, present: Any, x: Any, y: Any) -> dict[str, Any]:
        """Take one step of the optimizer; return loss and metrics of each example of the batch."""
        tf, _ = tensorflow()
        if self.steps == 1:  # in a batch of all examples their order makes no difference
            inputs, targets = self._layout.shared_inputs(x), self._for_every_seed(y)
        else:
            inputs, targets = self._layout.batch_inputs(x, batch, present), tf.gather(y, batch)
        weights = [variable.value for variable in self._variables]
        dropout_state = (tf.cast(self._step_number, tf.uint32), self._dropout_keys.value())
        with tf.GradientTape() as tape:
            tape.watch(weights)
            outputs = self._network.outputs(weights, inputs, dropout_state)
            losses = tf.where(present, self._network.losses(targets, outputs), 0.0)
            count = tf.reduce_sum(tf.cast(present, tf.float32))
            total = tf.reduce_sum(losses) / count
            penalty = self._network.penalty(weights)
            if penalty is not None:
                total += tf.reduce_sum(penalty)
                losses += tf.where(present, penalty, 0.0)
        gradients = tape.gradient(total, weights)
        self._apply(gradients)
        self._step_number.assign_add(1)
        metrics = self._network.metrics(targets, outputs)
        return {"loss": losses} | {k: tf.where(present, v, 0.0) for k, v in metrics.items()}

    def _for_every_seed(self, targets: Any) -> Any:
        tf, _ = tensorflow()
        return tf.repeat(targets[:, None], self.seeds, axis=1)

    def _evaluated_parts(self, parts: Sequence[tuple[Any, Any]]) -> list[dict[str, Any]]:
        """Return the means of loss and metrics over each of these parts (x, y)."""
        tf, _ = tensorflow()
        sizes = [y.shape[0] for _, y in parts]
        if not self._layout.one_by_one or sum(sizes) > self._at_a_time:
            return [self._evaluated(*part) for part in parts]
        # in one pass, which takes half of the time to compile
        x, y = (tf.concat(arrays, axis=0) for arrays in zip(*parts, strict=True))
        split = {name: tf.split(value, sizes) for name, value in self._values(x, y).items()}
        return [
            self._penalised({name: tf.reduce_sum(values[i], axis=0) / size for name, values in split.items()})
            for i, size in enumerate(sizes)
        ]

    def _evaluated(self, x: Any, y: Any) -> dict[str, Any]:
        """Return the means of loss and metrics over all examples, in pieces that fit into memory."""
        tf, _ = tensorflow()
        examples = y.shape[0]
        size = max(1, min(examples, self._at_a_time))

        def sums(start: Any, number: int) -> dict[str, Any]:
            targets = tf.slice(y, [start, *[0] * (len(y.shape) - 1)], [number, *y.shape[1:]])
            values = self._values(self._layout.piece(x, start, number), targets)
            return {name: tf.reduce_sum(value, axis=0) for name, value in values.items()}

        def piece(index: Any, totals: dict[str, Any]) -> Any:
            found = sums(index * size, size)
            return index + 1, {name: totals[name] + found[name] for name in totals}

        whole, rest = divmod(examples, size)
        totals = sums(examples - rest, rest) if rest else sums(0, size)
        first = tf.constant(0 if rest else 1)
        totals = tf.while_loop(lambda index, _: index < whole, piece, (first, totals))[1]
        return self._penalised({name: total / examples for name, total in totals.items()})

    def _values(self, x: Any, y: Any) -> dict[str, Any]:
        """Return loss and metrics of every example without penalties, (examples, seeds) each."""
        weights = [variable.value for variable in self._variables]
        outputs = self._network.outputs(weights, self._layout.shared_inputs(x), None)
        targets = self._for_every_seed(y)
        return {"loss": self._network.losses(targets, outputs)} | self._network.metrics(targets, outputs)

    def _penalised(self, means: dict[str, Any]) -> dict[str, Any]:
        penalty = self._network.penalty([variable.value for variable in self._variables])
        return means if penalty is None else means | {"loss": means["loss"] + penalty}

    @property
    def _at_a_time(self) -> int:
        """How many examples are evaluated together."""
        return max(1, _VALUES_AT_A_TIME // self._network.values_per_example)


@functools.lru_cache(maxsize=4)
def _tensors(data: Arrays, part: str, examples: Callable[[Any], Any]) -> tuple[Any, Any]:
    """Return a part of the data as tensors; the last few stay in memory."""
    tf, _ = tensorflow()
    x, y = data.part(part)
    return examples(x), tf.constant(y)

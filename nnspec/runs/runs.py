"""Runs: what came out of training one recipe from several seeds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue, one_of
from nnspec.recipes.recipe import Recipe
from nnspec.runs.seed_values import SeedValues

Floats = NDArray[np.float32]
Forward = Callable[[Recipe, Sequence[Floats], NDArray[np.floating]], Floats]


def dense_forward(recipe: Recipe, weights: Sequence[Floats], x: NDArray[np.floating]) -> Floats:
    """Return the outputs of a dense network for x (examples, …), (seeds, examples, outputs), by NumPy."""
    from nnspec.textbook.forward import forward  # `import nnspec` does not wait for the textbook

    return forward(recipe.layers, weights, x)


@dataclass(frozen=True, eq=False)
class Runs:
    """Results of one recipe; every array has the seeds as its first axis.

    seeds : (seeds,) int64.
    history : per Keras name ("loss", "accuracy", "val_loss" …) a (seeds, epochs) float32 array,
        the running mean over the epoch as `fit` reports it.
    metrics : per name a (seeds,) float32 array, evaluated with the final weights as `evaluate` does:
        "loss", "accuracy" … on the training part, "test_loss", "test_accuracy" … on the test part.
    weights : the final weights in the order of `Model.get_weights()`, each (seeds, …) float32.
    provenance : engine, versions and other facts about how they were made.
    seconds : wall time of the training without compilation; of a block that is filled up, its share.
    name : what a claim calls this arm; empty where there is only one.
    forward : the forward pass of the engine that trained them, from recipe, weights and x to the outputs.
    """

    recipe: Recipe
    seeds: NDArray[np.int64]
    history: Mapping[str, Floats]
    metrics: Mapping[str, Floats]
    weights: tuple[Floats, ...]
    provenance: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    name: str = ""
    forward: Forward = dense_forward

    def __len__(self) -> int:
        return len(self.seeds)

    @property
    def loss(self) -> SeedValues:
        """Loss on the training part with the final weights, (seeds,)."""
        return self.metric("loss")

    @property
    def accuracy(self) -> SeedValues:
        """Accuracy on the training part with the final weights, (seeds,), a share of 1."""
        return self.metric("accuracy")

    @property
    def test_loss(self) -> SeedValues:
        """Loss on the test part with the final weights, (seeds,)."""
        return self.metric("test_loss")

    @property
    def test_accuracy(self) -> SeedValues:
        """Accuracy on the test part with the final weights, (seeds,), a share of 1."""
        return self.metric("test_accuracy")

    def metric(self, name: str) -> SeedValues:
        """Return a final metric, (seeds,); `InvalidValue` where there is none of that name."""
        one_of("metric", name, self.metrics)
        return SeedValues(self.metrics[name], self._label(name.replace("_", " ")))

    def epoch(self, name: str, epoch: int) -> SeedValues:
        """Return what `fit` reported as `name` in one epoch, (seeds,); the first is 1, the last -1.

        Raises
        ------
        InvalidValue
            If there is no history of that name or no such epoch.
        """
        one_of("history", name, self.history)
        epochs = self.recipe.epochs
        whole = isinstance(epoch, int | np.integer) and not isinstance(epoch, bool)
        if not whole or epoch == 0 or not -epochs <= epoch <= epochs:
            raise InvalidValue("epoch", epoch, f"a whole number from 1 to {epochs}, or -1 for the last")
        number = epoch if epoch > 0 else epochs + 1 + epoch
        values = self.history[name][:, number - 1]
        return SeedValues(values, self._label(f"{name.replace('_', ' ')} in epoch {number}"))

    def predict(self, x: NDArray[np.floating]) -> Floats:
        """Return the outputs for x (examples, …) with the final weights, (seeds, examples, outputs)."""
        return self.forward(self.recipe, self.weights, x)

    @cached_property
    def diverged(self) -> NDArray[np.bool_]:
        """Whether a seed's losses or weights are not finite, (seeds,) bool."""
        arrays = [*self.history.values(), *self.metrics.values(), *self.weights]
        finite = np.ones(len(self), np.bool_)
        for array in arrays:
            finite &= np.isfinite(array).all(axis=tuple(range(1, array.ndim)))
        return ~finite

    def select(self, indices: NDArray[np.integer] | Sequence[int] | slice) -> Runs:
        """Return the runs at these positions, in this order."""
        return replace(
            self,
            seeds=self.seeds[indices],
            history={k: v[indices] for k, v in self.history.items()},
            metrics={k: v[indices] for k, v in self.metrics.items()},
            weights=tuple(w[indices] for w in self.weights),
        )

    def named(self, name: str) -> Runs:
        """Return the same runs under the name that a claim gives this arm."""
        return replace(self, name=name)

    def _label(self, label: str) -> str:
        return f"{label} of {self.name}" if self.name else label


def concatenate(parts: Sequence[Runs]) -> Runs:
    """Return the runs of all parts, which must be of one recipe, in the order given.

    Raises
    ------
    InvalidValue
        If there is no part, or if the parts are of different recipes.
    """
    if not parts:
        raise InvalidValue("parts", parts, "the runs of at least one seed")
    first = parts[0]
    for part in parts:
        if part.recipe is not first.recipe and part.recipe != first.recipe:
            raise InvalidValue("parts", str(part.recipe), f"runs of one recipe, here {first.recipe}")
    return replace(
        first,
        seeds=np.concatenate([p.seeds for p in parts]),
        history={k: np.concatenate([p.history[k] for p in parts]) for k in first.history},
        metrics={k: np.concatenate([p.metrics[k] for p in parts]) for k in first.metrics},
        weights=tuple(np.concatenate(group) for group in zip(*(p.weights for p in parts), strict=True)),
        seconds=sum(p.seconds for p in parts),
    )

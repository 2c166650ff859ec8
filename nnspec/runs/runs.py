"""Runs: what came out of training one recipe from several seeds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.errors import InvalidValue, Unrepeatable
from nnspec.recipes.keras_recipe import KerasRecipe
from nnspec.recipes.recipe import Recipe
from nnspec.recipes.trainable import Trainable
from nnspec.runs import epochs
from nnspec.runs.named import Named, NoSuchResult, why_missing
from nnspec.runs.seed_values import SeedValues

Floats = NDArray[np.float32]
Forward = Callable[[Recipe, Sequence[Floats], Any], Any]
_COUNTED = ("accuracy", "test_accuracy", "val_accuracy")


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
        Both are plain arrays, as they were trained; `metric` and `epoch` know accuracies as counts.
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

    def __post_init__(self) -> None:
        for name, kind in (("history", "history"), ("metrics", "metric")):
            object.__setattr__(self, name, Named(getattr(self, name), kind, self.recipe))

    if not TYPE_CHECKING:  # which goes on to find misspelt names by itself

        def __getattr__(self, name: str) -> Any:
            """Say of a result that runs do not have as an attribute where it is, or why it is nowhere."""
            if name.startswith("_") or name in self.__dataclass_fields__:
                raise NoSuchResult("attribute", name, "runs that are whole")
            there = [f"runs.epoch({name!r}, -1)"] * (name in self.history)
            there += [f"runs.metric({name!r})"] * (name in self.metrics)
            remedy = " or ".join(there) or why_missing(name, "attribute", self.metrics, self.recipe)
            expected = (
                f"a metric ({', '.join(self.metrics)}) or a history ({', '.join(self.history) or 'none'})"
            )
            raise NoSuchResult("attribute", name, expected, remedy)

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
        return self._values(self.metrics[name], name, name.replace("_", " "))

    def epoch(self, name: str, epoch: int | Sequence[int] | NDArray[Any]) -> SeedValues:
        """Return what `fit` reported as `name` in one epoch, (seeds,); the first is 1, the last -1.

        An epoch for every seed, (seeds,), may be given instead of one: `runs.epoch("val_accuracy",
        runs.best_epoch("val_loss"))`.

        Raises
        ------
        InvalidValue
            If there is no history of that name or no such epoch.
        """
        trained = self.metrics.get("epochs") if isinstance(self.recipe, KerasRecipe) else None
        values, told = epochs.chosen(self.recipe, self.history[name], trained, epoch)
        return self._values(values, name, f"{name.replace('_', ' ')} in {told}", in_epoch=True)

    def best_epoch(self, name: str = "val_loss", mode: str = "auto") -> SeedValues:
        """Return the first epoch in which what `fit` reported as `name` is best, (seeds,), counted from 1.

        `mode` is "min", "max", or "auto", which asks the name, as Keras's callbacks do. A seed of which no
        value is finite has NaN.

        Raises
        ------
        InvalidValue
            If there is no history of that name, or nobody knows whether it should be high or low.
        """
        found = epochs.best(self.recipe, name, self.history[name], mode)
        return self._values(found, "", f"epoch of the best {name.replace('_', ' ')}")

    def predict(self, x: Any) -> Any:
        """Return the outputs for x (examples, …) with the final weights, (seeds, examples, outputs) float32.

        A model with several inputs takes arrays by name, and one with several outputs gives arrays by name.
        """
        return self.forward(self.recipe, self.weights, x)

    @cached_property
    def diverged(self) -> NDArray[np.bool_]:
        """Whether a seed's losses or weights are not finite, (seeds,) bool."""
        histories = list(self.history.values())
        if isinstance(self.recipe, KerasRecipe) and "epochs" in self.metrics:
            # beyond the epoch in which a callback stopped there is nothing
            trained = self.metrics["epochs"][:, None]
            histories = [
                np.where(np.arange(one.shape[1]) >= trained, np.float32(0.0), one) for one in histories
            ]
            if self.recipe.stages and "loss" in self.history:
                # a metric that only some of the fits report has no value in the epochs of the others
                told = np.isfinite(self.history["loss"])
                histories = [np.where(told & np.isnan(one), np.float32(0.0), one) for one in histories]
        finite = np.ones(len(self), np.bool_)
        for array in [*histories, *self.metrics.values(), *self.weights]:
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

    def _values(self, values: Floats, name: str, label: str, *, in_epoch: bool = False) -> SeedValues:
        """Return values with a label; an accuracy counts the examples of a part of the recipe's data."""
        counted = name in _COUNTED and isinstance(self.recipe, Trainable)
        examples = epochs.examples_counted(self.recipe, name, in_epoch=in_epoch) if counted else None
        return SeedValues(values, f"{label} of {self.name}" if self.name else label, counts_of=examples)


def concatenate(parts: Sequence[Runs]) -> Runs:
    """Return the runs of all parts, which must be of one recipe, in the order given.

    Raises
    ------
    InvalidValue
        If there is no part, if the parts are of different recipes or models, or if their metrics have other
        names.
    """
    if not parts:
        raise InvalidValue("parts", parts, "the runs of at least one seed")
    first = parts[0]
    for part in parts:
        if part.recipe is not first.recipe and part.recipe != first.recipe:
            raise InvalidValue("parts", str(part.recipe), f"runs of one recipe, here {first.recipe}")
        if part.metrics.keys() != first.metrics.keys():
            name = f"names of the outcomes of {first.recipe} from seed {part.seeds[0]}"
            expected = f"those of seed {first.seeds[0]}: {', '.join(sorted(first.metrics))}"
            raise InvalidValue(name, ", ".join(sorted(part.metrics)), expected, "give every seed the same")
    models = {part.provenance.get("model") for part in parts}
    if len(models) > 1:  # its code reads what nobody sees, such as a file
        name = f"the model of {first.recipe}"
        raise Unrepeatable(f"{name} is another one each time; let the function build it from its arguments")
    return replace(
        first,
        seeds=np.concatenate([p.seeds for p in parts]),
        history={k: np.concatenate([p.history[k] for p in parts]) for k in first.history},
        metrics={k: np.concatenate([p.metrics[k] for p in parts]) for k in first.metrics},
        weights=tuple(np.concatenate(group) for group in zip(*(p.weights for p in parts), strict=True)),
        seconds=sum(p.seconds for p in parts),
    )

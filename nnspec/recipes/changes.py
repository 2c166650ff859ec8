"""The neighbourhood of a recipe: declared changes of how long, how fast and how large, smallest first."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from nnspec.basics.errors import InvalidValue
from nnspec.recipes.layers import Dense, Initializer
from nnspec.recipes.optimizers import Optimizer
from nnspec.recipes.recipe import Recipe

EPOCHS, LEARNING_RATE = "epochs", "learning rate"
UNITS, BATCH_SIZE, INITIALIZATION = "units", "batch size", "initialization"
OWN_MEANS = (EPOCHS, LEARNING_RATE)  # what an author tries first, and what a document's text can say
FACTORS = {
    EPOCHS: (Fraction(2), Fraction(4)),
    LEARNING_RATE: (Fraction(1, 3), Fraction(3), Fraction(10)),
    UNITS: (Fraction(2), Fraction(4)),
    BATCH_SIZE: (Fraction(1, 2), Fraction(2)),
    INITIALIZATION: (None,),
}
KERAS_LEARNING_RATES = {"Adam": 0.001, "RMSprop": 0.001, "SGD": 0.01}
_OTHER_INITIALIZER = {
    "glorot_uniform": "he_uniform",
    "glorot_normal": "he_normal",
    "he_uniform": "glorot_uniform",
    "he_normal": "glorot_normal",
}
_DIGITS = 3  # of a learning rate, which nobody prints with more


@dataclass(frozen=True)
class Step:
    """One thing that is changed, by a factor; the initialization has none, it is the other one of two."""

    what: str
    factor: Fraction | None

    def __str__(self) -> str:
        return "Glorot ↔ He initialization" if self.factor is None else f"{self.what} ×{self.factor}"

    @property
    def size(self) -> float:
        """How often something is doubled or halved; another initialization counts as once."""
        return 1.0 if self.factor is None else abs(math.log2(self.factor))


@dataclass(frozen=True)
class Change:
    """Steps that are taken together, of different kinds; none is the recipe as it stands."""

    steps: tuple[Step, ...] = ()

    def __str__(self) -> str:
        return ", ".join(map(str, self.steps)) or "unchanged"

    @property
    def size(self) -> tuple[int, int, float]:
        """What orders changes: how many steps, how many of them beyond the author's means, how far."""
        beyond = sum(step.what not in OWN_MEANS for step in self.steps)
        return len(self.steps), beyond, round(sum(step.size for step in self.steps), 6)

    @property
    def on_the_map(self) -> bool:
        """Whether epochs and learning rate are all that it changes."""
        return all(step.what in OWN_MEANS for step in self.steps)

    def factor(self, what: str) -> Fraction:
        """Return by what something is multiplied, 1 where it is not changed."""
        return next((step.factor for step in self.steps if step.what == what and step.factor), Fraction(1))

    def applied(self, recipe: Recipe) -> Recipe:
        """Return the changed recipe; what it does not have, such as hidden units, is left.

        Raises
        ------
        InvalidValue
            If a number cannot be changed so, as a batch size of 1 cannot be halved.
        """
        for step in self.steps:
            recipe = _applied(step, recipe)
        return recipe


UNCHANGED = Change()


def neighbourhood() -> tuple[Change, ...]:
    """Return every single change and then every pair of different kinds, each the smallest first."""
    steps = [Step(what, factor) for what, factors in FACTORS.items() for factor in factors]
    pairs = [Change(pair) for pair in itertools.combinations(steps, 2) if pair[0].what != pair[1].what]
    return tuple(sorted([*(Change((step,)) for step in steps), *pairs], key=lambda change: change.size))


def initializers(recipes: Iterable[Recipe]) -> set[str | Initializer]:
    """Return the initializers of all hidden layers, Keras's default by its name."""
    dense = ([layer for layer in recipe.layers if isinstance(layer, Dense)] for recipe in recipes)
    return {layer.kernel_initializer or "glorot_uniform" for layers in dense for layer in layers[:-1]}


def learning_rate(recipe: Recipe) -> float | None:
    """Return the learning rate, Keras's default where none is given; None where every epoch has its own."""
    if recipe.learning_rates is not None:
        return None
    given = recipe.optimizer.learning_rate
    return KERAS_LEARNING_RATES[type(recipe.optimizer).__name__] if given is None else given


def _applied(step: Step, recipe: Recipe) -> Recipe:
    if step.factor is None:
        return _with_hidden(recipe, _with_other_initializer)
    factor = step.factor
    if step.what == UNITS:
        return _with_hidden(recipe, lambda layer: replace(layer, units=int(layer.units * factor)))
    if step.what == BATCH_SIZE:
        return recipe.with_(batch_size=int(recipe.batch_size * factor))
    if step.what == LEARNING_RATE:
        return _with_faster(recipe, factor)
    if recipe.learning_rates is not None:
        remedy = "more epochs would need a learning rate each"
        raise InvalidValue("learning_rates", "one for each epoch", "one for all epochs", remedy)
    return recipe.with_epochs(int(recipe.epochs * factor))


def _with_faster(recipe: Recipe, factor: Fraction) -> Recipe:
    rate = learning_rate(recipe)
    if rate is None:
        return recipe.with_learning_rates([one * float(factor) for one in recipe.learning_rates or ()])
    optimizer: Optimizer = recipe.optimizer.with_learning_rate(float(f"{rate * float(factor):.{_DIGITS}g}"))
    return recipe.with_(optimizer=optimizer)


def _with_other_initializer(layer: Dense) -> Dense:
    initializer = layer.kernel_initializer
    name = "glorot_uniform" if initializer is None else getattr(initializer, "name", "")
    other = _OTHER_INITIALIZER.get(name)
    return layer if other is None else replace(layer, kernel_initializer=other)


def _with_hidden(recipe: Recipe, change: Callable[[Dense], Dense]) -> Recipe:
    """Return the recipe with every dense layer changed but the last, whose size the data decide."""
    last = max(i for i, layer in enumerate(recipe.layers) if isinstance(layer, Dense))
    numbered = enumerate(recipe.layers)
    layers = [change(x) if isinstance(x, Dense) and i != last else x for i, x in numbered]
    return recipe.with_(layers=tuple(layers))

"""What claims will cost, told from their recipes before any data are loaded: for estimates of the time left.

Only ratios matter, since the speed of a run is measured; the constants are those of the stored benchmarks on
one core, about. What is known of a claim's seeds is the most that it may use.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import chain

from nnspec.basics.errors import MissingData
from nnspec.basics.parts import parts_of
from nnspec.claims.declarations import Claim
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.recipe import Recipe
from nnspec.training.cost import cost_level, operations, structure

FACT, OTHER = 3.0, 0.5  # seconds of a fact, which may train a little, and of another test
_COMPILING = 8.0  # seconds, for all recipes that differ in nothing but epochs and learning rate
_STEP, _VALUE, _MULTIPLICATION = 1.5e-6, 1.5e-9, 2.5e-11  # seconds a seed; values are those of the inputs
_OUTCOME = 1e-3  # seconds of a seed of an experiment, whose first outcome tells how many it really takes
_MOST = 1e9
_IMPOSSIBLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
_UNKNOWN = (1000, 2)  # the shape of inputs that only making them would tell


class ExpectedCost:
    """Seconds of a core that claims take one after another; what an earlier one has trained costs nothing.

    `limits` are the most seeds of a verdict for each level of cost.
    """

    def __init__(self, limits: tuple[int, int, int]) -> None:
        self._limits = limits
        self._met: set[tuple[object, ...]] = set()

    def of(self, claim: Claim) -> float:
        """Return the seconds that a claim adds to those asked about before."""
        return self.of_recipes(chain(claim.recipes.values(), claim.counterfactual.values()))

    def of_recipes(self, experiments: Iterable[Experiment]) -> float:
        """Return the seconds that experiments add, at most years; what has no data is not trained."""
        try:
            asked = list(experiments)
            outcomes = sum(not isinstance(one, Recipe) and not self._is_met(one) for one in asked)
            recipes = [one for one in asked if isinstance(one, Recipe)]
            shapes = [recipe.data.expected_shape() or _UNKNOWN for recipe in recipes]
            trained = sum(map(self._of, recipes, shapes))
            return OTHER + min(_MOST, trained + _OUTCOME * self._limits[0] * outcomes)
        except (MissingData, *_IMPOSSIBLE):  # an estimate ends no run: what is wrong is told at the claim
            return OTHER

    def _of(self, recipe: Recipe, shape: tuple[int, ...]) -> float:
        if self._is_met(recipe):
            return 0.0
        seeds = self._limits[cost_level(recipe, shape)]
        steps = recipe.epochs * math.ceil(shape[0] / recipe.batch_size)
        values = recipe.epochs * math.prod(shape)
        multiplications = operations(recipe, shape)
        trained = seeds * (_STEP * steps + _VALUE * values + _MULTIPLICATION * multiplications)
        return trained + (0.0 if self._is_met(structure(recipe)) else _COMPILING)

    def _is_met(self, recipe: Experiment) -> bool:
        # classes of one name are two; their code would have to be imported to tell more
        name = recipe.content_hash, *map(type, parts_of(recipe))
        met = name in self._met
        self._met.add(name)
        return met

"""What claims will cost, told from their recipes before any data are loaded: for estimates of the time left.

Only ratios matter, since the speed of a run is measured. Most claims are decided after a block of seeds or
two, so that is what each is taken to need; what is only told takes all its seeds.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from nnspec.basics.errors import MissingData
from nnspec.basics.parts import parts_of
from nnspec.claims.budget import AT_A_TIME, Budget
from nnspec.claims.declarations import Claim
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.trainable import Trainable
from nnspec.session.plan import expected_seeds
from nnspec.session.work import seconds_of
from nnspec.training.cost import cost_level, structure

FACT, OTHER = 3.0, 0.5  # seconds of a fact, which may train a little, and of another test
_COMPILING = 8.0  # seconds, for all recipes that differ in nothing but epochs and learning rate
_OUTCOME = 1e-3  # seconds of a seed of an experiment, whose first outcome tells how many it really takes
_MOST = 1e9
_IMPOSSIBLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
_UNKNOWN = (1000, 2)  # the shape of inputs that only making them would tell


class ExpectedCost:
    """Seconds of a core that claims take one after another; what an earlier one has trained costs nothing."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._met: set[tuple[object, ...]] = set()

    def of(self, claim: Claim) -> float:
        """Return the seconds that a claim adds to those asked about before."""
        return self.of_recipes(chain(claim.recipes.values(), claim.counterfactual.values()), claim.reading)

    def of_recipes(self, experiments: Iterable[Experiment], reading: str = "general") -> float:
        """Return the seconds that experiments add, at most years; what has no data is not trained."""
        try:
            asked = list(experiments)
            outcomes = sum(not isinstance(one, Trainable) and not self._is_met(one) for one in asked)
            recipes = [one for one in asked if isinstance(one, Trainable)]
            shapes = [recipe.data.expected_shape() or _UNKNOWN for recipe in recipes]
            costs = list(map(seconds_of, recipes, shapes))
            size = AT_A_TIME[max(map(cost_level, recipes, shapes), default=0)]
            # a budget gives as many seeds as decide a claim that comes out the same every time: a few blocks
            fewest = 0 if self._budget.is_small else 3 * size
            seeds = self._budget.seeds_for(sum(costs) + _OUTCOME * outcomes, size, reading, fewest)
            likely = expected_seeds(seeds, size, reading)
            trained = sum(map(self._of, recipes, (likely * cost for cost in costs)))
            return OTHER + min(_MOST, trained + _OUTCOME * likely * outcomes)
        except (MissingData, *_IMPOSSIBLE):  # an estimate ends no run: what is wrong is told at the claim
            return OTHER

    def _of(self, recipe: Trainable, seconds: float) -> float:
        if self._is_met(recipe):
            return 0.0
        return seconds + (0.0 if self._is_met(structure(recipe)) else _COMPILING)

    def _is_met(self, recipe: Experiment) -> bool:
        # classes of one name are two; their code would have to be imported to tell more
        name = recipe.content_hash, *map(type, parts_of(recipe))
        met = name in self._met
        self._met.add(name)
        return met

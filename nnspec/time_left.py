"""How long a run still takes, estimated from what it has done so far."""

from __future__ import annotations

from collections.abc import Mapping, Set

# next to a recipe, which is compiled and trained, judging and drawing cost little
_ITEM = 0.1


class TimeLeft:
    """Measures a run in recipes, because what costs time is a recipe that was not met before.

    `needs` names the recipes of every item, none for a fact.
    """

    def __init__(self, needs: Mapping[str, Set[str]]) -> None:
        self._needs = needs
        self._done: set[str] = set()
        self._items: set[str] = set()
        self._under_way: dict[str, float] = {}
        self._recipes = len(set().union(*needs.values()))
        self._total = self._recipes + _ITEM * len(needs)

    def training(self, recipe: str, share: float) -> None:
        """Note which share of the seeds wanted, 0 to 1, a recipe is trained from."""
        self._under_way[recipe] = share

    def finished(self, item: str) -> None:
        """Note that an item is done, and with it all its recipes."""
        self._items.add(item)
        self._done |= self._needs.get(item, set())

    def seconds(self, elapsed: float) -> float | None:
        """Return the seconds left after `elapsed` ones, or None while there is nothing to go by."""
        # more seeds may follow, so a recipe under way never counts as done
        under_way = sum(0.9 * share for recipe, share in self._under_way.items() if recipe not in self._done)
        recipes = len(self._done) + under_way
        # facts come and go too quickly to tell anything about recipes
        if not self._items or (self._recipes and recipes < 1):
            return None
        done = recipes + _ITEM * len(self._items)
        return max(0.0, elapsed * (self._total - done) / done)

    def text(self, elapsed: float) -> str:
        """Return the same in words, empty while there is nothing to go by and at the end."""
        seconds = self.seconds(elapsed)
        if seconds is None or len(self._items) == len(self._needs):
            return ""
        return f"about {seconds:.0f} s left" if seconds < 90 else f"about {seconds / 60:.0f} min left"

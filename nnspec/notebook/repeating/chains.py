"""Fits that continue one another, told as one training where they are one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nnspec.notebook.captured import Fit

_SAME = ("batch_size", "shuffle", "validation_split", "class_weight", "steps_per_epoch")
_ONLY_LOOK = ("History", "TensorBoard", "ModelCheckpoint", "CSVLogger", "ProgbarLogger", "BackupAndRestore")


@dataclass(frozen=True)
class Chain:
    """The fits from the one that began fresh to the one that is meant."""

    fits: tuple[Fit, ...]

    @property
    def first(self) -> Fit:
        """The fit that began fresh."""
        return self.fits[0]

    @property
    def last(self) -> Fit:
        """The fit that is meant."""
        return self.fits[-1]

    @property
    def before(self) -> int:
        """How many epochs were trained before the last fit."""
        return sum(trained_epochs(fit) for fit in self.fits[:-1])


def chain_of(fit: Fit, fits: Mapping[int, Fit]) -> Chain | str:
    """Return the fits that lead to a fit, or why they cannot be repeated as one training.

    They can where nothing but the number of epochs differs: an epoch does not know in which fit it is.
    """
    found = [fit]
    while found[0].start["initial"] == "continued":
        start, before = found[0].start, fits.get(found[0].start["after"])
        if before is None or before.error or not before.ended:
            return f"it continues fit {start['after']}, which did not end"
        if start["weights"] != "kept":
            return f"its weights were changed after fit {before.number}, which it continues"
        if start["optimizer"] != "kept":
            return f"it continues fit {before.number}, and its model was compiled anew in between"
        if before.model["compiled"] != found[0].model["compiled"]:
            return f"it continues fit {before.number}, and how it is compiled was changed in between"
        if other := _differs(before, found[0]):
            return f"it continues fit {before.number} with other {other}"
        found.insert(0, before)
    if found[0].start["initial"] != "fresh":
        return f"it does not begin fresh: {found[0].start['why']}"
    if len(found) > 1 and any(changing(one) for one in found):
        return "it continues a fit, and callbacks may change either"
    return Chain(tuple(found))


def trained_epochs(fit: Fit) -> int:
    """Return how many epochs a fit trains unless something stops it."""
    return int(fit.arguments.get("epochs", 1)) - int(fit.arguments.get("initial_epoch", 0))


def changing(fit: Fit) -> Sequence[str]:
    """Return the callbacks that may change a training."""
    names = [one["class"] for one in fit.callbacks["list"] if not _only_looks(one)]
    return list(dict.fromkeys(names))


def _only_looks(callback: Mapping[str, Any]) -> bool:
    return callback["class"] in _ONLY_LOOK and str(callback["module"]).startswith("keras.")


def _differs(one: Fit, other: Fit) -> str:
    """Return what two fits do not have in common; data for validation take no part in training."""
    for name in ("x", "y", "sample_weight"):
        if one.data.get(name) != other.data.get(name):
            return "data"
    defaults = {"batch_size": 32, "shuffle": True}
    for name in _SAME:
        default = defaults.get(name)
        if one.arguments.get(name, default) != other.arguments.get(name, default):
            return name
    return ""

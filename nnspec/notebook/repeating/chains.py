"""Fits that continue one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nnspec.notebook.captured import Fit

_OF_A_STAGE = ("shuffle", "validation_split", "class_weight")  # arguments that each fit may have its own of
_ONLY_LOOK = ("History", "TensorBoard", "ModelCheckpoint", "CSVLogger", "ProgbarLogger", "BackupAndRestore")

_NEVER_STOP = ("LearningRateScheduler", "ReduceLROnPlateau")


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
    """Return the fits that lead to a fit, or why they cannot be repeated.

    They can where what was changed in between is how the model is compiled, and the examples, or where
    another model begins with weights of the one before. Weights of examples are those of one fit.
    """
    found = [fit]
    while found[0].start["initial"] in ("continued", "transferred"):
        start, before = found[0].start, fits.get(found[0].start["after"])
        if before is None or before.error or not before.ended:
            return f"it continues fit {start['after']}, which did not end"
        if before.why:
            return f"it goes on after fit {before.number}, which is not captured: {before.why}"
        if start["weights"] != "kept":
            return f"its weights were changed after fit {before.number}, which it continues"
        same = before.model["compiled"] == found[0].model["compiled"]
        if start["optimizer"] == "kept" and not same:
            return f"it continues fit {before.number}, and its optimizer was changed in between"
        if len({one.arguments.get("shuffle_buffer_size") for one in (before, found[0])}) > 1:
            return f"it continues fit {before.number}, whose examples another buffer mixes"
        if other := _differs(before, found[0]):
            return f"it continues fit {before.number} with other {other}"
        found.insert(0, before)
    if found[0].start["initial"] != "fresh":
        return f"it does not begin fresh: {found[0].start['why']}"
    if any(changing(one) and one.arguments.get("initial_epoch") for one in found):
        return "its callbacks are told another epoch than the first one to begin with"
    return Chain(tuple(found))


def is_one_training(chain: Chain) -> bool:
    """Return whether fits are one with more epochs: an epoch does not know in which fit it is."""
    sizes = {fit.arguments.get("batch_size", 32) for fit in chain.fits}
    kept = all(fit.start["optimizer"] == "kept" for fit in chain.fits[1:])
    own = own_arguments(chain.first)
    same = all(same_examples(chain.first, fit) and own_arguments(fit) == own for fit in chain.fits)
    return len(chain.fits) == 1 or (same and kept and len(sizes) == 1 and not any(map(changing, chain.fits)))


def trained_epochs(fit: Fit) -> int:
    """Return how many epochs a fit trains unless something stops it."""
    return int(fit.arguments.get("epochs", 1)) - int(fit.arguments.get("initial_epoch", 0))


def changing(fit: Fit) -> Sequence[str]:
    """Return the callbacks that may change a training."""
    names = [one["class"] for one in fit.callbacks["list"] if not _only_looks(one)]
    return list(dict.fromkeys(names))


def may_stop(fit: Fit) -> bool:
    """Return whether a callback may end a training before its last epoch."""
    return any(not _only_looks(one) and not _is_of_keras(one, _NEVER_STOP) for one in fit.callbacks["list"])


def moves(fit: Fit) -> bool:
    """Return whether a fit is of another model than the one before it, which has given it weights."""
    return bool(fit.start["initial"] == "transferred")


def last_of_model(chain: Chain, fit: Fit) -> Fit:
    """Return the last fit of a chain that is of the same model as a fit in it."""
    later = chain.fits[chain.fits.index(fit) + 1 :]
    return next((one for one, after in zip([fit, *later], later, strict=False) if moves(after)), chain.last)


def same_examples(one: Fit, other: Fit) -> bool:
    """Return whether two fits train on the same arrays."""
    return all(one.data.get(name) == other.data.get(name) for name in ("x", "y"))


def _only_looks(callback: Mapping[str, Any]) -> bool:
    return _is_of_keras(callback, _ONLY_LOOK)


def _is_of_keras(callback: Mapping[str, Any], classes: Sequence[str]) -> bool:
    return callback["class"] in classes and str(callback["module"]).startswith("keras.")


def _differs(one: Fit, other: Fit) -> str:
    """Return what two fits do not have in common; what only validates takes no part in training."""
    names = ["sample_weight"]
    if changing(one) or changing(other):  # callbacks, which may look at what is validated
        if not moves(other):
            names += ["validation_data"]
        elif (one.data.get("validation_data") is None) != (other.data.get("validation_data") is None):
            return "validation_data"
    for name in names:
        if one.data.get(name) != other.data.get(name):
            return name
    if one.data.get("sample_weight") is not None and not same_examples(one, other):
        return "examples, which are weighed"
    given = [fit.data.get("validation_data") is not None for fit in (one, other)]
    splits = [fit.arguments.get("validation_split") for fit in (one, other)]
    if any(given) and any(splits):
        return "examples for validation, of which one has a part and one a split"
    if one.arguments.get("steps_per_epoch") != other.arguments.get("steps_per_epoch"):
        return "steps_per_epoch"
    return ""


def own_arguments(fit: Fit) -> dict[str, Any]:
    """Return what a fit says that may differ from stage to stage."""
    default = {"shuffle": True, "validation_split": 0.0, "class_weight": {}}
    return {name: fit.arguments.get(name, default[name]) for name in _OF_A_STAGE}

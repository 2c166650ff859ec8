"""What a model starts from when it is fitted: its initializers, an earlier fit, or something else."""

from __future__ import annotations

import hashlib
import weakref
from typing import Any

import numpy as np

_MARK = "_nnspec_last_fit"
_LEARN_FROM_DATA = ("TextVectorization", "StringLookup", "IntegerLookup", "Discretization")
_MADE = {"Zeros": 0.0, "Ones": 1.0}
_MOST_VALUES = 5 * 10**7  # of weights that are compared


class Started:
    """Knows which models, and which variables, were trained in which fit."""

    def __init__(self) -> None:
        self._trained: dict[int, tuple[weakref.ref[Any], int]] = {}

    def of(self, model: Any) -> dict[str, Any]:
        """Return how a model starts.

        `initial` is "fresh", "continued" of the fit `after`, or "other", and `why` says what else; `weights`
        and `optimizer` say of a continued one whether they were left as that fit ended.
        """
        last = model.__dict__.get(_MARK)
        if last is not None:
            return {
                "initial": "continued",
                "after": last["fit"],
                "optimizer": "kept" if last["optimizer"]() is model.optimizer else "new",
                "weights": "kept" if last["weights"] == weights_checksum(model) else "changed",
                "why": "",
            }
        shared = sorted({fit for one in model.variables if (fit := self._fit_of(one)) is not None})
        if shared:
            return _other(f"it has layers that were trained in fit {shared[0]}", shared[0])
        if vocabulary := _vocabulary(model):
            return _other(vocabulary)
        if not model.built:
            return {"initial": "fresh", "after": None, "why": ""}
        optimizer = getattr(model, "optimizer", None)
        if optimizer is not None and int(np.asarray(optimizer.iterations)) > 0:
            return _other("its optimizer has made steps before")
        changed = _changed(model)
        return _other(changed) if changed else {"initial": "fresh", "after": None, "why": ""}

    def trained(self, model: Any, fit: int) -> None:
        """Note that a fit has trained a model."""
        mark = {"fit": fit, "optimizer": weakref.ref(model.optimizer), "weights": weights_checksum(model)}
        object.__setattr__(model, _MARK, mark)
        for variable in model.variables:
            self._trained[id(variable)] = weakref.ref(variable), fit

    def _fit_of(self, variable: Any) -> int | None:
        reference, fit = self._trained.get(id(variable), (None, None))
        return fit if reference is not None and reference() is variable else None


def last_fit(model: Any) -> tuple[int | None, bool]:
    """Return the last fit of a model, and whether its weights are still those at its end."""
    last = model.__dict__.get(_MARK)
    return (None, False) if last is None else (last["fit"], last["weights"] == weights_checksum(model))


def weights_checksum(model: Any) -> str:
    """Return a checksum of the weights; empty for very large ones."""
    digest = hashlib.sha256()
    if sum(int(np.prod(one.shape)) for one in model.variables) > _MOST_VALUES:
        return ""
    for variable in model.variables:
        if variable.name != "seed_generator_state":  # which moves on when a layer draws
            digest.update(np.ascontiguousarray(np.asarray(variable)).tobytes())
    return digest.hexdigest()


def _other(why: str, after: int | None = None) -> dict[str, Any]:
    return {"initial": "other", "after": after, "why": why}


def _vocabulary(model: Any) -> str:
    """Return which layer has learned a vocabulary or limits, which its configuration need not have."""
    for layer in model._flatten_layers(include_self=False):
        if type(layer).__name__ in _LEARN_FROM_DATA:
            return f"its layer {layer.name} may have been adapted to data"
    return ""


def _changed(model: Any) -> str:
    """Return which layer does not hold what its initializers of constants make; empty where all do."""
    for layer in model._flatten_layers(include_self=False):
        if type(layer).__name__ == "Normalization":
            continue  # what it was adapted to is in its configuration
        if getattr(layer, "unit_forget_bias", False):
            continue
        for variable in layer.variables:
            made = _MADE.get(type(getattr(layer, f"{variable.name}_initializer", None)).__name__)
            if made is not None and not np.all(np.asarray(variable) == made):
                return f"the {variable.name} of its layer {layer.name} was loaded or set"
    return ""

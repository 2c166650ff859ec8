"""What a model starts from when it is fitted: its initializers, an earlier fit, or something else."""

from __future__ import annotations

import json
import weakref
from typing import Any

import numpy as np

from nnspec.notebook.inside.weights import End, Held, Made, end_of, held_by, learned, places_in

_MARK = "_nnspec_last_fit"
_LEARN_FROM_DATA = ("TextVectorization", "StringLookup", "IntegerLookup", "Discretization")


class Started:
    """Knows what weights were made with, and what they were at the ends of fits."""

    def __init__(self, made: Made) -> None:
        self._made = made
        self._ends: dict[int, End] = {}
        self._layers: dict[int, str] = {}
        self._measures: dict[int, str] = {}

    def of(self, model: Any) -> tuple[dict[str, Any], dict[int, int]]:
        """Return how a model starts, and where its weights stood at the end of an earlier fit, by their id().

        `initial` is "fresh", "continued" of the fit `after`, "transferred" where the weights, or some of
        them, are those at the end of the fit `after` of another model, or "other", and `why` says what else.
        `weights` and `optimizer` say of a continued one whether they were left as that fit ended.
        """
        held, last = held_by(model), model.__dict__.get(_MARK, {})
        optimizer = getattr(model, "optimizer", None)
        if "fit" in last and self._ends[last["fit"]].is_still(held):
            return _continued(last, optimizer, "kept"), {}
        if vocabulary := _vocabulary(model):
            return _other(vocabulary), {}
        after, places, why = self._source(model, held)
        if not why and optimizer is not None and int(np.asarray(optimizer.iterations)) > 0:
            why = "its optimizer has made steps before"
        if why and "fit" in last:
            return _continued(last, optimizer, "changed"), {}
        if why:
            broken = last.get("broken")
            return _other(why if broken is None else f"fit {broken} trained it and did not end"), {}
        if after is None:
            return {"initial": "fresh", "after": None, "why": ""}, {}
        kept = {"optimizer": "new", "weights": "kept"}
        return {"initial": "transferred", "after": after, "why": "", **kept}, places

    def trained(self, model: Any, fit: int) -> None:
        """Note that a fit has trained a model."""
        self._ends[fit] = end_of(held_by(model))
        self._layers[fit], self._measures[fit] = layers_of(model), measures_of(model)
        object.__setattr__(model, _MARK, {"fit": fit, "optimizer": weakref.ref(model.optimizer)})

    def broken(self, model: Any, fit: int) -> None:
        """Note that a fit began to train a model, and failed."""
        object.__setattr__(model, _MARK, {**model.__dict__.get(_MARK, {}), "broken": fit})

    def evaluated(self, model: Any) -> tuple[int | None, str]:
        """Return the fit of which an evaluation of a model is, and what its weights are.

        That is its own last fit, or that of another model which this one is in all, as one from a file is.
        The weights are "kept" as it ended, "changed" since, "recompiled" where another loss or metrics
        evaluate them, "untrained" as they were made, or "given" by something that is no fit of this model.
        """
        held = held_by(model)
        fit = model.__dict__.get(_MARK, {}).get("fit")
        if fit is None:
            same = [one for one, end in self._ends.items() if end.is_still(held)]
            layers = layers_of(model)
            fit = next((one for one in same if layers and self._layers.get(one) == layers), None)
        if fit is None:
            pairs = zip(held.variables, held.checksums, strict=True)
            as_made = all(self._made.is_as_made(*one) for one in pairs)
            return None, "untrained" if as_made else "given"
        if not self._ends[fit].is_still(held):
            return fit, "changed"
        return fit, "kept" if self._measures.get(fit) == measures_of(model) else "recompiled"

    def _source(self, model: Any, held: Held) -> tuple[int | None, dict[int, int], str]:
        """Return the first fit whose end explains all weights that are not as they were made, or why none."""
        moved = [
            (variable, checksum)
            for variable, checksum in zip(held.variables, held.checksums, strict=True)
            if not self._made.is_as_made(variable, checksum)
        ]
        if not moved:
            return None, {}, ""
        sources = [
            {fit for fit, end in self._ends.items() if end.place_of(*one) is not None} for one in moved
        ]
        if common := set.intersection(*sources):
            fit = min(common)
            return fit, places_in(held, self._ends[fit], [variable for variable, _ in moved]), ""
        unknown = [variable for (variable, _), fits in zip(moved, sources, strict=True) if not fits]
        if unknown:
            return None, {}, f"{_named(model, unknown[0])} was loaded or set, by no fit of the notebook"
        fits = ", ".join(map(str, sorted({min(one) for one in sources})))
        return None, {}, f"its weights are of several fits, {fits}"


def layers_of(model: Any) -> str:
    """Return the layers of a model as text; empty where Keras gives no configuration of them."""
    try:
        config = json.loads(model.to_json())
    except Exception:
        return ""
    own = str(config.get("module")).partition(".")[0] != "keras"
    kept = {key: value for key, value in config.items() if key in ("class_name", "config")}
    return "" if own else json.dumps(kept, sort_keys=True)


def measures_of(model: Any) -> str:
    """Return the loss and the metrics of a model as text, those that are code by their names."""
    try:
        config = model.get_compile_config()
    except Exception:
        return ""
    names = ("loss", "loss_weights", "metrics", "weighted_metrics")
    return json.dumps([(config or {}).get(name) for name in names], sort_keys=True, default=str)


def transfer_of(model: Any, places: dict[int, int]) -> list[int | None]:
    """Return where the weights of a model, which may have been built since, came from; None where made."""
    return [places.get(id(variable)) for variable in learned(model)]


def _continued(last: dict[str, Any], optimizer: Any, weights: str) -> dict[str, Any]:
    kept = "kept" if last["optimizer"]() is optimizer else "new"
    return {
        **{"initial": "continued", "after": last["fit"], "optimizer": kept},
        **{"weights": weights, "why": ""},
    }


def _other(why: str) -> dict[str, Any]:
    return {"initial": "other", "after": None, "why": why}


def _vocabulary(model: Any) -> str:
    """Return which layer has learned a vocabulary or limits, which its configuration need not have."""
    for layer in model._flatten_layers(include_self=False):
        if type(layer).__name__ in _LEARN_FROM_DATA:
            return f"its layer {layer.name} may have been adapted to data"
    return ""


def _named(model: Any, variable: Any) -> str:
    """Return the name of a variable with that of its layer."""
    for layer in model._flatten_layers(include_self=False):
        if not getattr(layer, "_layers", None) and any(one is variable for one in layer.weights):
            return f"the {variable.name} of its layer {layer.name}"
    return f"its {variable.name}"

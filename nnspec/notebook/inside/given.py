"""What `fit` and `evaluate` are given, as plain data: arrays by their files, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from nnspec.notebook.inside.pipelines import NoArrays, Pipeline, is_pipeline, pipeline_of
from nnspec.notebook.inside.told_error import told_error
from nnspec.notebook.inside.written import Written

_PLAIN = ("epochs", "batch_size", "verbose", "validation_split", "shuffle", "class_weight", "initial_epoch")
_OF_PIPELINES = ("shuffle_buffer_size",)
_STEPS = ("steps_per_epoch", "validation_steps", "validation_batch_size", "validation_freq", "steps")
ARGUMENTS = _PLAIN + _OF_PIPELINES + _STEPS
DATA = ("x", "y", "sample_weight", "validation_data")


def as_arrays(bound: Mapping[str, Any]) -> dict[str, Any]:
    """Return arguments with the arrays in the place of pipelines of tf.data, where these are arrays."""
    found = dict(bound)
    given = pipeline_of(bound["x"]) if is_pipeline(bound.get("x")) else None
    if isinstance(given, NoArrays):
        found["x"] = given
    elif isinstance(given, Pipeline):
        found |= dict(zip(("x", "y", "sample_weight"), given.parts, strict=False))
        found |= {"batch_size": given.batch_size, "shuffle": given.shuffle}
        if given.shuffle_buffer_size is not None:
            found["shuffle_buffer_size"] = given.shuffle_buffer_size
    if is_pipeline(held := bound.get("validation_data")):
        given = pipeline_of(held)
        found["validation_data"] = given if isinstance(given, NoArrays) else given.parts
    return found


def arguments_of(bound: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments that are numbers and the like; keys of class weights become texts."""
    found: dict[str, Any] = {}
    for name in ARGUMENTS:
        value = bound.get(name)
        if value is None:
            continue
        if isinstance(value, Mapping):
            found[name] = {str(key): float(weight) for key, weight in value.items()}
        else:
            found[name] = value.item() if isinstance(value, np.generic) else value
    return found


def data_of(bound: Mapping[str, Any], written: Written) -> dict[str, Any]:
    """Return where the arrays of the arguments are."""
    return {name: _kept(bound[name], written) for name in DATA if bound.get(name) is not None}


def why_not(data: Mapping[str, Any]) -> str:
    """Return the first reason for which something in data is not kept; empty where all is."""
    for name, kept in data.items():
        if reason := _reason(kept):
            return f"{name}: {reason}"
    return ""


def _reason(kept: Any) -> str:
    if isinstance(kept, Mapping) and "why" in kept:
        return str(kept["why"])
    parts = kept.get("parts") if isinstance(kept, Mapping) else None
    inner = parts.values() if isinstance(parts, Mapping) else parts or ()
    return next((reason for one in inner if (reason := _reason(one))), "")


def _kept(value: Any, written: Written) -> Any:
    """Return an array's file, or the parts of what holds several of them."""
    if value is None:
        return None
    if isinstance(value, Mapping):
        return {"kind": "dict", "parts": {str(name): _kept(one, written) for name, one in value.items()}}
    if isinstance(value, list | tuple):
        kind = "list" if isinstance(value, list) else "tuple"
        return {"kind": kind, "parts": [_kept(one, written) for one in value]}
    if (stream := _stream(value)) is not None:
        return {"why": stream}
    try:
        array = np.asarray(value.numpy() if hasattr(value, "numpy") else value)
    except Exception as error:
        return {"why": f"{type(value).__name__}, which is no array: {told_error(error)}"}
    return written.array(array)


def _stream(value: Any) -> str | None:
    """Return what gives batch after batch and is not kept, or None."""
    names = [cls.__name__ for cls in type(value).__mro__]
    if isinstance(value, NoArrays):
        return value.why
    if "Dataset" in names:
        return "a data set that gives batches"
    if {"PyDataset", "Sequence", "DataLoader"} & set(names) and not hasattr(value, "dtype"):
        return f"a {type(value).__name__}, which makes batches"
    return "a generator" if hasattr(value, "__next__") else None

"""Pipelines of tf.data that are arrays in memory, batched and shuffled, as `fit` on the arrays would."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_PASSING = ("PrefetchDataset", "OptionsDataset")
_BATCHES = ("BatchDataset", "ParallelBatchDataset")


@dataclass(frozen=True)
class Pipeline:
    """The arrays of a pipeline, (examples, …) each, and how it gives them."""

    parts: tuple[NDArray[Any], ...]
    batch_size: int
    shuffle: bool


def is_pipeline(value: Any) -> bool:
    """Return whether a value is a data set of tf.data."""
    return any(cls.__name__ == "DatasetV2" for cls in type(value).__mro__)


def pipeline_of(dataset: Any) -> Pipeline | str:
    """Return the arrays that a pipeline gives, or why it is another training than that on arrays.

    Known are `from_tensor_slices((x, y))`, then `shuffle` of all examples, `batch` and `prefetch`.
    """
    found, stage = _below(dataset)
    if found not in _BATCHES:
        return f"a pipeline of tf.data that ends in {_name(found)}"
    batch_size, drops = int(stage._batch_size), bool(stage._drop_remainder)
    found, stage = _below(stage._input_dataset)
    shuffled = 0
    if found == "ShuffleDataset":
        if not stage._reshuffle_each_iteration:
            return "a pipeline of tf.data that keeps one order"
        shuffled = int(stage._buffer_size)
        found, stage = _below(stage._input_dataset)
        if found == "CacheDataset":
            found, stage = _below(stage._input_dataset)
    if found != "TensorSliceDataset":
        return f"a pipeline of tf.data with {_name(found)}"
    parts = tuple(np.asarray(one) for one in stage._tensors)
    if not isinstance(stage._structure, tuple) or len(parts) != len(stage._structure):
        return "a pipeline of tf.data of other parts than inputs and targets"
    examples = len(parts[0])
    if drops and examples % batch_size:
        return "a pipeline of tf.data that leaves out the last batch"
    if 0 < shuffled < examples:
        return f"a pipeline of tf.data that shuffles within {shuffled} of {examples} examples"
    return Pipeline(parts, batch_size, shuffled > 0)


def _below(stage: Any) -> tuple[str, Any]:
    """Return the first stage that changes what is given, by the name of its class."""
    while (name := type(stage).__name__.lstrip("_")) in _PASSING:
        stage = stage._input_dataset
    return name, stage


def _name(stage: str) -> str:
    return stage.removesuffix("Dataset").lower() or "other stages"

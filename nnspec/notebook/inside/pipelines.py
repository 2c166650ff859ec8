"""Pipelines of tf.data that give the same examples each time, batched and shuffled: they become arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from nnspec.basics.errors import InvalidValue
from nnspec.data.by_name import ByName, each_array
from nnspec.data.tensorflow_dataset import read_part, steps_of

_PASSING = ("PrefetchDataset", "OptionsDataset")
_PYTHON = ("PyFunc", "PyFuncStateless", "EagerPyFunc", "GeneratorDataset")
_BATCHES = ("BatchDataset", "ParallelBatchDataset")


@dataclass(frozen=True)
class Pipeline:
    """The arrays of a pipeline, (examples, …) each, several by name in a dict, and how it gives them."""

    parts: tuple[Any, ...]
    batch_size: int
    shuffle: bool
    shuffle_buffer_size: int | None = None  # where it is too small to mix all examples


@dataclass(frozen=True)
class NoArrays:
    """Stands for a pipeline that no arrays can stand for, and says why."""

    why: str


def is_pipeline(value: Any) -> bool:
    """Return whether a value is a data set of tf.data."""
    return any(cls.__name__ == "DatasetV2" for cls in type(value).__mro__)


def pipeline_of(dataset: Any) -> Pipeline | NoArrays:
    """Return the arrays that a pipeline gives, or why it is another training than that on arrays.

    Those of `from_tensor_slices((x, y))`, then `shuffle` of all examples, `batch` and `prefetch`, are there
    already. Others, of files or with a `map` for example, are read, twice, to see that they stay the same;
    but for those that call Python, as a generator does: who reads them may take from `fit` what it needs.
    """
    if (known := _known(dataset)) is not None:
        return known
    if _calls_python(dataset):
        return NoArrays("a pipeline of tf.data that calls Python code, as from_generator does")
    try:
        read = read_part("a pipeline of tf.data", dataset)
    except InvalidValue as error:
        return NoArrays(str(error))
    parts = tuple(_by_name(one) for one in read.examples)
    return Pipeline(parts, read.batch_size, read.shuffled, read.shuffle_buffer_size)


def _by_name(values: Any) -> Any:
    """Return an array, or several in a dict."""
    return dict(each_array(values)) if isinstance(values, ByName) else values


def _known(dataset: Any) -> Pipeline | None:
    """Return the arrays that a pipeline is made of; None if that cannot be seen, or there is more to it."""
    found, stage = _below(dataset)
    if found not in _BATCHES:
        return None
    batch_size, drops = int(stage._batch_size), bool(stage._drop_remainder)
    found, stage = _below(stage._input_dataset)
    shuffled = 0
    if found == "ShuffleDataset":
        if not stage._reshuffle_each_iteration:
            return None
        shuffled = int(stage._buffer_size)
        found, stage = _below(stage._input_dataset)
        if found == "CacheDataset":
            found, stage = _below(stage._input_dataset)
    if found != "TensorSliceDataset":
        return None
    parts = tuple(np.asarray(one) for one in stage._tensors)
    if not isinstance(stage._structure, tuple) or len(parts) != len(stage._structure):
        return None
    examples = len(parts[0])
    if (drops and examples % batch_size) or 0 < shuffled < examples:
        return None
    return Pipeline(parts, batch_size, shuffled > 0)


def _calls_python(dataset: Any) -> bool:
    """Return whether a step of a pipeline is Python code, and not TensorFlow's operations alone."""
    for _, step in steps_of(dataset):
        for function in step._functions():
            graph = function.function.graph.as_graph_def()
            nodes = [*graph.node, *(node for one in graph.library.function for node in one.node_def)]
            if any(node.op in _PYTHON for node in nodes):
                return True
    return False


def _below(stage: Any) -> tuple[str, Any]:
    """Return the first stage that changes what is given, by the name of its class."""
    while (name := type(stage).__name__.lstrip("_")) in _PASSING:
        stage = stage._input_dataset
    return name, stage

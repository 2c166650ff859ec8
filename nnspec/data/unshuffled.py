"""A pipeline of `tf.data` without its `shuffle`: the order that the buffer of a small one mixes."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import Any

_MAPS, _BATCHES, _PASSING = ("Map", "ParallelMap"), ("Batch", "ParallelBatch"), ("Prefetch", "Options")


def unshuffled(steps: Sequence[tuple[str, Any]]) -> Any | None:
    """Return the pipeline made anew without its only `shuffle`, or None where that cannot be done.

    `steps` are the kinds and data sets of a pipeline, the last one first. What may stand behind `shuffle` is
    `map`, `batch` and `prefetch`. Whoever reads it has to see that it gives the same examples.
    """
    places = [place for place, (kind, _) in enumerate(steps) if kind == "Shuffle"]
    if len(places) != 1:
        return None
    later, found = steps[: places[0]], steps[places[0]][1]._input_dataset
    for kind, step in reversed(later):
        if len(step._inputs()) != 1:
            return None
        if kind in _MAPS:
            found = found.map(_mapped(step))
        elif kind in _BATCHES:
            found = found.batch(int(step._batch_size), drop_remainder=bool(step._drop_remainder))
        elif kind not in _PASSING:
            return None
    return found


def _mapped(step: Any) -> Callable[..., Any]:
    """Return the function of a `map`, as it was traced."""
    nest = importlib.import_module("tensorflow").nest

    def again(*parts: Any) -> Any:
        flat = step._map_func.function(*nest.flatten(parts))
        return nest.pack_sequence_as(step.element_spec, nest.flatten(flat))

    return again

"""Which data set takes what an author has."""

from __future__ import annotations

import os


def what_takes(value: object) -> str:
    """Return which data set takes a value that is none itself; empty where that cannot be told."""
    module = type(value).__module__.partition(".")[0]
    if isinstance(value, str | os.PathLike):
        return "a file is CSVDataset(path, target=…) or NPZDataset(path)"
    if isinstance(value, type):
        return f"call it: {value.__name__}(…)"
    if module == "pandas":
        return "a DataFrame is DataFrameDataset(frame, target=…)"
    if module == "tensorflow":
        return "a tf.data.Dataset is TensorFlowDataset(dataset)"
    return "a function is FunctionDataset(function)" if callable(value) else ""

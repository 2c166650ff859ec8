"""Fits and evaluations as they are captured, made without a kernel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from nnspec.notebook.captured import Captured, Evaluation, Fit
from nnspec.notebook.inside.written import Written

COMPILED = {
    "optimizer": {
        **{"module": "keras.optimizers", "class_name": "Adam", "registered_name": None},
        "config": {"learning_rate": 0.01},
    },
    "loss": "binary_crossentropy",
    "metrics": ["accuracy"],
}


def dense(units: int, activation: str) -> dict[str, Any]:
    config = {"name": f"dense_{units}", "units": units, "activation": activation}
    return {"module": "keras.layers", "class_name": "Dense", "config": config, "registered_name": None}


ARCHITECTURE = {
    **{"module": "keras", "class_name": "Sequential", "registered_name": None},
    "config": {"name": "small", "trainable": True, "layers": [dense(3, "relu"), dense(1, "sigmoid")]},
}
FRESH = {"initial": "fresh", "after": None, "why": ""}


def continued(after: int, **changed: str) -> dict[str, Any]:
    """Return the start of a fit that goes on where another one ended."""
    start = {"initial": "continued", "after": after, "why": "", "optimizer": "kept", "weights": "kept"}
    return {**start, **changed}


def fit(number: int, cell: int = 0, **changed: Any) -> Fit:
    """Return a fit of a small model; its history has as many epochs as its arguments ask for."""
    arguments = changed.pop("arguments", {})
    values: dict[str, Any] = {
        "line": 1,
        "model": {
            **{"class": "Sequential", "name": "small", "code": None, "why": ""},
            "architecture": ARCHITECTURE,
            "compiled": COMPILED,
        },
        "start": FRESH,
        "data": {"x": {"file": "x"}, "y": {"file": "y"}},
        "callbacks": {"list": [], "code": None, "why": ""},
        "ended": True,
        "history": {name: [0.5] * arguments.get("epochs", 1) for name in ("accuracy", "loss")},
    }
    return Fit(number=number, cell=cell, arguments=arguments, **{**values, **changed})


def evaluation(number: int, cell: int, fit: int | None = 0, **changed: Any) -> Evaluation:
    """Return an evaluation on other examples than those of the fits above."""
    values: dict[str, Any] = {
        "line": 1,
        "weights": "kept",
        "data": {"x": {"file": "other x"}, "y": {"file": "other y"}},
        "arguments": {},
        "result": {"loss": 0.5, "accuracy": 0.5},
    }
    return Evaluation(number=number, cell=cell, fit=fit, **{**values, **changed})


def captured(*found: Fit | Evaluation, folder: Path = Path("nowhere")) -> Captured:
    """Return fits and evaluations as those of one run."""
    fits = tuple(one for one in found if isinstance(one, Fit))
    return Captured(folder, fits, tuple(one for one in found if isinstance(one, Evaluation)), ())


def kept(folder: Path, examples: int = 8, seed: int = 0) -> dict[str, Any]:
    """Write examples into a folder, and return them as the data of a fit."""
    written, draws = Written(folder, 10**6), np.random.default_rng(seed)
    x = draws.normal(size=(examples, 2))
    return {"x": written.array(x), "y": written.array((x[:, 0] > 0).astype(int))}

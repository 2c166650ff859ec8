"""Rows of the parity table: arguments of fit, and callbacks."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnspec import KerasRecipe
from spec.implementation.training.models.parity_models import (
    VECTORS,
    compiled,
)


def _stop(k: Any) -> list[Any]:
    return [k.callbacks.EarlyStopping("loss", patience=0, min_delta=0.05, restore_best_weights=True)]


def with_callbacks(make: Any, **more: Any) -> KerasRecipe:
    def callbacks() -> list[Any]:
        import keras

        return make(keras)

    rate = more.pop("optimizer", lambda k: k.optimizers.Adam(0.05))
    return compiled(optimizer=rate, data=VECTORS, fit={"epochs": 6, "callbacks": callbacks, **more})


FIT = {
    "shuffle=False": compiled(data=VECTORS, fit={"shuffle": False}),
    "validation_split": compiled(data=VECTORS, fit={"validation_data": None, "validation_split": 0.3}),
    "class_weight": compiled(data=VECTORS, fit={"class_weight": {0: 1.0, 1: 5.0}}),
    "class_weight and validation_split": compiled(
        fit={"class_weight": {1: 3.0}, "validation_data": None, "validation_split": 0.25}
    ),
    "sample_weight": compiled(
        data=VECTORS, weighted_metrics=["accuracy"], fit={"sample_weight": np.linspace(0, 3, 40)}
    ),
    "sample_weight and validation_split": compiled(
        data=VECTORS,
        weighted_metrics=["accuracy"],
        fit={"sample_weight": np.linspace(3, 0, 40), "validation_data": None, "validation_split": 0.25},
    ),
    "initial_epoch": with_callbacks(
        lambda k: [k.callbacks.LearningRateScheduler(lambda epoch, rate: 0.1 / (1 + epoch))],
        initial_epoch=4,
    ),
    "steps_per_epoch": compiled(data=VECTORS, fit={"steps_per_epoch": 2, "epochs": 4}),
    "more steps_per_epoch than batches": compiled(data=VECTORS, fit={"steps_per_epoch": 5}),
    "one batch an epoch": compiled(data=VECTORS, fit={"batch_size": 100}),
    "a batch of one": compiled(data=VECTORS, fit={"batch_size": 1, "epochs": 1}),
    "no epochs": compiled(data=VECTORS, fit={"epochs": 0}),
    "EarlyStopping": with_callbacks(_stop),
    "EarlyStopping, start_from_epoch": with_callbacks(
        lambda k: [k.callbacks.EarlyStopping("val_loss", patience=1, start_from_epoch=2, min_delta=1.0)]
    ),
    "EarlyStopping, baseline": with_callbacks(
        lambda k: [k.callbacks.EarlyStopping("val_accuracy", baseline=2.0)]
    ),
    "ReduceLROnPlateau": with_callbacks(
        lambda k: [k.callbacks.ReduceLROnPlateau("loss", factor=0.3, patience=1, min_delta=0.02)]
    ),
    "LearningRateScheduler": with_callbacks(
        lambda k: [k.callbacks.LearningRateScheduler(lambda epoch, rate: 0.1 / (1 + epoch))]
    ),
    "TerminateOnNaN": with_callbacks(
        lambda k: [k.callbacks.TerminateOnNaN()], optimizer=lambda k: k.optimizers.SGD(1e38)
    ),
    "LambdaCallback that stops": with_callbacks(lambda k: [_Stopping(k).callback]),
}


class _Stopping:
    """Stops after the third epoch."""

    def __init__(self, k: Any) -> None:
        class Third(k.callbacks.Callback):  # type: ignore[misc]
            def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
                self.model.stop_training = epoch == 2

        self.callback = Third()

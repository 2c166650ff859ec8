"""What the engines train: an experiment with data, epochs and batches, whatever describes the model."""

from __future__ import annotations

from typing import Any

from nnspec.recipes.experiment import Experiment


class Trainable(Experiment):
    """Base of the experiments that `fit` trains: a `Recipe` of layers, or a `KerasRecipe` of a function.

    Others repeat an `outcome()` instead. `validation_data` names a part of the data, or is None.
    """

    epochs: int
    batch_size: int
    validation_data: str | None

    @property
    def functions(self) -> tuple[Any, ...]:
        """The author's functions that are a part of what is trained, besides the classes in the fields."""
        return ()

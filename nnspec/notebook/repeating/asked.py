"""A printed figure with what it is of, or with the reason why that cannot be told."""

from __future__ import annotations

from dataclasses import dataclass

from nnspec.notebook.captured import Evaluation
from nnspec.notebook.figures import Figure
from nnspec.notebook.repeating.histories import Taken


@dataclass(frozen=True)
class Asked:
    """A printed figure of an epoch of a fit, or of an evaluation after it; `key` is Keras's name today.

    `taken` is the epoch of that fit, counted from 1, or -1 for its last one, or the extreme of all its
    epochs.
    """

    figure: Figure
    fit: int
    evaluation: Evaluation | None
    key: str
    taken: Taken = -1


@dataclass(frozen=True)
class NotPlaced:
    """A printed figure that is not placed, and why.

    `changed` is true where the notebook no longer does what printed it, and false where that cannot be told.
    """

    figure: Figure
    why: str
    changed: bool = False


Joined = Asked | NotPlaced

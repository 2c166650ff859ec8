"""The first cell: from here on, what Keras trains and evaluates is written down."""

from __future__ import annotations

from pathlib import Path

from nnspec.notebook.inside.datasets import DATASETS, serving
from nnspec.notebook.inside.imports import after_import
from nnspec.notebook.inside.old_arguments import taking
from nnspec.notebook.inside.trainer import Watching
from nnspec.notebook.inside.written import Written


def begin(folder: str, largest: int) -> None:
    """Capture what is trained into a folder; arrays of up to `largest` bytes.

    Nothing is imported for it: Keras is met when the notebook imports it.
    """
    written = Written(Path(folder), largest)
    watching = Watching(written)
    serve = serving(Path(folder), lambda dataset: written.event("served", dataset=dataset))
    after_import(
        {
            "keras.src.models.model": watching.watch,
            "keras.src.optimizers.base_optimizer": taking(written.remark),
            **dict.fromkeys(DATASETS, serve),
        }
    )

"""Cells run in this process, with what they train captured: Keras is imported once for all notebooks."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

from nnspec.notebook.captured import Captured, read_captured
from nnspec.notebook.inside.place import begin_cell
from nnspec.notebook.inside.trainer import Watching
from nnspec.notebook.inside.written import Written
from nnspec.notebook.running.cell_run import CellRun
from spec.mutation.notebooks.sources import Cells

_LARGEST = 10**8  # bytes of an array


class InProcess:
    """Runs one notebook after the other; unlike in a kernel Keras's names go on counting."""

    def __init__(self) -> None:
        from keras.src.models import model

        self._trainer, self._model = model.Trainer, model.Model
        self._original = self._trainer.fit, self._trainer.evaluate, self._model.summary

    def run(self, cells: Cells, folder: Path) -> tuple[list[CellRun], Captured]:
        """Return how the cells came out, and what they trained."""
        from keras.src.models import model

        folder.mkdir(parents=True, exist_ok=True)
        self._as_it_was()
        Watching(Written(folder, _LARGEST)).watch(model)
        names: dict[str, object] = {"__name__": "__main__"}
        runs = []
        for number, source in enumerate(cells):
            begin_cell(number)
            try:
                with contextlib.redirect_stdout(io.StringIO()):
                    exec(compile(source, f"<ipython-input-{number}>", "exec"), names)  # noqa: S102  # our own
                runs.append(CellRun(number, "ran"))
            except Exception as error:
                runs.append(CellRun(number, "failed", error=type(error).__name__, message=str(error)))
        self._as_it_was()
        return runs, read_captured(folder)

    def _as_it_was(self) -> None:
        self._trainer.fit, self._trainer.evaluate, self._model.summary = self._original

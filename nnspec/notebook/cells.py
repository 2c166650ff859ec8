"""What a notebook or a script is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

OutputKind = Literal["stdout", "stderr", "result", "display", "error"]
CellKind = Literal["code", "markdown", "raw"]


@dataclass(frozen=True)
class Output:
    """One stored output of a cell: a stream, the value of its last line, what was displayed, or an error."""

    kind: OutputKind
    text: str


@dataclass(frozen=True)
class Cell:
    """A cell; `number` counts from 0 over all cells, `execution_count` is None where none is stored."""

    number: int
    kind: CellKind
    source: str
    execution_count: int | None = None
    outputs: tuple[Output, ...] = ()


@dataclass(frozen=True)
class Notebook:
    """A notebook, or a script, whose cells have no outputs; `language` is empty where it does not say."""

    path: str
    kind: Literal["notebook", "script"]
    cells: tuple[Cell, ...] = field(repr=False)
    language: str = ""

    @property
    def code(self) -> tuple[Cell, ...]:
        """The cells of code, from the top."""
        return tuple(cell for cell in self.cells if cell.kind == "code")

    @property
    def stored_outputs(self) -> int:
        """How many outputs its cells hold."""
        return sum(len(cell.outputs) for cell in self.cells)

    @property
    def stripped(self) -> bool:
        """Whether nothing is left of any run: no output and no execution count."""
        run = any(cell.execution_count is not None for cell in self.cells)
        return self.kind == "notebook" and not self.stored_outputs and not run

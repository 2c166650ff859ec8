"""What was captured while a notebook ran: its fits and evaluations, read back without TensorFlow."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnspec.basics.array_files import UNREADABLE
from nnspec.basics.errors import InvalidValue
from nnspec.notebook.cells import Output
from nnspec.notebook.inside.written import EVENTS
from nnspec.notebook.shown import read_shown


@dataclass(frozen=True, kw_only=True)
class Fit:
    """A call of `fit`, as it was made.

    `cell`, `line` and `functions` say where: the line of the cell, and the author's functions around it.
    `model` has its class, architecture and compile configuration, `start` what it started from, `data` the
    files of the arrays, `arguments` and `callbacks` the rest. `why` says why it cannot be repeated, and is
    empty where it can. `history` is what it reported, `error` what ended it; `ended` is false where nothing
    did, because its kernel died. `transfer` has for a model that began with weights of an earlier fit, in the
    order of `learned`, their places in the earlier model, None for those that were made anew. `proof` is a
    file with what a model with classes of the author's own computed, empty for others.
    """

    number: int
    cell: int | None
    line: int | None
    functions: tuple[str, ...] = ()
    model: Mapping[str, Any]
    start: Mapping[str, Any]
    data: Mapping[str, Any]
    arguments: Mapping[str, Any]
    callbacks: Mapping[str, Any]
    global_seed: int | None = None
    why: str = ""
    seconds: float = 0.0
    error: str = ""
    ended: bool = False
    history: Mapping[str, list[float]] = field(default_factory=dict)
    transfer: Sequence[int | None] | None = None
    proof: str = ""

    @property
    def stopped(self) -> bool:
        """Whether something from outside ended it: a limit, or the end of its kernel."""
        return self.error.startswith("KeyboardInterrupt") or not (self.error or self.ended)

    @property
    def prints(self) -> bool:
        """Whether it prints a log."""
        return self.arguments.get("verbose") not in (0, "0", False)


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """A call of `evaluate`: of the model after the fit of this number, on these data, with this result.

    `result` is in the order of the list that it returns. `weights` are "kept" as the fit left them, "changed"
    since, "recompiled" where another loss or other metrics evaluate them; where there was no fit "untrained",
    or "given" by something else.
    """

    number: int
    cell: int | None
    line: int | None
    functions: tuple[str, ...] = ()
    fit: int | None
    weights: str
    data: Mapping[str, Any]
    arguments: Mapping[str, Any]
    result: Mapping[str, float]
    seconds: float = 0.0
    why: str = ""

    @property
    def prints(self) -> bool:
        """Whether it prints a line."""
        return self.arguments.get("verbose") not in (0, "0", False)


@dataclass(frozen=True)
class Problem:
    """A call that could not be written down, with the error."""

    what: str
    number: int
    cell: int | None
    error: str


@dataclass(frozen=True, kw_only=True)
class Summary:
    """A call of `summary`, and the text that it prints today."""

    cell: int | None
    line: int | None
    functions: tuple[str, ...] = ()
    text: str


@dataclass(frozen=True)
class Captured:
    """Fits, evaluations and summaries in the order of the run, and calls that could not be written down.

    `served` are the data sets of `keras.datasets` that came from nnspec's data folder, `remarks` what was
    done with a cell that its author would not see: the cell, and a sentence without it. `shown` is what every
    cell showed at the run, by its number.
    """

    folder: Path
    fits: tuple[Fit, ...]
    evaluations: tuple[Evaluation, ...]
    problems: tuple[Problem, ...]
    served: tuple[str, ...] = ()
    remarks: tuple[tuple[int | None, str], ...] = ()
    summaries: tuple[Summary, ...] = ()
    shown: Mapping[int, tuple[Output, ...]] = field(default_factory=dict)

    def array(self, kept: Mapping[str, Any]) -> NDArray[Any]:
        """Return an array of the data of a fit or an evaluation.

        Raises
        ------
        InvalidValue
            If its file is missing or damaged.
        """
        path = self.folder / str(kept["file"])
        try:
            with np.load(path, allow_pickle=False) as found:
                array: NDArray[Any] = found["array"]
        except UNREADABLE as error:
            raise InvalidValue(
                "captured array", str(path), "a file as it was captured", str(error)
            ) from error
        return array


def read_captured(folder: Path) -> Captured:
    """Return what a kernel has written into a folder, as far as it came."""
    fits: dict[int, Fit] = {}
    evaluations: list[Evaluation] = []
    summaries: list[Summary] = []
    problems: list[Problem] = []
    served: dict[str, None] = {}
    remarks: dict[tuple[int | None, str], None] = {}
    path = folder / EVENTS
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        try:
            event: dict[str, Any] = json.loads(line)
        except ValueError:  # the kernel died while it wrote
            continue
        kind = event.pop("event")
        if kind == "fit":
            fits[event["number"]] = Fit(**{**event, "functions": tuple(event["functions"])})
        elif kind == "evaluate":
            evaluations.append(Evaluation(**{**event, "functions": tuple(event["functions"])}))
        elif kind == "summary":
            summaries.append(Summary(**{**event, "functions": tuple(event["functions"])}))
        elif kind == "fit ended" and event["number"] in fits:
            number = event.pop("number")
            fits[number] = replace(fits[number], ended=True, **event)
        elif kind == "problem":
            problems.append(Problem(event["what"], event["number"], event["cell"], event["error"]))
        elif kind == "served":
            served[event["dataset"]] = None
        elif kind == "remark":
            remarks[event["cell"], event["text"]] = None
    calls = tuple(fits.values()), tuple(evaluations), tuple(problems)
    shown = read_shown(folder)
    return Captured(folder, *calls, tuple(served), tuple(remarks), tuple(summaries), shown)

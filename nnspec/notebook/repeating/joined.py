"""Which captured fit or evaluation a printed figure is of."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from nnspec.notebook.captured import Captured, Evaluation, Fit
from nnspec.notebook.figures import Figure
from nnspec.notebook.metric_names import keras_name
from nnspec.notebook.repeating.evaluated_names import EvaluatedNames
from nnspec.notebook.repeating.evaluations import evaluation_of
from nnspec.notebook.repeating.shown_by import shown_by
from nnspec.notebook.repeating.traced import Other, Traced, traced
from nnspec.notebook.static import Static


@dataclass(frozen=True)
class Asked:
    """A printed figure of an epoch of a fit, or of an evaluation after it; `key` is Keras's name today."""

    figure: Figure
    fit: int
    evaluation: Evaluation | None
    key: str


@dataclass(frozen=True)
class NotPlaced:
    """A printed figure that is not placed, and why.

    `changed` is true where the notebook no longer does what printed it, and false where that cannot be told.
    """

    figure: Figure
    why: str
    changed: bool = False


Joined = Asked | NotPlaced
T = TypeVar("T", Fit, Evaluation)


class _No(Exception):
    """Why a figure is not joined, and whether the notebook no longer does what printed it."""

    def __init__(self, why: str, *, changed: bool = False) -> None:
        super().__init__(why)
        self.changed = changed


def joined(static: Static, captured: Captured) -> tuple[Joined, ...]:
    """Return the figures that count, of a fit those of its last epoch, each with what it is a figure of."""
    return tuple(one for one, main in _all(static, captured) if one is main)


def told_again(static: Static, captured: Captured) -> dict[int, Figure]:
    """Return by the id() of a figure that says again what another one says, in fewer digits, that one."""
    found = _all(static, captured)
    return {id(one.figure): main.figure for one, main in found if one is not main}


def _all(static: Static, captured: Captured) -> list[tuple[Joined, Joined]]:
    """Return all figures that count, each with the one that counts in its place, mostly itself."""
    join = _Join(static, captured)
    found: list[Joined] = []
    for figure in counting(static):
        try:
            found.append(join.fit(figure) if figure.kind == "fit" else join.evaluation(figure))
        except _No as reason:
            found.append(NotPlaced(figure, str(reason), reason.changed))
    return list(zip(found, _once(found), strict=True))


def counting(static: Static) -> list[Figure]:
    """Return the figures that count: of a fit those of its last epoch, of an evaluation what it returned."""
    last = {(log.cell, log.order): log.last_epoch for log in static.logs if log.kind == "fit"}
    return [
        one
        for one in static.figures
        if not one.outdone and (one.kind != "fit" or one.epoch == last.get((one.cell, one.order or 0)))
    ]


class _Join:
    def __init__(self, static: Static, captured: Captured) -> None:
        self._static, self._captured = static, captured
        self._names = EvaluatedNames(static)

    def fit(self, figure: Figure) -> Asked:
        """Return the fit whose log a figure stands in."""
        if figure.order is None:
            raise _No("which fit a History that is shown is of cannot be told")
        logs = sum(log.cell == figure.cell and log.kind == "fit" for log in self._static.logs)
        fits = [fit for fit in self._captured.fits if fit.cell == figure.cell and fit.prints]
        fit = self._one(figure, logs, fits, "fit")
        if not fit.history:
            raise _No(f"fit {fit.number} did not end", changed=True)
        return Asked(figure, fit.number, None, _key(figure, list(fit.history), f"fit {fit.number}"))

    def evaluation(self, figure: Figure) -> Asked:
        """Return the evaluation that a figure is of: by its line, or by the names that hold what it gave."""
        own = [one for one in self._captured.evaluations if one.cell == figure.cell]
        shown: Traced | None = None
        if figure.kind == "evaluate" and figure.order is not None:
            logs = sum(log.cell == figure.cell and log.kind == "evaluate" for log in self._static.logs)
            one = self._one(figure, logs, [e for e in own if e.prints], "evaluate")
        elif (shown := self._shown(figure)) is not None:
            one = self._called(shown)
        else:
            one = self._named(figure)
        if one.why:
            raise _No(f"evaluate: {one.why}")
        if one.fit is None:
            raise _No("its model was evaluated without a fit before")
        if one.weights != "kept":
            raise _No(f"the weights of its model were changed after fit {one.fit}")
        names = list(one.result)
        if shown is not None and shown.part is not None:
            return Asked(figure, one.fit, one, _part(names, shown))
        beside = self._beside(figure)
        if not figure.name and len(beside) == len(names):
            return Asked(figure, one.fit, one, names[beside.index(figure)])
        return Asked(figure, one.fit, one, _key(figure, names, "evaluate"))

    def _beside(self, figure: Figure) -> list[Figure]:
        """Return the figures of the same printed list or tuple, in its order."""
        place = figure.cell, figure.line, figure.form
        return [one for one in self._static.figures if (one.cell, one.line, one.form) == place]

    def _one(self, figure: Figure, logs: int, found: Sequence[T], what: str) -> T:
        if not found:
            failed = any(one.cell == figure.cell and one.what == what for one in self._captured.problems)
            raise _No(f"no {what} of this cell was captured", changed=not failed)
        if len(found) != logs:
            why = f"the cell stores {logs} logs of {what}, and its run has {len(found)}"
            raise _No(why, changed=True)
        return found[figure.order or 0]

    def _shown(self, figure: Figure) -> Traced | None:
        """Return the call of `evaluate` whose value a figure is by the code; None where that is not told."""
        if (expression := shown_by(self._static, figure)) is None:
            return None
        if isinstance(expression, ast.Constant):
            raise _No("it is text that the code holds itself")
        found = traced(self._static.code.trees, figure.cell, expression, figure.percent)
        if isinstance(found, Other):
            raise _No(f"it shows {found.code}, which is no value that evaluate returned")
        return found

    def _called(self, shown: Traced) -> Evaluation:
        """Return the evaluation that a call in the source made."""
        tree = self._static.code.trees[shown.cell]
        found = evaluation_of(tree, shown, self._captured.evaluations)
        if found is None:
            own = any(one.cell == shown.cell for one in self._captured.evaluations)
            raise _No("which evaluation it is of cannot be told" if own else "what it is of was not captured")
        return found

    def _named(self, figure: Figure) -> Evaluation:
        """Return the evaluation whose result a cell shows, which it holds under names or calls itself."""
        cells = self._names.cells_behind(figure.cell)
        found = [one for one in self._captured.evaluations if one.cell in cells]
        if len(found) > 1:
            alike = [one for one in found if _fits_data(figure, self._trains_on(one))]
            found = alike if len(alike) == 1 else found
        if len(found) != 1:
            raise _No(
                "which evaluation it is of cannot be told" if found else "what it is of was not captured"
            )
        if figure.data == "training" and not self._trains_on(found[0]):
            raise _No("it is said of training, and the evaluation beside it is of other examples")
        return found[0]

    def _trains_on(self, one: Evaluation) -> bool:
        fit = next((fit for fit in self._captured.fits if fit.number == one.fit), None)
        return fit is not None and all(fit.data.get(name) == one.data.get(name) for name in ("x", "y"))


def _fits_data(figure: Figure, of_training: bool) -> bool:
    return not figure.data or (figure.data == "training") == of_training


def _part(names: Sequence[str], shown: Traced) -> str:
    """Return the metric of the part of an evaluation that is shown."""
    part = shown.part
    if isinstance(part, str) and part in names:
        return part
    if isinstance(part, int) and -len(names) <= part < len(names):
        return names[part]
    raise _No(f"evaluate has no part {part!r}, but {', '.join(names)}", changed=True)


def _key(figure: Figure, names: Sequence[str], what: str) -> str:
    """Return the name that Keras has today for the metric of a figure."""
    if not figure.name:
        raise _No("its metric is not named")
    exact = [name for name in names if name == figure.metric]
    found = exact or [name for name in names if keras_name(name) == figure.name]
    if len(found) != 1:
        why = f"{what} has no metric {figure.metric}, but {', '.join(names)}"
        raise _No(why, changed=figure.kind in ("fit", "evaluate"))
    return found[0]


def _once(found: Sequence[Joined]) -> Iterator[Joined]:
    """Yield what counts for each: of figures of one evaluation that agree, the one with most digits."""
    best: dict[tuple[object, ...], Asked] = {}
    for one in found:
        if isinstance(one, Asked) and one.evaluation is not None:
            key = one.figure.cell, one.evaluation.number, one.key
            other = best.get(key)
            if other is None or (
                _agree(one.figure, other.figure) and _digits(one.figure) > _digits(other.figure)
            ):
                best[key] = one
    for one in found:
        main: Joined = one
        if isinstance(one, Asked) and one.evaluation is not None:
            other = best[one.figure.cell, one.evaluation.number, one.key]
            main = other if _agree(one.figure, other.figure) else one
        yield main


def _digits(figure: Figure) -> int:
    return figure.decimals + (2 if figure.percent else 0)


def _agree(one: Figure, other: Figure) -> bool:
    unit = 10.0 ** -min(_digits(one), _digits(other))
    return bool(abs(one.value - other.value) <= unit)

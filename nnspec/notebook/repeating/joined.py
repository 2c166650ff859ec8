"""Which captured fit or evaluation a printed figure is of."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TypeVar

from nnspec.notebook.captured import Captured, Evaluation, Fit
from nnspec.notebook.figures import Figure
from nnspec.notebook.metric_names import keras_name
from nnspec.notebook.repeating.asked import Asked, Joined, NotPlaced
from nnspec.notebook.repeating.calls_made import all_made, only_one
from nnspec.notebook.repeating.evaluated_names import EvaluatedNames
from nnspec.notebook.repeating.histories import OfHistory
from nnspec.notebook.repeating.proven import proven, refuted
from nnspec.notebook.repeating.said_again import once
from nnspec.notebook.repeating.shown_by import Shown, ShownBy
from nnspec.notebook.repeating.traced import Other, Traced, traced
from nnspec.notebook.static import Static

_NO_FIT = {  # by the weights of what was evaluated
    "changed": "the weights of its model were changed after fit {fit}",
    "recompiled": "its model was compiled with another loss or other metrics after fit {fit}",
    "untrained": "its model was evaluated without a fit before",
    "given": "its model was never fitted here: its weights were loaded, set or trained within another one",
}
_NO_EVALUATE = "it shows nothing that evaluate or fit gave, as far as the code can be followed"
_TEXT = "it is text that the code holds itself"
_NOT_CAPTURED = "what it is of was not captured"
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
    return list(zip(found, once(found), strict=True))


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
        self._names, self._shown = EvaluatedNames(static), ShownBy(static, captured)

    def fit(self, figure: Figure) -> Asked:
        """Return the fit whose log a figure stands in."""
        if figure.order is None:
            raise _No("which fit a History that is shown is of cannot be told")
        logs = sum(log.cell == figure.cell and log.kind == "fit" for log in self._static.logs)
        fits = [fit for fit in self._captured.fits if fit.cell == figure.cell and fit.prints]
        fit = self._one(figure, logs, fits, "fit")
        if not fit.history:
            raise _No(f"fit {fit.number} did not end", changed=not fit.stopped)
        key = _key(figure, list(fit.history), f"fit {fit.number}")
        return Asked(figure, fit.number, None, key, figure.epoch or 1)

    def evaluation(self, figure: Figure) -> Asked:
        """Return the evaluation that a figure is of: by its line, or by the names that hold what it gave."""
        own = [one for one in self._captured.evaluations if one.cell == figure.cell]
        shown = self._shown.expression(figure)
        if shown is None and self._shown.is_held(figure):
            raise _No(_TEXT)
        found = None if shown is None else self._traced(figure, shown)
        if isinstance(found, OfHistory) and shown is not None:
            return self._of_history(figure, shown, found)
        if figure.kind == "evaluate" and figure.order is not None:
            logs = sum(log.cell == figure.cell and log.kind == "evaluate" for log in self._static.logs)
            one = self._one(figure, logs, [e for e in own if e.prints], "evaluate")
        elif isinstance(found, Traced) and shown is not None:
            one = self._called(figure, shown, found)
        else:
            one = self._named(figure)
        if one.why:
            raise _No(f"evaluate: {one.why}")
        if one.weights != "kept" or one.fit is None:
            raise _No(_NO_FIT.get(one.weights, _NO_FIT["untrained"]).format(fit=one.fit))
        key = self._key_of(figure, one, found.part if isinstance(found, Traced) else None)
        if shown is not None and refuted(shown, figure, one.result[key]):
            raise _No("what it is of cannot be told: at the run it was another number than evaluate gave")
        return Asked(figure, one.fit, one, key)

    def _key_of(self, figure: Figure, one: Evaluation, part: int | str | None) -> str:
        names = list(one.result)
        if part is not None:
            return _part(names, part)
        beside = self._beside(figure)
        if not figure.name and len(beside) == len(names):
            return names[beside.index(figure)]
        return _key(figure, names, "evaluate")

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

    def _traced(self, figure: Figure, shown: Shown) -> Traced | OfHistory | None:
        """Return the call whose value a figure is by the code; None where that is not told."""
        if isinstance(shown.expression, ast.Constant):
            raise _No(_TEXT)
        trees = self._static.code.trees
        found = traced(trees, shown.cell, shown.expression, figure.percent, shown.function)
        if isinstance(found, Other):
            raise _No(f"it shows {found.code}, which is no value that evaluate or fit gave")
        return found

    def _called(self, figure: Figure, shown: Shown, found: Traced) -> Evaluation:
        """Return the evaluation that a call in the source made, of several the one that the run proves."""
        all_of_them = self._captured.evaluations
        once = self._only(found.cell, found.call, found.function, all_of_them)
        if once is not None:
            return once
        made = all_made(found.call, found.cell, figure.cell, found.function, all_of_them)
        one = proven(shown, figure, made, lambda each: _value(figure, each, found.part))
        if isinstance(one, Evaluation):
            return one
        own = any(each.cell in (found.cell, figure.cell) for each in all_of_them)
        why = f": {one} of {len(made)} gave what the run printed" if shown.today and len(made) > 1 else ""
        raise _No(f"which evaluation it is of cannot be told{why}" if own else _NOT_CAPTURED)

    def _only(
        self, cell: int, call: ast.Call | None, function: ast.FunctionDef | None, found: Sequence[T]
    ) -> T | None:
        """Return what a call outside of helpers made, where it made one thing alone."""
        if call is None or function is not None:
            return None
        return only_one(self._static.code.trees[cell], cell, call, found)

    def _of_history(self, figure: Figure, shown: Shown, found: OfHistory) -> Asked:
        """Return the fit of a History, of several the one that the run proves."""
        ended = [one for one in self._captured.fits if one.history]
        once = self._only(found.cell, found.call, found.function, self._captured.fits)
        if found.call is None:
            made = [one for one in ended if one.cell is None or one.cell <= figure.cell]
        else:
            made = all_made(found.call, found.cell, figure.cell, found.function, ended)
        made = made if once is None else [once]
        if not made:
            raise _No(_NOT_CAPTURED)
        fit: Fit | int = made[0]  # where nothing else has a History
        if len(made) > 1 or shown.today:
            fit = proven(shown, figure, made, lambda one: found.value(one.history))
        if not isinstance(fit, Fit):
            number = f": {fit} of {len(made)} gave what the run printed" if shown.today else ""
            raise _No(f"which fit it is of cannot be told{number}")
        names, key = list(fit.history), found.metric
        if key not in names:
            raise _No(f"fit {fit.number} has no metric {key}, but {', '.join(names)}", changed=True)
        taken, trained = found.taken, len(fit.history[key])
        if isinstance(taken, int) and taken != -1:
            taken = taken + 1 if taken >= 0 else trained + 1 + taken
        return Asked(figure, fit.number, None, key, taken)

    def _named(self, figure: Figure) -> Evaluation:
        """Return the evaluation whose result a cell shows, which it holds under names or calls itself."""
        cells = self._names.cells_behind(figure.cell)
        if not cells:
            raise _No(_NO_EVALUATE)
        found = [one for one in self._captured.evaluations if one.cell in cells]
        if len(found) > 1:
            alike = [one for one in found if _fits_data(figure, self._trains_on(one))]
            found = alike if len(alike) == 1 else found
        if len(found) != 1:
            raise _No("which evaluation it is of cannot be told" if found else _NOT_CAPTURED)
        if figure.data == "training" and not self._trains_on(found[0]):
            raise _No("it is said of training, and the evaluation beside it is of other examples")
        return found[0]

    def _trains_on(self, one: Evaluation) -> bool:
        fit = next((fit for fit in self._captured.fits if fit.number == one.fit), None)
        return fit is not None and all(fit.data.get(name) == one.data.get(name) for name in ("x", "y"))


def _fits_data(figure: Figure, of_training: bool) -> bool:
    return not figure.data or (figure.data == "training") == of_training


def _value(figure: Figure, one: Evaluation, part: int | str | None) -> float | None:
    """Return the value of an evaluation that a figure shows; None where it has none."""
    names = list(one.result)
    try:
        return one.result[_key(figure, names, "evaluate") if part is None else _part(names, part)]
    except _No:
        return None


def _part(names: Sequence[str], part: int | str) -> str:
    """Return the metric of the part of an evaluation that is shown."""
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

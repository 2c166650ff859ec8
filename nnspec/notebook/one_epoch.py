"""Logs of fits of one epoch: Keras prints no `Epoch 1/1` above them, so that they look like evaluations."""

from __future__ import annotations

from collections.abc import Sequence

from nnspec.notebook.calls import Call
from nnspec.notebook.figures import Figure, Log


def one_epoch_fits(
    cell: int, calls: Sequence[Call], logs: Sequence[Log], figures: Sequence[Figure]
) -> set[int]:
    """Return which of the logs of a cell that stand alone are of a fit, by their number among evaluations.

    Those with figures of a validation are; the others where the calls of the cell, in their order, leave
    nothing else: one call a log, or no call but such fits.
    """
    alone = [log for log in logs if log.kind == "evaluate"]
    validated = {one.order or 0 for one in figures if one.kind == "evaluate" and one.name.startswith("val_")}
    beside = [call for call in calls if cell in (call.cell, *call.called_in) and _prints(call)]
    beside = [call for call in beside if not call.function or cell in call.called_in]
    if not any(_is_one_epoch(call) for call in beside):
        return validated
    if all(call.method == "fit" for call in beside) and len(alone) == len(logs):
        return {log.order for log in alone}
    once = not any(call.in_loop or call.function for call in beside)
    if not once or len(beside) != len(logs):
        return validated
    pairs = list(zip(beside, logs, strict=True))
    if not all(_may_print(call, log) for call, log in pairs):
        return validated
    return validated | {log.order for call, log in pairs if call.method == "fit" and log.kind == "evaluate"}


def _prints(call: Call) -> bool:
    return call.method != "compile" and call.arguments.get("verbose") not in ("0", "False")


def _is_one_epoch(call: Call) -> bool:
    return call.method == "fit" and call.arguments.get("epochs", "1") == "1"


def _may_print(call: Call, log: Log) -> bool:
    return log.kind == call.method or (log.kind == "evaluate" and _is_one_epoch(call))

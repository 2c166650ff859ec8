"""Metrics that logs of `fit` print, against those that the run reported."""

from __future__ import annotations

from collections.abc import Iterator

from nnspec.notebook.after_run.calls_behind import fit_of
from nnspec.notebook.captured import Captured, Fit
from nnspec.notebook.findings.finding import Finding, listed
from nnspec.notebook.metric_names import is_figure
from nnspec.notebook.repeating.layer_names import output_names
from nnspec.notebook.static import Static


def metrics(static: Static, captured: Captured) -> Iterator[Finding]:
    """Yield the logs that validate where the run does not, or the reverse, and those with fewer metrics.

    A printed metric that is no longer reported is told where its figure is placed. Callbacks of the author's
    own may add what they like, and fits that have some are left out.
    """
    for log in static.logs:
        fit = fit_of(static, captured, log) if log.kind == "fit" else None
        printed = list(dict.fromkeys(one.metric for one in static.figures_of(log)))
        if fit is None or not fit.history or not printed or _own_callbacks(fit):
            continue
        reported = [name for name in fit.history if is_figure(name)]
        if told := _validation(printed, reported, fit) or _fewer(printed, reported, fit):
            yield Finding("metrics", (log.cell,), f"Cell [{log.cell}] {told}.")


def _validation(printed: list[str], reported: list[str], fit: Fit) -> str:
    shown, given = (any(name.startswith("val_") for name in names) for names in (printed, reported))
    if shown == given or fit.arguments.get("validation_freq", 1) != 1:
        return ""
    if shown:
        return "stores a log with figures of a validation, and its code validates no longer"
    return "stores a log without figures of a validation, and its code validates"


def _fewer(printed: list[str], reported: list[str], fit: Fit) -> str:
    """Return that the run reports more; nothing of several outputs, whose losses few versions print."""
    several = len(output_names(fit.model["architecture"])) > 1 or fit.model["architecture"] is None
    shown, given = ([name for name in names if not name.startswith("val_")] for names in (printed, reported))
    if several or len(given) <= len(shown):
        return ""
    return f"stores a log of {listed(shown)}, and its fit reports {listed(given)}"


def _own_callbacks(fit: Fit) -> bool:
    return any(not str(one["module"]).startswith("keras.") for one in fit.callbacks["list"])

"""What a report shows of the changes since a baseline: the tests, and every claim's values before and now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nnspec.claim_record import ClaimRecord
from nnspec.drift import ClaimDrift, drift
from nnspec.drift_report import shown
from nnspec.report.drift_bar import drift_bar


def since_baseline(
    old: Mapping[str, ClaimRecord], new: Mapping[str, ClaimRecord], old_name: str, new_name: str
) -> dict[str, Any]:
    """Return the texts of `drift_report.shown` and, by the names of claims, what to say of each.

    `identical` are those of which nothing has to be drawn, `plots` finding and drawings (SVG) of the others.

    Raises
    ------
    InvalidValue
        If the two have no claim in common that both examined.
    """
    found = drift(old, new)
    identical = [claim.key for claim in found.claims if claim.finding == "identical"]
    others = [claim for claim in found.claims if claim.finding != "identical"]
    plots = {claim.key: _plot(claim, old[claim.key], new[claim.key]) for claim in others}
    return shown(found, {"OLD": old_name, "NEW": new_name}) | {
        "identical": identical,
        "plots": {key: plot for key, plot in plots.items() if plot["drawings"]},
    }


def _plot(claim: ClaimDrift, old: ClaimRecord, new: ClaimRecord) -> dict[str, Any]:
    before = {quantity.label: quantity for quantity in old.quantities}
    drawings: dict[str, str] = {}
    for quantity in new.quantities:
        label = quantity.label
        if label in before and label not in drawings:
            values = before[label].values.tolist()
            drawings[label] = drift_bar(label, values, quantity.values.tolist(), quantity.threshold)
    return {"finding": claim.finding, "drawings": [svg for svg in drawings.values() if svg]}

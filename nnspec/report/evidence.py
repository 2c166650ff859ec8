"""What the report shows of one claim: its drawings, its sentences, and what about it is alarming."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nnspec.compared import compared
from nnspec.report.share_bar import share_bar
from nnspec.report.strip import Strip, strip
from nnspec.report.wording import counterfactual_sentence, sentence

# A claim that could not run may lack what only a run can tell.
_UNKNOWN: dict[str, Any] = {
    "part": "", "title": "", "section": "", "detail": "", "kind": "", "statement": "", "because": "",
    "predicate": "", "expected": "", "as_recorded": False, "measured": "", "seeds": None, "successes": None,
    "diverged": 0, "share": None, "interval": None, "claimed_share": None, "figures": {}, "values": [],
    "counterfactual": None, "recipes": {}, "engine": "", "worst_seeds": [], "replay": "",
    "training_seconds": None, "cached": False, "message": "", "notes": [], "drift": [],
}  # fmt: skip


def evidence(claim: Mapping[str, Any]) -> dict[str, Any]:
    """Return a claim of the results document, completed, with what is drawn and said about it.

    Added are `key`, `measured_over_seeds`, `sentence`, `counterfactual_sentence`, `alarms` (texts),
    `bar` and `large_bar` (inline SVG or empty) and `strips`.
    """
    item = _UNKNOWN | {name: value for name, value in claim.items() if value is not None}
    counterfactual = item["counterfactual"]
    return item | {
        "key": f"{item['id']}[{item['part']}]" if item["part"] else item["id"],
        "measured_over_seeds": item["seeds"] is not None or _is_about_seeds(item["kind"]),
        "sentence": sentence(item),
        "counterfactual_sentence": counterfactual_sentence(counterfactual) if counterfactual else "",
        "alarms": _alarms(item),
        "bar": _bar(item, labelled=False),
        "large_bar": _bar(item, labelled=True),
        "strips": _strips(item),
    }


def _is_about_seeds(kind: str) -> bool:
    """Tell a claim that could not run from a fact: it belongs among the measured claims all the same."""
    return "share" in kind or "paired" in kind


def _alarms(item: Mapping[str, Any]) -> list[str]:
    found = []
    if item["verdict"] not in (item["expected"], "skipped"):
        found.append(f"Recorded is “{item['expected']}”, found is “{item['verdict']}”.")
    elif not item["as_recorded"] and item["verdict"] != "skipped":
        found.append("The verdict is the recorded one, but the check failed.")
    if item["counterfactual"] and item["counterfactual"]["verdict"] not in ("refuted", "skipped"):
        found.append(f"The counterfactual is “{item['counterfactual']['verdict']}” and must be refuted.")
    return found


def _bar(item: Mapping[str, Any], *, labelled: bool) -> str:
    if item["share"] is None:
        return ""
    return share_bar(
        item["share"], item["interval"], item["claimed_share"], item["verdict"], labelled=labelled
    )


def _strips(item: Mapping[str, Any]) -> list[Strip]:
    return [
        strip(one.label, one.claim, one.counterfactual, one.thresholds, one.documented)
        for one in compared(item)
    ]

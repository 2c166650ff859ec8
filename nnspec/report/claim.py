"""What the report shows of one claim: its drawings, its sentences, and what about it is alarming."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from shlex import quote
from typing import Any

from nnspec.claims.budget import SEEDS
from nnspec.report.drawing.share_bar import share_bar
from nnspec.report.drawing.strip import Strip, strip
from nnspec.report.words.suggestion import suggested_wording, what_is_true
from nnspec.report.words.wording import count, counterfactual_sentence, number, resolution_sentence, sentence
from nnspec.results.quantities import compared
from nnspec.statistics.strength import MOST_SEEDS, strength

# A claim that could not run may lack what only a run can tell.
_UNKNOWN: dict[str, Any] = {
    "part": "", "title": "", "section": "", "detail": "", "kind": "", "statement": "", "because": "",
    "beyond": "", "predicate": "", "expected": "", "as_recorded": False, "measured": "",
    "seeds": None, "successes": None,
    "diverged": 0, "share": None, "interval": None, "claimed_share": None, "figures": {}, "values": [],
    "counterfactual": None, "recipes": {}, "scripts": {}, "engine": "", "worst_seeds": [],
    "best_seeds": [], "resolution": None, "replay": "",
    "training_seconds": None, "cached": False, "message": "", "notes": [], "drift": [],
}  # fmt: skip


def evidence(claim: Mapping[str, Any], budget: str = "standard") -> dict[str, Any]:
    """Return a claim of the results document, completed, with what is drawn and said about it.

    `budget` is the name of the run's budget: under a small one a verdict that differs from the recorded
    one for lack of seeds is no alarm. Added are `key`, `measured_over_seeds`, `sentence`,
    `counterfactual_sentence`, `strength_sentence`, `alarms` (texts), `few_seeds` (whether an alarm was
    withheld), `bar` and `large_bar` (inline SVG or empty), `strips`, `truth` (sentences), `wording`, `arms`
    (what the wording calls by a name: name and recipe), `resolution_sentence`, `both_ends`, the command that
    replays the best seeds, after the worst where there are any, and `search`, the command that looks for a
    repair, empty where there can be none.
    """
    item = _UNKNOWN | {name: value for name, value in claim.items() if value is not None}
    counterfactual, alarms = item["counterfactual"], _alarms(item)
    few = bool(alarms) and _is_open(item) and _is_small(budget, item["seeds"])
    key = f"{item['id']}[{item['part']}]" if item["part"] else item["id"]
    return item | {
        "key": key,
        "measured_over_seeds": item["seeds"] is not None or _is_about_seeds(item["kind"]),
        "sentence": sentence(item),
        "counterfactual_sentence": counterfactual_sentence(counterfactual, item["verdict"])
        if counterfactual
        else "",
        "strength_sentence": strength_sentence(item),
        "alarms": [] if few else alarms,
        "few_seeds": few,
        "bar": _bar(item, labelled=False),
        "large_bar": _bar(item, labelled=True),
        "strips": _strips(item),
        "truth": what_is_true(item),
        "wording": (wording := suggested_wording(item)),
        "arms": _arms(item["recipes"], wording),
        "resolution_sentence": resolution_sentence(item["resolution"]) if item["resolution"] else "",
        "both_ends": _both_ends(key, item),
        "search": f"nnspec repair {quote(key)} --store" if _can_be_searched(item) else "",
    }


def add_readings(items: Sequence[dict[str, Any]]) -> None:
    """Add to each claim `reading`: how its statement was read, where others read the same one differently.

    That is as much of the reason as tells it apart from that of the others.
    """
    alike: dict[tuple[str, str], list[list[str]]] = {}
    for item in items:
        alike.setdefault((item["document"], item["statement"]), []).append(item["because"].split("; "))
    for item in items:
        reasons, own = alike[item["document"], item["statement"]], item["because"].split("; ")
        sizes = range(1, len(own) + 1)
        enough = (size for size in sizes if sum(other[:size] == own[:size] for other in reasons) == 1)
        item["reading"] = "; ".join(own[: next(enough, 1)]) if len(reasons) > 1 else ""


def _both_ends(key: str, item: Mapping[str, Any]) -> str:
    """Return the command for the listed seeds that say no and yes; empty where it would be `replay`."""
    if not item["best_seeds"]:
        return ""
    listed = [*item["worst_seeds"], *item["best_seeds"]]
    # a comma tells a single seed from a number of seeds
    return f"nnspec verify {key!r} --seeds {','.join(map(str, listed))}{',' if len(listed) == 1 else ''}"


def _arms(recipes: Mapping[str, str], wording: str) -> dict[str, str]:
    """Return those of several arms that a text names, with their recipes."""
    words = set(re.findall(r"\w+", wording))
    return {arm: recipe for arm, recipe in recipes.items() if arm in words} if len(recipes) > 1 else {}


def _can_be_searched(item: Mapping[str, Any]) -> bool:
    """Whether `nnspec repair` takes the claim: recorded as it was found, and with recipes to change."""
    return item["verdict"] == "refuted" and item["expected"] != "holds" and bool(item["scripts"])


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


def _is_open(item: Mapping[str, Any]) -> bool:
    """Whether nothing but a lack of seeds speaks against the record."""
    other = item["counterfactual"]
    verdicts = {item["verdict"], item["expected"]}
    return (
        item["seeds"] is not None
        and (len(verdicts) == 1 or "undecided" in verdicts)
        and (other is None or other["verdict"] in ("refuted", "undecided"))
    )


def _is_small(budget: str, seeds: int) -> bool:
    return budget not in ("standard", "full") and seeds < SEEDS["standard"][0]


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


def strength_sentence(item: Mapping[str, Any]) -> str:
    """Return by how much a claim is ahead of its counterfactual; empty where one of them was not judged."""
    other = item["counterfactual"]
    if not item["seeds"] or not other or not other.get("seeds"):
        return ""
    found = strength(item["successes"], item["seeds"], other["successes"], other["seeds"])
    points = [number(round(100 * value, 1), 4) for value in (found.difference, found.low, found.high)]
    told = (
        f"about {count(found.seeds, 'seed')} of each would tell such shares apart"
        if found.seeds
        else f"not even {count(MOST_SEEDS, 'seed')} of each would tell such shares apart"
    )
    if found.low <= 0 <= found.high:
        return (
            f"No difference to the claim is shown: {points[0]} percentage points (95 % interval {points[1]} "
            f"… {points[2]}, valid whenever one stops); {told}."
        )
    return (
        f"With its cause the claim comes true for {points[0]} percentage points more of the seeds "
        f"(95 % interval {points[1]} … {points[2]}, valid whenever one stops); {told}."
    )

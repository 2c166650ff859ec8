"""The report as one HTML file that can be read without JavaScript and never asks the network."""

from __future__ import annotations

import functools
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from nnspec.basics.errors import InvalidValue
from nnspec.report.claim import add_readings, evidence
from nnspec.report.documents import documents, facts, tiles
from nnspec.report.parts import Picture
from nnspec.report.scripts import scripts
from nnspec.report.words import wording
from nnspec.report.words.printable import printable

if TYPE_CHECKING:
    from jinja2 import Template

    from nnspec.report.parts import CalibrationSection, FreshSeeds, RepairPart, Section


def render(
    results: Mapping[str, Any],
    pictures: Mapping[str, Sequence[Picture]] | None = None,
    since: Mapping[str, Any] | None = None,
    calibration: CalibrationSection | None = None,
    appendix: Sequence[Section] = (),
    repairs: Mapping[str, RepairPart] | None = None,
    reruns: Mapping[str, FreshSeeds] | None = None,
) -> str:
    """Return the report on a results document as HTML text.

    `pictures` maps a claim's key, `id` or `id[part]`, to the pictures that belong to it. `since` is what
    moved since a baseline, as `since_baseline.since_baseline` returns it, and `calibration` the appendix
    on wrong verdicts. `appendix` are further sections, on what the verdicts are worth. `repairs` says by
    the keys of claims what would make them true and `reruns` how they came out on fresh seeds.

    Raises
    ------
    InvalidValue
        If `results` has another schema than 1, or if there are pictures for an unknown claim.
    """
    if results.get("schema") != 1:
        raise InvalidValue("schema", results.get("schema"), "1, results of this version of nnspec")
    cleaned = printable(dict(results))
    items = [evidence(claim, cleaned["budget"]) for claim in cleaned["claims"]]
    shown = pictures or {}
    unknown = set(shown) - {item["key"] for item in items}
    if unknown:
        raise InvalidValue("pictures", sorted(unknown), "keys of claims in the results")
    add_readings(items)
    anchors = _anchors([item["key"] for item in items])
    own_script = files("nnspec.report").joinpath("templates/report.js").read_text(encoding="utf-8")
    for item, anchor, own in zip(items, anchors, scripts(items), strict=True):
        item["anchor"] = anchor
        item["scripts"] = own
        item["pictures"] = shown.get(item["key"], ())
        repair = (repairs or {}).get(item["key"])
        item["fresh_seeds"] = (reruns or {}).get(item["key"])
        item["repair"] = None if repair is None else printable(vars(repair))
        # where none is stored at all, the page may just have been made without them
        item["search"] = item["search"] if repairs and repair is None else ""
    return template("report.html.jinja").render(
        results=cleaned,
        environment={"date": "", "machine": "", "engine": ""} | cleaned["environment"],
        items=items,
        documents=documents(items),
        counts=Counter(item["verdict"] for item in items),
        tiles=tiles(items),
        facts=facts(items),
        all_yes=sum(
            item["few_seeds"] and (item["verdict"], item["share"]) == ("undecided", 1) for item in items
        ),
        alarms=[item for item in items if item["alarms"]],
        unsettled=[item for item in items if item["few_seeds"]],
        verdicts_taken=sum(2 * bool(item["seeds"]) for item in items),
        over_seeds=Counter(item["verdict"] for item in items if item["seeds"]),
        stored=sum(bool(item["cached"] and item["seeds"]) for item in items),
        since=since,
        calibration=calibration,
        appendix=appendix,
        script=own_script,
        script_hash="sha256-" + b64encode(sha256(own_script.encode()).digest()).decode(),
    )


@functools.cache
def template(name: str) -> Template:
    """Return a template of this folder that escapes every text."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # only a report needs it

    environment = Environment(
        loader=PackageLoader("nnspec.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        number=wording.number,
        percent=wording.percent,
        duration=wording.duration,
        ordinal=wording.ordinal,
        surely_atypical=wording.surely_atypical,
        place_in_words=wording.place_in_words,
    )
    environment.globals.update(count=wording.count, symbols=wording.SYMBOLS)
    return environment.get_template(name)


def _anchors(keys: Sequence[str]) -> list[str]:
    """Make the name of each claim fit for a link; names that become the same are numbered."""
    taken: Counter[str] = Counter()
    anchors = []
    for key in keys:
        name = re.sub(r"[^\w-]+", "-", key).strip("-")
        taken[name] += 1
        anchors.append(f"claim-{name}" if taken[name] == 1 else f"claim-{name}--{taken[name]}")
    return anchors

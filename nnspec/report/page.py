"""The report as one HTML file that can be read without JavaScript and never asks the network."""

from __future__ import annotations

import functools
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from nnspec.basics.errors import InvalidValue
from nnspec.claims.budget import TOO_FEW
from nnspec.report.claim import ShownClaim, evidence, with_readings
from nnspec.report.documents import documents
from nnspec.report.findings import findings, first_sentence
from nnspec.report.parts import FreshSeeds, Picture, RepairPart, Section, Since
from nnspec.report.scripts import scripts
from nnspec.report.words import wording
from nnspec.report.words.changes import names_what_changes
from nnspec.report.words.printable import printable
from nnspec.results.claim_result import Results
from nnspec.results.counts import counts
from nnspec.results.reading import results_of
from nnspec.results.sentences import figures_in_words, printed_figures
from nnspec.statistics.scales import in_words

if TYPE_CHECKING:
    from jinja2 import Template


def render(
    results: Results | Mapping[str, Any],
    pictures: Mapping[str, Sequence[Picture]] | None = None,
    since: Since | None = None,
    appendix: Sequence[Section] = (),
    repairs: Mapping[str, RepairPart] | None = None,
    reruns: Mapping[str, FreshSeeds] | None = None,
) -> str:
    """Return the report on results, or on a results document, as HTML text.

    `pictures` maps a claim's key, `id` or `id[part]`, to the pictures that belong to it. `since` is what
    moved since a baseline, as `drift.since_baseline` returns it, and `appendix` are sections on what the
    verdicts are worth. `repairs` says by the keys of claims what would make them true and `reruns` how they
    came out on fresh seeds.

    Raises
    ------
    InvalidValue
        If the document is none of schema 1, or if there are pictures for an unknown claim.
    """
    cleaned = printable(results_of(results, "results"))
    shown, known = pictures or {}, {claim.key for claim in cleaned.claims}
    if unknown := set(shown) - known:
        raise InvalidValue("pictures", sorted(unknown), "keys of claims in the results")
    own_script = files("nnspec.report").joinpath("templates/report.js").read_text(encoding="utf-8")
    plain = with_readings([evidence(claim, cleaned.budget) for claim in cleaned.claims])
    moved = {claim.name for claim in since.claims if claim.style == "refuted"} if since else set()
    anchors = _anchors([item.key for item in plain])
    items = [
        replace(
            item,
            anchor=anchor,
            keras_scripts=own,
            changed=bool(item.alarms) or item.key in moved,
            pictures=tuple(shown.get(item.key, ())),
            fresh_seeds=(reruns or {}).get(item.key),
            repair=printable(_offered(item, repairs or {})),
            # where none is stored at all, the page may just have been made without them
            search=item.search if repairs and item.key not in repairs else "",
        )
        for item, anchor, own in zip(plain, anchors, scripts(plain), strict=True)
    ]
    told = zip(items, _told_before(items), _trained_before(items), strict=True)
    items = [replace(item, skipped_as=skipped, arms_as=arms) for item, skipped, arms in told]
    counted, figures = counts(items), printed_figures(items)
    return template("report.html.jinja").render(
        results=cleaned,
        environment={"date": "", "machine": "", "engine": ""} | dict(cleaned.environment),
        items=items,
        documents=documents(items),
        counts=counted,
        by_verdict=Counter(item.badge.style for item in items),
        figures=figures_in_words(figures),
        sentence=first_sentence(counted, figures),
        findings=findings(items),
        all_yes=sum(item.few_seeds and (item.verdict, item.share) == ("undecided", 1) for item in items),
        alarms=[item for item in items if item.alarms],
        unsettled=[item for item in items if item.few_seeds],
        verdicts_taken=sum(1 + bool(item.counterfactual) + len(item.figures) for item in items if item.seeds),
        runs=sum(item.seeds or 0 for item in items),
        stored=sum(bool(item.cached and item.seeds) for item in items),
        since=since,
        appendix=appendix,
        script=own_script,
        script_hash="sha256-" + b64encode(sha256(own_script.encode()).digest()).decode(),
    )


def _told_before(items: Sequence[ShownClaim]) -> Iterator[str]:
    """Yield for every claim the anchor of the first one of its document that was skipped for its reason."""
    first: dict[tuple[str, str], str] = {}
    for item in items:
        reason = item.document, item.message
        known = first.setdefault(reason, item.anchor) if item.verdict == "skipped" and item.message else ""
        yield known if known != item.anchor else ""


def _trained_before(items: Sequence[ShownClaim]) -> Iterator[tuple[str, str] | None]:
    """Yield for every claim the anchor and the key of the first one of its document that trains the same."""
    first: dict[tuple[str, tuple[tuple[str, str], ...]], tuple[str, str]] = {}
    for item in items:
        own = item.anchor, item.key
        known = first.setdefault((item.document, tuple(item.recipes.items())), own) if item.recipes else own
        yield None if known == own or any(one.text for one in item.keras_scripts) else known


def _offered(item: ShownClaim, repairs: Mapping[str, RepairPart]) -> RepairPart | None:
    """Return the repair of a claim, unless it changes what the sentence is about."""
    found = repairs.get(item.key)
    return None if found and names_what_changes(item.statement, found.kinds) else found


@functools.cache
def template(name: str) -> Template:
    """Return a template of this folder that escapes every text."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # only a report needs it

    loader = PackageLoader("nnspec.report", "templates")
    tidy: dict[str, Any] = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    environment = Environment(loader=loader, autoescape=True, **tidy)
    filters = ("number", "percent", "duration", "place_in_a_table", "claimed", "interval")
    environment.filters.update({word: getattr(wording, word) for word in filters})
    environment.filters["in_words"] = in_words
    environment.globals.update(
        too_few=TOO_FEW.replace("seeds", "runs"), count=wording.count, symbols=wording.SYMBOLS
    )
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

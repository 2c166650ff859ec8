"""The baseline: what was found last time, one JSON file for every document, and why it was changed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nnspec.basics.errors import InvalidValue
from nnspec.basics.files import check_schema, read_json, shown, unusable, write_text
from nnspec.basics.plain_data import plain
from nnspec.basics.plain_data import read as read_plain
from nnspec.claims.document import document_key
from nnspec.claims.reading import MORE_THAN_HALF
from nnspec.results.claim_record import ClaimRecord, compact
from nnspec.results.claim_result import SYMBOLS, PlacedFigure, Results
from nnspec.results.reading import named
from nnspec.statistics.scales import in_words

SCHEMA = 3
_OLDER = (1, 2)
WRITER = "`nnspec rebaseline`"
_RUN = ("versions", "machine", "date", "engine", "budget")


@dataclass(frozen=True)
class Baseline:
    """The baseline of a document; the environment is that of the newest claim."""

    title: str
    schema: int
    environment: Mapping[str, str]
    claims: tuple[ClaimRecord, ...]


def read(path: Path) -> Baseline:
    """Return the baseline of a document, checked.

    Files of schema 1 and 2 are understood, without their values or figures, which were others.

    Raises
    ------
    InvalidValue
        If the file cannot be read, is no baseline, or has another schema.
    """
    label, document = shown(path), read_json(path, WRITER)
    if not isinstance(document, dict) or "claims" not in document or "error_rate" in document:
        raise InvalidValue(label, document, f"a baseline of {WRITER}")
    check_schema(label, document, *_OLDER, SCHEMA)
    try:
        if document["schema"] == 1:
            document = {"title": path.stem, **_of_schema_1(document)}
        if document["schema"] == 2:
            document = _of_schema_2(document)
        claims = tuple(named(ClaimRecord, claim) for claim in document["claims"])
        table(claims)  # needs what the tables of verdicts show
        return replace(read_plain(Baseline, {**document, "claims": []}), claims=claims)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise unusable(label, error, f"a baseline of {WRITER}") from error


def read_folder(folder: Path) -> dict[str, Baseline]:
    """Return the baselines of a folder by the keys of their documents.

    Raises
    ------
    InvalidValue
        As `read`.
    """
    return {path.stem: read(path) for path in sorted(folder.glob("*.json"))}


def records(folder: Path) -> dict[str, ClaimRecord]:
    """Return the records of all baselines in a folder by the names of the claims.

    Raises
    ------
    InvalidValue
        As `read`, or if the folder has no baseline.
    """
    stored = [claim for baseline in read_folder(folder).values() for claim in baseline.claims]
    if not stored:
        raise InvalidValue("folder", str(folder), "a folder with baselines", f"{WRITER} writes them")
    return {record.key: record for record in stored}


def updated(
    baselines: Mapping[str, Baseline], results: Results, keys: Collection[str]
) -> dict[str, Baseline]:
    """Return the baselines that change when the claims of these names are taken from the results.

    Everything else that is stored stays as it is.
    """
    changed: dict[str, Baseline] = {}
    for claim in results.claims:
        if claim.key in keys:
            document = document_key("document", claim.document)
            before = changed.get(document) or baselines.get(document)
            others = [stored for stored in before.claims if stored.key != claim.key] if before else []
            claims = sorted([*others, compact(claim, results)], key=lambda stored: (stored.id, stored.part))
            changed[document] = Baseline(claim.title, SCHEMA, results.environment, tuple(claims))
    return changed


def write(folder: Path, changed: Mapping[str, Baseline]) -> None:
    """Write these baselines, each whole or not at all, and the tables of verdicts beside the folder.

    Raises
    ------
    OSError
        If a file cannot be written; what stood there before is then unchanged.
    """
    for document, baseline in changed.items():
        write_text(folder / f"{document}.json", text(baseline))
    write_text(folder.parent / "verdicts.md", verdicts(folder))


def text(baseline: Baseline) -> str:
    """Return a baseline as JSON with one field of a claim on a line, so that differences are readable."""
    head = plain(baseline)
    claims = (
        "{\n" + ",\n".join(f"  {_json(name)}: {_json(value)}" for name, value in claim.items()) + "\n }"
        for claim in head.pop("claims")
    )
    lines = [f" {_json(name)}: {_json(value)}" for name, value in head.items()]
    return "{\n" + ",\n".join([*lines, ' "claims": [\n ' + ",\n ".join(claims) + "\n ]"]) + "\n}\n"


def verdicts(folder: Path) -> str:
    """Return the tables of verdicts of all baselines in a folder, as Markdown."""
    parts = ["# Verdicts", "Made from the files in `claims/` by `nnspec rebaseline`."]
    for baseline in read_folder(folder).values():
        parts += [f"## {baseline.title}", table(baseline.claims)]
    return "\n\n".join(parts) + "\n"


def _of_schema_1(document: Mapping[str, Any]) -> dict[str, Any]:
    environment = document["environment"]
    run = {
        "versions": {name: text for name, text in environment.items() if name not in _RUN},
        **{field: environment.get(field, "") for field in ("machine", "date", "engine")},
        "budget": "standard",
    }
    empty = {"quantities": [], "counterfactual": None, "training_seconds": None, **run}
    return {**document, "schema": 2, "claims": [{**claim, **empty} for claim in document["claims"]]}


def _of_schema_2(document: Mapping[str, Any]) -> dict[str, Any]:
    # every claim was one about a share of the seeds, and how many do as well as a figure was not kept
    def claim(stored: Mapping[str, Any]) -> dict[str, Any]:
        other = stored["counterfactual"]
        reading = "" if stored["seeds"] is None else "general"
        known = {"reading": reading, "places": [], "figures": {}}
        return {**stored, **known, "counterfactual": other and {**other, "null": False}}

    return {**document, "schema": SCHEMA, "claims": [claim(stored) for stored in document["claims"]]}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


_HEAD = "| claim | read as | statement | verdict | seeds that say yes | claimed | documented figures |"


def name(claim: ClaimRecord) -> str:
    """Return the id of a claim as code, with its part in brackets."""
    return f"`{claim.id}`" + (f" ({claim.part})" if claim.part else "")


def row(claim: ClaimRecord) -> str:
    """Return the row of a claim that was judged over seeds."""
    seeds = f"{claim.successes} of {claim.seeds}"
    verdict = f"{SYMBOLS[claim.verdict]} {claim.told}"
    figures = "; ".join(_figure(label, figure) for label, figure in claim.figures.items())
    share = claim.claimed_share
    claimed = "–" if share is None else "more than half" if share == MORE_THAN_HALF else f"{share:.0%}"
    reading = f"{claim.reading}, ours" if claim.ours else claim.reading
    cells = [name(claim), reading, claim.statement, verdict, seeds, claimed, figures]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def table(claims: Sequence[ClaimRecord]) -> str:
    """Return the table of the claims that were judged over seeds, and how many others there are."""
    judged = [claim for claim in claims if claim.seeds is not None]
    others = Counter(claim.verdict for claim in claims if claim.seeds is None)
    lines = [_HEAD, "| --- | --- | --- | --- | --- | --- | --- |", *map(row, judged)] if judged else []
    if others:
        told = ", ".join(f"{number} {verdict}" for verdict, number in sorted(others.items()))
        lines += ["", f"Facts, pictures and changed calls: {told}."]
    return "\n".join(lines).strip()


def _figure(label: str, figure: PlacedFigure) -> str:
    places = in_words(figure.places) or "open"
    told = f"{label} {figure.printed}: {places}, {figure.as_well} of {figure.seeds} do as well"
    return f"{told}, {figure.equal} exactly" if figure.middle != figure.as_well else told

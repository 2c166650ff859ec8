"""The baseline: what was found last time, one JSON file for every document, and why it was changed."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from nnspec import verdict_table
from nnspec.claim_record import ClaimRecord, claim_record, compact, key
from nnspec.errors import InvalidValue
from nnspec.json_file import read_json, shown
from nnspec.results_file import unusable
from nnspec.whole_file import write_text

SCHEMA = 2
FOLDER = Path("baselines/claims")
WRITER = "`nnspec rebaseline`"
_RUN = ("versions", "machine", "date", "engine", "budget")


def read(path: Path) -> dict[str, Any]:
    """Return the baseline of a document, checked: `title`, `environment` and `claims`.

    The environment is that of the newest claim. A file of schema 1, which held no values, is understood.

    Raises
    ------
    InvalidValue
        If the file cannot be read, is no baseline, or has another schema.
    """
    label, document = shown(path), read_json(path, WRITER)
    if not isinstance(document, dict) or "claims" not in document or "error_rate" in document:
        raise InvalidValue(label, document, f"a baseline of {WRITER}")
    if document.get("schema") not in (1, SCHEMA):
        remedy = "it was written by another version of nnspec"
        raise InvalidValue(f"{label}: schema", document.get("schema"), f"1 or {SCHEMA}", remedy)
    try:
        if document["schema"] == 1:
            document = {"title": path.stem, **_of_schema_1(document)}
        for claim in document["claims"]:
            claim_record(claim)
        verdict_table.table(document["claims"])  # needs what the tables of verdicts show
        return {field: document[field] for field in ("title", "schema", "environment", "claims")}
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise unusable(label, error, f"a baseline of {WRITER}") from error


def read_folder(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the baselines of a folder by the keys of their documents.

    Raises
    ------
    InvalidValue
        As `read`.
    """
    return {path.stem: read(path) for path in sorted(folder.glob("*.json"))}


def records(folder: Path) -> dict[str, ClaimRecord]:
    """Return the checked records of all baselines in a folder by the names of the claims.

    Raises
    ------
    InvalidValue
        As `read`, or if the folder has no baseline.
    """
    stored = [claim for baseline in read_folder(folder).values() for claim in baseline["claims"]]
    if not stored:
        raise InvalidValue("folder", str(folder), "a folder with baselines", f"{WRITER} writes them")
    return {record.key: record for record in map(claim_record, stored)}


def updated(
    baselines: Mapping[str, Mapping[str, Any]], results: Mapping[str, Any], keys: Collection[str]
) -> dict[str, dict[str, Any]]:
    """Return the baselines that change when the claims of these names are taken from the results.

    Everything else that is stored stays as it is.
    """
    changed: dict[str, dict[str, Any]] = {}
    for claim in results["claims"]:
        if key(claim) in keys:
            document = _file_name(claim["document"])
            before = changed.get(document) or baselines.get(document) or {"claims": []}
            others = [stored for stored in before["claims"] if key(stored) != key(claim)]
            claims = [*others, compact(claim, results)]
            changed[document] = {
                "title": claim["title"],
                "schema": SCHEMA,
                "environment": results["environment"],
                "claims": sorted(claims, key=lambda stored: (stored["id"], stored["part"])),
            }
    return changed


def write(folder: Path, changed: Mapping[str, Mapping[str, Any]]) -> None:
    """Write these baselines, each whole or not at all, and the tables of verdicts beside the folder.

    Raises
    ------
    OSError
        If a file cannot be written; what stood there before is then unchanged.
    """
    for document, baseline in changed.items():
        write_text(folder / f"{document}.json", text(baseline))
    write_text(folder.parent / "verdicts.md", verdicts(folder))


def text(baseline: Mapping[str, Any]) -> str:
    """Return a baseline as JSON with one field of a claim on a line, so that differences are readable."""
    head = {field: value for field, value in baseline.items() if field != "claims"}
    claims = (
        "{\n" + ",\n".join(f"  {_json(name)}: {_json(value)}" for name, value in claim.items()) + "\n }"
        for claim in baseline["claims"]
    )
    lines = [f" {_json(name)}: {_json(value)}" for name, value in head.items()]
    return "{\n" + ",\n".join([*lines, ' "claims": [\n ' + ",\n ".join(claims) + "\n ]"]) + "\n}\n"


def verdicts(folder: Path) -> str:
    """Return the tables of verdicts of all baselines in a folder, as Markdown."""
    parts = ["# Verdicts", "Made from the files in `claims/` by `nnspec rebaseline`."]
    for baseline in read_folder(folder).values():
        parts += [f"## {baseline['title']}", verdict_table.table(baseline["claims"])]
    return "\n\n".join(parts) + "\n"


def _of_schema_1(document: Mapping[str, Any]) -> dict[str, Any]:
    environment = document["environment"]
    run = {
        "versions": {name: text for name, text in environment.items() if name not in _RUN},
        **{field: environment.get(field, "") for field in ("machine", "date", "engine")},
        "budget": "standard",
    }
    empty = {"quantities": [], "counterfactual": None, "training_seconds": None, **run}
    return {**document, "schema": SCHEMA, "claims": [{**claim, **empty} for claim in document["claims"]]}


def _file_name(document: object) -> str:
    """Return the key of a document, if it can be the name of a file in the folder and nowhere else."""
    if not isinstance(document, str) or not re.fullmatch(r"\w[\w.-]*", document):
        raise InvalidValue("document", document, "a key of letters, digits, hyphens and dots")
    return document


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)

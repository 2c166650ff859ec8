"""Results files of `nnspec verify`, read back and checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nnspec.basics.errors import InvalidValue, text
from nnspec.results.claim_record import RESULTS_SCHEMA, ClaimRecord, claim_record, compact, key

_EXPECTED = "results of `nnspec verify`"


def checked(document: object, label: str) -> tuple[Mapping[str, Any], dict[str, ClaimRecord]]:
    """Return a document as the results that it is, with the records of its claims by name.

    Raises
    ------
    InvalidValue
        If it is none, has another schema, no claims, or one that is incomplete.
    """
    if not isinstance(document, dict) or "claims" not in document:
        raise InvalidValue(label, document, _EXPECTED)
    if document.get("schema") != RESULTS_SCHEMA:
        remedy = "it was written by another version of nnspec"
        raise InvalidValue(f"{label}: schema", document.get("schema"), str(RESULTS_SCHEMA), remedy)
    try:
        for claim in document["claims"]:
            for field in ("document", "title"):
                text(field, claim[field])
        records = {key(claim): claim_record(compact(claim, document)) for claim in document["claims"]}
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise unusable(label, error, _EXPECTED) from error
    if not records:
        raise InvalidValue(label, "no claims", "at least one claim")
    return document, records


def records(document: object, label: str) -> dict[str, ClaimRecord]:
    """Return the records of the claims in a results document by the names of the claims.

    Raises
    ------
    InvalidValue
        As `checked`.
    """
    return checked(document, label)[1]


def unusable(label: str, error: Exception, expected: str) -> InvalidValue:
    """Return the error that says of a file what is wrong in it, in one line."""
    missing = isinstance(error, KeyError)
    why = f"a field is missing: {error}" if missing else " ".join(str(error).split())
    return InvalidValue("file", label, expected, why[:200])

"""Results files of `nnspec verify`, read back and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from nnspec.basics.errors import InvalidValue, text
from nnspec.basics.files import check_schema, unusable
from nnspec.basics.plain_data import T, read
from nnspec.claims.naming import key
from nnspec.results.claim_record import ClaimRecord, compact
from nnspec.results.claim_result import SCHEMA, ClaimResult, Results
from nnspec.results.consistent import check_counted, check_possible

_EXPECTED = "results of `nnspec verify`"


def results_of(document: object, label: str) -> Results:
    """Return a document as the results that it is; results themselves as they are.

    Raises
    ------
    InvalidValue
        If it is none, has another schema, or something in it is wrong or missing.
    """
    if isinstance(document, Results):
        return document
    if not isinstance(document, dict) or "claims" not in document:
        raise InvalidValue(label, document, _EXPECTED)
    check_schema(label, document, SCHEMA)
    try:
        stored = document["claims"]
        if not isinstance(stored, list):
            raise InvalidValue("claims", stored, "a list")
        claims = tuple(named(ClaimResult, one) for one in stored)
        for claim in claims:
            text("document", claim.document)
            text("title", claim.title)
        found = replace(read(Results, {**document, "claims": []}), claims=claims)
        check_possible(found)
        return found
    except (KeyError, ValueError) as error:
        raise unusable(label, error, _EXPECTED) from error


def results_on_file(document: object, label: str) -> Results:
    """Return a document from a file, which anybody may have changed, as the results that it is.

    Raises
    ------
    InvalidValue
        As `results_of`, or if a share or a verdict is not that of the counts.
    """
    found = results_of(document, label)
    try:
        check_counted(found)
    except InvalidValue as error:
        raise unusable(label, error, _EXPECTED) from error
    return found


def records(document: object, label: str) -> dict[str, ClaimRecord]:
    """Return the records of the claims in results, or in a results document, by the names of the claims.

    Raises
    ------
    InvalidValue
        As `results_of`, or if there is no claim, or no such budget.
    """
    results = results_of(document, label)
    if not results.claims:
        raise InvalidValue(label, "no claims", "at least one claim")
    try:
        return {claim.key: compact(claim, results) for claim in results.claims}
    except InvalidValue as error:
        raise unusable(label, error, _EXPECTED) from error


def named(cls: type[T], stored: object) -> T:
    """Return the claim that is stored as one of this class; messages begin with its name.

    Raises
    ------
    InvalidValue
        If something in it is wrong.
    KeyError
        If a field is missing.
    """
    if not isinstance(stored, Mapping):
        raise InvalidValue("claim", stored, "names with their values")
    return read(cls, stored, f"{key(text('id', stored['id']), stored['part'])}: ")

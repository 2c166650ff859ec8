"""The report on all documents of the specification, made from their baselines and nothing that is trained."""

from __future__ import annotations

import functools
from dataclasses import fields, replace
from typing import Any

from nnspec.claims.declarations import Claim
from nnspec.commands.collection import pytest_arguments, run_pytest
from nnspec.commands.terminal.listing import Listing
from nnspec.project.kept import what_is_kept
from nnspec.recipes.arm_names import described
from nnspec.report import render
from nnspec.results.baseline import read_folder
from nnspec.results.claim_record import completed
from nnspec.results.claim_result import ClaimResult, Declared, Results
from nnspec.results.reading import records
from nnspec.results.record import scripts_of, without_its_cause
from spec.folders import BASELINES, ROOT

_DECLARED = {field.name for field in fields(Declared)} - {"measured", "expected"}


@functools.cache
def results() -> Results:
    """Return every claim and fact that the specification declares, as the baselines have it."""
    listing = Listing()
    run_pytest([*pytest_arguments([str(ROOT / "spec/documents")]), "--collect-only"], listing)
    listing.complain()
    declared = {record.key: record for record in listing.records}
    claims = {one.key: one for one in listing.declarations if isinstance(one, Claim)}
    stored = read_folder(BASELINES / "claims")
    found = [
        _with_what_is_trained(
            _with_what_is_declared(completed(record, document, baseline.title), declared[record.key]),
            claims.get(record.key),
        )
        for document, baseline in stored.items()
        for record in baseline.claims
        if record.key in declared
    ]
    environment = {"machine": "as in the baseline", "engine": "stacked", "date": "2026-01-01T00:00:00+00:00"}
    return Results(environment, 1e-3, 400, "standard", 480.0, 50_000, tuple(found))


@functools.cache
def page() -> str:
    """Return the report, with all that is kept beside the baselines but pictures."""
    found = results()
    new = records(found, "the baselines")
    kept = what_is_kept(BASELINES / "claims", new, ("before", "now"), strict=True, drawn=False)
    return render(found, **kept)


def _with_what_is_declared(claim: ClaimResult, declared: Declared) -> ClaimResult:
    known: dict[str, Any] = {name: getattr(declared, name) for name in _DECLARED}
    return replace(claim, **known)


def _with_what_is_trained(found: ClaimResult, claim: Claim | None) -> ClaimResult:
    """Return a claim with what no baseline keeps: its recipes, its scripts, what is taken away."""
    if claim is None or not found.seeds:
        return found
    other = found.counterfactual
    taken = replace(other, without=claim.without, description=without_its_cause(claim)) if other else None
    return replace(
        found, counterfactual=taken, recipes=described(claim.recipes), scripts=scripts_of(claim.recipes)
    )

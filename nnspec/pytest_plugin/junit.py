"""The evidence of claims as properties of their test cases in pytest's JUnit XML."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from nnspec.results.claim_result import ClaimResult

_FIELDS = ("verdict", "expected", "seeds", "successes", "share", "interval", "claimed_share", "replay")


def properties(record: ClaimResult) -> list[tuple[str, object]]:
    """Return what is known of a claim or fact, name and value; the interval by its two ends.

    Of what is placed the places are told beside the verdict, as `expected` names them.
    """
    found: list[tuple[str, object]] = []
    for field in _FIELDS:
        value = getattr(record, field)
        if field == "interval" and value is not None:
            found += [("interval_low", value[0]), ("interval_high", value[1])]
        elif value is not None:
            found.append((field, value))
    if record.places:
        found.insert(1, ("places", record.told))
    return found


@pytest.hookimpl(wrapper=True, tryfirst=True)  # the record is attached by the other plugin, further in
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Put the evidence into the item's properties, which the XML takes from its last report."""
    report = yield
    record = getattr(report, "nnspec_record", None)
    if record is not None:
        found = properties(record)
        names = {name for name, _ in found}
        item.user_properties[:] = [(name, v) for name, v in item.user_properties if name not in names] + found
        report.user_properties = list(item.user_properties)
    return report

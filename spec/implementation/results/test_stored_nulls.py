"""Nulls that are stored: an arm beside itself from other seeds says yes to some seeds and no to others."""

import pytest

from nnspec.results.baseline import records
from spec.folders import ROOT

NULLS = {
    key: record.counterfactual
    for key, record in records(ROOT / "baselines/claims").items()
    # what is told of one case may be that two arms are alike, as they are with themselves
    if record.reading == "general" and record.counterfactual is not None and record.counterfactual.null
}


def test_pairs_have_nulls() -> None:
    assert len(NULLS) > 40


@pytest.mark.parametrize("key", NULLS)
def test_a_null_can_come_out_either_way(key: str) -> None:
    null = NULLS[key]
    assert 0 < null.successes < null.seeds
    assert null.verdict != "holds"

"""A claim that passed is not judged again, and nothing stale is taken for what is found today."""

from __future__ import annotations

import json

import pytest

CLAIM = """
def above(runs):
    "Above."
    print("it was judged")
    return runs.accuracy > {threshold}

test_c = declare(
    "judged", {recipe}, above, documented={{"accuracy": Figure(0.9, lambda runs: runs.accuracy, "higher")}}
)
"""


def judged(project, *options: str, threshold: object = 0.5, recipe: str = "ALWAYS", **wanted: int) -> bool:
    """Return whether the claim was judged, which passed or failed."""
    imports = "from pathlib import Path\nfrom nnspec import Figure\n"
    source = imports + CLAIM.format(threshold=threshold, recipe=recipe)
    project.declare(source, name="test_c.py")
    result = project.pytest("-s", "--nnspec-results=results.json", *options)
    result.assert_outcomes(**(wanted or {"passed": 1}))
    return "it was judged" in result.stdout.str()


def found(project) -> dict[str, object]:
    """Return the record of the claim but for what it took."""
    (claim,) = json.loads((project.path / "results.json").read_text())["claims"]
    return {name: value for name, value in claim.items() if name not in ("seeds_trained", "cached")}


def test_a_claim_that_passed_is_judged_once_and_keeps_its_record(project, store):
    assert judged(project)
    first = found(project)
    assert not judged(project)
    assert found(project) == first
    (claim,) = json.loads((project.path / "results.json").read_text())["claims"]
    assert (claim["seeds_trained"], claim["cached"]) == (0, True)


@pytest.mark.parametrize(
    "change",
    [
        {"threshold": 0.6},
        {"recipe": "ALWAYS.with_(epochs=3)"},
        {"options": ["--nnspec-seeds=200"]},
        {"options": ["--nnspec-budget=full"]},
        {"nnspec_error_rate": "0.01"},
    ],
    ids=["predicate", "recipe", "seeds", "budget", "error rate"],
)
def test_a_claim_of_which_something_is_another_is_judged_again(project, store, change):
    assert judged(project)
    change = dict(change)
    if "nnspec_error_rate" in change:
        project.configure(**change)
        change = {}
    assert judged(project, *change.pop("options", []), **change)


def test_a_claim_that_failed_is_judged_again(project, store):
    assert judged(project, threshold=2, failed=1)
    assert judged(project, threshold=2, failed=1)


def test_a_claim_within_a_time_is_judged_again(project, store):
    assert judged(project, "--nnspec-time=20s")
    assert judged(project, "--nnspec-time=20s")


def test_a_claim_that_reads_a_file_of_its_own_in_the_folder_of_data_is_judged_again(
    project, store, monkeypatch
):
    monkeypatch.setenv("NNSPEC_DATA", str(project.path))
    (project.path / "mine.txt").write_text("0.5")
    threshold = f"float(Path({str(project.path / 'mine.txt')!r}).read_text())"
    assert judged(project, threshold=threshold)
    assert judged(project, threshold=threshold)

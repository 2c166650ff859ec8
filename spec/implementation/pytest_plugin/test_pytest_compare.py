"""`pytest --nnspec-compare`: a run that moved fails at its end and says what moved."""

from __future__ import annotations

import json


def store_baseline(project):
    project.pytest("--nnspec-results=found.json")
    assert (
        project.nnspec("rebaseline", "--all", "--create", "--because", "first", "--results", "found.json")
        == 0
    )


def test_a_run_that_equals_the_baseline_passes(all_kinds):
    store_baseline(all_kinds)
    result = all_kinds.pytest("--nnspec-compare")
    assert result.ret == 0
    result.stdout.fnmatch_lines(["*nnspec compare*", "## None of 5 claims has moved, no verdict changed"])


def test_a_run_that_moved_fails_and_says_what_moved(all_kinds):
    store_baseline(all_kinds)
    path = all_kinds.path / "baselines/claims/doc.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    (holds,) = [claim for claim in stored["claims"] if claim["id"] == "holds-1"]
    holds["quantities"][0]["values"] = [0.7] * len(holds["quantities"][0]["values"])
    path.write_text(json.dumps(stored), encoding="utf-8")
    result = all_kinds.pytest("--nnspec-compare=baselines/claims")
    assert result.ret == 1
    result.stdout.fnmatch_lines(["## 1 of 5 claims moved, no verdict changed", "| `holds-1` | ▲ moved |*"])


def test_of_a_few_claims_the_others_are_not_spoken_of(all_kinds):
    store_baseline(all_kinds)
    result = all_kinds.pytest("--nnspec-compare", "--nnspec-id=holds-1")
    assert result.ret == 0
    result.stdout.fnmatch_lines(["## None of 1 claim has moved, no verdict changed"])
    result.stdout.no_fnmatch_line("*not compared*")


def test_a_baseline_that_cannot_be_used_is_told_before_anything_is_trained(all_kinds):
    result = all_kinds.pytest("--nnspec-compare")
    assert result.ret == 4
    result.stderr.fnmatch_lines(["*nnspec: folder='baselines/claims'; expected a folder with baselines*"])
    assert all_kinds.trainings == []

"""Reruns on fresh blocks of seeds: what counts as unstable, what is stored, and what the command says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nnspec.claims.budget import parse
from nnspec.commands.flakiness import line
from nnspec.studies.flakiness import record as flakiness_record
from nnspec.studies.flakiness.record import Flakiness
from nnspec.studies.flakiness.reruns import FIRST_SEED, Reruns, blocks

VERDICTS = {"verdicts": ("holds",) * 3, "counterfactuals": ("refuted",) * 3}
COUNTED = {"successes": (64, 60, 61), "seeds": (64,) * 3, "limit": 64, "first_seed": FIRST_SEED}
STABLE = Reruns("a", "doc", "holds", 0.9, **VERDICTS, **COUNTED)
OPEN = replace(STABLE, key="b", verdicts=("holds", "undecided", "holds"))
CONTRARY = replace(STABLE, key="c", verdicts=("holds", "refuted", "undecided"))
PASSING_WITHOUT_CAUSE = replace(STABLE, key="d", counterfactuals=("refuted", "holds", "refuted"))
FOUND = Flakiness("quick", 0.01, (STABLE, OPEN, CONTRARY), {"keras": "3.15"})


def test_blocks_are_disjoint_and_beyond_the_seeds_of_every_budget() -> None:
    standard = parse("standard", None)
    found = blocks(3, standard)
    seeds = [seed for block in found for seed in block.seeds]
    assert len(set(seeds)) == len(seeds) == 3 * len(standard.seeds)
    assert min(seeds) >= max(max(parse(name, None).seeds) for name in ("quick", "checks", "standard", "full"))
    assert {(block.name, block.work, block.told) for block in found} == {("standard", 240.0, 20.0)}
    assert len(found[0].seeds_for(0.3, 64)) == len(standard.seeds_for(0.3, 64)) == 768
    assert blocks(2, standard, 5000)[0].seeds[0] == 5000


@pytest.mark.parametrize(
    ("one", "stable", "not_as_recorded", "contradicting"),
    [
        (STABLE, True, 0, 0),
        (replace(STABLE, expected="refuted"), True, 3, 0),
        (OPEN, False, 1, 0),
        (CONTRARY, False, 2, 1),
        (PASSING_WITHOUT_CAUSE, False, 1, 1),
    ],
)
def test_unstable_failing_and_contradicting_are_told_apart(
    one: Reruns, stable: bool, not_as_recorded: int, contradicting: int
) -> None:
    assert one.stable is stable
    assert (one.not_as_recorded, one.contradicting) == (not_as_recorded, contradicting)
    assert line(one).startswith("stable" if stable else "unstable")
    assert ("counterfactual" in line(one)) == (one.key == "d")


def test_what_is_written_is_read_back_and_added_up(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "flakiness.json"
    flakiness_record.write(path, FOUND)
    found = flakiness_record.read(path)
    assert found == FOUND
    assert (found.reruns, found.not_as_recorded, found.contradicting) == (9, 3, 1)
    assert [one.key for one in found.open] == ["c", "b"]


def test_claims_of_an_earlier_run_are_kept_on_the_same_terms_only(tmp_path: Path) -> None:
    path = tmp_path / "flakiness.json"
    new = replace(FOUND, claims=(replace(STABLE, successes=(64, 64, 64)),))
    assert flakiness_record.merged(path, new) == new
    flakiness_record.write(path, FOUND)
    merged = flakiness_record.merged(path, new)
    assert [one.key for one in merged.claims] == ["a", "b", "c"]
    assert merged.claims[0].successes == (64, 64, 64)
    assert flakiness_record.merged(path, replace(new, budget="full")).claims == new.claims

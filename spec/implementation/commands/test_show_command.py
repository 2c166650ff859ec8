"""`nnspec show`: a stored claim in the terminal, its small plots and its figure, and every refusal."""

from __future__ import annotations

import functools
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nnspec.basics.grouping import grouped
from nnspec.commands import show
from nnspec.commands.main import main
from nnspec.report.terminal.claim_text import claim_text
from nnspec.report.terminal.text_plot import seeds_plot, share_plot
from nnspec.results import baseline
from nnspec.results.quantities import Compared
from nnspec.results.reading import results_of
from nnspec.studies.flakiness import record as flakiness_record
from nnspec.studies.flakiness.record import Flakiness
from nnspec.studies.flakiness.reruns import Reruns
from nnspec.studies.repair import record as repair_record
from spec.folders import BASELINES
from spec.implementation.report.report_samples import (
    claim,
    complete,
    fact,
    placed,
    plain,
    result,
    results,
)

BASELINE = BASELINES / "claims"


RECORDS = [
    claim(),
    claim(id="two", part="a", diverged=2),
    claim(id="two", part="b", claimed_share=0.99, recipes={"a": "Moons: 3-1", "b": "Moons: 7-1"}, figures={}),
    claim(id="open", verdict="undecided", successes=230, interval=[0.83, 0.95],
          expected="holds", as_recorded=False),
    claim(id="failed", verdict="error", seeds=None, successes=None, share=None, interval=None, values=[],
          message="epochs=-1\n  of 3"),
    claim(id="pair", says="It always works.", word="always", kind="paired", figures={},
          counterfactual={"null": True, "description": "small in the place of every arm, from other seeds",
                          "verdict": "refuted", "seeds": 256, "successes": 120, "interval": [0.36, 0.58]}),
    placed("one case", "almost never", "seldom", id="case", says="It failed once."),
    placed("figure", "lucky", "better than most", id="run", says="We got 0.991."),
    fact(),
    fact(id="drift", kind="drift", notes=["lr is learning_rate"],
         drift=[{"printed": "Adam(lr=0.01)", "happens": "raises", "today": "Adam(0.01)", "since": ""}]),
]  # fmt: skip


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "found.json"
    path.write_text(json.dumps(results(*map(complete, RECORDS))), encoding="utf-8")
    return path.name


@pytest.mark.parametrize("claim_id", list(dict.fromkeys(record["id"] for record in RECORDS)))
def test_what_is_shown_of_a_claim_is_stored(
    claim_id: str, stored: str, stored_page: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", claim_id, "--results", stored]) == 0
    said = capsys.readouterr().out
    stored_page(f"show_{claim_id}", said)
    assert max(map(len, said.splitlines())) <= 79


def test_what_fresh_seeds_say_and_what_would_make_it_true_is_told_from_beside_the_baseline(
    stored: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept, name = tmp_path / "kept", "tfc-relu-sigmoid"
    found = results_of(results(complete(claim())), "made up")
    baseline.write(kept / "claims", baseline.updated({}, found, [name]))
    refuted = Reruns(name, "doc", "refuted", 0.9, 512, *[("refuted",) * 2] * 2, (3, 5), (64, 64), 1024)
    flakiness_record.write(kept / "flakiness.json", Flakiness("standard", 0.01, (refuted,), {}))
    repaired = next(one for one in repair_record.read(BASELINES / "repairs.json") if one.found)
    repair_record.write(kept / "repairs.json", [replace(repaired, key=name)], {})
    assert main(["show", name, "--baseline", str(kept / "claims")]) == 0
    said = capsys.readouterr().out
    assert "fresh seeds    refuted in each of 2 blocks." in said
    assert repaired.found is not None
    assert f"true with      {repaired.found.change}" in said
    nothing = ["--results", stored, "--baseline", str(tmp_path / "claims")]
    assert main(["show", "tfc-relu-sigmoid", *nothing]) == 0
    assert not re.search("fresh seeds|true with", capsys.readouterr().out)


def test_a_part_shows_itself(stored: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "two[b]", "--results", stored]) == 0
    assert re.findall(r"refuted: (two\[.\])", capsys.readouterr().out) == ["two[b]"]


def test_what_the_results_lack_comes_from_the_baseline_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["show", "tfc-relu-sigmoid", "--baseline", str(BASELINE)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "there is no nnspec-results.json" in said
    assert f"{BASELINE / 'tf-classification.json'}" in said


@pytest.mark.parametrize("document", [path.stem for path in sorted(BASELINE.glob("*.json"))])
def test_every_claim_of_the_baseline_can_be_shown(
    document: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # reading the whole baseline for each of some hundred ids is not what is tried out here
    monkeypatch.setattr(baseline, "read_folder", functools.cache(baseline.read_folder))
    monkeypatch.setattr(show, "stored_reruns", functools.cache(show.stored_reruns))
    monkeypatch.setattr(show, "stored_repairs", functools.cache(show.stored_repairs))
    records = json.loads((BASELINE / f"{document}.json").read_text(encoding="utf-8"))["claims"]
    for claim_id, parts in grouped(records, lambda record: record["id"]).items():
        assert main(["show", claim_id, "--baseline", str(BASELINE)]) == 0
        said = " ".join(capsys.readouterr().out.split())
        for record in parts:
            assert (" or ".join(record.get("places", ())) or record["verdict"]) in said
            if record["seeds"]:
                assert f"{record['successes']:,} of" in said


def test_an_unknown_id_is_answered_with_those_that_are_near(
    stored: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", "tfc-relu-sigmod", "--results", stored]) == 2
    assert "did you mean 'tfc-relu-sigmoid'?" in capsys.readouterr().err
    assert main(["show", "zzz", "--results", stored]) == 2
    assert "`nnspec claims` lists those there are" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "head"), [("a.png", b"\x89PNG"), ("a.svg", b"<?xml"), ("a.pdf", b"%PDF")])
def test_the_evidence_is_drawn_into_a_file(stored: str, tmp_path: Path, name: str, head: bytes) -> None:
    file = tmp_path / name
    assert main(["show", "tfc-relu-sigmoid", "--results", stored, "--figure", str(file)]) == 0
    assert file.read_bytes().startswith(head)


@pytest.mark.parametrize(
    ("claim_id", "name", "said"),
    [
        ("two", "a.png", "choose one of two[a], two[b]"),
        ("tfc-circles-data", "a.png", "expected a claim that was judged over seeds"),
        ("tfc-relu-sigmoid", "a.xyz", "expected a name that ends in .png, .svg or .pdf"),
        ("tfc-relu-sigmoid", "none/a.png", "expected a file that can be written"),
    ],
)
def test_what_cannot_be_drawn_is_said(
    stored: str, tmp_path: Path, claim_id: str, name: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", claim_id, "--results", stored, "--figure", str(tmp_path / name)]) == 2
    assert said in capsys.readouterr().err


def columns(line: str) -> str:
    return line[15:]


def test_an_interval_on_one_side_of_the_claimed_share_never_touches_its_mark() -> None:
    for low, high in ((0.1, 0.899), (0.901, 1.0), (0.8, 0.95)):
        (row, _) = share_plot([("claim", (low + high) / 2, (low, high))], 0.9, 40)
        mark = columns(share_plot([("claim", 0.0, None)], 0.9, 40)[0]).index("┃")
        left, right = columns(row).index("├"), columns(row).index("┤")
        assert (right < mark, left > mark) == (high < 0.9, low > 0.9)


def test_no_column_mixes_seeds_of_both_sides_of_a_threshold() -> None:
    yes, no = (0.98,) * 3, (0.9799999,) * 2
    lines = seeds_plot(Compared("accuracy", (*yes, *no), (), (("≥", 0.98),), None), 40)
    mark = columns(lines[1]).index("│")
    bars = [line for line in lines if "█" in line]
    left, right = columns(bars[-1])[:mark], columns(bars[-1])[mark + 1 :]
    assert columns(bars[-1])[mark] == "│"
    assert set(left.strip()) == {"█"}
    assert set(right.strip()) == {"█"}
    assert "3 ≥ 0.98" in lines[-1]


def test_seeds_without_a_finite_value_are_told() -> None:
    lines = seeds_plot(Compared("loss", (None, 1.0, 2.0), (None,), (), None), 40)
    assert "1 seed of the claim gave no finite value" in plain("\n".join(lines))
    assert "1 seed of the counterfactual gave no finite value" in plain("\n".join(lines))


def test_terminal_escapes_in_stored_texts_are_taken_out() -> None:
    nasty: dict[str, Any] = {"statement": "\x1b[31mred\x1b]0;title\x07", "replay": "a\x00b"}
    said = claim_text(result(claim(**nasty)), "somewhere")
    assert not set(said) & {"\x1b", "\x07", "\x00"}
    assert "statement      red" in said

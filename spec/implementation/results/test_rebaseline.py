"""Baselines: bounded, changed by one command only, never without a reason, never lost."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import nnspec.results.baseline
from nnspec.basics.plain_data import plain
from nnspec.commands.main import main
from nnspec.results.baseline import read, records, text, verdicts
from nnspec.results.claim_record import MOST_VALUES
from spec.folders import ROOT
from spec.implementation.results.drift_samples import fact, judged, normal, results

FOLDER = Path("baselines/claims")
FILE = FOLDER / "doc.json"
LOG = Path("baselines/log.md")
SO = ("--because", "so")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def store(document: Any) -> str:
    Path("nnspec-results.json").write_text(json.dumps(document), encoding="utf-8")
    return "nnspec-results.json"


def rebaseline(*arguments: str, because: str = "Keras 3.16") -> int:
    return main(["rebaseline", *arguments, "--because", because])


@pytest.fixture
def stored() -> str:
    """Store two claims, one of two parts, and a fact; return the text of the file."""
    claims = [judged("a", normal(0)), judged("b", normal(1), part="x"), judged("b", normal(2), part="y")]
    store(results(*claims, fact("c")))
    assert rebaseline("--all", "--create", because="the first run") == 0
    return FILE.read_text(encoding="utf-8")


def claims() -> dict[str, Any]:
    return {claim["id"] + claim["part"]: claim for claim in plain(read(FILE))["claims"]}


def test_a_claim_is_kept_compactly_with_what_its_verdict_rests_on(stored: str) -> None:
    claim = claims()["a"]
    assert (claim["verdict"], claim["seeds"], claim["budget"]) == ("undecided", 256, "standard")
    assert claim["counterfactual"] == {"null": False, "verdict": "refuted", "seeds": 64, "successes": 0}
    assert claim["training_seconds"] == 1.23457
    assert claim["versions"] == {"nnspec": "0.1.0", "keras": "3.15.1"}
    assert (claim["machine"], claim["date"]) == ("a machine", "2026-11-21T05:00:00")
    (quantity,) = claim["quantities"]
    assert (quantity["label"], quantity["operator"], quantity["threshold"]) == ("accuracy", "≥", 0.5)
    assert quantity["values"] == [float(f"{value:.6g}") for value in normal(0)]
    assert (claim["reading"], claim["places"], claim["claimed_share"]) == ("general", [], 0.5)
    figure = claim["figures"]["accuracy"]
    assert (figure["as_well"], figure["seeds"], figure["places"]) == (125, 256, ["usual"])
    assert figure["quantiles"] == [0.1, 0.2, 0.3, 0.4, 0.5]


def test_of_many_seeds_a_bounded_number_of_values_is_kept() -> None:
    store(results(judged("a", np.append(normal(0, 1023), np.nan)), budget="full"))
    assert rebaseline("a", "--create") == 0
    assert len(claims()["a"]["quantities"][0]["values"]) == MOST_VALUES
    assert claims()["a"]["seeds"] == 1024
    assert main(["compare", "nnspec-results.json"]) == 0


def test_a_field_is_a_line_so_that_differences_can_be_read(stored: str) -> None:
    assert text(read(FILE)) == stored
    assert json.loads(stored) == plain(read(FILE))
    assert len(stored.splitlines()) < 110
    assert text(replace(read(FILE), claims=())).endswith("]\n}\n")


def test_the_difference_is_printed_and_the_reason_logged(
    stored: str, capsys: pytest.CaptureFixture[str]
) -> None:
    store(results(judged("a", normal(0, centre=0.7), verdict="holds"), fact("c")))
    capsys.readouterr()
    assert rebaseline("a", because="Keras 3.16\n draws  other numbers") == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("a: verdict undecided → holds; share ")
    assert "median of accuracy 0.4987 → 0.6987" in line
    log = LOG.read_text(encoding="utf-8").splitlines()
    assert log[0] == "# Why the baselines were changed"
    assert log[-3].endswith(", all 4 claims: the first run")
    assert log[-1].endswith(", `a`: Keras 3.16 draws other numbers")
    assert claims()["a"]["verdict"] == "holds"
    assert len(claims()) == 4


def test_an_id_takes_all_its_parts_and_a_part_itself(stored: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert rebaseline("b") == 0
    assert [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()] == ["b[x]", "b[y]"]
    assert rebaseline("b[y]", "c") == 0
    part, fact_line = capsys.readouterr().out.splitlines()
    assert part.startswith("b[y]: verdict undecided as before; share 49.6% of 256 as before; median of ")
    assert fact_line == "c: verdict holds as before"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        *((one, "expected a reason why the baseline") for one in (["a"], ["--all"], ["--forget", "a"])),
        (["a", "--because", " \n"], "expected a reason why the baseline changes"),
        ([*SO], "expected ids of claims, or --all"),
        (["a", "--all", *SO], "expected ids of claims, or --all"),
        (["--all", "--forget", *SO], "expected ids of claims, or --all"),
        (["z", *SO], "id='z'; expected an id of nnspec-results.json"),
        (["--forget", "z", *SO], "id='z'; expected an id of baseline"),
    ],
)
def test_wrong_usage_writes_nothing(
    stored: str, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    log = LOG.read_bytes()
    assert main(["rebaseline", *arguments]) == 2
    assert message in capsys.readouterr().err
    assert (FILE.read_text(encoding="utf-8"), LOG.read_bytes()) == (stored, log)


def test_what_a_run_skipped_never_replaces_what_was_found(
    stored: str, capsys: pytest.CaptureFixture[str]
) -> None:
    store(results(fact("a", "skipped"), fact("c", "error"), fact("new", "skipped"), fact("n", "error")))
    capsys.readouterr()
    assert rebaseline("--all") == 0
    said = capsys.readouterr().out
    assert "a: skipped in nnspec-results.json, left as it is" in said
    assert {name: claim["verdict"] for name, claim in claims().items()} == {
        **{"a": "undecided", "bx": "undecided", "by": "undecided", "c": "holds", "new": "skipped"}
    }
    assert rebaseline("a") == 2
    assert "expected claims that the run examined" in capsys.readouterr().err


def test_claims_that_are_no_longer_claimed_are_forgotten_on_request_alone(stored: str) -> None:
    store(results(fact("c")))
    assert rebaseline("--all") == 0
    assert set(claims()) == {"a", "bx", "by", "c"}
    assert rebaseline("--forget", "b") == 0
    assert set(claims()) == {"a", "c"}
    assert LOG.read_text(encoding="utf-8").rstrip().endswith("`b[x]`, `b[y]`: Keras 3.16")


def test_a_write_that_fails_leaves_the_stored_baseline(
    stored: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(path: Path, content: str) -> None:
        raise OSError(28, "No space left on device", str(path))

    log = LOG.read_bytes()
    monkeypatch.setattr(nnspec.results.baseline, "write_text", full)
    assert rebaseline("a") == 2
    assert "expected a file that can be written; No space left on device" in capsys.readouterr().err
    assert FILE.read_text(encoding="utf-8") == stored
    assert LOG.read_bytes() == log


@pytest.mark.parametrize("document", ["../doc", "", "a/b", ".hidden", None])
def test_the_name_of_a_document_cannot_lead_out_of_the_folder(
    document: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    store(results({**fact("a"), "document": document}))
    assert rebaseline("--all") == 2
    assert "document=" in capsys.readouterr().err
    assert [path.name for path in Path().rglob("*") if path.is_file()] == ["nnspec-results.json"]


def test_the_tables_of_verdicts_are_written_beside_the_folder(stored: str) -> None:
    written = (FOLDER.parent / "verdicts.md").read_text(encoding="utf-8")
    assert written == verdicts(FOLDER)
    assert "## A document" in written
    (row,) = (line for line in written.splitlines() if line.startswith("| `b` (x) |"))
    assert row.startswith("| `b` (x) | general | It is so. | ? undecided | ")
    assert " of 256 | more than half | accuracy 0.5: usual, " in row


def test_what_no_document_says_is_kept_and_told_as_ours() -> None:
    own = judged("a", [0.5] * 512, verdict="holds") | {"says": "It is so.", "beyond": "our experiment"}
    store(results(own))
    assert rebaseline("a", "--create") == 0
    assert claims()["a"]["ours"] is True
    assert "| `a` | general, ours | " in (FOLDER.parent / "verdicts.md").read_text(encoding="utf-8")


def test_what_is_placed_is_kept_with_its_places_and_told_by_them() -> None:
    placed = judged("a", [0.5] * 512, verdict="placed") | {
        **{"reading": "one case", "claimed_share": None, "places": ["nearly always"], "figures": {}},
        "counterfactual": {"null": True, "verdict": "placed", "seeds": 512, "successes": 256},
    }
    store(results(placed))
    assert rebaseline("a", "--create") == 0
    claim = claims()["a"]
    assert (claim["verdict"], claim["places"], claim["claimed_share"]) == ("placed", ["nearly always"], None)
    assert claim["counterfactual"] == {"null": True, "verdict": "placed", "seeds": 512, "successes": 256}
    assert records(FOLDER)["a"].told == "nearly always"
    assert "| `a` | one case | It is so. | ○ nearly always | 512 of 512 | – |  |" in verdicts(FOLDER)


def test_in_the_stored_baselines_of_the_project_no_claim_holds_without_its_cause() -> None:
    stored = [record for record in records(ROOT / FOLDER).values() if record.reading == "general"]
    partners = {record.key: record.counterfactual for record in stored if record.counterfactual}
    assert len(partners) > 50
    assert {key for key, other in partners.items() if other.verdict not in ("refuted", "undecided")} == set()
    # what is costly is recorded from few seeds, and a null need not be decided
    decided = {key: other for key, other in partners.items() if not other.null and other.seeds >= 64}
    assert {key for key, other in decided.items() if other.verdict == "undecided"} == set()

"""Baselines of older schemas are understood without what they did not keep; older results are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.basics.plain_data import plain
from nnspec.commands.main import main
from nnspec.results.baseline import SCHEMA, read, records, text
from nnspec.results.reading import results_of
from spec.implementation.results.drift_samples import ENVIRONMENT, fact, judged, normal, results

FOLDER = Path("baselines/claims")
FILE = FOLDER / "doc.json"
FIRST = (
    "id",
    "part",
    "kind",
    "statement",
    "verdict",
    "seeds",
    "successes",
    "share",
    "interval",
    "claimed_share",
)
FIGURE = {"documented": 0.5, "percentile": 50.0, "typical": True, "quantiles": [0.1, 0.2, 0.3, 0.4, 0.5]}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    FOLDER.mkdir(parents=True)
    run = results(judged("a", normal(0)), fact("c"))
    Path("nnspec-results.json").write_text(json.dumps(run), encoding="utf-8")


def of_schema_1() -> dict[str, Any]:
    """Return a baseline without values, budgets and counterfactuals."""
    stored = [{name: one[name] for name in FIRST} for one in (judged("a", normal(0)), fact("c"))]
    return {
        **{"schema": 1, "title": "A document", "environment": ENVIRONMENT},
        "claims": [{**one, "figures": {"accuracy": FIGURE} if one["seeds"] else {}} for one in stored],
    }


def of_schema_2() -> dict[str, Any]:
    """Return a baseline with values, of which every claim was about a share of the seeds."""
    run = {
        "budget": "standard",
        "versions": {"nnspec": "0.1.0"},
        "engine": "stacked",
        "training_seconds": 1.0,
    }
    quantity = {"label": "accuracy", "operator": "≥", "threshold": 0.5, "values": normal(0).tolist()}
    partner = {"verdict": "refuted", "seeds": 64, "successes": 0}
    first = of_schema_1()
    stored = [{**one, **run, "machine": "a machine", "date": ENVIRONMENT["date"]} for one in first["claims"]]
    more = [{"quantities": [quantity], "counterfactual": partner}, {"quantities": [], "counterfactual": None}]
    return {**first, "schema": 2, "claims": [old | new for old, new in zip(stored, more, strict=True)]}


@pytest.mark.parametrize("older", [of_schema_1, of_schema_2])
def test_an_older_baseline_is_understood(older: Any) -> None:
    FILE.write_text(json.dumps(older()), encoding="utf-8")
    found = records(FOLDER)
    claim, plain_fact = found["a"], found["c"]
    assert (claim.reading, claim.verdict, claim.told, claim.places) == (
        "general",
        "undecided",
        "undecided",
        (),
    )
    assert (claim.seeds, claim.successes, claim.claimed_share) == (256, 125, 0.5)
    assert claim.figures == {}  # how many seeds do as well was not kept
    assert (plain_fact.reading, plain_fact.verdict, plain_fact.seeds) == ("", "holds", None)


def test_of_the_first_schema_there_are_no_values_and_of_the_second_there_are() -> None:
    FILE.write_text(json.dumps(of_schema_1()), encoding="utf-8")
    assert (records(FOLDER)["a"].quantities, records(FOLDER)["a"].counterfactual) == ((), None)
    FILE.write_text(json.dumps(of_schema_2()), encoding="utf-8")
    found = records(FOLDER)["a"]
    assert [len(quantity.values) for quantity in found.quantities] == [256]
    assert found.counterfactual is not None
    assert (found.counterfactual.verdict, found.counterfactual.null) == ("refuted", False)


@pytest.mark.parametrize("older", [of_schema_1, of_schema_2])
def test_a_run_is_compared_with_an_older_baseline_and_takes_its_place(older: Any) -> None:
    FILE.write_text(json.dumps(older()), encoding="utf-8")
    assert main(["compare", "nnspec-results.json"]) == 0
    assert main(["rebaseline", "c", "--because", "so"]) == 0
    assert json.loads(FILE.read_text(encoding="utf-8"))["schema"] == SCHEMA == 3
    assert records(FOLDER)["a"].figures == {}
    assert main(["rebaseline", "a", "--because", "so"]) == 0
    assert records(FOLDER)["a"].figures["accuracy"].as_well == 125


@pytest.mark.parametrize("older", [of_schema_1, of_schema_2])
def test_an_older_baseline_is_written_in_todays_form_and_read_as_the_same(older: Any) -> None:
    FILE.write_text(json.dumps(older()), encoding="utf-8")
    before = read(FILE)
    assert before.schema == SCHEMA
    FILE.write_text(text(before), encoding="utf-8")
    assert plain(read(FILE)) == plain(before)


@pytest.mark.parametrize("schema", [0, 4, True, "3", None, 2.5])
def test_a_baseline_of_another_schema_is_refused(schema: object) -> None:
    FILE.write_text(json.dumps({**of_schema_2(), "schema": schema}), encoding="utf-8")
    with pytest.raises(
        InvalidValue, match=r"doc\.json: schema=.*; expected 1 or 2 or 3; it was written by an"
    ):
        read(FILE)


@pytest.mark.parametrize("field", ["counterfactual", "seeds", "quantities", "verdict", "id"])
def test_an_older_baseline_without_a_field_is_refused_in_one_line(field: str) -> None:
    stored = of_schema_2()
    del stored["claims"][0][field]
    FILE.write_text(json.dumps(stored), encoding="utf-8")
    with pytest.raises(
        InvalidValue, match=rf"^file='.*doc\.json'; expected a baseline of .*{field}"
    ) as caught:
        read(FILE)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("command", ["compare", "report"])
def test_results_of_the_first_schema_are_refused_in_plain_words(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    old = {**results(judged("a", normal(0))), "schema": 1}
    with pytest.raises(
        InvalidValue, match=r"^old: schema=1; expected 2; it was written by another version of"
    ):
        results_of(old, "old")
    Path("old.json").write_text(json.dumps(old), encoding="utf-8")
    FILE.write_text(json.dumps(of_schema_2()), encoding="utf-8")
    assert main([command, "old.json"]) == 2
    told = "nnspec: old.json: schema=1; expected 2; it was written by another version of nnspec\n"
    assert capsys.readouterr().err == told

"""Results that somebody has changed are refused by every command that reads them, with the field's name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nnspec.commands.main import main
from nnspec.results.reading import results_on_file
from spec.implementation.bad_inputs.fuzzing import changed
from spec.implementation.report.report_samples import claim, complete, fact, results

FIRST, PLACED = ("claims", 0), ("claims", 2)
SEEN_ONCE = {
    **{"id": "seen-once", "reading": "one case", "claimed_share": None, "figures": {}, "verdict": "placed"},
    **{"places": ["almost never", "seldom"], "expected": "seldom"},
    "counterfactual": claim()["counterfactual"] | {"verdict": "placed", "without": "bending units"},
}
WHOLE = results(complete(claim()), complete(fact()), complete(claim(**SEEN_ONCE)))
WRONG: list[tuple[tuple[Any, ...], Any, str]] = [
    ((*FIRST, "verdict"), "holds", "tfc-relu-sigmoid: verdict='holds'; expected refuted, by "),
    ((*FIRST, "counterfactual", "verdict"), "holds", "counterfactual: verdict='holds'; expected refuted"),
    ((*FIRST, "counterfactual", "successes"), 64, "counterfactual: verdict='refuted'; expected undecided"),
    ((*FIRST, "share"), 0.5, "share=0.5; expected "),
    ((*FIRST, "successes"), 255, "share="),
    ((*FIRST, "interval"), [0.9, 0.1], "interval=[0.9, 0.1]; expected the lowest first"),
    ((*FIRST, "interval"), [0.5, 0.9], "interval=[0.5, 0.9]; expected one around 13 of 256"),
    ((*FIRST, "interval"), [0.1, 1.5], "interval=1.5; expected from 0 to 1"),
    ((*FIRST, "counterfactual", "interval"), [-0.1, 0.5], "interval=-0.1; expected from 0 to 1"),
    ((*FIRST, "claimed_share"), 1.0, "claimed_share=1.0"),
    ((*FIRST, "claimed_share"), 90, "claimed_share=90"),
    ((*FIRST, "diverged"), 256, "diverged=256"),
    ((*FIRST, "training_seconds"), -1.0, "training_seconds=-1.0; expected at least 0"),
    ((*FIRST, "figures", "accuracy", "as_well"), 400, "accuracy: successes=400; expected at most the number"),
    ((*FIRST, "figures", "accuracy", "as_well"), 250, "accuracy: interval="),
    ((*FIRST, "figures", "accuracy", "seeds"), 512, "accuracy: seeds=512; expected 256, those of the claim"),
    ((*FIRST, "figures", "accuracy", "interval"), [0.0, 1.5], "interval=1.5; expected from 0 to 1"),
    ((*FIRST, "figures", "accuracy", "places"), ["lucky"], "accuracy: places=['lucky']; expected "),
    ((*FIRST, "figures", "accuracy", "places"), [], "accuracy: places=[]; expected "),
    ((*FIRST, "figures", "accuracy", "decimals"), 10**9, "decimals=1000000000; expected from 0 to 100"),
    ((*FIRST, "figures", "accuracy", "decimals"), -1, "decimals=-1; expected "),
    ((*FIRST, "figures", "accuracy", "decimals"), 2.5, "decimals=2.5; expected "),
    ((*FIRST, "figures", "accuracy", "better"), "more", "better='more'; expected "),
    ((*FIRST, "reading"), "often", "reading='often'; expected one of figure, general, one case"),
    ((*FIRST, "reading"), "", "reading=''; expected one of figure, general, one case"),
    ((*FIRST, "reading"), "one case", "claimed_share=0.9; expected nothing, as one case is held to no"),
    ((*FIRST, "verdict"), "placed", "tfc-relu-sigmoid: verdict='placed'; expected refuted, by "),
    ((*FIRST, "places"), ["holds"], "tfc-relu-sigmoid: places=['holds']; expected none, by "),
    ((*FIRST, "counterfactual", "verdict"), "placed", "verdict='placed'; expected refuted, by 0 of 64 seeds"),
    ((*FIRST, "figures", "accuracy", "quantiles"), [0.9, 0.2, 0.3, 0.4, 0.5], "quantiles="),
    ((*FIRST, "figures", "accuracy", "documented"), float("nan"), "documented=nan"),
    ((*FIRST, "values", 0, "threshold"), float("inf"), "threshold=inf"),
    (("claims", 1, "id"), "tfc-relu-sigmoid", "id='tfc-relu-sigmoid'; expected every id and part once"),
    ((*FIRST, "claimed_share"), 2, "claimed_share=2"),
    ((*FIRST, "claimed_share"), None, "claimed_share=None; expected a value, as for the seeds"),
    ((*FIRST, "successes"), None, "successes=None; expected a value, as for the seeds"),
    ((*FIRST, "interval"), None, "interval=None; expected a value, as for the seeds"),
    ((*FIRST, "seeds"), None, "successes=13; expected nothing, as for the seeds"),
    ((*FIRST, "seeds"), 10**400, "seeds='more than there are'"),
    ((*FIRST, "expected"), "maybe", "expected='maybe'; expected one of"),
    ((*FIRST, "document"), "../../x", "document='../../x'; expected a key of letters"),
    ((*FIRST, "values", 0, "claim"), [0.5], "values: accuracy='1 values'; expected 256, one a seed"),
    (("claims", 1, "seeds"), 5, "tfc-circles-data: successes=None; expected a value, as for the seeds"),
    (
        (*PLACED, "places"),
        ["almost never"],
        "places=['almost never']; expected almost never, seldom, by 13 of",
    ),
    ((*PLACED, "places"), [], "seen-once: places=[]; expected almost never, seldom, by 13 of 256 seeds"),
    ((*PLACED, "places"), ["holds"], "seen-once: places=['holds']; expected almost never, seldom, by 13 of"),
    ((*PLACED, "verdict"), "holds", "seen-once: verdict='holds'; expected placed, by 13 of 256 seeds;"),
    (
        (*PLACED, "verdict"),
        "undecided",
        "seen-once: verdict='undecided'; expected placed, by 13 of 256 seeds;",
    ),
    ((*PLACED, "claimed_share"), 0.5, "claimed_share=0.5; expected nothing, as one case is held to no share"),
    ((*PLACED, "expected"), "holds", "seen-once: expected='holds'; expected almost never, seldom, "),
    (
        (*PLACED, "expected"),
        "seldom or mostly",
        "seen-once: expected='seldom or mostly'; expected almost nev",
    ),
    ((*PLACED, "reading"), "general", "seen-once: claimed_share=None; expected a value, as for the seeds"),
    ((*PLACED, "counterfactual", "verdict"), "refuted", "verdict='refuted'; expected placed, by 0 of 64 see"),
    (("schema",), 1, "found.json: schema=1; expected 2; it was written by another version of nnspec"),
    (("schema",), True, "schema=True; expected 2"),
    (("verdicts",), 0, "verdicts=0; expected a positive whole number"),
    (("seconds",), -3.0, "seconds=-3.0; expected at least 0"),
    (("error_rate",), 7.0, "error_rate=7.0; expected from 0 to 1"),
]
READERS = [
    ["report", "found.json", "-o", "page.html"],
    ["compare", "found.json", "whole.json"],
    ["compare", "whole.json", "found.json"],
    ["show", "tfc-relu-sigmoid", "--results", "found.json"],
    ["rebaseline", "--all", "--create", "--because=so", "--results", "found.json"],
]


def test_what_a_run_has_written_is_as_it_must_be() -> None:
    assert results_on_file(WHOLE, "whole").claims


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: " ".join(reader[:2]))
@pytest.mark.parametrize(("place", "value", "told"), WRONG, ids=lambda value: str(value)[:40])
def test_a_changed_number_is_one_line_with_the_name_of_its_field(
    place: tuple[Any, ...],
    value: Any,
    told: str,
    reader: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("whole.json").write_text(json.dumps(WHOLE), encoding="utf-8")
    Path("found.json").write_text(json.dumps(changed(WHOLE, place, value)), encoding="utf-8")
    assert main(reader) == 2
    said = capsys.readouterr()
    assert told in said.err
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert {path.name for path in tmp_path.iterdir()} == {"whole.json", "found.json"}


@pytest.mark.parametrize("number", ["1e400", "-Infinity", "NaN"])
def test_numbers_that_json_should_not_hold_are_told(
    number: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = json.dumps(WHOLE).replace('"training_seconds": 1.9', f'"training_seconds": {number}', 1)
    Path("found.json").write_text(text, encoding="utf-8")
    assert main(["report", "found.json", "-o", "page.html"]) == 2
    said = capsys.readouterr().err
    assert "training_seconds=" in said
    assert said.count("\n") == 1

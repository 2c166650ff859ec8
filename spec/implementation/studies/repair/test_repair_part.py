"""The part of the report on a search for a repair, and its map: what is shown and said."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from nnspec.project.kept import stored_repairs
from nnspec.recipes.changes import BATCH_SIZE, EPOCHS, FACTORS, LEARNING_RATE, UNCHANGED, UNITS, Change, Step
from nnspec.report.page import render
from nnspec.report.parts import RepairMap, RepairPart
from nnspec.results import baseline
from nnspec.statistics.shares import share_interval
from nnspec.studies.repair import record as repair_record
from nnspec.studies.repair.record import Confirmation, Counted, Repair, Trial
from nnspec.studies.repair.section import repair_map
from spec.folders import BASELINES, ROOT
from spec.implementation.report.report_samples import Page, claim, results
from spec.implementation.stored_pages import readable

RATES = (Fraction(1, 3), Fraction(1), Fraction(3), Fraction(10))
COUNTS = {(e, r): 4 * i + 5 * j for i, e in enumerate((1, 2, 4)) for j, r in enumerate(RATES)}


def change(epochs: int, rate: Fraction) -> Change:
    steps = [Step(EPOCHS, Fraction(epochs))] if epochs != 1 else []
    return Change((*steps, *([Step(LEARNING_RATE, rate)] if rate != 1 else [])))


MAP = [Trial(change(e, r), Counted(yes, 24)) for (e, r), yes in COUNTS.items() if (e, r) != (1, 1)]
WIDER = Trial(Change((Step(UNITS, Fraction(2)),)), None, "<script>no hidden layer</script>")
LONGER = Confirmation(change(4, Fraction(3)), "holds", "refuted", Counted(190, 192))
FOUND = Repair(
    "tfc-relu-sigmoid", "tf-classification", 0.7, 1e-3, 6, 100, 0.001,
    (Trial(UNCHANGED, Counted(COUNTS[1, RATES[1]], 24)), *MAP, WIDER), (LONGER,), Counted(40, 192),
    "--- a\n+++ b\n-    <b>epochs=100,\n-    keras.optimizers.Adam(),\n"
    "+    epochs=400,\n+    keras.optimizers.Adam(learning_rate=0.003),\n",
)  # fmt: skip
STEPS = [*FACTORS[EPOCHS], *FACTORS[LEARNING_RATE]]
BESIDES = [Change((Step(BATCH_SIZE, Fraction(1, 2)),))]
BOTH = map(Step, [EPOCHS] * 2 + [LEARNING_RATE] * 3, STEPS)
BESIDES += [Change((step, *BESIDES[0].steps)) for step in BOTH]
COUNTED = [Trial(one, Counted(10 + i, 32)) for i, one in enumerate(BESIDES)]
ROW = [trial for trial in FOUND.trials if trial.change.factor(EPOCHS) == 1]
SWEPT = [Trial(change(e, Fraction(1)), None, "learning_rates='one for each epoch'") for e in (2, 4)]
NOTHING = replace(FOUND, confirmations=(), difference="")
KINDS = {
    "found": FOUND,
    "found_beside_the_map": replace(FOUND, trials=(*FOUND.trials, *COUNTED)),
    "nothing_found": NOTHING,
    "without_a_map": replace(NOTHING, learning_rate=None, trials=(*ROW, *SWEPT)),
}


def cells(found: RepairMap) -> list[tuple[str, int, str]]:
    return [(cell.said, cell.colour, cell.classes) for _, row in found.rows for cell in row]


def test_the_map_has_every_share_in_a_cell_of_its_colour() -> None:
    found = repair_map(FOUND)
    shares = [COUNTS[e, r] / 24 for e in (1, 2, 4) for r in RATES]
    assert [said for said, _, _ in cells(found)] == [f"{100 * share:.0f} %" for share in shares]
    assert [colour for _, colour, _ in cells(found)] == [round(100 * share) for share in shares]
    assert ["enough" in classes for _, _, classes in cells(found)] == [share >= 0.7 for share in shares]
    assert found.rates == ("0.000333", "0.001", "0.003", "0.01")
    assert [epochs for epochs, _ in found.rows] == ["100", "200", "400"]
    assert found.seeds == 24


def test_the_recipe_as_documented_and_the_change_are_framed() -> None:
    def framed(found: Repair) -> dict[str, int]:
        marked = enumerate(classes for _, _, classes in cells(repair_map(found)))
        return {word: at for at, classes in marked for word in classes.split() if word != "enough"}

    assert framed(FOUND) == {"documented": 1, "confirmed": 10}
    beyond = replace(FOUND, confirmations=(replace(LONGER, change=WIDER.change),))
    assert framed(beyond) == {"documented": 1}


def test_a_sweep_is_shown_over_factors_and_what_could_not_be_tried_is_a_dash() -> None:
    trials = [trial for trial in FOUND.trials if trial.change.factor(EPOCHS) == 1]
    trials[-1] = replace(WIDER, change=change(1, Fraction(10)))
    found = repair_map(replace(FOUND, learning_rate=None, trials=tuple(trials), confirmations=()))
    assert found.rates == ("×1/3", "×1", "×3", "×10")
    assert [epochs for epochs, _ in found.rows] == ["100"]
    assert len(cells(found)) == len(FACTORS[LEARNING_RATE]) + 1
    assert cells(found)[-1] == ("–", 0, "")


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_report_says_of_a_search_is_stored(kind: str, tmp_path: Path, stored_page: Any) -> None:
    repair_record.write(tmp_path / "repairs.json", [KINDS[kind]], {})
    bare = claim(values=[], figures={}, scripts={"runs": "import keras"})
    page = render(results(bare, bare | {"part": "late"}), repairs=stored_repairs(tmp_path))
    assert Page(page).unbalanced == []
    author, _, said = (
        readable(page).partition("\nFor the author\n")[2].partition("\nWhat would make it true:")
    )
    told = author.splitlines()[:2]  # of the claim that was searched and of another one
    stored_page(f"repair_{kind}", "\n".join(["For the author", *told, said.partition("\nRead as |")[0]]))


def test_the_intervals_of_a_search_are_wider_than_a_verdict() -> None:
    assert FOUND.interval(FOUND.before)[0] < share_interval(40, 192, FOUND.error_rate)[0]


@pytest.mark.parametrize(
    ("difference", "shown"),
    [
        ("--- a.py as documented\n+++ a.py\n@@ -1 +1 @@\n import keras\n-epochs=1\n+epochs=<2>",
         "--- a.py as documented\n+++ a.py\n@@ -1 +1 @@\n import keras\n<del>-epochs=1</del>\n"
         "<ins>+epochs=&lt;2&gt;</ins></pre>"),
        ("\x1b[31m-\x00red", "<del>-\N{REPLACEMENT CHARACTER}red</del></pre>"),
    ],
    ids=["marked", "terminal colours"],
)  # fmt: skip
def test_what_the_difference_takes_away_and_adds_is_marked_and_stays_text(
    difference: str, shown: str, tmp_path: Path
) -> None:
    repair_record.write(tmp_path / "repairs.json", [replace(FOUND, difference=difference)], {})
    html = render(results(claim()), repairs=stored_repairs(tmp_path))
    assert shown in html
    assert not {"\x1b", "\x00"} & set(html)
    assert "<script>no hidden layer" not in html


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    repair_record.write(tmp_path / "repairs.json", [FOUND], {})
    return tmp_path


def test_what_is_stored_with_the_baselines_can_be_told_and_drawn() -> None:
    folder = BASELINES
    found = repair_record.read(folder / "repairs.json")
    assert set(stored_repairs(folder)) == {one.key for one in found}
    recorded = baseline.records(folder / "claims")
    for one in found:
        assert recorded[one.key].verdict != "holds"
        assert len(one.confirmations) <= one.most_confirmations
        assert bool(one.difference) == (one.found is not None)
        if one.found is not None:
            assert one.interval(one.found.counted)[0] > one.claimed_share


def test_the_documentation_says_of_its_example_what_is_stored() -> None:
    root = ROOT
    stored = {one.key: one for one in repair_record.read(root / "baselines/repairs.json")}
    found = stored["tfc-relu-sigmoid"].found
    assert found is not None
    said = f"{found.change}, in {found.counted.successes} of {found.counted.seeds} fresh seeds."
    assert said in " ".join((root / "docs/explanation/results.md").read_text(encoding="utf-8").split())


def test_a_file_that_cannot_be_used_leaves_the_report_without_it(tmp_path: Path) -> None:
    assert stored_repairs(tmp_path) == {}
    (tmp_path / "repairs.json").write_text("{")
    assert stored_repairs(tmp_path) == {}


def test_a_refuted_claim_that_was_not_searched_says_so_with_the_command(stored: Path) -> None:
    def said(repairs: Mapping[str, RepairPart] | None, **changes: Any) -> list[str]:
        one = {"id": "other", "part": "it's [late]", "scripts": {"runs": "import keras"}} | changes
        page = Page(render(results(claim(**one)), repairs=repairs))
        return [text for text in page.texts("code") if text.startswith("nnspec repair")]

    known = stored_repairs(stored)
    (command,) = said(known)
    assert shlex.split(command) == ["nnspec", "repair", "other[it's [late]]", "--store"]
    assert said(known, part="") == ["nnspec repair other --store"]
    assert said(None) == said({}) == []  # a page that was made without stored repairs does not know
    assert said(known, verdict="holds", expected="holds") == []
    assert said(known, expected="holds") == []  # the command refuses it
    assert said(known, scripts={}) == []  # nothing that could be changed
    assert said(known, id=FOUND.key, part="") == []

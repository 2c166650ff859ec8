"""The map of a search for a repair, and the part of the report around it: what is drawn and said."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from nnspec import baseline, repair_record
from nnspec.neighbourhood import EPOCHS, FACTORS, LEARNING_RATE, UNCHANGED, UNITS, Change, Step
from nnspec.plots.repair import repair_map
from nnspec.repair_record import Confirmation, Counted, Repair, Trial
from nnspec.report.html import render
from nnspec.report.repair_part import stored_repairs
from spec.implementation.report_samples import Page, claim

RESULTS = {"schema": 1, "environment": {}, "error_rate": 0.001, "verdicts": 300, "budget": "standard",
           "seconds": 1.0, "seeds_trained": 1, "claims": [claim()]}  # fmt: skip
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
    "--- a\n+++ b\n-    <b>epochs=100,\n+    epochs=400,\n",
)  # fmt: skip


def test_the_map_has_every_share_in_a_cell_of_its_colour() -> None:
    figure = repair_map(FOUND)
    ax, bar = figure.axes
    (image,) = ax.images
    shares = [[COUNTS[e, r] / 24 for r in RATES] for e in (1, 2, 4)]
    np.testing.assert_allclose(np.asarray(image.get_array()), shares)
    assert image.get_clim() == (0, 1)
    written = {text.get_position(): text.get_text() for text in ax.texts}
    assert len(written) == 12
    assert all(written[j, i] == f"{100 * shares[i][j]:.0f} %" for i in range(3) for j in range(4))
    bold = {t.get_position() for t in ax.texts if t.get_fontweight() == "bold"}
    assert bold == {(j, i) for i in range(3) for j in range(4) if shares[i][j] >= 0.7}
    assert [label.get_text() for label in ax.get_xticklabels()] == ["0.000333", "0.001", "0.003", "0.01"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["100", "200", "400"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("learning rate", "epochs")
    assert bar.get_ylabel() == "share that say yes"


def test_the_recipe_as_documented_and_the_change_are_framed() -> None:
    def framed(found: Repair) -> set[tuple[float, float, str]]:
        frames = {(p.get_x(), p.get_y(), str(p.get_linestyle())) for p in repair_map(found).axes[0].patches}  # type: ignore[attr-defined]
        return {(round(x + 0.46), round(y + 0.44), style) for x, y, style in frames}

    assert {(1, 0, "--"), (2, 2, "-")} <= framed(FOUND)
    beyond = replace(FOUND, confirmations=(replace(LONGER, change=WIDER.change),))
    assert {(x, y) for x, y, _ in framed(beyond)} == {(1, 0)}


def test_numbers_can_be_read_on_every_colour_of_the_map() -> None:
    by_share = {}
    for first in range(0, 101, 12):
        trials = [
            Trial(cell.change, Counted(min(first + number, 100), 100))
            for number, cell in enumerate([FOUND.trials[0], *MAP])
        ]
        ax = repair_map(replace(FOUND, trials=tuple(trials))).axes[0]
        (image,) = ax.images
        values = np.asarray(image.get_array())
        for text in ax.texts:
            column, row = (int(at) for at in text.get_position())
            share = values[row, column]
            by_share[share] = image.get_cmap()(share)[:3], text.get_color()
    assert len(by_share) == 101
    colours = np.array([by_share[share][0] for share in sorted(by_share)])
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    luminance = linear @ [0.2126, 0.7152, 0.0722]
    assert (np.diff(luminance) > 0).all()  # in print and for every kind of colour vision more is lighter
    black = np.array([by_share[share][1] == "black" for share in sorted(by_share)])
    contrast = np.where(black, (luminance + 0.05) / 0.05, 1.05 / (luminance + 0.05))
    assert contrast.min() >= 4.5


def test_a_sweep_is_drawn_over_factors_and_what_could_not_be_tried_is_left_out() -> None:
    trials = tuple(trial for trial in FOUND.trials if trial.change.factor(EPOCHS) == 1)
    sweep = replace(FOUND, learning_rate=None, trials=trials, confirmations=())
    ax = repair_map(sweep).axes[0]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["×1/3", "×1", "×3", "×10"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["100"]
    assert len(ax.texts) == len(FACTORS[LEARNING_RATE]) + 1


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    repair_record.write(tmp_path / "repairs.json", [FOUND], {})
    return tmp_path


def test_the_report_shows_the_change_the_difference_and_the_map(stored: Path) -> None:
    repairs = stored_repairs(stored)
    text = render(RESULTS, repairs=repairs)
    page = Page(text)
    assert page.unbalanced == []
    assert "What would make it true: epochs ×4, learning rate ×3" in page.texts("summary")
    assert any("<b>epochs=100," in shown for shown in page.texts("pre"))
    (alt,) = [alt for alt in page.attributes("alt") if "learning rate and epochs" in alt]
    assert "epochs ×2, learning rate ×10: 79%" in alt
    assert any("190 of 192 seeds say yes (99.0 %" in shown for shown in page.texts("p"))
    assert "<script>no hidden layer" not in text
    assert "What would make it true:" not in render(RESULTS)
    assert {"as documented", "units ×2"} <= set(page.texts("th"))
    quick = Page(render(RESULTS, repairs=stored_repairs(stored, drawn=False)))
    assert not any("learning rate and epochs" in alt for alt in quick.attributes("alt"))
    assert {"as documented", "epochs ×2, learning rate ×10"} <= set(quick.texts("th"))


def test_terminal_colours_and_what_html_forbids_stay_out_of_the_page(stored: Path) -> None:
    repair_record.write(stored / "repairs.json", [replace(FOUND, difference="\x1b[31m-\x00red")], {})
    page = render(RESULTS, repairs=stored_repairs(stored))
    assert "\x1b" not in page
    assert "\x00" not in page


def test_what_is_stored_with_the_baselines_can_be_told_and_drawn() -> None:
    folder = Path(__file__).parents[2] / "baselines"
    found = repair_record.read(folder / "repairs.json")
    assert set(stored_repairs(folder)) == {one.key for one in found}
    recorded = baseline.records(folder / "claims")
    for one in found:
        assert recorded[one.key].verdict == "refuted"
        assert len(one.confirmations) <= one.most_confirmations
        assert bool(one.difference) == (one.found is not None)
        if one.found is not None:
            assert one.interval(one.found.counted)[0] > one.claimed_share


def test_the_readme_says_of_its_example_what_is_stored() -> None:
    root = Path(__file__).parents[2]
    stored = {one.key: one for one in repair_record.read(root / "baselines/repairs.json")}
    found = stored["tfc-relu-sigmoid"].found
    assert found is not None
    said = f"{found.change}, in {found.counted.successes} of {found.counted.seeds} fresh seeds."
    assert said in (root / "README.md").read_text(encoding="utf-8")


def test_a_file_that_cannot_be_used_leaves_the_report_without_it(tmp_path: Path) -> None:
    assert stored_repairs(tmp_path) == {}
    (tmp_path / "repairs.json").write_text("{")
    assert stored_repairs(tmp_path) == {}

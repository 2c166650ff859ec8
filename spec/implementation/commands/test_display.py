"""What `nnspec verify` shows: on a terminal, elsewhere, while it trains and at the end."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from rich.console import Console

from nnspec import SGD, Circles, Claim, Dense, Document, Recipe, claim
from nnspec.commands.terminal.display import Display
from nnspec.pytest_plugin.state import COSTS
from nnspec.results.record import unjudged

RECIPE = Recipe(Circles(n_samples=20), [Dense(1)], "binary_crossentropy", SGD(0.5), epochs=1)
OTHER = RECIPE.with_epochs(2)
FILES = ("report.html", "results.json")


def shown(terminal: bool, width: int = 100) -> tuple[Display, io.StringIO]:
    file = io.StringIO()
    return Display(FILES, Console(force_terminal=terminal, file=file, width=width, highlight=False)), file


def declared(name: str = "row", counterfactual: Recipe = OTHER) -> Claim:
    @claim(
        f"{name}[[bold] of [it]]",
        source=Document("doc", "A document", ("One",)).at("One"),
        recipe=RECIPE,
        counterfactual=counterfactual,
        share=0.9,
        because="said so",
    )
    def high(runs):
        """Reach an accuracy [/red] that is high."""
        return runs.accuracy > 0.5

    return high


def collect(display: Display, *claims: Claim) -> None:
    items = [SimpleNamespace(nodeid=f"test_x.py::{one.key}", nnspec=one) for one in claims]
    display.pytest_sessionstart()
    stash = pytest.Stash()
    stash[COSTS] = {item.nodeid: 100.0 for item in items}
    display.pytest_collection_finish(SimpleNamespace(items=items, config=SimpleNamespace(stash=stash)))


def finish(
    display: Display, one: Claim, outcome: str = "passed", evidence: str = "", failure: str = "", **found
) -> None:
    record = replace(unjudged(one, "holds"), **({"seeds": 128, "successes": 128, "share": 1.0} | found))
    display.pytest_runtest_logreport(
        SimpleNamespace(
            nodeid=f"test_x.py::{one.key}",
            outcome=outcome,
            longreprtext=failure,
            nnspec_record=record,
            nnspec_evidence=evidence,
            nnspec_cost=(100.0, 200.0, 2),
        )
    )


def plain(file: io.StringIO) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", file.getvalue())


def test_a_terminal_shows_what_is_trained_the_seeds_done_and_the_time_left():
    display, file = shown(terminal=True, width=140)
    collect(display, declared("first"), declared("second", counterfactual=RECIPE.with_epochs(3)))
    display.pytest_runtest_logstart("test_x.py::first[[bold] of [it]]")
    display.pytest_nnspec_progress(RECIPE, 0.0, 64)
    display.pytest_nnspec_progress(RECIPE, 32.5, 64)
    display._progress.refresh()
    text = plain(file)
    assert "verifying first[[bold] of [it]]" in text
    assert f"training {RECIPE}" in text
    assert "32/64 seeds" in text
    assert "0/2" in text
    assert re.search(r"about \d+ (s|min) left", text)
    finish(display, declared("first"))
    display._progress.refresh()
    display.pytest_unconfigure(SimpleNamespace(stash=pytest.Stash()))
    assert "1/2" in plain(file)
    assert re.search(r"about \d+ (s|min) left", plain(file))


def test_elsewhere_there_is_one_plain_line_for_a_recipe_and_one_for_a_verdict():
    display, file = shown(terminal=False)
    collect(display, declared("first"), declared("second"))
    for done in (0.0, 10.0, 64.0):
        display.pytest_nnspec_progress(RECIPE, done, 64)
    finish(display, declared("first"))
    text = file.getvalue()
    assert "\x1b" not in text
    assert text.count("training Circles") == 1
    assert re.search(
        r"1/2 first\[\[bold\] of \[it\]\] +✓ holds +128/128 seeds +\d+ s, about \d+ s left", text
    )


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize("width", [80, 120])
def test_brackets_stay_in_the_table_and_lines_fit(terminal, width):
    display, file = shown(terminal, width)
    one = declared()
    collect(display, one)
    finish(display, one, "failed", failure="row[[bold] of [it]]: the verdict is [refuted]", verdict="refuted")
    before = len(file.getvalue())
    assert display.exit_code(1) == 1
    text = plain(file)
    table = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", file.getvalue()[before:])
    assert "row[[bold] of [it]]" in table
    assert "✗ refuted" in table
    assert "NOT holds" in table
    assert "the verdict is [refuted]" in table
    assert ("Reach an accuracy [/red] that is high." in text) == (display.console.width >= 110)
    assert max(len(line.rstrip()) for line in table.splitlines()) <= display.console.width


def test_the_summary_comes_last_and_says_what_is_not_settled(capsys):
    display, file = shown(terminal=False)
    collect(display, declared("first"), declared("second"), declared("third"))
    finish(display, declared("first"), seeds_trained=64)
    finish(display, declared("second"), "skipped", verdict="undecided", evidence="only for few seeds")
    two = {"seeds": 2, "successes": 2}
    finish(display, declared("third"), "skipped", verdict="undecided", evidence="seed 4 says yes", **two)
    assert display.exit_code(0) == 0
    text = file.getvalue()
    sentence = (
        "1 holds, 2 undecided; nothing against the record; 2 with too few seeds; --budget standard uses more"
    )
    assert text.index("verdict ") < text.index("seed 4 says yes") < text.index(sentence)
    assert text.splitlines()[-2:] == ["report   report.html", "results  results.json"]
    assert text.count("too few seeds") == 3  # two rows and the sentence
    assert "only for few seeds" not in text
    assert "64 trainings in" in text
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("pytest_code", "code"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 2), (5, 2), (pytest.ExitCode.OK, 0)]
)
def test_the_exit_code_is_0_as_recorded_1_not_so_and_2_for_anything_else(pytest_code, code):
    display, _ = shown(terminal=False)
    collect(display, declared("first"))
    if pytest_code in (0, 1):
        finish(display, declared("first"), "failed" if pytest_code else "passed")
    assert display.exit_code(pytest_code) == code


def test_a_success_of_pytest_that_verified_nothing_or_something_wrong_is_none(capsys):
    display, _ = shown(terminal=False)
    assert display.exit_code(0) == 2
    assert "nothing was verified" in capsys.readouterr().err
    collect(display, declared("first"))
    finish(display, declared("first"), "failed")
    assert display.exit_code(0) == 1


@pytest.mark.parametrize("options", [["--time", "20s"], ["--seeds", "64"]])
def test_what_is_trained_is_told_while_pytest_captures_what_a_claim_prints(project, capsys, options):
    project.declare(
        "def prints(runs):\n    'Prints.'\n    print('of the claim')\n    return runs.accuracy > 0.5\n"
        "test_x = declare('first', ALWAYS, prints, share=0.5)"
    )
    project.nnspec("verify", *options)
    said = capsys.readouterr().out
    assert said.index("training Circles") < said.index("1/1 first")
    assert "of the claim" not in said
    if "--time" in options:
        assert said.index("1 claims decided, 0 open") < said.index("1/1 first")

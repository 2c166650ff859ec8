"""Every figure in the README and the documentation is the one in the stored baselines."""

import json
import re
import tomllib

import pytest

from nnspec.basics.size import shown_size
from nnspec.claims import budget
from nnspec.claims.reading import fewest_seeds
from nnspec.commands.collection import claims_in
from nnspec.commands.main import main
from nnspec.machine import memory
from nnspec.results.baseline import read_folder, verdicts
from spec.folders import ROOT
from spec.implementation.project import page_tables, verdict_tables
from spec.implementation.project.measured_tables import OF_MODELS
from spec.implementation.project.pages import DOCS, README, between, places, running, text

FOLDER = ROOT / "baselines/claims"
BASELINES = list(read_folder(FOLDER).values())
CLAIMS = [claim for baseline in BASELINES for claim in baseline.claims]
METHOD, RESULTS = DOCS / "explanation/method.md", DOCS / "explanation/results.md"
PERFORMANCE = DOCS / "explanation/performance.md"
TABLES = page_tables.tables()
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@pytest.mark.parametrize("place", TABLES)
def test_tables_are_made_from_the_baselines(place):
    assert between(place) == TABLES[place], "python -m spec.implementation.project.page_tables writes them"


def test_every_place_but_the_workflow_has_a_table():
    assert set(places()) == {*TABLES, "workflow"}


def test_five_sentences_stand_first():
    found = {one.key for one in verdict_tables.results() if one.headline}
    assert found == set(verdict_tables.HEADLINES)
    assert len(between("headlines")) == 2 + len(found)
    in_favour = [line for line in between("results") if line.startswith("- ✓")]
    assert len(between("results")) == 5
    assert len(in_favour) >= 2


def test_the_number_of_documents_is_the_one_of_baselines():
    assert f"judges {NUMBERS[len(BASELINES)]} documents" in running(README)


def test_the_number_of_verdicts_is_the_one_that_is_reserved():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    reserved = settings["tool"]["pytest"]["ini_options"]["nnspec_verdicts"]
    assert f"split evenly over {reserved} verdicts" in running(METHOD)
    assert f"and {reserved} is the number that `pyproject.toml` reserves" in running(METHOD)
    assert rf"$\alpha = 0.001 / {reserved}$" in running(METHOD)
    fewest = fewest_seeds(0.5, 0.001 / int(reserved), 1, 1024)
    assert f"runs all say yes needs {fewest} of them to hold against one half" in running(METHOD)


def test_the_claim_that_was_judged_on_few_seeds_is_named():
    (known,) = [claim for claim in CLAIMS if claim.id == "mlp-ex-two-layers"]
    assert known.verdict == "undecided"
    told = f"`mlp-ex-two-layers` is undecided because it was judged on {known.seeds} seeds only"
    assert told in running(RESULTS)
    assert "a seed of it takes minutes on one core" in running(RESULTS)
    assert known.training_seconds / known.seeds > 120


def test_the_first_run_is_told_as_it_was_measured():
    run = json.loads((ROOT / "baselines/first_run.json").read_text(encoding="utf-8"))
    assert run["as_recorded"] + run["skipped"] == len(CLAIMS)
    assert run["cores"] == 2
    assert f"takes about {run['seconds'] / 60:.0f} minutes on two cores" in running(README)


def test_the_tables_of_verdicts_are_made_from_the_baselines():
    assert (ROOT / "baselines/verdicts.md").read_text(encoding="utf-8") == verdicts(FOLDER)
    declared = {claim.key: bool(claim.beyond) for claim in claims_in([str(ROOT / "spec/documents")])[0]}
    assert {claim.key: claim.ours for claim in CLAIMS if claim.key in declared} == declared


def test_the_baselines_are_complete_and_of_the_version_that_the_readme_names():
    inventory = (ROOT / "spec/inventory.txt").read_text(encoding="utf-8").splitlines()
    ids = {line.strip() for line in inventory if line.strip() and not line.startswith("#")}
    assert {claim.id for claim in CLAIMS} == ids
    keras = {baseline.environment["keras"] for baseline in BASELINES}
    assert keras == set(re.findall(r"Keras (\d+\.\d+\.\d+)", text(README)))


def measured_with_peers():
    """Return what was kept of every benchmark of a described network with a peer."""
    files = sorted((ROOT / "baselines/benchmarks").rglob("*.json"))
    found = [one["extra_info"] for file in files for one in json.loads(file.read_text())["benchmarks"]]
    return [one for one in found if "peer" in one and not one["group"].startswith(OF_MODELS)]


def test_who_trains_less_is_told():
    found = measured_with_peers()
    with_fit = [one for one in found if one["peer"] == "model.fit"]
    fewer = {(one["their_epochs"], one["epochs"]) for one in with_fit if one["their_epochs"] != one["epochs"]}
    (quantiles, moons) = sorted(fewer)
    told = "{} of {} for the Gaussian quantiles, {} of {} for the moons"
    assert told.format(*quantiles, *moons) in running(PERFORMANCE)
    seeds = {one["their_seeds"] for one in found if one["peer"].startswith("JAX")}
    told = f"JAX trains {', '.join(map(str, seeds))} seeds in a round, the other three one"
    assert told in running(PERFORMANCE)
    assert {one["their_seeds"] for one in found if one["peer"] in ("MLPClassifier", "PyTorch loop")} == {1}
    assert {one["their_seeds"] for one in with_fit} == {1}


def test_the_rows_that_stand_out_are_those_that_do():
    ratios = {one["peer"]: one["ratio"] for one in measured_with_peers()}
    assert min(ratios, key=ratios.get) == "scikit-learn's Perceptron"
    assert min(ratios.values()) > 1
    with_fit = {one["group"]: one["ratio"] for one in measured_with_peers() if one["peer"] == "model.fit"}
    assert min(with_fit, key=with_fit.get).startswith("IMDB")


def test_what_a_run_of_the_circles_takes_is_what_was_measured():
    rows = [[cell.strip() for cell in line.split("|")] for line in between("performance")]
    (cells,) = [row for row in rows if row[1].startswith("circles") and row[2] == "model.fit"]
    ratio, here = cells[3].partition(" ×")[0], cells[5].removesuffix(" per seed")
    assert f"a run of the circles takes {here}, {ratio} times less than with `model.fit`" in running(README)


def test_the_example_of_a_repair_is_what_was_found():
    (first,) = [line for line in between("repairs") if line.startswith("| `tfc-relu-sigmoid` ")]
    change, seeds = (cell.strip() for cell in first.split("|")[2:4])
    told = f"what would make a refuted sentence true: {change}, in {seeds} fresh seeds"
    assert f"`nnspec repair tfc-relu-sigmoid` says {told}" in running(RESULTS)


def test_what_budgets_and_memory_allow_is_told():
    assert f"it takes {budget.MOST_TOLD:,} at most" in running(DOCS / "how-to/budgets.md")
    assert f"that takes {budget.DECIDED_BY:,} seeds" in running(DOCS / "how-to/budgets.md")
    assert f"less than {shown_size(memory.LEAST)} is refused" in running(DOCS / "explanation/reliability.md")
    assert shown_size(memory.LEAST).replace(" ", "") in text(DOCS / "reference/pytest.md")


def drawn_texts(svg):
    """Return the texts of a drawing, in their order."""
    return re.findall(r"<text[^>]*>([^<]+)</text>", svg)


def test_the_picture_is_drawn_from_the_baseline(tmp_path):
    stored = ROOT / "baselines/figures/tfc-relu-sigmoid.svg"
    assert f"(../../{stored.relative_to(ROOT)})" in text(RESULTS)
    again = tmp_path / "again.svg"
    arguments = ["--baseline", str(FOLDER), "--results", str(tmp_path / "none.json"), "--figure", str(again)]
    assert main(["show", "tfc-relu-sigmoid", *arguments]) == 2  # results that were named must be there
    assert main(["show", "tfc-relu-sigmoid", *arguments[:2], *arguments[4:]]) == 0
    found = drawn_texts(again.read_text(encoding="utf-8"))
    (known,) = [claim for claim in CLAIMS if claim.id == "tfc-relu-sigmoid"]
    assert f"claim, {known.successes} of {known.seeds}" in found
    assert drawn_texts(stored.read_text(encoding="utf-8")) == found

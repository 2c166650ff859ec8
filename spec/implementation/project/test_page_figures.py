"""Every figure in the README is the one in the stored baselines."""

import json
import re
import tomllib

import pytest

from nnspec.commands.collection import claims_in
from nnspec.commands.main import main
from nnspec.report.words.markdown import row, text_line
from nnspec.results.baseline import name, read_folder, verdicts
from nnspec.studies.flakiness import record as flakiness_record
from nnspec.studies.flakiness.section import flakiness_section
from nnspec.studies.repair import record as repair_record
from nnspec.studies.speed.section import last_measured, rows
from nnspec.studies.speed.wording import limits, unit_in_words
from spec.folders import ROOT
from spec.implementation.project import readme_tables

README = (ROOT / "README.md").read_text(encoding="utf-8")
FOLDER = ROOT / "baselines/claims"
BASELINES = list(read_folder(FOLDER).values())
CLAIMS = [claim for baseline in BASELINES for claim in baseline.claims]


RUNNING = " ".join(README.split())  # wherever a line ends


def between(marker):
    """Return the lines of the README between two comments."""
    text = README.partition(f"<!-- {marker} -->")[2].partition(f"<!-- end of {marker} -->")[0]
    assert text, marker
    return text.strip().splitlines()


TABLES = readme_tables.tables()


@pytest.mark.parametrize("place", TABLES)
def test_tables_of_verdicts_are_those_of_claims_and_baselines(place):
    remedy = "python -m spec.implementation.project.readme_tables writes them"
    assert between(place) == TABLES[place], remedy


def test_five_sentences_stand_first():
    assert len(between("headlines")) == 2 + len(readme_tables.HEADLINES)
    found = {one.key for one in readme_tables.results() if one.headline}
    assert found == set(readme_tables.HEADLINES)


def test_the_number_of_verdicts_is_the_one_that_is_reserved():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    reserved = settings["tool"]["pytest"]["ini_options"]["nnspec_verdicts"]
    assert f"split evenly over {reserved} verdicts" in RUNNING
    assert f"and {reserved} is the number that `pyproject.toml` reserves" in RUNNING


def test_the_claim_that_was_judged_on_few_seeds_is_named():
    (known,) = [claim for claim in CLAIMS if claim.id == "mlp-ex-two-layers"]
    assert known.verdict == "undecided"
    told = f"`mlp-ex-two-layers` is undecided because it was judged on {known.seeds} seeds only"
    assert told in RUNNING
    assert "a seed of it takes minutes on one core" in RUNNING
    assert known.training_seconds / known.seeds > 120


def test_the_first_run_is_told_as_it_was_measured():
    run = json.loads((ROOT / "baselines/first_run.json").read_text(encoding="utf-8"))
    versions, minutes = run["environment"], f"{run['seconds'] / 60:.0f} minutes"
    assert " ".join(between("first run")).strip() == (
        "The first run, without stored trainings and without the downloaded data, took "
        f"{minutes} on {run['cores']} cores (Keras {versions['keras']}, TensorFlow {versions['tensorflow']}, "
        f"Python {versions['python']}, {versions['date']}): {run['seeds_trained']:,} trainings, "
        f"{run['as_recorded']} claims and facts as recorded, {run['skipped']} skipped."
    )
    assert run["as_recorded"] + run["skipped"] == len(CLAIMS)
    assert run["cores"] == 2
    assert f"takes about {minutes} on two cores" in README[: README.index("## Results")]


def test_the_tables_of_verdicts_are_made_from_the_baselines():
    assert (ROOT / "baselines/verdicts.md").read_text(encoding="utf-8") == verdicts(FOLDER)
    declared = {claim.key: bool(claim.beyond) for claim in claims_in([str(ROOT / "spec/documents")])[0]}
    assert {claim.key: claim.ours for claim in CLAIMS if claim.key in declared} == declared


def test_the_baselines_are_complete_and_of_the_version_that_the_readme_names():
    inventory = (ROOT / "spec/inventory.txt").read_text(encoding="utf-8").splitlines()
    ids = {line.strip() for line in inventory if line.strip() and not line.startswith("#")}
    assert {claim.id for claim in CLAIMS} == ids
    assert {baseline.environment["keras"] for baseline in BASELINES} == {
        re.search(r"Keras (\d+\.\d+\.\d+)", README)[1]
    }


def test_every_row_on_performance_is_that_of_the_last_stored_run_of_its_benchmark():
    measured = {}
    for run in last_measured(ROOT / "baselines/benchmarks"):
        for cells in rows(run):
            measured[cells[:2]] = row([text_line(cell).replace("\N{NO-BREAK SPACE}", " ") for cell in cells])
    shown = between("performance")[2:]
    assert len(shown) >= 7
    assert set(shown) <= set(measured.values())


def measured_with_peers():
    """Return what was kept of every benchmark with a peer."""
    files = sorted((ROOT / "baselines/benchmarks").rglob("*.json"))
    found = [one["extra_info"] for file in files for one in json.loads(file.read_text())["benchmarks"]]
    return [one for one in found if "peer" in one]


def test_who_trains_less_is_told():
    found = measured_with_peers()
    with_fit = [one for one in found if one["peer"] == "model.fit"]
    fewer = {(one["their_epochs"], one["epochs"]) for one in with_fit if one["their_epochs"] != one["epochs"]}
    (quantiles, moons) = sorted(fewer)
    told = "{} of {} for the Gaussian quantiles, {} of {} for the moons"
    assert told.format(*quantiles, *moons) in RUNNING
    seeds = {one["their_seeds"] for one in found if one["peer"].startswith("JAX")}
    assert f"JAX trains {', '.join(map(str, seeds))} seeds in a round, the other three one" in RUNNING
    assert {one["their_seeds"] for one in found if one["peer"] in ("MLPClassifier", "PyTorch loop")} == {1}
    assert {one["their_seeds"] for one in with_fit} == {1}


def test_the_rows_that_stand_out_are_those_that_do():
    ratios = {one["peer"]: one["ratio"] for one in measured_with_peers()}
    assert min(ratios, key=ratios.get) == "scikit-learn's Perceptron"
    assert min(ratios.values()) > 1
    with_fit = {one["group"]: one["ratio"] for one in measured_with_peers() if one["peer"] == "model.fit"}
    assert min(with_fit, key=with_fit.get).startswith("IMDB")


def plain(text):
    return text_line(text).replace("\N{NO-BREAK SPACE}", " ")


def test_growth_and_the_share_of_the_machine_are_told_as_they_were_measured():
    runs = last_measured(ROOT / "baselines/benchmarks")
    assert between("limits") == [f"- {plain(sentence)}" for run in runs for sentence in limits(run)]


def test_what_fresh_seeds_say_is_what_was_found():
    found = flakiness_section(flakiness_record.read(ROOT / "baselines/flakiness.json"))
    assert between("fresh seeds") == [f"- {plain(sentence)}" for sentence in found.sentences]


def test_what_a_task_costs_is_what_was_measured():
    measured = {}
    for path in sorted((ROOT / "baselines/benchmarks").rglob("*.json")):
        for benchmark in json.loads(path.read_text(encoding="utf-8"))["benchmarks"]:
            found = benchmark["extra_info"]
            if "task_seconds" in found:
                times = [plain(unit_in_words(found[name])) for name in ("task_seconds", "block_seconds")]
                counts = [f"{found[name]:.0f}" for name in ("workers_kept_busy", "seeds_for_1000")]
                backend = benchmark["name"].partition("[")[2].rstrip("]")
                measured[backend] = row([backend, *times, *counts])
    assert between("tasks")[2:] == list(measured.values())


def repairs_block():
    """Return the lines of the README on what would make refuted claims true."""
    refuted = {claim.key: claim for claim in CLAIMS if claim.verdict == "refuted"}
    searched = [one for one in repair_record.read(ROOT / "baselines/repairs.json") if one.key in refuted]
    lines = [row(["claim", "becomes true with", "fresh seeds that then say yes", "as documented"])]
    lines.append(row(["---"] * 4))
    for one in searched:
        if one.found is not None:
            counts = [f"{some.successes} of {some.seeds}" for some in (one.found.counted, one.before)]
            lines.append(row([name(refuted[one.key]), str(one.found.change), *counts]))
    told = f"{len(searched)} of {len(refuted)} refuted claims were searched; {len(lines) - 2} have a repair."
    return [*lines, "", told]


def test_what_makes_refuted_claims_true_is_what_was_found():
    assert between("repairs") == repairs_block()
    (first,) = [line for line in between("repairs") if line.startswith("| `tfc-relu-sigmoid` ")]
    change, seeds = (cell.strip() for cell in first.split("|")[2:4])
    told = f"what would make a refuted sentence true: {change}, in {seeds} fresh seeds"
    assert f"`nnspec repair tfc-relu-sigmoid` says {told}" in RUNNING


def drawn_texts(svg):
    """Return the texts of a drawing, in their order."""
    return re.findall(r"<text[^>]*>([^<]+)</text>", svg)


def test_the_picture_is_drawn_from_the_baseline(tmp_path):
    stored = ROOT / "baselines/figures/tfc-relu-sigmoid.svg"
    assert f"({stored.relative_to(ROOT)})" in README
    again = tmp_path / "again.svg"
    arguments = ["--baseline", str(FOLDER), "--results", str(tmp_path / "none.json"), "--figure", str(again)]
    assert main(["show", "tfc-relu-sigmoid", *arguments]) == 2  # results that were named must be there
    assert main(["show", "tfc-relu-sigmoid", *arguments[:2], *arguments[4:]]) == 0
    found = drawn_texts(again.read_text(encoding="utf-8"))
    (known,) = [claim for claim in CLAIMS if claim.id == "tfc-relu-sigmoid"]
    assert f"claim, {known.successes} of {known.seeds}" in found
    assert drawn_texts(stored.read_text(encoding="utf-8")) == found

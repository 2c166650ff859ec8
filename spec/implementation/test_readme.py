"""Every figure in the README is the one in the stored baselines."""

import argparse
import json
import re
import shlex
from pathlib import Path

from nnspec import cli, flakiness_record, repair_record
from nnspec.baseline import verdicts
from nnspec.report.benchmark_wording import limits, unit_in_words
from nnspec.report.flakiness_section import flakiness_section
from nnspec.report.markdown import row, text_line
from nnspec.report.performance_section import rows
from nnspec.stored_benchmarks import last_measured
from nnspec.verdict_table import SYMBOLS, counts, name

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FOLDER = ROOT / "baselines/claims"
BASELINES = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))]
CLAIMS = [claim for baseline in BASELINES for claim in baseline["claims"]]


def between(marker):
    """Return the lines of the README between two comments."""
    text = README.partition(f"<!-- {marker} -->")[2].partition(f"<!-- end of {marker} -->")[0]
    assert text, marker
    return text.strip().splitlines()


def short_row(claim):
    """Return a claim as a row of the README's table."""
    verdict = f"{SYMBOLS[claim['verdict']]} {claim['verdict']}"
    return f"| {name(claim)} | {claim['statement']} | {verdict} | {claim['successes']} of {claim['seeds']} |"


def test_the_counts_of_verdicts_are_those_of_the_baselines():
    rows = []
    for baseline in BASELINES:
        found = counts(baseline["claims"])
        facts = len(baseline["claims"]) - sum(found.values())
        rows.append(f"| {baseline['title']} | " + " | ".join(map(str, [*found.values(), facts])) + " |")
    assert between("counts")[2:] == rows


def test_the_surprising_claims_are_told_as_the_baselines_have_them():
    known = {short_row(claim) for claim in CLAIMS if claim["seeds"] is not None}
    rows = between("surprises")[2:]
    assert len(rows) >= 8
    assert set(rows) <= known


def test_the_tables_of_verdicts_are_made_from_the_baselines():
    assert (ROOT / "baselines/verdicts.md").read_text(encoding="utf-8") == verdicts(FOLDER)


def test_the_baselines_are_complete_and_of_the_version_that_the_readme_names():
    inventory = (ROOT / "spec/inventory.txt").read_text(encoding="utf-8").splitlines()
    ids = {line.strip() for line in inventory if line.strip() and not line.startswith("#")}
    assert {claim["id"] for claim in CLAIMS} == ids
    assert {baseline["environment"]["keras"] for baseline in BASELINES} == {
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
    refuted = {
        claim["id"] + (f"[{claim['part']}]" if claim["part"] else ""): claim
        for claim in CLAIMS
        if claim["verdict"] == "refuted"
    }
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


def test_the_claim_in_the_readme_is_the_one_in_the_specification():
    source = (ROOT / "spec/documents/tf_classification/test_nonlinearity.py").read_text(encoding="utf-8")
    shown = README.partition("```python\n")[2].partition("```")[0]
    for line in (
        '"tfc-relu-sigmoid",',
        "recipe=MODEL_7,",
        'measured="57 of 256 seeds; median accuracy 0.893",',
    ):
        assert line in shown
        assert line in source
    assert shown.partition("def ")[2].strip() in source


def drawn_texts(svg):
    """Return the texts of a drawing, in their order."""
    return re.findall(r"<text[^>]*>([^<]+)</text>", svg)


def test_the_picture_is_drawn_from_the_baseline(tmp_path):
    stored = ROOT / "baselines/figures/tfc-relu-sigmoid.svg"
    assert f"({stored.relative_to(ROOT)})" in README
    again = tmp_path / "again.svg"
    arguments = ["--baseline", str(FOLDER), "--results", str(tmp_path / "none.json"), "--figure", str(again)]
    assert cli.main(["show", "tfc-relu-sigmoid", *arguments]) == 2  # results that were named must be there
    assert cli.main(["show", "tfc-relu-sigmoid", *arguments[:2], *arguments[4:]]) == 0
    found = drawn_texts(again.read_text(encoding="utf-8"))
    (known,) = [claim for claim in CLAIMS if claim["id"] == "tfc-relu-sigmoid"]
    assert f"claim, {known['successes']} of {known['seeds']}" in found
    assert drawn_texts(stored.read_text(encoding="utf-8")) == found


def subcommands():
    """Return the parsers of the command line by the names of the commands."""
    actions = cli._parser()._actions
    return next(a.choices for a in actions if isinstance(a, argparse._SubParsersAction))


def test_every_command_line_that_can_be_copied_is_understood():
    blocks = re.findall(r"```(?:console|yaml)\n(.*?)```", README, re.S)
    code = "\n".join(line.partition("#")[0] for block in blocks for line in block.splitlines())
    lines = re.findall(r"(?<![\w-])nnspec ([a-z]+[^&|\n]*)", code)
    assert len(lines) >= 5
    for line in lines:
        assert cli._parser().parse_args(shlex.split(line)).run, line


def test_every_document_has_a_job_in_the_workflow():
    (workflow,) = re.findall(r"```yaml\n(.*?)```", README, re.S)
    matrix = workflow[workflow.index("document:") : workflow.index("steps:")]
    folders = {path.parent.name for path in (ROOT / "spec/documents").glob("*/test_*.py")}
    assert set(re.findall(r"- (\w+)", matrix)) == folders


def test_every_command_is_named_and_no_other():
    named = set(re.findall(r"`nnspec ([a-z]+)", README))
    assert named == set(subcommands())


def test_the_sections_stand_in_the_order_in_which_a_newcomer_asks():
    wanted = ["Results", "How a claim is written", "Method in five sentences", "Performance", "Data"]
    found = re.findall(r"^## (.+)$", README, re.M)
    assert found == [*wanted, "CI and the command line", "Reliability", "Contributing"]
    first_screen = README[: README.index("## Results")]
    assert len(first_screen.splitlines()) < 25
    assert "nnspec verify" in first_screen

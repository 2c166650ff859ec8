"""Tables of what was measured or is calculated: speed, fresh seeds, repairs, budgets, options."""

import json

from nnspec.claims import budget
from nnspec.claims.reading import fewest_seeds
from nnspec.project.kept import CLAIMS
from nnspec.pytest_plugin.option_table import OPTIONS
from nnspec.report.words.markdown import row, text_line
from nnspec.results.baseline import name, read_folder
from nnspec.statistics.rank_tests import median
from nnspec.studies.calibration import record as calibration_record
from nnspec.studies.calibration.section import costs
from nnspec.studies.flakiness import record as flakiness_record
from nnspec.studies.flakiness.section import flakiness_section
from nnspec.studies.repair import record as repair_record
from nnspec.studies.speed.section import last_measured, rows
from nnspec.studies.speed.wording import limits, times, unit_in_words
from spec.folders import ROOT

BENCHMARKS = ROOT / "baselines/benchmarks"
CLAIMS_FOUND = [claim for one in read_folder(ROOT / CLAIMS).values() for claim in one.claims]


def plain(text):
    """Return text for a table, with ordinary spaces."""
    return text_line(text).replace("\N{NO-BREAK SPACE}", " ")


def calibration():
    """Return the table of how many seeds verdicts take."""
    headings, found = costs(calibration_record.read(ROOT / "baselines/calibration.json"))
    cells = [[plain(cell) for cell in one] for one in (headings, *found)]
    return [row(cells[0]), row(["---"] * len(cells[0])), *map(row, cells[1:])]


def first_run():
    """Return the sentence on a run without stored trainings."""
    run = json.loads((ROOT / "baselines/first_run.json").read_text(encoding="utf-8"))
    versions, minutes = run["environment"], f"{run['seconds'] / 60:.0f} minutes"
    return [
        "The first run, without stored trainings and without the downloaded data, took "
        f"{minutes} on {run['cores']} cores",
        f"(Keras {versions['keras']}, TensorFlow {versions['tensorflow']}, Python {versions['python']}, "
        f"{versions['date']}): {run['seeds_trained']:,} trainings,",
        f"{run['as_recorded']} claims and facts as recorded, {run['skipped']} skipped.",
    ]


HEAD = [row(["work", "against", "costs less", "rounds", "here", "compilation apart"]), row(["---"] * 6)]
OF_MODELS = "model "  # how the names of benchmarks of functions' models begin


def measured_last():
    """Return the cells of every benchmark with a peer, each as it was measured last."""
    return [[plain(cell) for cell in cells] for run in last_measured(BENCHMARKS) for cells in rows(run)]


def performance():
    """Return the table of the networks that are described."""
    return HEAD + [row(cells) for cells in measured_last() if not cells[0].startswith(OF_MODELS)]


def models():
    """Return the table of the models that functions return."""
    return HEAD + [row(cells) for cells in measured_last() if cells[0].startswith(OF_MODELS)]


def evaluated_alike():
    """Return a sentence for each benchmark of an epoch whose peer was timed with its evaluation too."""
    told = {}
    for path in sorted(BENCHMARKS.rglob("*.json")):
        for benchmark in json.loads(path.read_text(encoding="utf-8"))["benchmarks"]:
            found = benchmark["extra_info"]
            if "ratios_of_a_further_epoch" in found:
                both = times(median(found["ratios_with_evaluation"]))
                neither = times(median(found["ratios_of_a_further_epoch"]))
                told[benchmark["group"]] = (
                    f"- {benchmark['group']}: {plain(both)} where both sides evaluate, "
                    f"{plain(neither)} where neither does."
                )
    return list(told.values())


def task_costs():
    """Return the table of what a task without work costs, by backend."""
    head = ["backend", "a task without work", "64 seeds of the circles on a core"]
    head += ["workers that one scheduler keeps busy", "seeds a block for 1,000 workers"]
    measured = {}
    for path in sorted(BENCHMARKS.rglob("*.json")):
        for benchmark in json.loads(path.read_text(encoding="utf-8"))["benchmarks"]:
            found = benchmark["extra_info"]
            if "task_seconds" in found:
                times = [plain(unit_in_words(found[name])) for name in ("task_seconds", "block_seconds")]
                counts = [f"{found[name]:.0f}" for name in ("workers_kept_busy", "seeds_for_1000")]
                backend = benchmark["name"].partition("[")[2].rstrip("]")
                measured[backend] = row([backend, *times, *counts])
    return [row(head), row(["---"] * 5), *measured.values()]


def repairs():
    """Return the table of what would make refuted claims true, and how many were searched."""
    refuted = {claim.key: claim for claim in CLAIMS_FOUND if claim.verdict == "refuted"}
    searched = [one for one in repair_record.read(ROOT / "baselines/repairs.json") if one.key in refuted]
    lines = [row(["claim", "becomes true with", "fresh seeds that then say yes", "as documented"])]
    lines.append(row(["---"] * 4))
    for one in searched:
        if one.found is not None:
            counts = [f"{some.successes} of {some.seeds}" for some in (one.found.counted, one.before)]
            lines.append(row([name(refuted[one.key]), str(one.found.change), *counts]))
    told = f"{len(searched)} of {len(refuted)} refuted claims were searched; {len(lines) - 2} have a repair."
    return [*lines, "", told]


def budgets():
    """Return the table of budgets, in seeds of three costs."""
    lines = [row(["budget", "a verdict", "seeds of 3 ms", "of 0.3 s", "of 10 s", "what is only told"])]
    lines.append(row(["---"] * 6))
    costs = zip((0.003, 0.3, 10), budget.AT_A_TIME, strict=True)
    kinds = [(*cost, fewest_seeds(0.5, 2.5e-6, cost[1], budget.DECIDED_BY)) for cost in costs]
    for called, work in budget.WORK.items():
        chosen = budget.parse(called, None)
        seeds = [len(chosen.seeds_for(cost, size, "general", fewest)) for cost, size, fewest in kinds]
        told = [f"{number:,}" if number else "none" for number in seeds]
        lines.append(row([f"`{called}`", f"{work:,.0f} s", *told, f"{budget.TOLD[called]:g} s"]))
    return lines


def pytest_options():
    """Return the table of the options that `nnspec verify` has too."""
    lines = [row(["option", "what it says", "default here", "of `nnspec verify`"]), row(["---"] * 4)]
    for option in OPTIONS:
        called = f"`--nnspec-{option.name} {option.metavar}`"
        defaults = [f"`{default}`" if default else "–" for default in (option.of_pytest, option.default)]
        lines.append(row([called, plain(option.help.replace("--", "--nnspec-")), *defaults]))
    return lines


def tables():
    """Return the lines of every table by the name of its place."""
    fresh = flakiness_section(flakiness_record.read(ROOT / "baselines/flakiness.json"))
    return {
        "calibration": calibration(),
        "first run": first_run(),
        "performance": performance(),
        "models": models(),
        "evaluated alike": evaluated_alike(),
        "limits": [f"- {plain(sentence)}" for run in last_measured(BENCHMARKS) for sentence in limits(run)],
        "fresh seeds": [f"- {plain(sentence)}" for sentence in fresh.sentences],
        "tasks": task_costs(),
        "repairs": repairs(),
        "budgets": budgets(),
        "pytest options": pytest_options(),
    }

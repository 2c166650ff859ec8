"""What is waited for before and after training: importing, collecting, asking for help, the report."""

import json
import subprocess
import sys
from importlib import metadata

import pytest

from nnspec.report.page import render
from spec.benchmarks.sizes import NAME, SIZE
from spec.folders import ROOT
from spec.implementation.report import report_samples

pytestmark = pytest.mark.speed

COMMANDS = {
    "start Python": ["-c", "pass"],
    "import nnspec": ["-c", "import nnspec"],
    "nnspec --help": ["-c", "from nnspec.commands.main import main; main(['--help'])"],
    "collect the specification": ["-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"],
    "import TensorFlow as nnspec does": [
        "-c",
        "from nnspec.machine.tensorflow_setup import tensorflow; tensorflow()",
    ],
}


def run(arguments):
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)  # noqa: S603  # our own interpreter and code


@pytest.mark.parametrize("name", COMMANDS)
def test_the_time_to_start(benchmark, name):
    """In a fresh process; the first round, which may write compiled files, does not count."""
    benchmark.group = "start"
    benchmark.pedantic(run, args=(COMMANDS[name],), rounds=SIZE.rounds, warmup_rounds=1)
    versions = {library: metadata.version(library) for library in ("nnspec", "numpy", "pytest", "tensorflow")}
    benchmark.extra_info.update(group="start", size=NAME, command=COMMANDS[name], versions=versions)


def stored_results():
    """Return the stored verdicts as one results document; what the baselines lack is a sample's."""
    claims = []
    for path in sorted((ROOT / "baselines/claims").glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        for stored in document["claims"]:
            sample = report_samples.fact if stored["seeds"] is None else report_samples.claim
            if stored.get("counterfactual"):
                stored["counterfactual"] = {"description": "", "interval": [0, 1]} | stored["counterfactual"]
            claims.append(sample(**stored, document=path.stem, title=document.get("title", path.stem)))
    return report_samples.results(*claims)


def test_the_time_to_render_the_report(benchmark):
    """The report on all stored verdicts, without its pictures; the first round does not count."""
    results = stored_results()
    benchmark.group = "report"
    page = benchmark.pedantic(render, args=(results,), rounds=SIZE.rounds, warmup_rounds=1)
    benchmark.extra_info.update(
        group="report",
        size=NAME,
        claims=len(results["claims"]),
        characters=len(page),
        versions={library: metadata.version(library) for library in ("nnspec", "jinja2")},
    )

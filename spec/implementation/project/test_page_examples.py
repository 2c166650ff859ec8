"""What can be copied from the README works, and what it lists is complete."""

import argparse
import json
import re
import shlex
from importlib.resources import files

from nnspec.basics.size import shown_size
from nnspec.claims import budget
from nnspec.claims.reading import fewest_seeds
from nnspec.commands.main import whole_parser
from nnspec.machine import memory
from nnspec.report.words.markdown import row
from spec.folders import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN, OWN, FUNCTION, STAGES = re.findall(r"```python\n(.*?)```", README, re.S)
SCHEMA = json.loads(files("nnspec.results").joinpath("results.schema.json").read_text(encoding="utf-8"))


def test_the_claim_in_the_readme_is_the_one_in_the_specification():
    source = (ROOT / "spec/documents/tf_classification/test_nonlinearity.py").read_text(encoding="utf-8")
    for line in (
        '"tfc-relu-sigmoid",',
        "recipe=MODEL_7,",
        'measured="119 of 512 seeds; median accuracy 0.901",',
    ):
        assert line in SHOWN
        assert line in source
    assert SHOWN.partition("def ")[2].strip() in source


def test_the_claim_of_ones_own_is_found_in_an_empty_folder_by_both_commands(project, capsys):
    (name,) = re.findall(r"as `(spec/test_\w+\.py)`", README)
    (project.path / "spec").mkdir()
    (project.path / name).write_text(OWN, encoding="utf-8")
    assert project.nnspec("claims") == 0
    assert "post-separates" in capsys.readouterr().out
    (line,) = re.findall(r"`(pytest_plugins = .*?)`", README)
    (project.path / "conftest.py").write_text(line, encoding="utf-8")
    collected = project.pytester.runpytest_inprocess("--collect-only", "-q", "-p", "no:cacheprovider")
    collected.stdout.fnmatch_lines([f"{name}::post-separates"])


def test_the_recipe_of_a_function_can_be_declared():
    declared = {}
    exec(FUNCTION + STAGES, declared)  # noqa: S102  # what the README says
    assert len({declared[name] for name in ("CONVNET", "PLAIN", "TUNED")}) == 3


def subcommands():
    """Return the parsers of the command line by the names of the commands."""
    actions = whole_parser()._actions
    return next(a.choices for a in actions if isinstance(a, argparse._SubParsersAction))


def test_every_command_line_that_can_be_copied_is_understood():
    blocks = re.findall(r"```(?:console|yaml)\n(.*?)```", README, re.S)
    code = "\n".join(line.partition("#")[0] for block in blocks for line in block.splitlines())
    lines = re.findall(r"(?<![\w-])nnspec ([a-z]+[^&|\n]*)", code)
    assert len(lines) >= 5
    for line in lines:
        assert whole_parser().parse_args(shlex.split(line)).run, line


def test_every_document_has_a_job_in_the_workflow():
    (workflow,) = re.findall(r"```yaml\n(.*?)```", README, re.S)
    matrix = workflow[workflow.index("document:") : workflow.index("steps:")]
    folders = {path.parent.name for path in (ROOT / "spec/documents").glob("*/test_*.py")}
    assert set(re.findall(r"- (\w+)", matrix)) == folders


def test_every_command_is_named_and_no_other():
    named = set(re.findall(r"`nnspec ([a-z]+)", README))
    assert named == set(subcommands())


def test_the_sections_stand_in_the_order_in_which_a_newcomer_asks():
    wanted = ["Results", "How a claim is written", "Method in short", "Performance", "Data"]
    found = re.findall(r"^## (.+)$", README, re.M)
    assert found == [*wanted, "CI and the command line", "Reliability", "Contributing"]
    first_screen = README[: README.index("## Results")]
    assert len(first_screen.splitlines()) < 25
    assert "nnspec verify" in first_screen


def test_the_budgets_are_those_that_there_are():
    block = README.partition("<!-- budgets -->")[2].partition("<!-- end of budgets -->")[0]
    costs = zip((0.003, 0.3, 10), budget.AT_A_TIME, strict=True)
    kinds = [(*cost, fewest_seeds(0.5, 2.5e-6, cost[1], budget.DECIDED_BY)) for cost in costs]
    wanted = []
    for name, work in budget.WORK.items():
        chosen = budget.parse(name, None)
        seeds = [len(chosen.seeds_for(cost, size, "general", fewest)) for cost, size, fewest in kinds]
        told = [f"{number:,}" if number else "none" for number in seeds]
        wanted.append(row([f"`{name}`", f"{work:,.0f} s", *told, f"{budget.TOLD[name]:g} s"]))
    assert block.strip().splitlines()[2:] == wanted
    assert f"it takes {budget.MOST_TOLD:,} at most" in README


def test_the_least_memory_is_the_one_that_is_accepted():
    assert f"less than {shown_size(memory.LEAST)} is refused" in README
    assert shown_size(memory.LEAST).replace(" ", "") in subcommands()["verify"].format_help()


def test_every_property_of_a_results_file_is_named():
    section = README.partition("### Results file")[2].partition("\n## ")[0]
    claim = SCHEMA["$defs"]["claim"]["properties"]
    figure = claim["figures"]["additionalProperties"]["properties"]
    named = set(re.findall(r"`(\w+)`", section))
    assert {*SCHEMA["properties"], *claim, *figure} - named == set(), "not named in the README"
    drift = claim["drift"]["items"]["properties"]
    known = {*SCHEMA["properties"], *claim, *figure, *drift, *claim["values"]["items"]["properties"]}
    assert named - known == set(), "named in the README and not in the schema"

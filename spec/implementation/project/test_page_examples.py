"""What can be copied from the README and the documentation works, and what they list is complete."""

import json
import re
import shlex
from importlib.resources import files

import pytest
import yaml

from nnspec.commands.main import whole_parser
from nnspec.pytest_plugin import options
from spec.folders import ROOT
from spec.implementation.project.pages import DOCS, PAGES, README, blocks, text

SCHEMA = json.loads(files("nnspec.results").joinpath("results.schema.json").read_text(encoding="utf-8"))
WITH_CODE = [page for page in PAGES if "@claim(" in "".join(blocks(page, "python"))]


def lines_of_commands(page):
    """Return the calls of nnspec in a page's blocks that show a terminal or a workflow, and in its lines."""
    code = "\n".join(blocks(page, "console", "yaml")).replace("\\\n", " ")
    lines = [re.sub(r"(^|\s)#.*", "", line) for line in code.splitlines()]
    prose = re.sub(r"```.*?```", "", text(page), flags=re.DOTALL)
    # a command that is only named has no arguments
    inline = re.findall(r"`(?:\w+= )?nnspec ([a-z]+ [^`]*)`", prose)
    return re.findall(r"(?<![\w./-])nnspec ([a-z]+[^&|\n]*)", "\n".join(lines)) + inline


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_line_that_can_be_copied_is_understood(page):
    for line in lines_of_commands(page):
        assert whole_parser().parse_args(shlex.split(line)).run, line


def test_there_are_command_lines_to_copy():
    assert len(lines_of_commands(README)) >= 4
    assert sum(map(len, map(lines_of_commands, PAGES))) > 25


def write_example(page, folder):
    """Write the code of a page as a file of claims, and the files that it shows beside it."""
    folder.mkdir(parents=True)
    name = page.stem.replace("-", "_")
    (folder / f"test_{name}.py").write_text("\n".join(blocks(page, "python")), encoding="utf-8")
    shown = re.findall(r"```{code-block} text\n:caption: (\S+)\n\n(.*?)```", text(page), re.DOTALL)
    for file, content in shown:
        (folder / file).write_text(content, encoding="utf-8")


def test_the_pages_with_claims_are_those_that_teach_them():
    names = {str(page.relative_to(ROOT)) for page in WITH_CODE}
    how_to = {f"docs/how-to/{name}.md" for name in ("own-data", "own-keras-model", "early-stopping")}
    assert names == {"README.md", "docs/how-to/share-and-threshold.md"} | how_to


def test_the_examples_are_trained_and_judged(training_project, capsys):
    pages = [page for page in WITH_CODE if page != README]  # whose claim is that of another page
    for page in pages:
        write_example(page, training_project.path / "spec" / page.stem)
    training_project.nnspec("verify", "--seeds=3", "--report=")
    said = capsys.readouterr()
    assert (training_project.path / "nnspec-results.json").exists(), said
    claims = json.loads((training_project.path / "nnspec-results.json").read_text())["claims"]
    assert len(claims) == sum(text(page).count("@claim(") for page in pages), said
    assert {claim["seeds"] for claim in claims} == {3}, said
    assert {claim["verdict"] for claim in claims} <= {"undecided", "placed"}


def test_the_example_of_the_readme_is_that_of_the_documentation():
    codes = [blocks(page, "python")[0] for page in (README, DOCS / "how-to/share-and-threshold.md")]
    own, shown = (code.partition("@claim")[2].partition("def ")[0] for code in codes)
    assert own == shown


def test_the_claim_of_ones_own_is_found_in_an_empty_folder_by_both_commands(project, capsys):
    (name,) = re.findall(r"as `(spec/test_\w+\.py)`", text(README))
    (project.path / "spec").mkdir()
    (own,) = blocks(README, "python")
    (project.path / name).write_text(own, encoding="utf-8")
    assert project.nnspec("claims") == 0
    assert "post-separates" in capsys.readouterr().out
    (line,) = re.findall(r"`(pytest_plugins = .*?)`", text(README))
    (project.path / "conftest.py").write_text(line, encoding="utf-8")
    collected = project.pytester.runpytest_inprocess("--collect-only", "-q", "-p", "no:cacheprovider")
    collected.stdout.fnmatch_lines([f"{name}::post-separates"])


def test_the_tutorial_tells_the_verdicts_that_the_example_records():
    example = files("nnspec.project").joinpath("example/test_irises.py.txt").read_text(encoding="utf-8")
    claims = re.findall(r'@claim\(\s+"([\w-]+)".*?verdict="([\w ]+)"', example, re.DOTALL)
    facts = [(name, "holds") for name in re.findall(r'@fact\("([\w-]+)"', example)]
    (shown,) = [block for block in blocks(DOCS / "tutorial.md", "text") if "irises-petals" in block]
    told = re.findall(r"^\S (.+?) {2,}([\w-]+)", shown, re.M)
    assert [(name, verdict) for verdict, name in told] == claims + facts


def test_the_page_of_keras_models_tells_the_verdict_that_its_claim_records():
    page = DOCS / "how-to/own-keras-model.md"
    (shown,) = blocks(page, "text")
    line = re.compile(r"✓ (\w+) +(\S+) +(\d+)% of (\d+) .* as recorded\n?")
    verdict, name, share, seeds = line.fullmatch(shown).groups()
    (claim,) = [code for code in blocks(page, "python") if f'"{name}"' in code]
    assert f'verdict="{verdict}"' in claim
    successes = int(re.search(r'measured="(\d+) of (\d+) runs', claim)[1])
    assert f"because {successes} of the {seeds} runs" in text(page)
    assert round(100 * successes / int(seeds)) == int(share)


def test_workflows_and_forms_are_yaml_that_github_takes():
    shown = [yaml.safe_load(block) for page in PAGES for block in blocks(page, "yaml")]
    assert len(shown) == 3
    for workflow in shown:
        assert all({"runs-on", "steps"} <= set(job) for job in workflow["jobs"].values())
    forms = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))
    found = [yaml.safe_load(text(form)) for form in forms if form.stem != "config"]
    assert {"A reading is unfair", "A figure differs"} < {form["name"] for form in found}
    for form in found:
        assert all(field["type"] == "markdown" or field["attributes"]["label"] for field in form["body"])


def test_every_document_has_a_job_in_the_workflow():
    (workflow,) = blocks(DOCS / "how-to/ci.md", "yaml")
    matrix = workflow[workflow.index("document:") : workflow.index("steps:")]
    folders = {path.parent.name for path in (ROOT / "spec/documents").glob("*/test_*.py")}
    assert set(re.findall(r"- (\w+)", matrix)) == folders


def test_every_property_of_a_results_file_is_named():
    section = text(DOCS / "reference/files.md").partition("## Results")[2].partition("\n## ")[0]
    claim = SCHEMA["$defs"]["claim"]["properties"]
    figure = claim["figures"]["additionalProperties"]["properties"]
    named = set(re.findall(r"`(\w+)`", section))
    assert {*SCHEMA["properties"], *claim, *figure} - named == set(), "not named on the page"
    drift = claim["drift"]["items"]["properties"]
    order, model = claim["order"]["properties"], SCHEMA["$defs"]["model"]["properties"]
    known = {*SCHEMA["properties"], *claim, *figure, *drift, *claim["values"]["items"]["properties"]}
    known |= {*order, *model}
    assert named - known == set(), "named on the page and not in the schema"


def test_every_option_and_setting_of_pytest_is_named():
    source = (ROOT / "nnspec/pytest_plugin/options.py").read_text(encoding="utf-8")
    settings = re.findall(r'addini\(\s*"(\w+)"', source)
    named = set(re.findall(r"^\| `(--nnspec-[\w-]+)", text(DOCS / "reference/pytest.md"), re.M))
    parser = pytest.Parser(_ispytest=True)
    options.pytest_addoption(parser)
    assert named == {name for group in parser._groups for option in group.options for name in option.names()}
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "nnspec").rglob("*.py"))
    variables = set(re.findall(r'environ\S*?\(?\[?"(NNSPEC_[A-Z_]+)"', code))
    page = text(DOCS / "reference/settings.md")
    assert len(settings) == 3
    assert {name for name in [*settings, *variables] if f"`{name}`" not in page} == set()


def test_the_readme_is_short_and_in_the_order_in_which_a_newcomer_asks():
    assert len(text(README).splitlines()) <= 130
    found = re.findall(r"^## (.+)$", text(README), re.M)
    assert found == [
        "Five well-known sentences, and what became of them",
        "A claim of your own",
        "A notebook, without writing a claim",
        "How to read a verdict",
        "Limits",
        "In CI",
        "More",
    ]
    first_screen = text(README)[: text(README).index("## Five")]
    assert len(first_screen.splitlines()) < 30
    assert "nnspec verify" in first_screen


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(page):
    for target in re.findall(r"\]\((?!https?:)([^)#\s]+)", text(page)):
        generated = (page.parent / target).resolve().parent == DOCS / "documents"
        assert generated or (page.parent / target).exists(), target

"""No claim is lost without a word: every declaration is run, or the run fails and names it."""

from __future__ import annotations

import pytest

from spec.implementation.pytest_plugin.declared_samples import FACT, claims, names


@pytest.fixture
def marked(project):
    project.configure(markers="slow: takes long")
    return project


@pytest.mark.parametrize("where", ["above", "below"])
@pytest.mark.parametrize(
    ("mark", "outcome"),
    [
        ("@pytest.mark.slow\n", {"passed": 2}),
        ("@pytest.mark.skip\n", {"skipped": 2}),
        ("@pytest.mark.skipif(True, reason='today')\n", {"skipped": 2}),
        ("@pytest.mark.xfail(reason='wrong')\n", {"xpassed": 2}),
        ("@pytest.mark.slow\n@pytest.mark.skip(reason='today')\n", {"skipped": 2}),
    ],
)
def test_marks_above_and_below_a_declaration_are_those_of_its_item(marked, mark, where, outcome):
    fact = FACT.format("plain", "", "    assert True")
    decorator, rest = fact.split("\n", 1)
    marked.declare(
        claims("one", "test_one", **{where: mark})
        + (mark + fact if where == "above" else f"{decorator}\n{mark}{rest}")
    )
    marked.pytest("-p", "no:warnings").assert_outcomes(**outcome)


@pytest.mark.parametrize(("expression", "expected"), [("slow", ["one"]), ("not slow", ["two"])])
def test_a_mark_above_a_claim_selects_it(marked, expression, expected):
    marked.declare(claims("one", "test_one", above="@pytest.mark.slow\n") + claims("two", "test_two"))
    assert names(marked.pytest("--collect-only", "-q", "-m", expression)) == expected


@pytest.mark.parametrize("where", ["above", "below"])
@pytest.mark.parametrize(
    ("mark", "word"), [("parametrize('n', [1, 2])", "of its own"), ("usefixtures('x')", "no")]
)
def test_a_mark_that_gives_arguments_is_refused_on_a_claim(project, where, mark, word):
    project.declare(claims("one", "test_one", **{where: f"@pytest.mark.{mark}\n"}))
    result = project.pytest("-q")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    assert f"claim 'one': mark='pytest.mark.{mark.partition('(')[0]}'; expected" in result.stdout.str()
    assert word in result.stdout.str()


@pytest.mark.parametrize("mark", ["parametrize('n', [1])", "usefixtures('x')"])
def test_a_module_with_such_a_mark_has_no_claims(project, mark):
    project.declare(f"pytestmark = [pytest.mark.{mark}]\n" + claims("one", "test_one"))
    result = project.pytest("-q")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    assert f"claim 'one': mark='pytest.mark.{mark.partition('(')[0]}'; expected" in result.stdout.str()


@pytest.mark.parametrize("where", ["above", "below"])
def test_a_fact_is_asked_for_every_set_of_parameters(project, where):
    mark = "@pytest.mark.parametrize('n', [1, 2])\n@pytest.mark.parametrize('word', ['a', 'b'])\n"
    decorator, rest = FACT.format("sets", "n, word", "    assert n < 2").split("\n", 1)
    project.declare(mark + decorator + "\n" + rest if where == "above" else f"{decorator}\n{mark}{rest}")
    result = project.pytest("-v", "--nnspec-results=found.json")
    result.assert_outcomes(passed=2, failed=2)
    assert project.read("found.json")["sets"]["verdict"] == "refuted"
    assert "::sets[" in result.stdout.str()
    assert names(project.pytest("--collect-only", "-q", "--nnspec-id=sets")) == [
        "sets[a-1]",
        "sets[a-2]",
        "sets[b-1]",
        "sets[b-2]",
    ]


def test_a_fact_with_a_fixture_of_several_values_is_asked_with_all(project):
    fixture = "@pytest.fixture(params=[1, 2])\ndef number(request):\n    return request.param\n\n"
    project.declare(fixture + FACT.format("each", "number", "    assert number < 3"))
    project.pytest().assert_outcomes(passed=2)


LOST = {
    "two under one name": claims("first", "test_one") + claims("second", "test_one"),
    "a claim under the name of a fact": claims("first", "test_fact_x") + FACT.format("x", "", "    pass"),
    "a claim under the name of a test": claims("first", "test_one") + "def test_one(): pass\n",
    "a loop": "for id in ('first', 'second'):\n    test_x = declare(id, ALWAYS)\n",
    "the same id in a loop": "for _ in range(2):\n    test_x = declare('first', ALWAYS)\n",
    "a list": "CLAIMS = [declare('first', ALWAYS)]\n",
    "a decorator above": "import functools\ndef plain(f):\n    def test(): pass\n    return test\n"
    + claims("first", "test_one", above="@plain\n"),
    "deleted": claims("first", "test_one") + "del test_one\n",
    "a function that declares": "def made():\n    return declare('first', ALWAYS)\nmade()\n",
    "a fact of a fact's name": FACT.format("first", "", "    pass")
    + FACT.format("second", "", "    pass").replace("fact_second", "fact_first"),
    "not for tests": claims("first", "test_one") + "__test__ = False\n",
}


@pytest.mark.parametrize("kind", LOST)
@pytest.mark.parametrize("arguments", [[], ["--nnspec-only"], ["-k", "nothing"], ["--collect-only"]])
def test_what_no_name_of_the_module_holds_is_named_with_its_line(project, kind, arguments):
    path = project.declare(LOST[kind])
    result = project.pytest("-q", *arguments)
    assert result.ret == pytest.ExitCode.INTERRUPTED
    told = [line for line in result.outlines if "would never run" in line]
    assert len(told) == 1
    place, _, text = told[0].partition(": ")
    line = int(place.rpartition(":")[2])
    assert place == f"spec/test_declared_1.py:{line}"
    assert text.startswith(("claim 'first' would", "fact 'first' would"))
    assert any(
        word in path.read_text().splitlines()[line - 1] for word in ("@claim", "@fact", "declare(", "made()")
    )
    assert project.trainings == []


@pytest.mark.parametrize(
    "body",
    [
        claims("in-class", "test_one").replace("(runs)", "(self, runs)"),
        claims("in-class", "test_one", below="@staticmethod\n"),
        FACT.format("in-class", "self", "    pass").replace("fact_in-class", "one"),
        "class TestInner:\n    test_one = declare('in-class', ALWAYS)\n",
    ],
)
@pytest.mark.parametrize("name", ["TestCircles", "Circles4"])
def test_declarations_in_a_class_are_refused(project, body, name):
    indented = "\n".join(f"    {line}" for line in body.splitlines())
    project.declare(f"class {name}:\n{indented}\n")
    result = project.pytest("-q")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    text = result.stdout.str()
    assert f"'in-class': place='class {name}" in text
    assert "expected a function of the module; move it out of the class" in text
    assert "spec/test_declared_1.py:" in text


@pytest.mark.parametrize(
    "arguments",
    [
        ["-k", "one"],
        ["--deselect", "spec/test_declared_1.py::second"],
        ["--nnspec-id=first"],
        ["spec/test_declared_1.py::first"],
    ],
)
def test_who_selects_claims_loses_none(project, arguments):
    project.declare(claims("first", "test_one") + claims("second", "test_two"))
    result = project.pytest("--collect-only", "-q", *arguments)
    assert result.ret == 0
    assert names(result) == ["first"]


def test_nnspec_verify_names_what_is_lost_and_trains_nothing(project, capsys, monkeypatch):
    monkeypatch.chdir(project.path)
    project.declare(LOST["a loop"])
    assert project.nnspec("verify", "spec/") == 2
    assert "spec/test_declared_1.py" in (told := capsys.readouterr().err)
    assert "claim 'first' would never run" in told
    assert project.trainings == []


def test_doctests_beside_claims_lose_none(project):
    project.declare(claims("first", "test_one") + "def helper():\n    '>>> 1 + 1\\n2\\n'\n")
    project.pytest("--doctest-modules").assert_outcomes(passed=2)


def test_processes_of_xdist_tell_what_is_lost(project):
    project.declare(LOST["two under one name"])
    project.declare("test_one = declare('third', ALWAYS)\n", "documents", "conftest.py")
    project.declare(claims("fourth", "test_two"), "documents")
    run = project.pytester.runpytest_subprocess
    result = run("-p", "nnspec.pytest_plugin", "-p", "no:cacheprovider", "-n", "1", "spec")
    assert result.ret != 0
    assert "claim 'first' would never run" in result.stdout.str()
    result = run("-p", "nnspec.pytest_plugin", "-p", "no:cacheprovider", "-n", "1", "documents")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "place of claim 'third'='documents/conftest.py:" in result.stderr.str()


CALLED = """
import functools

class Callable:
    "Says."
    def __call__(self, runs):
        return runs.accuracy > 0.5

class Tested:
    "Says."
    def __call__(self):
        assert True

def above(runs, low):
    "Says."
    return runs.accuracy > low

PROPER = dict(source=DOC.at("One"), recipe=ALWAYS, counterfactual=NEVER, share=0.9, because="so")
test_object = claim("object", **PROPER)(Callable())
test_partial = claim("partial", **PROPER)(functools.partial(above, low=0.5))
test_fact = fact("fact", source=DOC.at("One"))(Tested())

for n in (0.1, 0.5):
    def function(runs, low=n):
        "Says."
        return runs.accuracy > low
    globals()[f"test_{n}"] = claim(f"loop-{n}", **PROPER)(function)
"""


def test_whatever_is_called_may_be_a_predicate_or_a_fact(project):
    project.declare(CALLED)
    result = project.pytest("--nnspec-results=found.json")
    result.assert_outcomes(passed=5)
    found = project.read("found.json")
    assert set(found) == {"object", "partial", "fact", "loop-0.1", "loop-0.5"}
    assert {record["statement"] for record in found.values()} == {"Says."}

"""Exceptions in an author's code: two lines, of which one is the author's, and no line of nnspec's own."""

from __future__ import annotations

import pickle
import re
import traceback

import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.data import StraightLine
from nnspec.pytest_plugin.author_errors import author_line, seed_of
from nnspec.recipes.experiment import Experiment
from nnspec.training import train
from spec.implementation.pytest_plugin.failing_code import OWN

KINDS = {
    "predicate": ("declare('one', ALWAYS, failing)", "one: IndexError: list index out of range"),
    "metric": ("declare('one', ALWAYS, misspelt)", "one: metric='acuracy'; expected one of accuracy, loss"),
    "figure": (
        "declare('one', ALWAYS, documented={'x': Figure(1, fails, 'higher')})",
        "one: IndexError: list index out of range",
    ),
    "picture": ("declare('one', ALWAYS, picture=fails)", "one: IndexError: list index out of range"),
    "examples": (
        "declare('one', ALWAYS.with_(data=Mine()))",
        "one: IndexError: list index out of range",
    ),
    "outcome": (
        "declare('one', Perceptron(), high, counterfactual=Perceptron(9))",
        "one: ValueError: no luck at all (seed 3)",
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_two_lines_say_what_went_wrong_and_where_in_the_author_s_file(lines_told, project, kind):
    declaration, sentence = KINDS[kind]
    lines = lines_told(declaration)
    place = next(number for number, line in enumerate(lines) if line.startswith(sentence))
    assert re.match(r"  spec/test_declared_1\.py:\d+: .*# here$", lines[place + 1])
    assert lines[place + 2] == ""
    number = int(lines[place + 1].split(":")[1])
    source = (project.path / "spec" / "test_declared_1.py").read_text().splitlines()
    assert source[number - 1].endswith("# here")
    assert not any("nnspec/" in line and ".py" in line for line in lines)


@pytest.mark.parametrize("kind", KINDS)
def test_all_is_shown_to_who_asks_for_it(lines_told, kind):
    text = "\n".join(lines_told(KINDS[kind][0], "--traceback"))
    assert "judging.py" in text or "items.py" in text
    assert "# here" in text


def test_pytest_tells_the_same_and_has_an_option_of_its_own_for_all(project):
    project.declare(f"{OWN}\ntest_one = {KINDS['predicate'][0]}\n")
    text = project.pytest("--tb=long").stdout.str()
    assert "# here" in text
    assert "judging.py" not in text
    assert "judging.py" in project.pytest("--full-trace").stdout.str()


@pytest.mark.parametrize(
    ("source", "line", "sentence"),
    [
        ("def broken(:\n", "def broken(:", "SyntaxError: invalid syntax"),
        ("if DOC:\nx = 1\n", "x = 1", "IndentationError: expected an indented block"),
        ("import no_such_module_at_all\n", "import no_such", "ModuleNotFoundError: No module named"),
        ("from sys import clam\n", "from sys import clam", "ImportError: cannot import name 'clam'"),
        ("def f():\n    return 1 / 0\nf()\n", "return 1 / 0", "ZeroDivisionError: division by zero"),
        ("test_x = claim('x', shar=1)\n", "test_x = claim(", "TypeError: claim() got an unexpected"),
        ("@claim('x', source=DOC.at('One'))\ndef f(): pass\n", "@claim(", "TypeError: claim() missing"),
        ("nonsense\n", "nonsense", "NameError: name 'nonsense' is not defined"),
    ],
)
@pytest.mark.parametrize("where", ["itself", "a helper"])
def test_a_file_that_cannot_be_imported_is_two_lines(
    project, capsys, monkeypatch, source, line, sentence, where
):
    monkeypatch.chdir(project.path)
    monkeypatch.syspath_prepend(str(project.path / "spec"))
    name = "test_declared_1" if where == "itself" else "helper_1"
    project.declare(source, name=f"{name}.py")
    if where != "itself":
        project.declare("import helper_1\n")
    assert project.nnspec("verify", "spec") == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert said[0].startswith(f"nnspec: spec/{name}.py:")
    assert line in said[0]
    assert said[1].startswith(f"  {sentence}")
    assert project.nnspec("verify", "spec", "--traceback") == 2
    assert len(capsys.readouterr().err.splitlines()) > 4


def test_pytest_itself_tells_of_files_without_claims(project):
    project.pytester.makepyfile(test_plain="import no_such_module_at_all\n")
    assert "ImportError while importing test module" in project.pytest().stdout.str()


def test_a_picture_that_returns_none_is_asked_for_its_return(project):
    project.declare("test_one = declare('one', ALWAYS, picture=lambda runs: None)")
    result = project.pytest("--nnspec-report=found.html")
    result.assert_outcomes(failed=1)
    expected = "claim 'one': picture=None; expected a figure of Matplotlib; is `return` missing?"
    assert expected in result.stdout.str()


@pytest.mark.parametrize("answer", ["True", "2 + 2 == 5", "[]", "evidence", "0"])
def test_a_fact_that_returns_something_does_not_hold(project, answer):
    project.declare(
        f"@fact('sum', source=DOC.at('Two'))\ndef test_sum(evidence):\n    'Five.'\n    return {answer}\n"
    )
    record = project.records()["sum"]
    assert record["verdict"] == "error"
    assert "fact 'sum': returned=" in record["message"]


class Fickle(Experiment):
    """An experiment whose outcomes have other names for odd seeds."""

    data = StraightLine()

    def __init__(self, from_seed: int, more: dict[str, float]) -> None:
        self.__dict__.update(from_seed=from_seed, more=more)

    def outcome(self, seed: int) -> dict[str, float]:
        """Return one name or two."""
        return {"accuracy": 1.0} | (self.more if seed >= self.from_seed else {})


@pytest.mark.parametrize("more", [{"loss": 1.0}, {"loss": 1.0, "steps": 2.0}])
def test_outcomes_with_other_names_tell_which_and_of_which_seed(more):
    with pytest.raises(InvalidValue) as caught:
        train(Fickle(5, more), range(2, 8))
    assert str(caught.value) == (
        f"names of Fickle.outcome(5)='{', '.join(['accuracy', *more])}'; expected the names of seed 2: "
        f"accuracy; they differ in {', '.join(more)}"
    )


def test_an_outcome_without_return_is_asked_for_it():
    class Silent(Experiment):
        data = StraightLine()

        def outcome(self, seed):
            """Return nothing."""

    with pytest.raises(InvalidValue, match=r"Silent.outcome\(0\)=None; .* is `return` missing\?"):
        train(Silent(), [0])


def failed_outcome(folder, note):
    """Return an error as it comes from another process: without frames, with its traceback as text."""

    class Failing(Experiment):
        data = StraightLine()

        def outcome(self, seed):
            return made["outcome"]()

    path = folder / "mine.py"
    path.write_text("def outcome():\n    return 1 / 0\n")
    made: dict = {}
    exec(compile(path.read_text(), str(path), "exec"), made)  # noqa: S102
    with pytest.raises(ZeroDivisionError) as caught:
        Failing().outcome(7)
    text = "".join(traceback.format_exception(caught.value))
    if note:
        caught.value.add_note("in a worker process:\n" + text)
    error = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
    if not note:  # as the executors of Python and of joblib do it
        error.__cause__ = RuntimeError(text)
    return error


@pytest.mark.parametrize("note", [True, False])
def test_an_error_in_another_process_has_its_line_and_its_seed(tmp_path, note):
    error = failed_outcome(tmp_path, note)
    error.__traceback__ = None  # a picklable one is kept where tblib, which distributed brings, is at work
    assert author_line(error, tmp_path) == "mine.py:2: return 1 / 0"
    assert author_line(error, tmp_path / "elsewhere") == ""
    assert seed_of(error) == " (seed 7)"


def test_a_file_that_ends_python_is_two_lines(project, capsys, monkeypatch):
    monkeypatch.chdir(project.path)
    project.declare("raise SystemExit(3)  # here\n")
    assert project.nnspec("verify", "spec") == 2
    said = capsys.readouterr().err.splitlines()
    assert [said[0].endswith("raise SystemExit(3) # here"), said[1:]] == [True, ["  SystemExit: 3"]]

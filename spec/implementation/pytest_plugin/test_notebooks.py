"""Notebooks as tests: what is collected by reading, and that one run serves all tests and processes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from nnspec.commands.main import main
from nnspec.notebook.guarding import guard as guarding
from nnspec.notebook.guarding.guarded import Found, Guarded
from nnspec.notebook.guarding.listed import listed
from nnspec.notebook.reading import read_notebook
from nnspec.notebook.static import read_static
from spec.implementation.notebook.guarded_samples import figure_found, guarded, order_found
from spec.implementation.notebook.notebook_samples import code, written
from spec.implementation.notebook.notebook_samples import result as shown

BAR = "4/4 [====] - 0s 1ms/step - loss: 0.4000 - accuracy: {}\n"
NOTEBOOKS = ("--nnspec-notebooks", "-p", "no:cacheprovider")
REAL = (
    "import numpy as np\nfrom tensorflow import keras\ndraws = np.random.default_rng(0)\n"
    "x = draws.normal(size=(64, 2))\ny = (x[:, 0] > 0).astype(int)",
    "def build():\n    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, 'sigmoid')])\n"
    "    model.compile('sgd', 'binary_crossentropy', metrics=['accuracy'])\n    return model",
    "with open('runs.txt', 'a') as file:\n    file.write('once')\n"
    "one = build()\none.fit(x, y, epochs=1, verbose=0)\none.evaluate(x, y, verbose=0)",
)


@pytest.fixture
def notebook(project) -> Path:
    """Return a notebook that prints two models, below a folder that is named in the tests."""
    (project.path / "docs").mkdir()
    file = written(
        project.path / "docs" / "models.ipynb",
        code("one.fit(x, y, epochs=1)\none.evaluate(z, t)", BAR.format("0.8000")),
        code("two.fit(x, y, epochs=1)\ntwo.evaluate(z, t)", BAR.format("0.9000")),
    )
    return Path(file)


@pytest.fixture
def found(notebook: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Let every notebook be found as this says, and return what was asked for."""
    asked: list[Any] = []
    names = listed(read_static(read_notebook(notebook)))
    figures = {one.name: figure_found(one.name, 256) for one in names.figures}
    figures[names.figures[1].name] = figure_found(names.figures[1].name, 2, 2048)
    figures[names.figures[2].name] = Found(why="x: a generator")
    orders = {one.name: order_found(one.name, 256) for one in names.orders}

    def guard(*arguments: Any, **named: Any) -> Guarded:
        asked.append((arguments, named))
        return guarded(figures | orders, 0.3)

    monkeypatch.setattr(guarding, "guard", guard)
    return asked


def test_notebooks_are_collected_by_reading_and_only_where_that_is_asked_for(project, notebook, monkeypatch):
    monkeypatch.setattr(guarding, "guard", lambda *arguments, **named: pytest.fail("it was run"))
    result = project.pytest(*NOTEBOOKS, "--collect-only", "-q", "docs")
    assert [line.rpartition("::")[2] for line in result.outlines if "::" in line] == [
        "cell-0-line-1-loss",
        "cell-0-line-1-accuracy",
        "cell-1-line-1-loss",
        "cell-1-line-1-accuracy",
        "order-cell-1-line-1-cell-0-line-1-accuracy",
        "figures-together",
    ]
    assert "no tests collected" in project.pytest("--collect-only", "-q", "docs").stdout.str()


def test_a_notebook_is_found_once_for_all_of_its_tests_and_each_ends_as_its_figure_does(project, found):
    result = project.pytest(*NOTEBOOKS, "docs", "--junitxml=found.xml", "--nnspec-results=found.json")
    result.assert_outcomes(passed=4, failed=1, skipped=1)
    assert len(found) == 1
    (_, budget, rate), _ = found[0]
    assert budget.name == "standard"  # that of nnspec notebook, not that of claims
    assert rate == pytest.approx(1e-3 / (4 + 2))  # four figures, an order and its null
    said = result.stdout.str()
    assert "cell [0] prints accuracy 0.8000; 2 of 2048 runs" in said
    assert "chance: the 4 figures of fit 0" in said
    assert "not judged: x: a generator" in said
    xml = (project.path / "found.xml").read_text()
    case = next(one for one in xml.split("<testcase ") if 'name="cell-0-line-1-accuracy"' in one)
    properties = dict(re.findall(r'<property name="(\w+)" value="([^"]*)"', case))
    assert (properties["places"], properties["seeds"], properties["successes"]) == ("lucky", "2048", "2")
    claims = json.loads((project.path / "found.json").read_text())["claims"]
    assert {one["part"] for one in claims} == {"docs"}
    assert {one["id"]: one["as_recorded"] for one in claims} == {
        "cell-0-line-1-loss": True,
        "cell-0-line-1-accuracy": False,
        "cell-1-line-1-accuracy": True,
        "order-cell-1-line-1-cell-0-line-1-accuracy": True,
    }


def test_the_stricter_rule_fails_a_coin_toss_and_names_choose_tests(project, found):
    project.pytest(*NOTEBOOKS, "docs", "-k", "order").assert_outcomes(passed=1, deselected=5)
    strict = project.pytest(*NOTEBOOKS, "docs", "-k", "order", "--nnspec-figures=usual")
    strict.assert_outcomes(failed=1, deselected=5)
    assert "256 of 512 runs" in strict.stdout.str()
    project.pytest(*NOTEBOOKS, "docs", "--nnspec-budget=quick", "-k", "models and loss").assert_outcomes(
        passed=1, skipped=1, deselected=4
    )
    assert found[-1][0][1].name == "quick"


def test_what_is_no_notebook_or_cannot_be_run_is_an_error_in_a_line(project, notebook, monkeypatch):
    monkeypatch.setattr(guarding, "guard", lambda *arguments, **named: Guarded(error="no kernel starts"))
    failed = project.pytest(*NOTEBOOKS, "docs", "-k", "together")
    failed.assert_outcomes(failed=1, deselected=5)
    assert "models.ipynb could not be run: no kernel starts" in failed.stdout.str()
    notebook.write_text("{}")
    broken = project.pytest(*NOTEBOOKS, "docs")
    assert broken.ret == pytest.ExitCode.INTERRUPTED
    assert "expected a Jupyter notebook" in broken.stdout.str()
    assert "Traceback" not in broken.stdout.str()


def test_collecting_notebooks_takes_no_engine(project, notebook):
    project.path.joinpath("conftest.py").write_text(
        "import sys\ndef pytest_sessionfinish(session):\n"
        "    print('engines:', sorted({'tensorflow', 'keras', 'jax', 'scipy.spatial'} & set(sys.modules)))\n"
    )
    result = project.pytester.runpytest_subprocess(
        "-p", "nnspec.pytest_plugin", *NOTEBOOKS, "--collect-only", "-q", "-s", "docs"
    )
    assert "engines: []" in result.stdout.str()


def test_processes_of_xdist_run_a_notebook_once_and_really_train_it(project, monkeypatch):
    monkeypatch.setenv("NNSPEC_STORE", str(project.path / "store"))
    cells = [*map(code, REAL[:-1]), code(REAL[-1], shown("[0.7, 0.5]"))]
    written(project.path / "real.ipynb", *cells)
    result = project.pytester.runpytest_subprocess(
        "-p",
        "nnspec.pytest_plugin",
        *NOTEBOOKS,
        "-n",
        "2",
        "-v",
        "--nnspec-seeds=256",
        "real.ipynb",
        "--nnspec-results=found.json",
    )
    assert (project.path / "runs.txt").read_text() == "once"
    said = result.stdout.str()
    assert "figures-together" in said
    claims = json.loads((project.path / "found.json").read_text())["claims"]
    assert {one["seeds"] for one in claims} == {256}
    assert len(claims) == 2
    assert main(["report", str(project.path / "found.json"), "-o", str(project.path / "found.html")]) == 0
    assert all(name in said for name in ("cell-2-line-1-figure ", "cell-2-line-1-figure-2"))

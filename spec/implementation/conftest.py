"""A project with claims to try the plugin and the command line on, and a stand-in for training.

The stand-in makes up runs whose accuracy exceeds one half for a share of the seeds that the recipe's
learning rate names, so that a test can ask for any verdict and no TensorFlow is needed.
"""

from __future__ import annotations

import inspect
import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import nnspec.pytest_plugin.state
import nnspec.workers.pool
from nnspec.commands.main import main
from nnspec.machine import jax_setup
from nnspec.training import Runs
from nnspec.training.vectorised.beside import fresh
from nnspec.workers.watched import train
from spec.implementation.runs_within_runs import ADDOPTS, forget_modules_in, hasten, keep_imported

HEADER = '''
import numpy as np
import pytest
from nnspec import SGD, Circles, Dense, Document, Recipe, claim, fact

DOC = Document("doc", "A document", ("One", "Two"))

def recipe(share, epochs=1):
    return Recipe(Circles(n_samples=20), [Dense(1)], "binary_crossentropy", SGD(share), epochs=epochs)

ALWAYS, HALF, NEVER = recipe(1.0), recipe(0.5), recipe(1e-9)

def declare(id, recipe, predicate=None, share=0.9, counterfactual=NEVER, because="said so", **more):
    def accuracy_is_high(runs):
        """The accuracy [of most seeds] is high."""
        return runs.accuracy >= 0.5

    return claim(
        id, source=DOC.at("One"), recipe=recipe, counterfactual=counterfactual, share=share,
        because=because, **more,
    )(predicate or accuracy_is_high)
'''

ALL_KINDS = '''
test_holds = declare("holds-1", ALWAYS)
test_same_recipe = declare("holds-100-10", ALWAYS, documented={"accuracy": 0.9})
test_part_a = declare("parts", ALWAYS, part="a")
test_part_b = declare("parts", HALF, part="b/c", verdict="refuted")

@fact("plain", source=DOC.at("Two"))
def test_plain_fact(evidence):
    """One and one is two."""
    evidence.note("counted [twice]")
    assert 1 + 1 == 2
'''


def stand_in_train(recipe, seeds, engine="stacked", progress=lambda done: None):
    with Path(os.environ["NNSPEC_TRAININGS"]).open("a") as file:
        file.write(f"{recipe.content_hash} {min(seeds)}\n")
    seeds = np.asarray(seeds)
    progress(len(seeds) / 2)
    yes = (seeds * 37 % 100) / 100 < recipe.optimizer.learning_rate - 1e-6
    accuracy = np.where(yes, 0.9, 0.1).astype(np.float32)
    loss = np.ones(len(seeds), np.float32)
    history = {name: np.ones((len(seeds), recipe.epochs), np.float32) for name in ("loss", "accuracy")}
    weights = (np.ones((len(seeds), 2, 1), np.float32), np.ones((len(seeds), 1), np.float32))
    return Runs(
        recipe, seeds, history, {"loss": loss, "accuracy": accuracy}, weights, {"engine": engine}, 0.5
    )


def stand_in_examples(circles):
    """Return points and labels without scikit-learn, which takes a second to import."""
    return np.linspace(-1, 1, 2 * circles.n_samples).reshape(-1, 2), np.arange(circles.n_samples) % 2


# three quarters of the time would go into making programs fast that run for milliseconds; what is computed is
# the same. Programs as they are in use have tests of their own, of a few rows (`test_programs_in_use.py`)
UNOPTIMISED = "--xla_backend_optimization_level=0 --xla_cpu_use_fusion_emitters=false"


@pytest.fixture(scope="package", autouse=True)
def optimised_flags() -> Iterator[str]:
    """Have programs of JAX that are compiled quickly, by a process that ends with these tests.

    It gives the settings of programs as they are in use.
    """
    flags = jax_setup.ENVIRONMENT["XLA_FLAGS"]
    with pytest.MonkeyPatch.context() as patch, fresh():
        patch.setitem(jax_setup.ENVIRONMENT, "XLA_FLAGS", f"{flags} {UNOPTIMISED}")
        yield flags


class StandInWorkers:
    """Trains nothing, in this process."""

    def __init__(self, number=None, max_memory=None):
        """Take the number of processes and their memory."""

    def train(self, recipe, seeds, engine, progress, meanwhile=None):
        """Make up runs."""
        return stand_in_train(recipe, seeds, engine, progress)

    def ahead(self, recipe, seeds, engine):
        """Do nothing ahead."""

    def has_room(self):
        """Take nothing ahead."""
        return False

    def is_done(self, recipe, seeds, engine):
        """Have begun nothing."""
        return False

    def close(self):
        """Have nothing to end."""


class WorkersHere(StandInWorkers):
    """Trains in this process, which has TensorFlow, and the one beside it with JAX, already."""

    def train(self, recipe, seeds, engine, progress, meanwhile=None):
        """Train as a worker does."""
        return train(recipe, seeds, engine, progress)


class Project:
    """A folder with claims, in which pytest and the command line are run."""

    def __init__(self, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pytester, self.path = pytester, pytester.path
        self._trainings = self.path / "trainings.txt"
        self._modules = 0
        monkeypatch.setenv("NNSPEC_STORE", str(self.path / "store"))
        monkeypatch.setenv("NNSPEC_TRAININGS", str(self._trainings))
        # what is tried out here is no part of the job that runs these tests
        for name in ("PYTEST_ADDOPTS", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr(nnspec.workers.pool, "Workers", StandInWorkers)
        monkeypatch.setattr(nnspec.pytest_plugin.state, "Workers", StandInWorkers)
        self.configure()

    def configure(self, **settings: str) -> None:
        """Write the configuration file of pytest."""
        lines = [f"{name} = {value}" for name, value in settings.items()]
        self.pytester.makeini("\n".join(["[pytest]", f"addopts = {ADDOPTS}", *lines]))

    def declare(self, source: str, folder: str = "spec", name: str = "") -> Path:
        """Write a file of claims; the source may use what HEADER defines."""
        self._modules += 1
        path = self.path / folder / (name or f"test_declared_{self._modules}.py")
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(HEADER + source, encoding="utf-8")
        return path

    def stand_in_for_workers(self) -> None:
        """Replace training in other processes too, and the points that nothing is trained on there."""
        source = "\n\n".join(map(inspect.getsource, (stand_in_train, stand_in_examples, StandInWorkers)))
        imports = (
            "import os\nfrom pathlib import Path\nimport numpy as np\nimport nnspec.pytest_plugin.state\n"
        )
        ending = (
            "\nfrom nnspec.data import Circles\nfrom nnspec.training import Runs\n"
            "nnspec.pytest_plugin.state.Workers = StandInWorkers\n"
            # here they would stay when the test is over
            f"if os.getpid() != {os.getpid()}:\n    Circles.examples = stand_in_examples\n"
        )
        (self.path / "conftest.py").write_text(imports + source + ending)

    def pytest(self, *arguments: str) -> pytest.RunResult:
        """Run pytest inside this process."""
        plugin = ["-p", "nnspec.pytest_plugin", "-p", "no:cacheprovider"]
        return self.pytester.runpytest_inprocess(*plugin, "-rs", *arguments)

    def nnspec(self, *arguments: str) -> int:
        """Run the command line inside this process and return its exit code."""
        try:
            return main(arguments)
        finally:
            forget_modules_in(self.path)

    def records(self, *arguments: str) -> dict[str, dict[str, Any]]:
        """Run pytest and return the records that it wrote, by the name of the item."""
        self.pytest("--nnspec-results=found.json", *arguments)
        return self.read("found.json")

    def read(self, file: str) -> dict[str, dict[str, Any]]:
        """Return the records in a results file, by the name of the item."""
        claims = json.loads((self.path / file).read_text(), parse_constant=pytest.fail)["claims"]
        return {c["id"] + (f"[{c['part']}]" if c["part"] else ""): c for c in claims}

    @property
    def trainings(self) -> list[str]:
        """What was trained so far, one entry for a recipe and a block of seeds."""
        return self._trainings.read_text().splitlines() if self._trainings.exists() else []


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return an empty project."""
    keep_imported(monkeypatch, pytester.path)
    hasten(monkeypatch)
    return Project(pytester, monkeypatch)


@pytest.fixture
def training_project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return an empty project that one stands in, and where training is no stand-in."""
    keep_imported(monkeypatch, pytester.path)
    project = Project(pytester, monkeypatch)  # not hastened: notebooks ask for their kernel among the plugins
    for room in ("workers.pool", "pytest_plugin.state", "notebook.repeating.placing"):
        monkeypatch.setattr(f"nnspec.{room}.Workers", WorkersHere)
    monkeypatch.chdir(project.path)
    return project


@pytest.fixture
def all_kinds(project: Project) -> Project:
    """Return a project with claims of several kinds, all as recorded."""
    project.declare(ALL_KINDS)
    return project


@pytest.fixture(scope="session")
def nowhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty folder."""
    return tmp_path_factory.mktemp("nowhere")


@pytest.fixture(autouse=True)
def in_an_empty_folder(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run a test where no results of an earlier command can be found, and see that it leaves none behind."""
    monkeypatch.chdir(nowhere)
    yield
    # Hypothesis and pytest-benchmark keep what they find where a test that uses them stands
    assert {path.name for path in nowhere.iterdir()} <= {".benchmarks", ".hypothesis"}


@pytest.fixture
def heeded_signals() -> Iterator[None]:
    """Let what is started heed signals as in a terminal: in the background of a script they are ignored."""
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGHUP)}
    for one, handler in before.items():
        if handler is signal.SIG_IGN:
            signal.signal(one, signal.SIG_DFL)
    yield
    for one, handler in before.items():
        signal.signal(one, handler)

"""The version of the engines changes with what they do, and with nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nnspec.training import version
from spec.implementation.test_import_graph import MODULES, PACKAGE, reached, room

SOURCE = '''"""A module."""
import numpy as np
from nnspec.machine.process import one_thread

class Steps:
    """Steps."""

    rate: float = 0.5

def step(x: float, rate: float = 0.1) -> float:
    """Take a step."""
    one_thread()  # once is enough
    if rate < 0:
        raise ValueError(f"rate={rate}; expected a positive one")
    return np.add(x, -rate * 2)
'''
OTHER = "def twice(x):\n    return x + x\n"


NOTHING_ELSE = [
    ('"""A module."""\n', ""),
    ('"""Take a step."""', '"""Take one step,\n\n    downhill.\n    """'),
    ("  # once is enough", ""),
    ("one_thread()", "one_thread(\n    )"),
    ("from nnspec.machine.process import", "from nnspec.machine.memory import"),
    ("import numpy as np\n", "import os\nimport numpy as np\n"),
    ("expected a positive one", "expected a rate above zero"),
]
ANOTHER = [
    *(("* 2", "* 3"), ("* 2", "* 2.0"), ("np.add", "np.subtract"), ("one_thread()", "print()")),
    *(("rate < 0", "rate <= 0"), ("float = 0.1", "float = 0.2"), ("rate: float = 0.5", "rate: float = 0.6")),
    *(("x, -rate", "-rate, x"), ("    one_thread()  # once is enough\n", "")),
]


@pytest.mark.parametrize(
    ("old", "new", "same"), [(*pair, True) for pair in NOTHING_ELSE] + [(*pair, False) for pair in ANOTHER]
)
def test_numbers_and_calls_are_part_of_it_wording_and_imports_are_not(old: str, new: str, same: bool) -> None:
    assert old in SOURCE
    found = version.version_of([OTHER, SOURCE.replace(old, new)])
    assert (found == version.version_of([SOURCE, OTHER])) == same


def test_the_files_of_training_may_move_and_change_their_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(PACKAGE, tmp_path / "nnspec", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(version, "_PACKAGE", tmp_path / "nnspec")
    training = tmp_path / "nnspec" / "training"
    (training / "version.py").unlink()  # stands for itself, and lies elsewhere now

    def found() -> str:
        return version.engine_version.__wrapped__()

    before = found()
    assert before == version.engine_version()
    (training / "stacked").rename(training / "all_seeds")
    (training / "shapes.py").rename(training / "all_seeds" / "kernels.py")
    assert found() == before
    program = training / "all_seeds" / "program.py"
    program.write_text(program.read_text().replace("min(50, ", "min(51, "))
    assert found() != before


def test_what_training_calls_is_part_of_it() -> None:
    """A file that training reaches is one of those, or decides nothing of what is trained."""
    listed = (*version._CALLED, *version._CALLED_BY_MODELS)
    called = {f"nnspec.{name.replace('/', '.')}" for name in listed}
    checks = ("author_functions", "check", "experiment", "fit_arguments", "trainable")
    clock = "nnspec.machine.stopwatch"  # what it says of a training, no training knows
    checks_only = {"nnspec.machine.memory", clock, *(f"nnspec.recipes.{name}" for name in checks)}
    keys_only = {"nnspec.recipes.identity"}
    labels_only = {f"nnspec.runs.{name}" for name in ("counts", "distance", "epochs", "named", "seed_values")}
    names = {name for name in reached("nnspec.training") if room(name) in ("machine", "recipes", "runs")}
    faces = {name for name, path in MODULES.items() if path.name == "__init__.py"}
    assert names - faces == (called - {"nnspec.basics.description"}) | checks_only | labels_only | keys_only

"""Imports run downwards only, from room to room, and some rooms are walled off from others."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

import nnspec

PACKAGE = Path(nnspec.__file__).parent

# every folder of nnspec/, from the top: each may import what stands further down, also inside a function
ROOMS = [
    "commands",
    "pytest_plugin",
    "project",
    "studies",
    "notebook",
    "report",
    "session",
    "results",
    "store",
    "workers",
    "training",
    "claims",
    "plots",
    "runs",
    "textbook",
    "recipes",
    "data",
    "statistics",
    "machine",
    "basics",
]
NO_ENGINE = ["textbook", "recipes", "runs", "statistics", "claims"]
NEVER_TRAINS = ["report", "plots"]
FACES = ["report", "training", "claims", "plots", "runs", "textbook", "recipes", "data", "statistics"]
MAY_NAME_TENSORFLOW = {"machine", "training"}


def modules() -> dict[str, Path]:
    """Return the file of every module of the package, by the module's name."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imported(code: str) -> set[str]:
    """Return the full names of all modules that some code imports, also where it does so lazily."""
    names = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "the house imports by full names, so that this test can follow them"
            assert node.module is not None
            members = {f"{node.module}.{alias.name}" for alias in node.names}
            names.update(member if member in MODULES else node.module for member in members)
    return names


IMPORTS = {module: imported(path.read_text(encoding="utf-8")) for module, path in MODULES.items()}


def room(module: str) -> str:
    """Return the folder of nnspec/ in which a module stands; empty for the package itself."""
    return [*module.split("."), ""][1] if module.startswith("nnspec") else ""


def reached(module: str) -> set[str]:
    """Return all modules of the package that a module imports, itself or through others."""
    found, waiting = {module}, [module]
    while waiting:
        new = (IMPORTS[waiting.pop()] & set(MODULES)) - found - {"nnspec"}
        found |= new
        waiting += new
    return found


def in_rooms(*rooms: str) -> list[str]:
    return sorted(module for module in MODULES if room(module) in rooms)


def test_every_folder_is_a_room_and_two_files_stand_before_them() -> None:
    folders = {path.parent.relative_to(PACKAGE).parts[0] for path in PACKAGE.glob("*/**/*.py")}
    assert folders == set(ROOMS)
    assert {path.name for path in PACKAGE.glob("*.py")} == {"__init__.py", "__main__.py"}


@pytest.mark.parametrize("module", sorted(set(MODULES) - {"nnspec", "nnspec.__main__"}))
def test_imports_run_downwards_only(module: str) -> None:
    below = ROOMS[ROOMS.index(room(module)) :]
    rooms = {room(name) for name in IMPORTS[module] if name.startswith("nnspec")}
    assert sorted(rooms - set(below)) == []


@pytest.mark.parametrize("module", sorted(MODULES))
def test_no_module_imports_itself_through_others(module: str) -> None:
    # a face hands on the names of its own room, which import one another and not the face
    used = {name for name in IMPORTS[module] & set(MODULES) if name != "nnspec"}
    assert module not in set().union(*map(reached, used))


@pytest.mark.parametrize("name", ROOMS)
def test_a_face_hands_on_names_of_its_own_room_and_other_rooms_hand_on_nothing(name: str) -> None:
    face = importlib.import_module(f"nnspec.{name}")
    rooms = {room(module) for module in IMPORTS[face.__name__] if module.startswith("nnspec")}
    assert hasattr(face, "__all__") == (name in FACES)
    if name != "training":  # its face is `train` itself, which needs what it trains
        assert rooms == ({name} if name in FACES else set())


def test_inside_a_room_nobody_goes_through_its_face() -> None:
    inside = {module: names for module, names in IMPORTS.items() if room(module)}
    through = [module for module, names in inside.items() if f"nnspec.{room(module)}" in names]
    assert through == []


@pytest.mark.parametrize("module", in_rooms(*NO_ENGINE))
def test_what_is_declared_and_judged_knows_no_engine(module: str) -> None:
    assert not {room(name) for name in reached(module)} & {"training", "workers", "session"}


@pytest.mark.parametrize("module", in_rooms(*NEVER_TRAINS))
def test_reports_and_plots_never_train(module: str) -> None:
    assert not {room(name) for name in reached(module)} & {"training", "workers", "session"}


@pytest.mark.parametrize("module", sorted(MODULES))
def test_tensorflow_and_keras_are_named_in_two_rooms_alone(module: str) -> None:
    heads = {name.partition(".")[0] for name in IMPORTS[module]}
    assert not heads & {"tensorflow", "keras", "jax"} or room(module) in MAY_NAME_TENSORFLOW


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("from nnspec.claims import budget", {"nnspec.claims.budget"}),
        ("from nnspec import Recipe", {"nnspec"}),
        ("from nnspec.training.stacked import dropout_masks", {"nnspec.training.stacked.dropout_masks"}),
        ("from nnspec.training import Runs", {"nnspec.training"}),
        ("def f():\n    import nnspec.claims.declarations as c", {"nnspec.claims.declarations"}),
    ],
)
def test_the_reader_of_imports_sees_modules_through_packages_and_functions(
    code: str, names: set[str]
) -> None:
    assert imported(code) == names

"""What is installed holds more than Python: types, the schema of results, the templates of the report."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatch
from pathlib import Path

import nnspec

PACKAGE = Path(nnspec.__file__).parent
ROOT = PACKAGE.parent


def test_the_wheel_takes_the_whole_package() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]
    assert settings == {"build": {"targets": {"wheel": {"packages": ["nnspec"]}}}}


def test_the_files_that_are_no_python_are_there_and_not_left_out_as_git_leaves_them_out() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()  # Hatch leaves out what git does
    assert "__pycache__/" in ignored
    files = {path.relative_to(ROOT) for path in PACKAGE.rglob("*") if path.is_file()}
    kept = {
        file.relative_to("nnspec").as_posix()
        for file in files
        if not any(fnmatch(part, pattern.rstrip("/")) for part in file.parts for pattern in ignored)
    }
    assert {"py.typed", "results/results.schema.json"} <= kept
    templates = {Path(file).suffix for file in kept if file.startswith("report/templates/")}
    assert templates == {".jinja", ".css", ".js"}
    assert {file for file in kept if file.startswith("project/example/")} == {
        f"project/example/{name}.txt" for name in ("test_irises.py", "conftest.py", "claims.yml")
    }
    kinds = (".typed", ".json", ".jinja", ".css", ".js", ".txt")
    assert {path.relative_to("nnspec").as_posix() for path in files if path.suffix in kinds} <= kept

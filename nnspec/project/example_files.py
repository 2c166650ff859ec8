"""The example that `nnspec init` writes: claims about irises, their data, and what runs them on GitHub."""

from __future__ import annotations

import contextlib
import os
from importlib.resources import files
from pathlib import Path

from nnspec.basics.errors import InvalidValue
from nnspec.basics.files import shown, writing

CLAIMS, DATA = "spec/test_irises.py", "spec/irises.csv"
PLUGIN, WORKFLOW = "conftest.py", ".github/workflows/claims.yml"
FILES = (CLAIMS, DATA, PLUGIN, WORKFLOW)
_COLUMNS = ("sepal_length", "sepal_width", "petal_length", "petal_width", "species")


def write_example(folder: str | os.PathLike[str]) -> list[Path]:
    """Write the example into a folder, which is made where it is missing, and return its files.

    Raises
    ------
    InvalidValue
        If it has no name, or one of the files is there already or cannot be written. Then none of them is
        left behind, and what was there is as it was.
    """
    if not os.fspath(folder):
        raise InvalidValue("folder", folder, "the name of a folder", ". is the current one")
    target, written = Path(folder), list[Path]()
    for path in (target / name for name in FILES):
        if os.path.lexists(path):
            expected = f"a folder without {path.relative_to(target)}"
            remedy = "it is there, and nothing was written; name a new folder"
            raise InvalidValue("folder", shown(folder), expected, remedy)
    contents = {name: _content(name) for name in FILES}
    with writing("folder", shown(folder), "a folder that can be written"):
        try:
            for name, content in contents.items():
                path = target / name
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("x", encoding="utf-8") as file:
                    written.append(path)
                    file.write(content)
        except OSError:
            for path in written:
                with contextlib.suppress(OSError):
                    path.unlink()
            raise
    return written


def _content(name: str) -> str:
    if name == DATA:
        return _irises()
    return files("nnspec.project").joinpath(f"example/{Path(name).name}.txt").read_text(encoding="utf-8")


def _irises() -> str:
    """Return Fisher's 150 irises, which come with scikit-learn, as CSV."""
    from sklearn.datasets import load_iris  # takes a second to import

    found = load_iris()
    rows = zip(found.data.tolist(), found.target.tolist(), strict=True)
    lines = (",".join(map(str, [*lengths, species])) for lengths, species in rows)
    return "\n".join([",".join(_COLUMNS), *lines]) + "\n"

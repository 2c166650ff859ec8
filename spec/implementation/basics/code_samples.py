"""Code of an author's in files, hashed in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path


def hashed(folder: Path, **files: str) -> str:
    """Return the hash of the class Own in a module of a folder, in a process of its own."""
    for name, text in files.items():
        (folder / f"{name}.py").write_text(textwrap.dedent(text))
    code = "import mine; from nnspec.basics.code import code_hash; print(code_hash([mine.Own]))"
    paths = os.pathsep.join([str(folder), *sys.path])
    environment = os.environ | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(  # noqa: S603  # our own interpreter and code
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    return ran.stdout

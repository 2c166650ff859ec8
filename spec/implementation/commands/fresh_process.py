"""A command in a Python of its own, to see what it imports and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
HEAVY = {"tensorflow", "keras", "jax", "torch", "pytest", "sklearn", "matplotlib"}


def imported_by(*arguments: str, **environment: str) -> tuple[set[str], str]:
    """Run a command and return the packages that it has imported, and all that it has printed."""
    program = (
        "import sys\nfrom nnspec.commands.main import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print('\\nimported', *sorted({name.partition('.')[0] for name in sys.modules}), end='')"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment},
    )
    said, _, packages = done.stdout.rpartition("\nimported ")
    return set(packages.split()), said + done.stderr

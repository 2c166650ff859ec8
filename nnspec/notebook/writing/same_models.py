"""Whether functions make the models and callbacks that a notebook had: asked of Keras, in a process apart."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nnspec.notebook.captured import Fit

_SECONDS = 300.0
ASKED, ANSWERS = "asked.json", "answers.json"


@dataclass(frozen=True)
class Candidate:
    """The text of a function, and the fit whose model, or callbacks, it should return."""

    name: str
    text: str
    fit: Fit
    of: str = "model"


def why_not_same(candidates: Sequence[Candidate], folder: Path) -> list[str]:
    """Return for every candidate why it does not make the same, an empty text where it does.

    They are called in a process of their own in a folder, as their code is that of a notebook in it.
    """
    if not candidates:
        return []
    with tempfile.TemporaryDirectory(prefix="nnspec-candidates-") as name:
        place = Path(name)
        for number, one in enumerate(candidates):
            (place / f"candidate_{number}.py").write_text(one.text + "\n", encoding="utf-8")
        asked = [_asked(one) for one in candidates]
        (place / ASKED).write_text(json.dumps(asked), encoding="utf-8")
        root = str(Path(__file__).resolve().parents[3])
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH")))),
        }
        try:
            subprocess.run(  # noqa: S603  # Python itself, and a module of our own
                [sys.executable, "-m", "nnspec.notebook.inside.making", str(place)],
                cwd=folder,
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return [f"it was not made in {_SECONDS:g} s"] * len(candidates)
        try:
            answers: list[str] = json.loads((place / ANSWERS).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return ["the process that made it ended"] * len(candidates)
    return answers + ["the process that made it ended"] * (len(candidates) - len(answers))


def _asked(one: Candidate) -> Mapping[str, Any]:
    shape = (one.fit.data.get("x") or {}).get("shape")
    model = {"architecture": one.fit.model["architecture"], "compiled": one.fit.model["compiled"]}
    return {"name": one.name, "of": one.of, "shape": shape, **model, "callbacks": one.fit.callbacks["list"]}

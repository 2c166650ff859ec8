"""What an author edits is never answered with the outcomes of before."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from nnspec.claims.budget import parse
from nnspec.session.session import Session
from nnspec.store.store import Store
from spec.implementation.session.trainer_of_labels import Trainer


@pytest.mark.usefixtures("kept_here")
def test_a_helper_that_is_edited_gives_other_outcomes_from_the_same_store(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    text = "def make(seed):\n    return {} * seed\n"
    mine = (
        "from dataclasses import dataclass\nimport helper_of_mine\n"
        "from nnspec import Circles, Dataset, Experiment\n"
        "@dataclass(frozen=True)\nclass Mine(Experiment):\n    data: Dataset = Circles(10)\n"
        "    def outcome(self, seed):\n        return {'value': helper_of_mine.make(seed)}\n"
    )
    Path(tmp_path / "mine_of_author.py").write_text(mine)
    found = []
    for factor in (2.0, 2.0, 3.0):
        Path(tmp_path / "helper_of_mine.py").write_text(text.format(factor))
        for name in ("helper_of_mine", "mine_of_author"):
            sys.modules.pop(name, None)
        importlib.invalidate_caches()
        module = importlib.import_module("mine_of_author")
        session = Session(parse("quick", None), 0.01, Store(tmp_path / "store"), workers=Trainer())
        runs = session.runs(module.Mine(), [1, 2])
        found.append((runs.metrics["value"].tolist(), session.trained))
    assert found == [([2, 4], 2), ([2, 4], 0), ([3, 6], 2)]


@pytest.mark.usefixtures("kept_here")
@pytest.mark.parametrize(
    ("given", "read", "trained"),
    [
        ("V = types.MappingProxyType({{'l': {}}})", "V['l']", [2, 0, 2]),
        ("V = re.compile('{}')", "float(V.pattern)", [2, 0, 2]),
        ("os.environ['NNSPEC_TEST_L'] = '{}'", "float(os.environ['NNSPEC_TEST_L'])", [2, 2, 2]),
        ("V = itertools.repeat({})", "next(V)", [2, 0, 2]),
        ("class V:\n    def gi(self): yield\n    l = {}\nG = V().gi()", "V.l + 0 * len(repr(G))", [2, 2, 2]),
    ],
    ids=["mapping", "pattern", "environment", "iterator", "generator"],
)
def test_an_edited_value_is_answered_from_the_store_never(tmp_path, monkeypatch, given, read, trained):
    monkeypatch.setenv("NNSPEC_TEST_L", "")
    found = []
    for value in (0.5, 0.5, 0.75):
        names = {"__name__": "an_author"}
        cell = (
            "import itertools, os, re, types\nfrom dataclasses import dataclass\n"
            "from nnspec import Circles, Dataset, Experiment\n"
            f"{given.format(value)}\n"
            "@dataclass(frozen=True)\nclass Mine(Experiment):\n    data: Dataset = Circles(10)\n"
            "    def outcome(self, seed):\n"
            f"        return {{'value': {read}}}\n"
        )
        exec(compile(cell, "<cell>", "exec", dont_inherit=True), names)  # noqa: S102
        session = Session(parse("quick", None), 0.01, Store(tmp_path / "store"), workers=Trainer())
        runs = session.runs(names["Mine"](), [1, 2])
        assert session.runs(names["Mine"](), [1, 2]) is not None
        found.append((runs.metrics["value"].tolist(), session.trained))
    assert found == [([v, v], n) for v, n in zip((0.5, 0.5, 0.75), trained, strict=True)]

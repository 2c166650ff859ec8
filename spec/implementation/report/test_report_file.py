"""The report as a file: its size, what it is made of, and how it is written."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from nnspec.project.full_report import full_report
from nnspec.report import Picture, render
from spec.implementation.report.report_samples import Page, claim, fact, png, results

NASTY = "<script>alert(\"1\")</script> & 'quoted' ärger 日本語 " + "verylongword" * 30


@pytest.mark.parametrize(("claims", "seeds", "limit"), [(43, 256, 2**20), (133, 64, 3 * 2**19)])
def test_all_claims_together_stay_small_enough_to_be_sent(claims, seeds, limit):
    draw = np.random.default_rng(3)  # continuous values: ties would need fewer columns
    values = claim()["values"][0]
    found, other = draw.normal(0.8, 0.1, 256).tolist(), draw.normal(0.6, 0.1, seeds).tolist()
    arms = {"claim": found, "counterfactual": other}
    many = [claim(id=f"claim-{number}", values=[values | arms]) for number in range(claims)]
    assert len(render(results(*many)).encode()) < limit


def test_what_json_gives_back_is_rendered_the_same():
    document = results(claim(), fact())
    assert render(json.loads(json.dumps(document))) == render(document)


def test_missing_optional_entries_and_no_claims_at_all_are_fine():
    least = {"id": "a", "document": "d", "verdict": "error", "kind": "share"}
    least |= {"part": "", "title": "D", "statement": "", "figures": {}, "values": []}
    least |= dict.fromkeys(["seeds", "successes", "share", "interval", "claimed_share", "counterfactual"])
    least["training_seconds"] = None
    assert Page(render(results(least))).unbalanced == []
    assert Page(render(results() | {"environment": {}})).unbalanced == []


def test_another_schema_an_unknown_claim_and_no_png_are_rejected():
    with pytest.raises(ValueError, match="schema=2; expected 1"):
        render(results() | {"schema": 2})
    with pytest.raises(ValueError, match="expected keys of claims"):
        render(results(claim()), {"unknown": [Picture("", "", png())]})
    with pytest.raises(ValueError, match="expected the bytes of a PNG or lossless WebP file"):
        Picture("", "", b"<svg>")


def test_writing_replaces_the_whole_file_and_leaves_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "new" / "report.html"
    full_report(path, results(claim()), {}, None)
    assert path.read_text(encoding="utf-8") == render(results(claim()))

    def fail(self: Path, target: Path) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        full_report(path, results(fact()), {}, None)
    assert path.read_text(encoding="utf-8") == render(results(claim()))
    assert [file.name for file in path.parent.iterdir()] == ["report.html"]


def test_importing_the_report_imports_neither_jinja_nor_tensorflow_nor_matplotlib():
    code = "import sys, nnspec.report; print({'jinja2', 'tensorflow', 'matplotlib'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert found.stdout.strip() == "set()"

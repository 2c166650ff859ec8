"""The report as a file: its size, what it is made of, and how it is written."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import numpy as np
import pytest

from nnspec.plots import style
from nnspec.plots.picture_file import picture_file, smaller
from nnspec.project.full_report import full_report
from nnspec.report import Picture, render
from spec.folders import ROOT
from spec.implementation.report.report_samples import Page, claim, complete, fact, png, results

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
    with pytest.raises(ValueError, match="schema=1; expected 2"):
        render(results() | {"schema": 1})
    with pytest.raises(ValueError, match="expected keys of claims"):
        render(results(claim()), {"unknown": [Picture("", "", png())]})
    with pytest.raises(ValueError, match="expected the bytes of a PNG or lossless WebP file"):
        Picture("", "", b"<svg>")


@pytest.mark.parametrize(("claims", "drawn"), [(1, False), (10, True)])
def test_few_claims_do_not_wait_for_the_picture_of_the_calibration(tmp_path, claims, drawn):
    many = [claim(id=f"claim-{number}") for number in range(claims)]
    full_report(tmp_path / "report.html", results(*many), {}, ROOT)
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert ">Calibration</h" in text
    assert ("data:image/" in text) is drawn


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


def test_a_page_with_many_pictures_is_made_to_fit(tmp_path: Path) -> None:
    figure, (ax,) = style.empty_figure()
    ax.imshow(np.random.default_rng(0).random((200, 200)))  # noise, which nothing compresses well
    large = picture_file(figure)
    encoded = base64.b64encode(large).decode()
    one = {"title": "t", "alt": "a", "file": encoded}
    number = 3 * 10**6 // len(encoded)
    path = tmp_path / "report.html"
    full_report(path, results(complete(claim())), {"tfc-relu-sigmoid": [one] * number}, tmp_path)
    assert path.stat().st_size <= 2 * 10**6
    assert len(Page(path.read_text(encoding="utf-8")).attributes("alt")) == number
    small = Picture("t", "a", smaller(large, 0.5))
    assert small.size == tuple(round(side / 2) for side in Picture("t", "a", large).size)


def test_a_report_without_baselines_beside_it_has_no_section_on_them(tmp_path: Path) -> None:
    full_report(tmp_path / "report.html", results(complete(claim())), {}, tmp_path)
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Since the baseline" not in Page(text).texts("h2")
    (tmp_path / "baselines/claims").mkdir(parents=True)
    (tmp_path / "baselines/claims/doc.json").write_text(json.dumps({"claims": 7}))
    full_report(tmp_path / "report.html", results(complete(claim())), {}, tmp_path)
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == text

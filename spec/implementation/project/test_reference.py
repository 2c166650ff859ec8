"""The reference has every public name, and no other."""

import importlib
import inspect
import re

import pytest

from nnspec import claim
from spec.implementation.project.pages import DOCS, text

REFERENCE = DOCS / "reference"
PAGES = {
    "nnspec": [REFERENCE / f"{name}.md" for name in ("claims", "data", "recipes", "runs")],
    "nnspec.textbook": [REFERENCE / "textbook.md"],
    "nnspec.plots": [REFERENCE / "plots.md"],
}


@pytest.mark.parametrize("face", PAGES)
def test_every_public_name_stands_in_the_reference_once(face):
    lines = "\n".join(map(text, PAGES[face]))
    named = re.findall(r"^\.\. (?:auto\w+|py:data):: (\w+)(?:\(\))?$", lines, re.M)
    assert sorted(named) == sorted(importlib.import_module(face).__all__)


def test_every_argument_of_a_claim_is_told():
    told = re.findall(r"^\| (`.*?) \|", text(REFERENCE / "claims.md"), re.M)
    named = re.findall(r"`(\w+)`", " ".join(told))
    assert sorted({*named} - {"claim"}) == sorted(inspect.signature(claim).parameters)


def test_commands_come_from_the_parser():
    page = text(REFERENCE / "commands.md")
    assert ":module: nnspec.commands.main\n:func: whole_parser\n" in page

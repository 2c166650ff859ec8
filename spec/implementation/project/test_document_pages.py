"""The page of a document, which is made when the documentation is built, has all that its baseline has."""

import re

import pytest

from docs import generated
from nnspec.results.baseline import read_folder
from spec.folders import ROOT

BASELINES = read_folder(ROOT / "baselines/claims")
PAGES = generated.pages()


@pytest.mark.parametrize("key", BASELINES)
def test_every_claim_and_fact_stands_on_the_page_with_what_was_found(key):
    page, found = PAGES[f"{key}.md"], BASELINES[key].claims
    assert page.startswith(f"# {BASELINES[key].title}\n")
    lines = re.findall(r"^- \S .*$", page, re.M)
    assert len(lines) == len(found)
    for record in (one for one in found if one.seeds is not None):
        told = f" – {record.successes:,} of {record.seeds:,} runs, "
        assert any(record.id in line and record.told in line and told in line for line in lines), record.key


@pytest.mark.parametrize("key", BASELINES)
def test_every_id_has_one_address(key):
    anchors = re.findall(r'<a id="([\w-]+)" href="#([\w-]+)">', PAGES[f"{key}.md"])
    assert [one for one, _ in anchors] == [to for _, to in anchors]
    assert sorted(one for one, _ in anchors) == sorted({record.id for record in BASELINES[key].claims})


def test_the_list_of_documents_has_each_of_them():
    assert re.findall(r"\]\(([\w-]+)\.md\)", PAGES["index.md"]) == list(BASELINES)

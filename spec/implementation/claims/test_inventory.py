"""The inventory and what is declared: every row has its claim or fact, in the document that it names."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter

import pytest

from spec.folders import ROOT


def rows() -> list[str]:
    """Return every row of the inventory as "document: id"; the heading above it names the document."""
    found, document = [], ""
    for line in (ROOT / "spec" / "inventory.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            document = line.removeprefix("# ")
        elif line.strip():
            found.append(f"{document}: {line.strip()}")
    return found


@pytest.fixture(scope="module")
def declared() -> set[str]:
    """Return "document: id" of every claim and fact, as the command line lists them."""
    command = [sys.executable, "-m", "nnspec", "claims", "--json", "spec/documents"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)  # noqa: S603
    assert done.returncode == 0, done.stderr
    return {f"{record['document']}: {record['id']}" for record in json.loads(done.stdout)}


def test_the_inventory_has_155_rows_in_six_documents_each_once():
    assert len(rows()) == 155
    assert [row for row, times in Counter(rows()).items() if times > 1] == []
    assert len({row.partition(":")[0] for row in rows()}) == 6


def test_every_row_has_a_claim_or_a_fact(declared):
    missing = sorted(set(rows()) - declared)
    assert not missing, "rows without a claim: " + "; ".join(missing)


def test_every_claim_and_fact_has_a_row(declared):
    unknown = sorted(declared - set(rows()))
    assert not unknown, "claims without a row: " + "; ".join(unknown)

"""The record of mutation testing: what is written is read back, and files that are none are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.studies.mutation.record import Mutated, read, write

ONE = Mutated("a", "training", "Something.", ("m:f: x → y",), ("tfc-history",), (), 2, 3, 1.5)
SURVIVOR = Mutated("b", "metrics", "Nothing.", ("m:f: x → y",), (), (), 2, 3, 1.5)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "mutants.json"
    write(path, [ONE, SURVIVOR], {"keras": "3.15"})
    assert read(path) == [ONE, SURVIVOR]
    assert [one.survives for one in read(path)] == [False, True]
    assert json.loads(path.read_text())["environment"] == {"keras": "3.15"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d.update(schema=2), "schema=2; expected 1; it was written by another version"),
        (lambda d: d.pop("mutants"), "expected mutants of"),
        (lambda d: d.update(mutants=[]), "expected mutants of"),
        (lambda d: d["mutants"][0].pop("claims"), "a field is missing: 'claims'"),
        (lambda d: d["mutants"][0].update(tests="all"), "tests='all'; expected a list"),
        (lambda d: d["mutants"][0].update(name=3), "name=3; expected a text"),
        (lambda d: d["mutants"][0].update(claims_asked=0), "fewer were asked"),
    ],
)
def test_a_file_that_is_no_record_is_refused_in_one_line(tmp_path: Path, change: Any, message: str) -> None:
    path = tmp_path / "mutants.json"
    write(path, [ONE], {})
    document = json.loads(path.read_text())
    change(document)
    path.write_text(json.dumps(document))
    with pytest.raises(InvalidValue, match=message) as caught:
        read(path)
    assert "\n" not in str(caught.value)

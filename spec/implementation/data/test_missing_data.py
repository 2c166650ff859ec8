"""Without data the claims and facts that need it are skipped, with the reason and the remedy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

CLAIMS = """
from nnspec import FashionMNIST, Flatten, MNIST

FASHION = Recipe(
    FashionMNIST(), [Flatten(), Dense(1)], "binary_crossentropy", SGD(1.0), epochs=1
)
test_claim = declare("needs-data", FASHION)
test_refuted = declare("needs-data-refuted", FASHION, verdict="refuted")
test_other = declare("counterfactual-needs-data", ALWAYS, counterfactual=FASHION)
test_plain = declare("needs-none", ALWAYS)

@fact("fact-needs-data", source=DOC.at("Two"))
def test_fact():
    "The images are square."
    assert MNIST().arrays().x_train.shape[1:] == (28, 28)

@pytest.fixture
def images():
    return MNIST().arrays()

@fact("fixture-needs-data", source=DOC.at("Two"))
def test_fact_of_a_fixture(images):
    "The images are square."

def test_that_is_no_claim(images):
    "Other tests are treated alike."
"""
WITHOUT = [
    "needs-data",
    "needs-data-refuted",
    "counterfactual-needs-data",
    "fact-needs-data",
    "fixture-needs-data",
]

CAUGHT = """
from nnspec import MissingData

@fact("fails-of-itself", source=DOC.at("Two"))
def test_fact():
    "It fails."
    try:
        raise MissingData("no such file")
    except MissingData:
        assert 1 + 1 == 3
"""


@pytest.fixture
def needy(project: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("NNSPEC_DATA", str(tmp_path / "empty"))
    project.declare(CLAIMS)
    return project


def reason(name: str, folder: Path) -> str:
    return (
        f"{name}.npz is not in {folder}; run `nnspec data fetch {name}`, "
        "or set NNSPEC_DATA to the folder that has it"
    )


def test_they_are_skipped_where_they_stand_and_the_others_run(needy: Any, tmp_path: Path) -> None:
    result = needy.pytest()
    result.assert_outcomes(passed=1, skipped=6)
    told = result.stdout.str()
    assert f"SKIPPED [3] spec/test_declared_1.py:14: {reason('fashion_mnist', tmp_path / 'empty')}" in told
    assert told.count(f" {reason('mnist', tmp_path / 'empty')}") == 3
    assert "pytest_plugin.py" not in told


def test_the_records_say_skipped_and_why(needy: Any, tmp_path: Path) -> None:
    records = needy.records("--nnspec-report=report.html")
    assert {name: record["verdict"] for name, record in records.items()} == {
        "needs-none": "holds",
        **dict.fromkeys(WITHOUT, "skipped"),
    }
    assert records["needs-data"]["message"] == reason("fashion_mnist", tmp_path / "empty")
    assert records["fixture-needs-data"]["message"] == reason("mnist", tmp_path / "empty")
    assert "nnspec data fetch fashion_mnist" in (needy.path / "report.html").read_text()


def test_verify_counts_them_names_the_remedy_and_succeeds(
    needy: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert needy.nnspec("verify") == 0
    said = capsys.readouterr().out
    assert "4 claims: 1 holds, 3 skipped; 2 facts: 2 skipped; nothing against the record" in said
    assert f"3 skipped: {reason('fashion_mnist', tmp_path / 'empty')}\n" in said
    assert f"2 skipped: {reason('mnist', tmp_path / 'empty')}\n" in said


def test_damaged_data_fails_with_the_remedy(
    needy: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "fashion_mnist.npz").write_bytes(b"PK")
    assert needy.nnspec("verify", "needs-data") == 1
    assert "the file is damaged; `nnspec data fetch fashion_mnist` replaces it" in capsys.readouterr().out


def test_a_failure_while_missing_data_is_handled_stays_a_failure(project: Any) -> None:
    project.declare(CAUGHT)
    result = project.pytest()
    result.assert_outcomes(failed=1)
    assert "assert (1 + 1) == 3" in result.stdout.str()


def test_workers_of_xdist_skip_them_too(needy: Any) -> None:
    needy.stand_in_for_workers()
    records = needy.records("-n1")
    assert sum(record["verdict"] == "skipped" for record in records.values()) == 5

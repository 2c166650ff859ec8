"""Wrong files: results, baselines and benchmarks that cannot be used end in one line and exit code 2."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nnspec.basics.plain_data import plain
from nnspec.commands.main import main
from nnspec.results import baseline
from nnspec.results.reading import results_of
from spec.implementation.bad_inputs.cases import nested, told
from spec.implementation.bad_inputs.fuzzing import changed
from spec.implementation.report.report_samples import claim, complete, fact, results
from spec.implementation.studies.speed.benchmark_samples import benchmark, saved

RESULTS = results(complete(claim()), complete(fact()))
NAMES = {"tfc-relu-sigmoid", "tfc-circles-data"}
(STORED_BASELINE,) = map(plain, baseline.updated({}, results_of(RESULTS, "made up"), NAMES).values())
BENCHMARKS = saved(benchmark("a", rounds=3))
DEEP = "[" * 100_000 + "]" * 100_000
READERS = {
    "compare": ["compare", "FILE", "other.json"],
    "compared with": ["compare", "other.json", "FILE"],
    "report": ["report", "FILE", "-o", "page.html"],
    "report since": ["report", "other.json", "--baseline=FILE", "-o", "page.html"],
    "show": ["show", "tfc-relu-sigmoid", "--results=FILE"],
    "rebaseline": [
        "rebaseline",
        "--all",
        "--create",
        "--because=so",
        "--results=FILE",
        "--baseline=new/claims",
    ],
}
WRITTEN = json.dumps(RESULTS)
# what stands in the file, a part of what is said to be received, a part of what is expected
UNREADABLE: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "file=", "JSON"),
    "truncated": (WRITTEN[: len(WRITTEN) // 2].encode(), "file=", "JSON"),
    "the last brace missing": (WRITTEN[:-1].encode(), "file=", "JSON"),
    "two documents": ((WRITTEN * 2).encode(), "file=", "JSON"),
    "not JSON": (b"<html></html>", "file=", "JSON"),
    "not text": (b"\xff\xfe\x00\x80", "file=", "JSON"),
    "a pickle": (b"\x80\x04K\x01.", "file=", "JSON"),
    "nested deeply": (DEEP.encode(), "file=", "nested too deeply"),
    "half a character": (WRITTEN.replace("model_7", "\\ud800").encode(), "file=", "JSON"),
    "a number of 5000 digits": (b'{"claims": [], "schema": ' + b"9" * 5000 + b"}", "file=", "JSON"),
    "benchmarks": (b'{"benchmarks": []}', "", ""),
    "claims no list": (b'{"schema": 2, "claims": 3}', "", "results of `nnspec verify`"),
    "null": (b"null", "None", ""),
    "a list": (b"[1, 2]", "", ""),
    "a number": (b"7", "7", ""),
    "an empty object": (b"{}", "", ""),
}


def written(value: Any) -> bytes:
    return value if isinstance(value, bytes) else json.dumps(value).encode()


def refused(capsys: pytest.CaptureFixture[str], arguments: list[str], received: str, expected: str) -> None:
    """Run a command and check that it ends with one line and exit code 2."""
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("nnspec: ")
    told(said.err.removeprefix("nnspec: ").rstrip("\n"), received, expected)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("other.json").write_text(WRITTEN)
    return tmp_path


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("content", UNREADABLE)
def test_a_file_that_holds_no_results_is_refused_by_every_reader(
    folder: Path, capsys: pytest.CaptureFixture[str], reader: str, content: str
) -> None:
    held, received, expected = UNREADABLE[content]
    Path("FILE").write_bytes(held)
    refused(capsys, READERS[reader], received, expected)
    assert sorted(path.name for path in folder.iterdir()) == ["FILE", "other.json"]


WRONG_RESULTS: dict[str, tuple[tuple[Any, ...], Any, str, str]] = {
    "schema 1": (("schema",), 1, "schema=1", "2; it was written by another version"),
    "schema 3": (("schema",), 3, "schema=3", "2; it was written by another version"),
    "schema in words": (("schema",), "two", "schema='two'", "2"),
    "no schema": (("schema",), ..., "", ""),
    "no claims": (("claims",), [], "'no claims'", "at least one claim"),
    "claims no list": (("claims",), 5, "file=", "results"),
    "a claim no object": (("claims", 0), "claim", "file=", "results"),
    "no environment": (("environment",), ..., "file=", "a field is missing: 'environment'"),
    "environment no object": (("environment",), [1], "file=", "results"),
    "no budget": (("budget",), ..., "file=", "a field is missing: 'budget'"),
    "unknown budget": (("budget",), "huge", "file=", "budget='huge'; expected one of"),
    "id no text": (("claims", 0, "id"), None, "file=", "id=None; expected a text"),
    "id empty": (("claims", 0, "id"), "", "file=", "id=''; expected a text"),
    "no document": (("claims", 0, "document"), ..., "file=", "a field is missing: 'document'"),
    "part no text": (("claims", 0, "part"), ["a"], "file=", "part=['a']; expected a text"),
    "unknown verdict": (("claims", 0, "verdict"), "true", "file=", "verdict='true'; expected one of"),
    "more yes than seeds": (("claims", 0, "successes"), 300, "file=", "successes=300; expected at most"),
    "yes below zero": (("claims", 0, "successes"), -1, "file=", "successes=-1; expected"),
    "seeds no number": (("claims", 0, "seeds"), "many", "file=", "seeds='many'; expected"),
    "no seeds": (("claims", 0, "seeds"), 0, "file=", "seeds=0; expected"),
    "seeds missing": (("claims", 0, "seeds"), ..., "file=", "a field is missing: 'seeds'"),
    "values of nothing": (("claims", 0, "values"), [{}], "file=", "a field is missing"),
    "a value in words": (("claims", 0, "values", 0, "claim", 1), "high", "file=", "value='high'; expected"),
    "a value is NaN": (("claims", 0, "values", 0, "claim", 1), float("nan"), "file=", "value=nan; expected"),
    "threshold infinite": (("claims", 0, "values", 0, "threshold"), float("inf"), "file=", "threshold=inf"),
    "no values": (("claims", 0, "values"), ..., "file=", "a field is missing: 'values'"),
    "counterfactual in words": (("claims", 0, "counterfactual"), "refuted", "file=", "results"),
    "counterfactual empty": (("claims", 0, "counterfactual"), {"seeds": 5}, "file=", "a field is missing"),
    "figures a list": (("claims", 0, "figures"), [1], "file=", "results"),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("wrong", WRONG_RESULTS)
def test_results_with_something_wrong_in_them_are_refused_by_every_reader(
    folder: Path, capsys: pytest.CaptureFixture[str], reader: str, wrong: str
) -> None:
    place, value, received, expected = WRONG_RESULTS[wrong]
    Path("FILE").write_bytes(written(changed(RESULTS, place, value)))
    refused(capsys, READERS[reader], received, expected)


WRONG_BASELINES: dict[str, tuple[Any, str, str]] = {
    "truncated": (json.dumps(STORED_BASELINE)[:-40].encode(), "file=", "JSON"),
    "schema 4": (changed(STORED_BASELINE, ("schema",), 4), "schema=4", "1 or 2 or 3"),
    "results in its place": (RESULTS, "", "a baseline of"),
    "nested": (nested(300), "", "a baseline of"),
    "no title": (changed(STORED_BASELINE, ("title",), ...), "file=", "a field is missing: 'title'"),
    "no versions": (changed(STORED_BASELINE, ("claims", 0, "versions"), ...), "file=", "'versions'"),
    "a verdict": (changed(STORED_BASELINE, ("claims", 0, "verdict"), 1), "file=", "verdict=1; expected"),
    "a list": (b"[]", "=[]", "a baseline of `nnspec rebaseline`"),
    "no JSON": (b"# Verdicts", "file=", "JSON as `nnspec rebaseline` writes it; it says"),
    "no seeds": (
        changed(STORED_BASELINE, ("claims", 0, "seeds"), ...),
        "file=",
        "a field is missing: 'seeds'",
    ),
    "no statement": (
        changed(STORED_BASELINE, ("claims", 1, "statement"), ...),
        "file=",
        "missing: 'statement'",
    ),
    "an id": (changed(STORED_BASELINE, ("claims", 0, "id"), 1), "file=", "id=1; expected a text"),
}
BASELINE_READERS = {
    "compare": ["compare", "other.json", "claims"],
    "report": ["report", "other.json", "--baseline=claims", "-o", "page.html"],
    "show": ["show", "tfc-relu-sigmoid", "--baseline=claims"],
    "rebaseline": ["rebaseline", "--all", "--because=so", "--results=other.json", "--baseline=claims"],
}


@pytest.mark.parametrize("reader", BASELINE_READERS)
@pytest.mark.parametrize("wrong", WRONG_BASELINES)
def test_a_wrong_baseline_is_refused_and_left_as_it_is(
    folder: Path, capsys: pytest.CaptureFixture[str], reader: str, wrong: str
) -> None:
    content, received, expected = WRONG_BASELINES[wrong]
    path = Path("claims/tf-classification.json")
    path.parent.mkdir()
    path.write_bytes(written(content))
    refused(capsys, BASELINE_READERS[reader], received, expected)
    assert path.read_bytes() == written(content)


def test_a_file_of_a_gigabyte_is_refused_without_being_read(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json, "loads", lambda content: pytest.fail("was parsed"))
    with Path("FILE").open("wb") as file:
        file.truncate(2**30)
    refused(capsys, READERS["report"], "file='FILE'", "at most 256 MB")


@pytest.mark.parametrize("name", ["nowhere.json", ".", "../bad\nname.json", "a\0b", ""])
def test_what_is_no_file_is_refused(folder: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    said = "" if "\0" in name else "a file that can be read"
    refused(capsys, ["report", name, "-o", "page.html"], "file=", said)
    refused(capsys, ["compare", "other.json", str(folder / name)], "", "")


WRONG_BENCHMARKS: dict[str, tuple[Any, str, str]] = {
    "no benchmarks": (changed(BENCHMARKS, ("benchmarks",), []), "a list of 0", "at least one benchmark"),
    "a time of zero": (
        changed(BENCHMARKS, ("benchmarks", 0, "extra_info", "ours", 0), 0),
        "=0",
        "at least 1e-12",
    ),
    "a time in words": (changed(BENCHMARKS, ("benchmarks", 0, "stats", "data"), "fast"), "'fast'", "a list"),
    "a time is NaN": (saved(benchmark("a", ours=[float("nan")])), "ours[0]=nan", "a finite"),
    "a line break": (saved(benchmark("a", ours=["\n"])), "ours[0]='\\n'", ""),
    "half a character": (saved(benchmark("a", peer="\ud800")), "", "surrogates not allowed"),
    "another one": (saved(benchmark("b")), "", "a benchmark of"),
    "no file of it": (None, "=None", "a file of pytest-benchmark"),
    "a number of 5000 digits": (b"[" + b"9" * 5000 + b"]", "file=", "it says: Exceeds the limit"),
    "not text": (b"\xff\xfe\xfa", "file=", "it says: 'utf-16-le' codec can't decode"),
    "nested deeply": (DEEP.encode(), "file=", "it is nested too deeply"),
    "empty": (
        b"",
        "file=",
        "JSON as `nnspec verify` or pytest-benchmark writes it; it says: Expecting value",
    ),
    "truncated": (b"{", "file=", "it says: Expecting property name"),
    "no machine": (changed(BENCHMARKS, ("machine_info",), None), "None", "names with their values"),
}


@pytest.mark.parametrize("wrong", WRONG_BENCHMARKS)
@pytest.mark.parametrize("order", [["old.json", "new.json"], ["new.json", "old.json"]], ids=["new", "old"])
def test_wrong_benchmarks_are_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], wrong: str, order: list[str]
) -> None:
    content, received, expected = WRONG_BENCHMARKS[wrong]
    Path("old.json").write_bytes(written(BENCHMARKS))
    Path("new.json").write_bytes(written(content))
    refused(capsys, ["compare", *order, "--html=page.html"], received, expected)
    assert not Path("page.html").exists()

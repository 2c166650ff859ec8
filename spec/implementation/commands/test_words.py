"""The command line helps who mistypes: version, suggestions, FILE::NAME, a new baseline, an odd cluster."""

from __future__ import annotations

import json
import time
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.commands.main import main
from nnspec.workers.backends import backend
from spec.implementation.results.drift_samples import judged, normal, results


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out == f"nnspec {metadata.version('nnspec')}\n"


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["verfy"], "; did you mean 'verify'?\n"),
        (["store", "prun"], "; did you mean 'prune'?\n"),
        (["verify", "--bugdet", "quick"], "; did you mean '--budget'?\n"),
        (["report", "--outptu=x"], "; did you mean '--output'?\n"),
        (["store", "prune", "--sise=2GB"], "; did you mean '--size'?\n"),
        (["--versoin"], "; did you mean '--version'?\n"),
        (["zzz"], "'store')\n"),
    ],
)
def test_a_mistyped_command_or_option_gets_a_suggestion(
    arguments: list[str], meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert capsys.readouterr().err.endswith(meant)


@pytest.mark.parametrize(
    "command", [["verify"], ["show", "--results=run.json"], ["repair"], ["rebaseline", "--because=x"]]
)
def test_a_mistyped_id_gets_a_suggestion(
    all_kinds: Any, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert all_kinds.nnspec("verify", "--results=run.json") == 0
    assert all_kinds.nnspec("verify") == 0
    capsys.readouterr()
    assert all_kinds.nnspec(*command, "hodls-1") == 2
    assert "did you mean 'holds-1'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("test_holds", ["holds-1"]),
        ("test_part_b", ["parts[b/c]"]),
        ("test_plain_fact", ["plain"]),
        ("parts", ["parts[a]", "parts[b/c]"]),
        ("parts[a]", ["parts[a]"]),
    ],
)
def test_a_function_of_a_file_is_named_as_pytest_names_it(
    all_kinds: Any, name: str, expected: list[str]
) -> None:
    wanted = f"spec/test_declared_1.py::{name}"
    assert all_kinds.nnspec("verify", wanted) == 0
    assert list(all_kinds.read("nnspec-results.json")) == expected
    assert list(all_kinds.records(wanted)) == expected


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("nnspec-results.json").write_text(json.dumps(results(judged("a", normal(0)))), encoding="utf-8")
    return tmp_path / "baselines"


@pytest.mark.parametrize(
    ("terminal", "answer", "code"),
    [
        (False, "y", 2),
        (True, "n", 2),
        (True, "", 2),
        (True, EOFError(), 2),
        (True, "y", 0),
        (True, "Yes ", 0),
    ],
)
def test_a_new_folder_of_baselines_is_asked_for(
    stored: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    terminal: bool,
    answer: Any,
    code: int,
) -> None:
    asked = []

    def answers(question: str) -> str:
        asked.append(question)
        if isinstance(answer, Exception):
            raise answer
        return str(answer)

    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: terminal))
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal)
    monkeypatch.setattr("builtins.input", answers)
    assert main(["rebaseline", "--all", "--because=first"]) == code
    assert len(asked) == terminal
    assert stored.exists() == (code == 0)
    assert code == 0 or "expected a folder that exists; --create makes it" in capsys.readouterr().err
    assert main(["rebaseline", "--all", "--because=again", "--create"]) == 0
    assert main(["rebaseline", "--all", "--because=third"]) == 0


@pytest.mark.parametrize(
    "address",
    ["localhost", "tcp://localhost", "localhost:", "localhost:0", "tcp://a:99999", "tcp://:8786", "a b:1"],
)
def test_an_address_without_host_or_port_is_refused_at_once(address: str) -> None:
    started = time.perf_counter()
    with pytest.raises(InvalidValue, match=r"such as tcp://127\.0\.0\.1:8786; it needs a host and a port"):
        backend(None, address)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    "address", ["localhost:8786", "tcp://10.0.0.1:8786", "tls://[::1]:8786", "ws://a.b-c:80"]
)
def test_an_address_with_host_and_port_is_taken(address: str) -> None:
    assert backend(None, address) == "dask"

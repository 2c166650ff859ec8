"""Wrong options, settings and environment variables: one line and exit code 2, and nothing is trained."""

from __future__ import annotations

import os
from typing import Any

import pytest

from spec.implementation.bad_inputs.cases import told

VERIFY: dict[str, tuple[list[str], str, str]] = {
    "budget empty": (["--budget="], "budget=''", "one of"),
    "budget misspelt": (["--budget=standart"], "budget='standart'", "did you mean 'standard'?"),
    "time a word": (["--time=long"], "time='long'", "a time of a second or more, such as 90s"),
    "time without a unit": (["--time=10"], "time='10'", "a time of a second or more, such as 90s"),
    "time and seeds": (["--time=10s", "--seeds=4"], "seeds, time=('4', '10s')", "one of them"),
    "seeds a word": (["--seeds=all"], "seeds='all'", "a number of seeds"),
    "seeds a fraction": (["--seeds=1.5"], "seeds='1.5'", "a number of seeds"),
    "seeds zero": (["--seeds=0"], "seeds='0'", "no seed is left"),
    "seeds backwards": (["--seeds=9-4"], "seeds='9-4'", "no seed is left"),
    "seeds twice": (["--seeds=4,4"], "seeds=[4, 4]", "every seed once"),
    "seeds too large": (["--seeds=4294967296,"], "seed=4294967296", "at most 4294967295"),
    "engine empty": (["--engine="], "engine=''", "one of keras, stacked"),
    "results in a file": (["--results=tox.ini/x"], "nnspec_results=", "a file in a folder that exists"),
    "results a folder": (["--results=spec"], "nnspec_results='spec'", "a file in a folder that exists"),
    "report a folder": (["--report=."], "nnspec_report='.'", "a file in a folder that exists"),
    "summary a folder": (["--summary=."], "nnspec_summary=", "a file in a folder that exists"),
    "summary nowhere": (["--summary=no/where.md"], "nnspec_summary=", "a file in a folder that exists"),
    "id unknown": (["no-such-claim"], "id='no-such-claim'", "the id of a claim that was collected"),
    "id and part": (["parts[c]"], "id='parts[c]'", "the id of a claim that was collected"),
    "results nowhere": (
        ["--results=no/such/folder.json"],
        "nnspec_results='no/such/folder.json'",
        "a file in",
    ),
    "report nowhere": (["--report=no/such/folder.html"], "nnspec_report='no/such/folder.html'", "a file in"),
    "engine unknown": (["--engine=torch"], "engine='torch'", "one of"),
    "seeds empty": (["--seeds="], "seeds=''", "a number of seeds"),
    "seeds below zero": (["--seeds=-1"], "seeds='-1'", "a number of seeds"),
    "file unknown": (["spec/nowhere.py"], "path='spec/nowhere.py'", "a file or folder that exists"),
}


def refused(project: Any, capsys: pytest.CaptureFixture[str], arguments: list[str], *parts: str) -> None:
    """Run the command line and check that it ends with one line and exit code 2 and trains nothing."""
    assert project.nnspec(*arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("nnspec: ")
    told(said.err.removeprefix("nnspec: ").rstrip("\n"), *parts)
    assert project.trainings == []
    assert not (project.path / "nnspec-results.json").exists()


@pytest.mark.parametrize("wrong", VERIFY)
def test_wrong_options_of_verify_are_refused(
    all_kinds: Any, capsys: pytest.CaptureFixture[str], wrong: str
) -> None:
    arguments, received, expected = VERIFY[wrong]
    refused(all_kinds, capsys, ["verify", *arguments], received, expected)


COMMANDS: dict[str, tuple[list[str], str, str]] = {
    "init nothing": (["init", ""], "folder=''", "the name of a folder"),
    "init file": (["init", "old.json"], "folder='old.json'", "a folder that can be written"),
    "claims nowhere": (["claims", "nowhere"], "path='nowhere'", "a file or folder that exists"),
    "claims budget": (["claims", "--power", "--budget=big"], "budget='big'", "one of"),
    "compare nothing": (["compare", "no.json"], "file='no.json'", "a file that can be read"),
    "compare nothing else": (["compare", "old.json", "no.json"], "file='no.json'", "a file that can be read"),
    "compare no baseline": (["compare", "old.json"], "folder='baselines/claims'", "a folder with baselines"),
    "compare level": (["compare", "old.json", "old.json", "--level=2"], "level=2.0", "at most 0.5"),
    "compare level NaN": (["compare", "old.json", "old.json", "--level=nan"], "level=nan", "finite"),
    "compare tolerance": (["compare", "old.json", "old.json", "--tolerance=1"], "tolerance=1.0", "benchmarks"),
    "compare level zero": (["compare", "old.json", "old.json", "--level", "0"], "level=0.0", "a finite number"),
    "compare markdown": (["compare", "old.json", "old.json", "--markdown=old.json/x"], "--markdown=", "can be written"),
    "report folder": (["report", "old.json", "-o", "."], "--output=", "a file that can be written"),
    "report nothing": (["report", "none.json"], "none.json", "a file that can be read"),
    "compare html": (["compare", "old.json", "old.json", "--html=."], "--html='.'", "can be written"),
    "report output": (["report", "old.json", "-o", "old.json/page"], "--output=", "a file that can be written"),
    "report baseline": (["report", "old.json", "--baseline=no"], "file='no'", "a file that can be read"),
    "show nothing": (["show", "no", "--results=old.json"], "id='no'", "an id of old.json"),
    "show figure": (["show", "holds-1", "--results=old.json", "--figure=x.doc"], "x.doc", ".png, .svg or .pdf"),
    "rebaseline silent": (["rebaseline", "--all"], "because=''", "a reason why the baseline changes"),
    "rebaseline nothing": (["rebaseline", "--because=so"], "ids=[]", "--all for every claim"),
    "rebaseline forget all": (["rebaseline", "--because=so", "--all", "--forget"], "", "ids of claims, or --all"),
    "rebaseline blank": (["rebaseline", "x", "--because", " \n"], "because=", "a reason why the baseline changes"),
    "rebaseline forget": (["rebaseline", "--forget", "x"], "because=''", "a reason why the baseline changes"),
    "rebaseline unread": (["rebaseline", "x", "--because=so", "--results=no.json"], "file='no.json'", "can be read"),
    "flakiness blocks": (["flakiness", "--blocks", "1"], "blocks=1", "at least two"),
    "flakiness budget": (["flakiness", "--budget", "huge"], "budget='huge'", "one of"),
    "flakiness nowhere": (["flakiness", "nowhere"], "path='nowhere'", "a file or folder that exists"),
    "flakiness cost": (["flakiness", "--blocks", "2", "--cost", "high"], "", "claims of high cost whose data are there"),
    "repair id": (["repair", "holds-10"], "id='holds-10'", "the id of a claim; did you mean"),
    "repair fact": (["repair", "plain"], "", "facts have no recipe"),
    "repair true": (["repair", "holds-1"], "", "a claim that is recorded as refuted or undecided; it holds"),
    "repair nowhere": (["repair", "parts", "nowhere/"], "path='nowhere/'", "a file or folder that exists"),
    "repair budget": (["repair", "parts", "--budget", "huge"], "budget='huge'", "one of"),
    "repair store": (["repair", "parts", "--store", "."], "--store='.'", "a file that can be written"),
    "rebaseline both": (["rebaseline", "--because=so", "--all", "x"], "ids=['x']", "ids of claims, or --all"),
    "rebaseline id": (["rebaseline", "--because=so", "x", "--results=old.json"], "id='x'", "an id of old.json"),
    "fetch a name": (["data", "fetch", "cifar"], "name='cifar'", "one of fashion_mnist, imdb, mnist"),
    "fetch a path": (["data", "fetch", "../mnist"], "name='../mnist'", "one of fashion_mnist, imdb, mnist"),
}  # fmt: skip


@pytest.mark.parametrize("wrong", COMMANDS)
def test_wrong_options_of_the_other_commands_are_refused(
    all_kinds: Any, capsys: pytest.CaptureFixture[str], wrong: str
) -> None:
    assert all_kinds.nnspec("verify", "--results=old.json", "--report=") == 0
    (all_kinds.path / "trainings.txt").unlink()
    capsys.readouterr()
    arguments, received, expected = COMMANDS[wrong]
    refused(all_kinds, capsys, arguments, received, expected)


SETTINGS: dict[str, tuple[dict[str, str], str, str]] = {
    "rate of one": ({"nnspec_error_rate": "1"}, "nnspec_error_rate=1", "at most 0.5"),
    "rate of zero": ({"nnspec_error_rate": "0"}, "nnspec_error_rate=0", "above 0"),
    "rate in words": ({"nnspec_error_rate": "low"}, "nnspec_error_rate='low'", "a number"),
    "rate NaN": ({"nnspec_error_rate": "nan"}, "nnspec_error_rate=nan", "a finite number"),
    "verdicts below zero": ({"nnspec_verdicts": "-1"}, "nnspec_verdicts=-1", "0 or more"),
    "half a verdict": ({"nnspec_verdicts": "1.5"}, "nnspec_verdicts=1.5", "0 or more"),
    "verdicts infinite": ({"nnspec_verdicts": "inf"}, "nnspec_verdicts=inf", "0 or more"),
    "fewer verdicts": ({"nnspec_verdicts": "3"}, "nnspec_verdicts=3", "at least 9, one for every claim"),
    "inventory missing": ({"nnspec_inventory": "no.txt"}, "nnspec_inventory='no.txt'", "a text file"),
    "inventory a folder": ({"nnspec_inventory": "spec"}, "nnspec_inventory='spec'", "a text file"),
}


@pytest.mark.parametrize("wrong", SETTINGS)
def test_wrong_settings_are_refused(all_kinds: Any, capsys: pytest.CaptureFixture[str], wrong: str) -> None:
    settings, received, expected = SETTINGS[wrong]
    all_kinds.configure(**settings)
    refused(all_kinds, capsys, ["verify"], received, expected)


@pytest.mark.parametrize("folder", ["tox.ini", "tox.ini/store", "/proc/nnspec/store", "\x01" * 300])
def test_a_store_that_cannot_be_is_refused_before_anything_is_judged(
    all_kinds: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    monkeypatch.setenv("NNSPEC_STORE", folder)
    refused(all_kinds, capsys, ["verify"], "store=", "a folder that can be written")


@pytest.mark.parametrize("folder", ["nowhere", "tox.ini", "\x01" * 300])
def test_a_data_folder_that_is_none_skips_what_needs_it_with_the_remedy(
    project: Any, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    monkeypatch.setenv("NNSPEC_DATA", folder)
    project.declare(
        "from nnspec import MNIST\ntest_x = declare('needs-mnist', ALWAYS.with_(data=MNIST()))\n"
        "test_y = declare('needs-none', ALWAYS)"
    )
    found = project.records()
    assert found["needs-none"]["verdict"] == "holds"
    assert found["needs-mnist"]["verdict"] == "skipped"
    assert "run `nnspec data fetch mnist`, or set NNSPEC_DATA" in found["needs-mnist"]["message"]


def test_without_a_home_the_store_is_still_found_or_refused(
    all_kinds: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NNSPEC_STORE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/proc/no/home")
    refused(all_kinds, capsys, ["verify"], "store='/proc/no/home", "set NNSPEC_STORE to a folder")
    monkeypatch.setenv("NNSPEC_STORE", str(all_kinds.path / "store"))
    assert all_kinds.nnspec("verify") == 0


@pytest.mark.parametrize("command", [["flakiness", "--output", "."], ["repair", "parts", "--json", "."]])
def test_a_record_that_cannot_be_kept_is_one_line(
    all_kinds: Any, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    assert all_kinds.nnspec(*command) == 2
    said = capsys.readouterr().err.removeprefix("nnspec: ").rstrip("\n")
    told(said, f"{command[-2].removeprefix('--')}='.'", "a file that can be written")


def test_an_unknown_option_is_wrong_usage(all_kinds: Any, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["verify", "--sedes=4"], ["verfy"], ["compare"], ["compare", "a", "--level=low"]):
        with pytest.raises(SystemExit) as stopped:
            all_kinds.nnspec(*arguments)
        assert stopped.value.code == 2
        assert "Traceback" not in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() == 0, reason="for the superuser no folder is read-only")
def test_a_folder_that_is_read_only_is_refused(all_kinds: Any, capsys: pytest.CaptureFixture[str]) -> None:
    store = all_kinds.path / "store"
    store.mkdir(mode=0o500)
    refused(all_kinds, capsys, ["verify"], "store=", "a folder that can be written")

"""SIGTERM, as a cancelled job gets it: ends like Ctrl-C, with exit code 143, and nothing done is lost."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("heeded_signals")

# the second claim waits in its predicate as in a training, and tells by a file that it does
WAITING = """
import os, sys, time
from pathlib import Path

def waits(runs):
    "Waits."
    Path(f"waiting-{os.getpid()}").touch()
    time.sleep(60)

test_x = declare('first', ALWAYS)
test_y = declare('second', ALWAYS, waits)
"""
TRAINING = """
def waits_in_training(runs):
    "Waits."
    return runs.accuracy > 0.5

test_x = declare('first', Recipe(Circles(n_samples=20), [Dense(1)], "binary_crossentropy", SGD(0.5),
                 epochs=10**6, metrics=["accuracy"]), waits_in_training)
"""
VERIFY = [sys.executable, "-m", "nnspec", "verify"]
PYTEST = [sys.executable, "-m", "pytest", "-p", "nnspec.pytest_plugin", "-p", "no:cacheprovider"]
OPTIONS = ("budget=standard", "results=nnspec-results.json", "report=nnspec-report.html")
PYTEST += [f"--nnspec-{option}" for option in OPTIONS]
SCRIPT = "import sys; from nnspec.commands.main import main; sys.exit(main())"  # as it is installed
PRESSES = """
import os, signal, sys

class Presses:
    def find_spec(self, name, path=None, target=None):
        if name == "nnspec.commands.data":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Presses())
"""
GO_ON = "interrupted; run the same command again to go on: what was trained is kept"


def begun(project, command: list[str], waiting: int = 1) -> subprocess.Popen[str]:
    """Start a command and wait until so many processes are where they wait."""
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    process = subprocess.Popen(command, cwd=project.path, text=True, start_new_session=True, **output)  # noqa: S603
    end = time.monotonic() + 60
    while len(list(project.path.glob("waiting-*"))) < waiting:
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < end
        time.sleep(0.05)
    return process


def ended(process: subprocess.Popen[str], seconds: float = 30) -> tuple[int, str]:
    """Return exit code and output of a process that has been told to end."""
    try:
        output, _ = process.communicate(timeout=seconds)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    return process.returncode, output


@pytest.fixture
def waiting(project):
    project.declare(WAITING)
    project.stand_in_for_workers()
    return project


@pytest.mark.parametrize("to", ["the process", "the group"])
@pytest.mark.parametrize("command", [VERIFY, PYTEST])
def test_what_was_judged_is_written_and_how_to_go_on_is_said(waiting, command, to):
    process = begun(waiting, command)
    (os.kill if to == "the process" else os.killpg)(process.pid, signal.SIGTERM)
    code, output = ended(process)
    assert code == 143
    assert GO_ON in output
    assert list(waiting.read("nnspec-results.json")) == ["first"]
    assert "first" in (waiting.path / "nnspec-report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [VERIFY, PYTEST])
def test_a_terminal_that_is_closed_ends_a_run_as_sigterm_does(waiting, command):
    process = begun(waiting, command)
    os.kill(process.pid, signal.SIGHUP)
    code, output = ended(process)
    assert code == 129
    assert GO_ON in output
    assert list(waiting.read("nnspec-results.json")) == ["first"]


def test_who_loses_the_terminal_that_would_tell_has_the_results_all_the_same(waiting):
    terminal, own = os.openpty()
    streams = {"stdin": own, "stdout": own, "stderr": own}
    process = subprocess.Popen(VERIFY, cwd=waiting.path, start_new_session=True, **streams)  # noqa: S603
    os.close(own)
    end = time.monotonic() + 60
    while not list(waiting.path.glob("waiting-*")):
        assert time.monotonic() < end
        time.sleep(0.05)
    os.close(terminal)
    os.kill(process.pid, signal.SIGHUP)
    assert process.wait(timeout=10) == 129
    assert list(waiting.read("nnspec-results.json")) == ["first"]


@pytest.mark.parametrize("command", [["-m", "nnspec"], ["-c", SCRIPT]])
def test_ctrl_c_while_nnspec_is_imported_is_one_line(nowhere, monkeypatch, tmp_path, command):
    # the hook of imports presses Ctrl-C where a module of the commands is looked for
    (tmp_path / "sitecustomize.py").write_text(PRESSES)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    done = subprocess.run(  # noqa: S603
        [sys.executable, *command, "--version"], capture_output=True, text=True, cwd=nowhere
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "nnspec: interrupted\n")


@pytest.mark.parametrize(("command", "code"), [(VERIFY, 130), (PYTEST, 2)])
def test_ctrl_c_has_the_exit_code_that_it_had(waiting, command, code):
    process = begun(waiting, command)
    os.kill(process.pid, signal.SIGINT)
    assert ended(process)[0] == code


@pytest.mark.parametrize("command", [VERIFY, PYTEST])
@pytest.mark.parametrize("signals", [[signal.SIGTERM] * 3, [signal.SIGINT, signal.SIGTERM]])
def test_who_is_ended_twice_writes_all_the_same(waiting, command, signals):
    process = begun(waiting, command)
    for number in signals:
        os.kill(process.pid, number)
        time.sleep(0.02)
    code, _ = ended(process)
    assert code in ((143,) if signals[0] == signal.SIGTERM else (130, 2))
    assert list(waiting.read("nnspec-results.json")) == ["first"]


@pytest.mark.parametrize("to", ["the process", "the group", "a worker"])
def test_the_processes_of_xdist_end_too(waiting, to):
    process = begun(waiting, [*PYTEST, "-n", "1"])
    time.sleep(0.5)  # until the report on the first claim has arrived
    worker = int(next(waiting.path.glob("waiting-*")).name.partition("-")[2])
    if to == "the group":
        os.killpg(process.pid, signal.SIGTERM)
    else:
        os.kill(worker if to == "a worker" else process.pid, signal.SIGTERM)
    code, output = ended(process, 30)  # which the claim that waits would outlast
    assert code == (143 if to != "a worker" else 2), output
    assert list(waiting.read("nnspec-results.json")) == ["first"]
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def children(process: int) -> list[int]:
    """Return the processes that a process has started."""
    threads = Path(f"/proc/{process}/task").glob("*/children")
    return [int(pid) for thread in threads for pid in thread.read_text().split()]


@pytest.mark.parametrize("send", [os.kill, os.killpg])
@pytest.mark.parametrize("command", [VERIFY, PYTEST])
def test_processes_that_train_end_within_a_second(project, command, send):
    project.declare(TRAINING)
    process = begun(project, command, waiting=0)
    end = time.monotonic() + 60
    while not (trains := [pid for pid in children(process.pid) if b"spawn_main" in cmdline(pid)]):
        assert time.monotonic() < end
        time.sleep(0.05)
    send(process.pid, signal.SIGTERM)
    time.sleep(1)
    assert [pid for pid in trains if b"spawn_main" in cmdline(pid)] == []
    code, output = ended(process)
    assert code == 143
    assert GO_ON in output
    assert not (project.path / "nnspec-results.json").exists()  # nothing was judged, nothing is an error


def cmdline(process: int) -> bytes:
    """Return the command of a process, empty of one that has ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def test_a_file_that_takes_long_to_import_is_ended_by_what_lists_it(project):
    project.declare(
        "Path = __import__('pathlib').Path\nPath('waiting-1').touch()\n__import__('time').sleep(60)\n"
    )
    process = begun(project, [sys.executable, "-m", "nnspec", "claims"])
    os.kill(process.pid, signal.SIGTERM)
    assert ended(process) == (143, "nnspec: interrupted\n")


def terminate(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(1)


@pytest.mark.parametrize(
    ("command", "remedy"),
    [
        (["repair", "half"], "; run the same command again to go on: what was trained is kept"),
        (["flakiness", "--blocks", "2"], "; run the same command again to go on: what was trained is kept"),
        (["calibrate"], ""),
    ],
)
def test_other_commands_end_like_ctrl_c_too(project, capsys, monkeypatch, command, remedy):
    project.declare('test_half = declare("half", HALF, verdict="refuted")')
    monkeypatch.chdir(project.path)
    for work in ("repair.search.repair", "flakiness.reruns.rerun", "calibration.record.measure"):
        monkeypatch.setattr(f"nnspec.studies.{work}", terminate)
    assert project.nnspec(*command) == 143
    assert capsys.readouterr().err == f"nnspec: interrupted{remedy}\n"


def test_the_results_of_a_run_that_was_ended_say_what_was_judged(waiting):
    process = begun(waiting, VERIFY)
    process.send_signal(signal.SIGTERM)
    assert ended(process)[0] == 143
    found = json.loads((waiting.path / "nnspec-results.json").read_text())
    assert [claim["verdict"] for claim in found["claims"]] == ["holds"]

"""Downloading: complete, truncated, corrupted, interrupted and resumed, from a server on loopback."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from nnspec.data import download as module
from nnspec.data.download import DownloadFailed, download
from spec.implementation.data.data_samples import Server

BODY = np.random.default_rng(5).bytes(300_000)
HASH = hashlib.sha256(BODY).hexdigest()
HALF = 150_000


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("no_proxy", "*")
    with Server() as running:
        running.files["file.npz"] = BODY
        yield running


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file.npz"


def partial(path: Path) -> Path:
    return path.with_name("file.npz.partial")


@pytest.mark.parametrize("file_hash", [HASH, HASH.upper(), hashlib.md5(BODY).hexdigest(), None])  # noqa: S324
def test_a_file_is_downloaded_whole_and_only_once(server: Server, path: Path, file_hash: str | None) -> None:
    seen = []
    for _ in range(2):
        download(server.url + "file.npz", path, file_hash, lambda *progress: seen.append(progress))
    assert path.read_bytes() == BODY
    assert seen[-1] == ("file.npz", len(BODY), len(BODY))
    assert server.asked == [("file.npz", None)]
    assert not partial(path).exists()


def test_progress_does_without_a_length(server: Server, path: Path) -> None:
    server.says_length = False
    seen = []
    download(server.url + "file.npz", path, HASH, lambda *progress: seen.append(progress))
    assert seen[-1] == ("file.npz", len(BODY), None)


def test_a_truncated_download_says_so_and_is_resumed(server: Server, path: Path) -> None:
    server.cut = HALF
    message = rf"the connection ended before the {len(BODY)} bytes .*; received {HALF} bytes; run the command"
    with pytest.raises(DownloadFailed, match=message):
        download(server.url + "file.npz", path, HASH)
    assert not path.exists()
    assert partial(path).read_bytes() == BODY[:HALF]
    server.cut = None
    seen = []
    download(server.url + "file.npz", path, HASH, lambda *progress: seen.append(progress))
    assert path.read_bytes() == BODY
    assert server.asked[1:] == [("file.npz", f"bytes={HALF}-")]
    assert all(done > HALF for _, done, _ in seen)
    assert seen[-1] == ("file.npz", len(BODY), len(BODY))


def test_a_download_that_the_user_interrupts_is_resumed(server: Server, path: Path) -> None:
    def interrupt(name: str, done: int, total: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        download(server.url + "file.npz", path, HASH, interrupt)
    had = partial(path).stat().st_size
    assert 0 < had < len(BODY)
    download(server.url + "file.npz", path, HASH)
    assert path.read_bytes() == BODY
    assert server.asked[1:] == [("file.npz", f"bytes={had}-")]


def test_a_server_that_knows_no_ranges_sends_all_again(server: Server, path: Path) -> None:
    partial(path).write_bytes(BODY[:HALF])
    server.ranges = False
    download(server.url + "file.npz", path, HASH)
    assert path.read_bytes() == BODY


@pytest.mark.parametrize("had", [BODY, BODY + b"more"])
def test_a_partial_file_that_is_too_long_is_downloaded_anew(server: Server, path: Path, had: bytes) -> None:
    partial(path).write_bytes(had)
    download(server.url + "file.npz", path, HASH)
    assert path.read_bytes() == BODY
    assert server.asked == [("file.npz", f"bytes={len(had)}-"), ("file.npz", None)]


def test_another_part_than_was_asked_for_is_not_appended(server: Server, path: Path) -> None:
    partial(path).write_bytes(BODY[:HALF])
    server.shifted = 1
    download(server.url + "file.npz", path, HASH)
    assert path.read_bytes() == BODY
    assert server.asked[1:] == [("file.npz", None)]


@pytest.mark.parametrize("resumed", [False, True])
def test_a_corrupted_download_is_deleted_and_the_next_one_is_right(
    server: Server, path: Path, resumed: bool
) -> None:
    if resumed:
        partial(path).write_bytes(b"x" + BODY[1:HALF])
    else:
        server.files["file.npz"] = BODY[:-1] + b"x"
    with pytest.raises(DownloadFailed, match=f"received sha256 .*, expected {HASH}; it was deleted, run"):
        download(server.url + "file.npz", path, HASH)
    assert list(path.parent.iterdir()) == []
    server.files["file.npz"] = BODY
    download(server.url + "file.npz", path, HASH)
    assert path.read_bytes() == BODY


def test_a_file_that_was_damaged_later_is_downloaded_again(server: Server, path: Path) -> None:
    path.write_bytes(BODY[:-1])
    download(server.url + "file.npz", path, HASH)
    assert path.read_bytes() == BODY


def test_a_server_that_falls_silent_is_given_up(
    server: Server, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SECONDS_OF_SILENCE", 0.2)
    server.silent = True
    with pytest.raises(DownloadFailed, match=r"timed out; received 0 bytes; run the command again"):
        download(server.url + "file.npz", path, HASH)


def test_a_server_that_sends_on_for_ever_does_not_fill_the_disk(
    server: Server, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", HALF)
    with pytest.raises(DownloadFailed, match=f"and more; expected at most {HALF}"):
        download(server.url + "file.npz", path, HASH)
    assert list(path.parent.iterdir()) == []


def test_a_server_that_is_not_there_or_has_no_such_file_is_named(server: Server, path: Path) -> None:
    with pytest.raises(DownloadFailed, match=r"/nope.npz: the server answered 404 Not Found"):
        download(server.url + "nope.npz", path, HASH)
    server.__exit__()
    with pytest.raises(DownloadFailed, match=r"/file.npz: .*refused; received 0 bytes"):
        download(server.url + "file.npz", path, HASH)


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://host/file", "/etc/hostname", ""])
def test_only_web_servers_are_asked(path: Path, url: str) -> None:
    with pytest.raises(DownloadFailed, match="expected an address that starts with https://"):
        download(url, path, None)
    assert not path.exists()


def test_a_folder_that_cannot_be_written_is_named(server: Server, tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed, match=r"cannot write .*file.npz.partial"):
        download(server.url + "file.npz", tmp_path / "nowhere" / "file.npz", HASH)

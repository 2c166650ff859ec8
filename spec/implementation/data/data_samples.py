"""Small data sets in the published and in the stored form, and a server on loopback that sends them."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnspec.data import dataset as base
from nnspec.data import downloaded
from nnspec.data import files as data_files
from nnspec.data.files import DataFile

WORDS = {"the": 1, "and": 2, "a": 3, "film": 4, "dull": 5, "fine": 6}
REVIEWS = {  # as Keras publishes them: ranks by frequency, without the start and the offset
    "train": [[1, 4, 6], [3], [5, 5, 4, 1, 2], [6, 7], [2, 2]],
    "test": [[4], [1, 2, 3], [7, 5]],
}
LABELS = {"train": [1, 0, 0, 1, 1], "test": [1, 0, 0]}


def small_images(seed: int) -> dict[str, np.ndarray]:
    draw = np.random.default_rng(seed)
    sizes = {"train": 20, "test": 10}
    images = {f"x_{p}": draw.integers(0, 256, (n, 28, 28), np.uint8) for p, n in sizes.items()}
    return images | {f"y_{p}": np.arange(n, dtype=np.uint8) % 10 for p, n in sizes.items()}


def small_reviews() -> dict[str, np.ndarray]:
    """Return what Keras makes of REVIEWS: shuffled, 3 added, 1 in front, the highest word (7 + 3) unknown."""
    arrays: dict[str, np.ndarray] = {}
    shuffling = np.random.RandomState(113)  # Keras's
    for part, reviews in REVIEWS.items():
        order = np.arange(len(reviews))
        shuffling.shuffle(order)
        shuffled = [[1, *(word + 3 if word < 7 else 2 for word in reviews[i])] for i in order]
        arrays[f"x_{part}_words"] = np.concatenate(shuffled).astype(np.uint32)
        arrays[f"x_{part}_len"] = np.array([len(review) for review in shuffled], np.int32)
        arrays[f"y_{part}"] = np.array(LABELS[part], np.uint8)[order]
    return arrays


STORED = {"mnist.npz": small_images(1), "fashion_mnist.npz": small_images(2), "imdb.npz": small_reviews()}


def npz(**arrays: Any) -> bytes:
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)
    return stream.getvalue()


def published() -> dict[str, bytes]:
    """Return the files as Keras downloads them."""
    fashion = STORED["fashion_mnist.npz"]
    files = {"mnist.npz": npz(**STORED["mnist.npz"]), "imdb_word_index.json": json.dumps(WORDS).encode()}
    for part, name in (("train", "train"), ("test", "t10k")):
        files[f"{name}-images-idx3-ubyte.gz"] = gzip.compress(bytes(16) + fashion[f"x_{part}"].tobytes())
        files[f"{name}-labels-idx1-ubyte.gz"] = gzip.compress(bytes(8) + fashion[f"y_{part}"].tobytes())
    reviews = {f"x_{part}": np.array(found, dtype=object) for part, found in REVIEWS.items()}
    labels = {f"y_{part}": np.array(found) for part, found in LABELS.items()}
    return files | {"imdb.npz": npz(**reviews, **labels)}


@contextmanager
def small_data(folder: Path, monkeypatch: pytest.MonkeyPatch, stored: bool) -> Iterator[Path]:
    """Let nnspec know the small files in the place of the real ones, and store them in the folder."""
    known = {
        name: DataFile(
            name.removesuffix(".npz"),
            name,
            data_files.checksum(arrays),
            tuple((key, str(array.dtype), array.shape) for key, array in arrays.items()),
        )
        for name, arrays in STORED.items()
    }
    words = json.dumps(WORDS).encode()
    sha256 = hashlib.sha256(words).hexdigest()
    known["imdb_word_index.json"] = DataFile("imdb", "imdb_word_index.json", sha256, size=len(words))
    if stored:
        for name, arrays in STORED.items():
            (folder / name).write_bytes(npz(**arrays))
        (folder / "imdb_word_index.json").write_bytes(words)
    monkeypatch.setattr(data_files, "FILES", known)
    monkeypatch.setattr("nnspec.data.fetch.FILES", known)
    monkeypatch.setenv("NNSPEC_DATA", str(folder))
    forget_arrays()
    yield folder
    forget_arrays()


def forget_arrays() -> None:
    for kept in (base.KEPT, downloaded._scaled, downloaded._bags):
        kept.forget()
    data_files._read_once.cache_clear()


class Server:
    """A web server on loopback: `files` by name, and how it misbehaves."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.cut: int | None = None  # bytes after which it hangs up
        self.silent = False
        self.ranges = True
        self.shifted = 0  # bytes by which it misses the part that was asked for
        self.says_length = True
        self.asked: list[tuple[str, str | None]] = []  # names and ranges
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}/"

    def __enter__(self) -> Server:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.silent = False
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # the name that http.server calls
                server._answer(self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        name, wanted = request.path.removeprefix("/"), request.headers["Range"]
        self.asked.append((name, wanted))
        while self.silent:
            time.sleep(0.01)
        if name not in self.files:
            request.send_error(404)
            return
        body, start = self.files[name], 0
        if wanted and self.ranges:
            start = int(wanted.removeprefix("bytes=").removesuffix("-")) + self.shifted
            if start >= len(body):
                request.send_error(416)
                return
            request.send_response(206)
            request.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        else:
            request.send_response(200)
        if self.says_length:
            request.send_header("Content-Length", str(len(body) - start))
        request.end_headers()
        request.wfile.write(body[start:][: self.cut])

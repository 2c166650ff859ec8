"""A file from a web server: whole or not at all, verified, and resumed where an earlier attempt stopped."""

from __future__ import annotations

import hashlib
import http.client
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from nnspec.basics.errors import NnspecError

SECONDS_OF_SILENCE = 30.0  # after which a server counts as gone
MOST_BYTES = 1 << 30  # ten times the largest file; a server that sends on for ever must not fill the disk
_PIECE = 1 << 16

Progress = Callable[[str, int, int | None], None]


class DownloadFailed(NnspecError):
    """A file that could not be downloaded, with what was received, what was expected and what to do."""


def download(
    url: str, path: Path, file_hash: str | None, progress: Progress = lambda name, done, total: None
) -> None:
    """Download `url` to `path`, unless it is there; what was received before is kept in `path`.partial.

    `file_hash` is an MD5 or SHA-256 in hexadecimal digits. `progress` is called with the name of the
    file, the bytes received and the bytes expected, None where the server does not say.

    Raises
    ------
    DownloadFailed
        If the server cannot be reached, falls silent, stops too early, or what it sent has another
        hash. What was received is kept for the next attempt, except where it is wrong.
    """
    if not url.startswith(("http://", "https://")):
        raise DownloadFailed(f"url={url!r}; expected an address that starts with https://")
    if path.exists() and _problem(path, file_hash) is None:
        return
    partial = path.with_name(path.name + ".partial")
    try:
        if not _receive(url, partial, progress):
            partial.unlink(missing_ok=True)
            if not _receive(url, partial, progress):
                raise DownloadFailed(f"{url}: the server sent another part of the file than was asked for")
    except urllib.error.HTTPError as error:
        error.close()
        raise DownloadFailed(f"{url}: the server answered {error.code} {error.reason}; try later") from None
    except (OSError, http.client.HTTPException) as error:
        if getattr(error, "filename", None):
            raise DownloadFailed(f"cannot write {partial}: {error}; free or choose another folder") from None
        reason = getattr(error, "reason", None) or error
        received = f"received {partial.stat().st_size if partial.exists() else 0} bytes"
        again = "run the command again, it goes on from there"
        raise DownloadFailed(f"{url}: {reason}; {received}; {again}") from None
    if problem := _problem(partial, file_hash):
        partial.unlink()
        raise DownloadFailed(f"{url}: {problem}; it was deleted, run the command again")
    partial.replace(path)


def _receive(url: str, partial: Path, progress: Progress) -> bool:
    """Append the rest of the file to `partial`, or all of it; return False if that cannot be appended to."""
    done = partial.stat().st_size if partial.exists() else 0
    headers = {"User-Agent": "nnspec"} | ({"Range": f"bytes={done}-"} if done else {})
    request = urllib.request.Request(url, headers=headers)  # noqa: S310  # download() has checked the scheme
    try:
        response = urllib.request.urlopen(request, timeout=SECONDS_OF_SILENCE)  # noqa: S310  # likewise
    except urllib.error.HTTPError as error:
        if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and done:
            error.close()
            return False
        raise
    with response:
        resumed = response.status == http.HTTPStatus.PARTIAL_CONTENT
        if resumed and not str(response.headers["Content-Range"]).startswith(f"bytes {done}-"):
            return False
        done = done if resumed else 0
        length = response.headers["Content-Length"]
        total = done + int(length) if length and re.fullmatch(r"\d{1,15}", length) else None
        with partial.open("ab" if resumed else "wb") as file:
            while piece := response.read(_PIECE):
                file.write(piece)
                done += len(piece)
                progress(partial.stem, done, total)
                if done > MOST_BYTES:
                    break
    if done > MOST_BYTES:
        partial.unlink()
        raise DownloadFailed(f"{url}: received {done} bytes and more; expected at most {MOST_BYTES}")
    if total is not None and done != total:
        raise http.client.HTTPException(f"the connection ended before the {total} bytes that were expected")
    return True


def _problem(path: Path, file_hash: str | None) -> str | None:
    """Return how the hash of a file differs from the expected one, None if it does not."""
    if file_hash is None:
        return None
    algorithm = "sha256" if len(file_hash) == 64 else "md5"
    with path.open("rb") as file:
        found = hashlib.file_digest(file, algorithm).hexdigest()
    return None if found == file_hash.lower() else f"received {algorithm} {found}, expected {file_hash}"

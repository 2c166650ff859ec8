"""Whether code read what nothing tells it of: files of its own, a network, other processes.

Python tells whoever has asked of every file that it opens (PEP 578), all threads together; libraries that
open one in C are not seen.
"""

from __future__ import annotations

import contextlib
import functools
import os
import site
import sys
import types
from collections.abc import Iterator
from pathlib import Path

_EVENTS = (
    *("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec"),
    *("os.posix_spawn", "sqlite3.connect"),
)
_FILES = ("open", "os.listdir", "os.scandir")
_ABOUT_THE_MACHINE = ("/dev/", "/proc/", "/sys/", "/etc/")
_watching: list[_Watch] = []


class _Watch:
    """What was read from outside since it began, as sentences."""

    def __init__(self, inside: tuple[str, ...]) -> None:
        self.inside = (*inside, *_ABOUT_THE_MACHINE)
        self.written: set[str] = set()
        self.made: set[str] = set()  # folders
        self.read: list[str] = []

    def told(self, event: str, args: tuple[object, ...]) -> None:
        """Take what Python tells of an event."""
        if event == "os.mkdir":
            self.made.add(_folder(os.fsdecode(args[0])))  # type: ignore[arg-type]  # a path
            return
        if event not in _FILES:
            self._note(event)
            return
        if isinstance(args[0], int):
            return  # by its number a file is open already
        path = os.path.realpath(os.fsdecode(args[0] or "."))  # type: ignore[arg-type]  # a path
        flags = args[2] if len(args) > 2 and isinstance(args[2], int) else 0
        if flags & (os.O_TRUNC | os.O_EXCL):
            self.written.add(path)
        elif flags & os.O_ACCMODE == os.O_WRONLY:
            return  # what is there is not read by who appends to it
        elif path not in self.written and not _folder(path).startswith((*self.inside, *self.made)):
            self._note(path if Path(path).exists() else "")

    def _note(self, what: str) -> None:
        """Note what was read, but for what an import looks for: what is installed is told by its version."""
        frame: types.FrameType | None = sys._getframe(2)
        while frame is not None:
            if frame.f_code.co_filename.startswith("<frozen importlib"):
                return
            frame = frame.f_back
        if what:  # a file that is not there was not read
            self.read.append(what)


@contextlib.contextmanager
def read_outside(*inside: Path) -> Iterator[list[str]]:
    """Give a list that has, at the end, what was read inside that is neither a library's nor written there.

    What is in the folders `inside`, and files that stand among them, do not count.
    """
    _listen()
    watch = _Watch((*_libraries(), *map(_folder, inside)))
    _watching.append(watch)
    try:
        yield watch.read
    finally:
        _watching.remove(watch)


@functools.cache
def _libraries() -> tuple[str, ...]:
    """Return the folders of Python, of its libraries and of nnspec, and where libraries keep their own."""
    import platformdirs

    home = Path.home()
    folders = [sys.prefix, sys.base_prefix, *site.getsitepackages(), site.getusersitepackages()]
    folders += [str(Path(__file__).parent.parent), str(home / ".keras"), str(home / ".config" / "matplotlib")]
    folders += [str(Path(platformdirs.user_cache_dir("matplotlib"))), "/usr/share", "/usr/lib"]
    return tuple(map(_folder, folders))


def _folder(path: str | Path) -> str:
    """Return a path without links, with the slash behind it that keeps `/a/b` from being in `/a/bc`."""
    return f"{os.path.realpath(path)}{os.sep}"


@functools.cache
def _listen() -> None:
    """Ask Python, once and for all, to tell of events.

    What is raised here would be raised by whoever opens the file, and some swallow it: `importlib.metadata`
    then knows no package any more. So what cannot be told counts as read.
    """
    wanted = {"os.mkdir", *_FILES, *_EVENTS}

    def told(event: str, args: tuple[object, ...]) -> None:
        if _watching and event in wanted:
            for watch in tuple(_watching):
                try:
                    watch.told(event, args)
                except Exception:
                    watch.read.append(event)

    sys.addaudithook(told)

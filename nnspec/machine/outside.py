"""What code reads that nothing tells it of: files of its own, a network, other processes.

Python tells whoever has asked of every file that it opens (PEP 578), all threads together. Of libraries that
open files in C, HDF5 and TensorFlow's file system are made to tell it too; others are not seen.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.metadata
import linecache
import os
import site
import sys
import types
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from nnspec.machine.opened_in_c import tell_of_files

_EVENTS = (
    *("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec"),
    *("os.posix_spawn", "sqlite3.connect"),
)
_FILES = ("open", "os.listdir", "os.scandir")
_ABOUT_THE_MACHINE = ("/dev/", "/proc/", "/sys/", "/etc/")
# who reads code and what is installed, which are told by themselves
_IMPORTS = ("<frozen importlib", str(Path(importlib.metadata.__file__).parent), linecache.__file__)
_watching: list[_Watch] = []

Signature = tuple[int, int, int] | None  # of a file, by which it is seen that it was changed; None of none
Told = tuple[str, str, Signature]  # the event, and of a file or folder the path and its signature then
Found = Callable[[str, str, Signature], None]


class _Watch:
    """Tells `found` of all that is read: the event, and of a file or folder the path and its signature then.

    `of_training` is whether data of recipes are left out, whose arrays are known by their checksums.
    """

    def __init__(self, found: Found, inside: tuple[str, ...], *, of_training: bool) -> None:
        self.found, self.of_training = found, of_training
        self.inside = (*inside, *_ABOUT_THE_MACHINE)
        self.paused = 0
        self.written: set[str] = set()
        self.made: set[str] = set()  # folders

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
        given = str(Path(os.fsdecode(args[0] or ".")).absolute())  # type: ignore[arg-type]  # a path
        path = os.path.realpath(given)
        flags = args[2] if len(args) > 2 and isinstance(args[2], int) else 0
        if flags & (os.O_TRUNC | os.O_EXCL):
            self.written.add(path)
        elif flags & os.O_ACCMODE == os.O_WRONLY:
            return  # what is there is not read by who appends to it
        elif path not in self.written and not _folder(path).startswith((*self.inside, *self.made)):
            self._note(event, given)

    def _note(self, event: str, path: str = "") -> None:
        """Note what was read, but for what an import looks for: what is installed is told by its version."""
        frame: types.FrameType | None = sys._getframe(2)
        while frame is not None:
            if frame.f_code.co_filename.startswith(_IMPORTS):
                return
            frame = frame.f_back
        self.found(event, path, signature(path) if path else None)


@contextlib.contextmanager
def watching(found: Found, *inside: Path, of_training: bool = False) -> Iterator[None]:
    """Tell `found` of all that is read meanwhile that is neither a library's nor written there.

    What is in the folders `inside`, and files that stand among them, do not count; files that are not there
    do, without a signature. What libraries keep in the home folder counts for a training alone.
    """
    _listen()
    tell_of_files()
    kept = () if of_training else _kept_by_libraries()
    watch = _Watch(found, (*_libraries(), *kept, *map(_folder, inside)), of_training=of_training)
    _watching.append(watch)
    try:
        yield
    finally:
        _watching.remove(watch)


@contextlib.contextmanager
def read_outside(*inside: Path) -> Iterator[list[str]]:
    """Give a list that has, at the end, what was read, as `watching` finds it; files that were there."""
    read: list[str] = []

    def found(event: str, path: str, then: Signature) -> None:
        if not path or then is not None:
            read.append(path or event)

    with watching(found, *inside):
        yield read


@contextlib.contextmanager
def unwatched(*, data: bool = False) -> Iterator[None]:
    """Let what is read meanwhile not count, or for a training alone where it is `data` of a recipe."""
    paused = [one for one in _watching if one.of_training or not data]
    for one in paused:
        one.paused += 1
    try:
        yield
    finally:
        for one in paused:
            one.paused -= 1


def tell_of(read: Iterable[Told]) -> None:
    """Tell trainings of what was read before, and is used now."""
    for watch in tuple(_watching):
        if watch.of_training and not watch.paused:
            for told in read:
                watch.found(*told)


def tell_what_trainings_read(record: Collection[str]) -> None:
    """Tell whoever watches anything else than a training that one has read something, if it has."""
    for watch in tuple(_watching):
        if record and not watch.of_training:
            watch.found("a training", "", None)


def signature(path: str) -> Signature:
    """Return by what it is seen that a file or folder was changed, None where there is none."""
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


@functools.cache
def _libraries() -> tuple[str, ...]:
    """Return the folders of Python, of its libraries and of nnspec."""
    folders = [sys.prefix, sys.base_prefix, *site.getsitepackages(), site.getusersitepackages()]
    folders += [str(Path(__file__).parent.parent), "/usr/share", "/usr/lib"]
    return tuple(map(_folder, folders))


@functools.cache
def _kept_by_libraries() -> tuple[str, ...]:
    """Return the folders where libraries keep their own."""
    import platformdirs

    home = Path.home()
    caches = platformdirs.user_cache_dir("matplotlib")
    folders = [home / ".keras", home / ".config" / "matplotlib", Path(caches)]
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
                if watch.paused:
                    continue
                try:
                    watch.told(event, args)
                except Exception:
                    watch.found(event, "", None)

    sys.addaudithook(told)

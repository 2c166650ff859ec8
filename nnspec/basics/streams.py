"""Standard output whose reader has gone, whose disk is full, that is closed, or that takes few letters."""

from __future__ import annotations

import codecs
import io
import os
import sys
import unicodedata
from typing import TextIO

READER_GONE = 141  # as shells tell it: 128 and the number of SIGPIPE
HUNG_UP = 129  # 128 and the number of SIGHUP: the terminal has gone, and all that is written to it
NOT_TOLD = 74  # an error of input or output, as sysexits.h has it
# of the same width where that can be, so that tables stay tables
_SYMBOLS = "✓✗×·•–—−‐‑▲▼○●◆┃│├┤┼─━░▒▓▁▂▃▄▅▆▇█“”‘’"
_NEAREST = "+xx.*-----^vooo||[]+--.:#..::==##\"\"''"
_LONGER = {"≥": ">=", "≤": "<=", "→": "->", "≠": "!=", "≡": "==", "±": "+-", "…": "...", "∞": "inf"}
_ASCII = dict(zip(_SYMBOLS, _NEAREST, strict=True)) | _LONGER


def in_ascii(text: str) -> str:
    """Return a text in ASCII, its symbols as near as may be and a question mark for what is left."""
    return "".join(_ASCII.get(one) or _plain(one) for one in text)


def _plain(letter: str) -> str:
    return unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode() or "?"


def _fall_back(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return in_ascii(error.object[error.start : error.end]), error.end


codecs.register_error("nnspec", _fall_back)


class _Lasting(io.RawIOBase):
    """A file descriptor to which one can always write; the first thing that went wrong is its `problem`."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.problem: OSError | None = None

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def isatty(self) -> bool:
        return os.isatty(self._descriptor)

    def close(self) -> None:
        """Close the descriptor with the stream, except those that the process itself has."""
        if not self.closed and self._descriptor > 2:
            os.close(self._descriptor)
        super().close()

    def write(self, data: bytes | memoryview) -> int | None:  # type: ignore[override]  # any buffer, in practice these
        if self.problem is None:
            try:
                return os.write(self._descriptor, data)
            except BlockingIOError:
                return None
            except OSError as error:
                self.problem = error
        return len(data)


_UNCAPTURED = "uncaptured"
_lasting: dict[str, tuple[TextIO, _Lasting]] = {}


def guard() -> None:
    """Let standard output and error of this process take everything; what somebody else put there is left.

    A stream that is closed gets nowhere to write to, so that no file that is opened later takes its place.
    """
    for name in ("stdout", "stderr"):
        stream, original = getattr(sys, name), getattr(sys, f"__{name}__")
        if stream is None:
            _fill_descriptors()
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123  # for as long as the process
        elif stream is original and isinstance(stream, io.TextIOWrapper):
            if name not in _lasting:
                stream.flush()
                _lasting[name] = _lasting_as(stream, stream.fileno())
            setattr(sys, name, _lasting[name][0])


def uncaptured() -> TextIO:
    """Return where standard output goes now, and goes on to go while pytest captures what tests write.

    It is a stream of its own until somebody asks for the next one.
    """
    stream = sys.stdout
    try:
        descriptor = os.dup(stream.fileno())
    except (AttributeError, OSError, ValueError):  # no file: what stands in for one is captured by nobody
        return stream
    if _UNCAPTURED in _lasting:
        _lasting.pop(_UNCAPTURED)[0].close()
    stream.flush()
    _lasting[_UNCAPTURED] = _lasting_as(stream, descriptor)
    return _lasting[_UNCAPTURED][0]


def _lasting_as(stream: TextIO, descriptor: int) -> tuple[TextIO, _Lasting]:
    """Return a stream to a descriptor that writes as another one does, and what notes its problems."""
    raw = _Lasting(descriptor)
    lasting = io.TextIOWrapper(
        io.BufferedWriter(raw),  # type: ignore[type-var]  # a RawIOBase, as it asks for
        encoding=stream.encoding,
        errors="nnspec",
        line_buffering=True,  # whoever waits for hours follows the lines in a file
        write_through=getattr(stream, "write_through", False),
    )
    return lasting, raw


def problem() -> OSError | None:
    """Return why not all of the standard output was written, None if it was."""
    problems = []
    for name in ("stdout", _UNCAPTURED):
        if name in _lasting:
            stream, raw = _lasting[name]
            stream.flush()
            problems.append(raw.problem)
    return next(filter(None, problems), None)


def ending(code: int) -> int:
    """Return the exit code of a process that would end with `code` if its standard output was written."""
    why = problem()
    if why is None or code == HUNG_UP:
        return code
    if isinstance(why, BrokenPipeError):
        return READER_GONE
    print(f"nnspec: the standard output cannot be written: {why.strerror}", file=sys.stderr)
    return NOT_TOLD


def _fill_descriptors() -> None:
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(descriptor, True)
    os.close(descriptor)

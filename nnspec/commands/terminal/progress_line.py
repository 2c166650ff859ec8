"""A line that says what is being done, while it is, on a terminal; nothing in a file."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator


@contextlib.contextmanager
def progress_line(begun: str) -> Iterator[Callable[[str], None]]:
    """Show a line until the end, and give what changes it."""
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True, highlight=False).status(Text(begun)) as status:
        yield lambda text: status.update(Text(text))

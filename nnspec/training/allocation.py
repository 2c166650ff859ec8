"""How the C library hands out memory while blocks of seeds are trained."""

from __future__ import annotations

import ctypes
import functools

_M_ARENA_MAX = -8  # of glibc's <malloc.h>


@functools.cache
def one_arena() -> bool:
    """Let all threads share the main arena of glibc's malloc; return whether there is such a thing.

    Orders are drawn ahead on a thread of their own. From an arena of its own that thread would get every
    large array as fresh pages, and give them back to the system with the array: tens of thousands of page
    faults a call, measured as a fifth of the time of the circles in a virtual machine. The main arena
    keeps what was freed (`mallopt(3)`; the GNU C Library manual, "Malloc Tunable Parameters").
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # another C library
        return False
    return bool(mallopt(_M_ARENA_MAX, 1) == 1)

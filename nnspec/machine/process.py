"""What a process that trains settles for itself before TensorFlow is imported: cores, memory and threads."""

from __future__ import annotations

import ctypes
import functools
import os

# of glibc's <malloc.h>: what is larger is mapped, and what is free at the end is kept up to so many bytes
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_LARGEST = 64 * 2**20  # bytes; the orders of a call take half of it


def available_cores() -> int:
    """Return how many cores this process may use; where the system does not say, all that the machine has."""
    allowed = getattr(os, "sched_getaffinity", None)  # Linux has it, macOS and Windows have not
    return len(allowed(0)) if allowed else os.cpu_count() or 1


@functools.cache
def one_arena() -> bool:
    """Let all threads share the main arena of glibc's malloc; return whether there is such a thing.

    Orders are drawn ahead on a thread of their own. From an arena of its own that thread would get every
    large array as fresh pages, and give them back to the system with the array: tens of thousands of page
    faults a call, measured as a fifth of the time of the circles in a virtual machine. The main arena
    keeps what was freed, also where somebody asked for less: Dask's workers begin with a limit of 64 KB
    (`mallopt(3)`; the GNU C Library manual, "Malloc Tunable Parameters").
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # another C library
        return False
    wanted = {_M_ARENA_MAX: 1, _M_MMAP_THRESHOLD: _LARGEST, _M_TRIM_THRESHOLD: 2 * _LARGEST}
    return all(mallopt(name, value) == 1 for name, value in wanted.items())


def one_thread() -> None:
    """Let TensorFlow compute on one thread in this process, if it is not imported there yet.

    A second thread of its pool spins while it waits for work, on a core that another process could use: two
    processes of one thread each took two thirds of the time of two with two threads (circles), wide
    networks about as little.
    """
    os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")

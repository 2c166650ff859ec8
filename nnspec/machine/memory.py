"""How much memory training may take, and how much a process has."""

from __future__ import annotations

from pathlib import Path

import psutil

# Bytes: what the process that asks takes, what a worker takes at the least, and what one task may add to a
# worker before it is looked at again. A worker that has trained once has 0.92 GB, and each program adds 0.02.
RESERVED, WORKER, HEADROOM = 700_000_000, 1_300_000_000, 300_000_000
LEAST = RESERVED + WORKER  # bytes; with less not even one worker can train
SMALL = 3_500_000_000  # bytes, of the 4 GB of a small machine, on which other things run too


def default_memory() -> int:
    """Return how many bytes training may take: 3.5 GB, or three quarters of what the machine has if more."""
    return max(SMALL, machine_memory() * 3 // 4)


def machine_memory() -> int:
    """Return the bytes of memory of this machine, or of the container if that has less."""
    machine: int = psutil.virtual_memory().total
    try:
        return min(machine, int(Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii")))
    except (OSError, ValueError):  # no container, or one without a limit, which is the word max
        return machine


def memory_in_use() -> int:
    """Return how many bytes this process has in memory."""
    return int(psutil.Process().memory_info().rss)

"""The command that trains the runs of a claim again, as a page says it that has told how it begins."""

from __future__ import annotations

from shlex import quote

from nnspec.results.claim_result import ClaimResult


def replayed(item: ClaimResult) -> str:
    """Return what the command for the listed seeds has after the name of the claim.

    These are the seeds that say no, the worst first, and then those that say yes. The whole command is
    returned where it does not begin with `nnspec verify` and the name.
    """
    command = _both_ends(item)
    begins = (f"nnspec verify {key}" for key in (repr(item.key), quote(item.key)))
    known = next((begin for begin in begins if command.startswith(begin)), "")
    return command.removeprefix(known).strip()


def _both_ends(item: ClaimResult) -> str:
    """Return the command for the listed seeds that say no and yes."""
    if not item.best_seeds:
        return item.replay
    listed = [*item.worst_seeds, *item.best_seeds]
    command = f"nnspec verify {item.key!r}"
    if item.replay.startswith("nnspec notebook "):
        command = item.replay.partition(" --seeds ")[0]
    # a comma tells a single seed from a number of seeds
    return f"{command} --seeds {','.join(map(str, listed))}{',' if len(listed) == 1 else ''}"

"""Claims to come: while one claim is waited for, the next ones go on, so that no worker is idle.

A claim needs its blocks one after the other, for each is only trained where those before it left the claim
open. Of several claims, blocks are trained side by side. Each claim gets the seeds that it would have got in
its turn, and nothing is trained that it does not need.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence

from nnspec.claims.declarations import Claim


class ClaimsToCome:
    """Judges claims before their turn, as far as their runs are there, and begins what each needs next.

    `judge` returns whether a claim could be judged to its end, and begins what is missing where it could not;
    `waits` tells of a claim whether what it began is still being trained. Work is begun while `has_room`.
    """

    def __init__(
        self,
        judge: Callable[[Claim], bool],
        waits: Callable[[Claim], bool],
        has_room: Callable[[], bool],
    ) -> None:
        self._judge, self._waits, self._has_room = judge, waits, has_room
        self._done: set[int] = set()  # the id() of claims that need nothing more before their turn
        self._is_at_it = False

    def go_on(self, claims: Sequence[Claim]) -> None:
        """Begin what these claims need next, those first that come first, until all workers have enough."""
        if self._is_at_it:
            return  # what is judged ahead may wait, too
        self._is_at_it = True
        try:
            for claim in self._open(claims):
                if not self._has_room():
                    return
                if not self._waits(claim) and self._judged(claim):
                    self._done.add(id(claim))
        finally:
            self._is_at_it = False

    def _open(self, claims: Sequence[Claim]) -> Iterable[Claim]:
        return (claim for claim in claims if id(claim) not in self._done)

    def _judged(self, claim: Claim) -> bool:
        """Judge in silence: what a claim warns of, or does wrong, is told when it is its turn."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return self._judge(claim)
            except Exception:
                return True

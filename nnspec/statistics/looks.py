"""At which numbers of seeds a verdict is asked for: often at first, then ever more rarely.

A confidence sequence holds at every number of seeds, so one may look as often as one likes, and wherever one
stops the error rate is the same. Looks that lie a quarter apart cost at most a quarter more seeds than a look
after every seed, and tens of thousands of seeds take a few dozen of them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from nnspec.basics.errors import whole_number

_EVEN = 8  # blocks of one size at first; after them a block is an eighth to a quarter of what is there
_LOOKS = 44


def blocks(most_seeds: int, at_a_time: int) -> list[int]:
    """Return the sizes of the blocks in which seeds are added up to `most_seeds`; the last may be smaller.

    The first eight have `at_a_time` seeds; after them the size doubles with the number of seeds.

    Raises
    ------
    InvalidValue
        If a number of seeds is not positive.
    """
    left, sizes = whole_number("most_seeds", most_seeds), []
    for size in _sizes(whole_number("at_a_time", at_a_time)):
        sizes.append(min(size, left))
        left -= sizes[-1]
        if not left:
            break
    return sizes


def at_most(seeds: int, at_a_time: int) -> int:
    """Return the largest number of seeds up to `seeds` at which there is a look, 0 where there is none."""
    looks = itertools.accumulate(_sizes(whole_number("at_a_time", at_a_time)))
    return max(itertools.takewhile(lambda there: there <= seeds, looks), default=0)


def weight(seeds: int, at_a_time: int) -> float:
    """Return by what a p-value is multiplied for having ended at this look, the k-th: k (1 + 1/2 + … + 1/44).

    The reciprocals for 44 looks, as many as any budget has, add up to one, so that the p-values of all
    together hold their level (a weighted Bonferroni correction; Genovese, Roeder & Wasserman, "False
    discovery control with p-value weighting", 2006). A run that ended early pays little.
    """
    look = len(blocks(seeds, at_a_time))
    return look * sum(1 / number for number in range(1, max(look, _LOOKS) + 1))


def _sizes(at_a_time: int) -> Iterator[int]:
    """Yield the sizes of the blocks without end."""
    there, size = 0, at_a_time
    while True:
        size = 2 * size if there == _EVEN * size else size
        yield size
        there += size

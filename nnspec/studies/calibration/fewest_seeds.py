"""The fewest seeds with which a test of fixed size decides a claim: what a sequence has to be compared with.

Whoever knew the true share beforehand would choose the number of seeds once, train them all and test once.
No valid verdict that looks at the seeds only once needs fewer than the exact binomial test, which is the
most powerful one (Neyman–Pearson) but for the randomisation at its edge.
"""

from __future__ import annotations

import numpy as np

from nnspec.basics.errors import InvalidValue, real_number, whole_number
from nnspec.statistics.shares import check_share


def fewest_seeds(
    true_share: float, claimed_share: float, error_rate: float, power: float, most_seeds: int = 4096
) -> int | None:
    """Return the smallest number of seeds whose exact one-sided binomial test decides with this power.

    Shown is that the claim holds where the true share is above the claimed one, and that it is refuted
    where it is below; None where up to `most_seeds` never suffice, as at the claimed share itself. The
    level of the test is the whole `error_rate`, because of the two verdicts one alone can be wrong.

    Raises
    ------
    InvalidValue
        If a share, the error rate, the power or the number of seeds cannot be one.
    """
    from scipy.stats import binom  # takes half a second to import

    true_share = real_number("true_share", true_share, 0.0, 1.0)
    claimed_share = check_share(claimed_share)
    for name, chance in (("error_rate", error_rate), ("power", power)):
        if not 0 < real_number(name, chance) < 1:
            raise InvalidValue(name, chance, "a probability strictly between 0 and 1")
    seeds = np.arange(1, whole_number("most_seeds", most_seeds) + 1)
    if true_share == claimed_share:
        return None
    if true_share < claimed_share:  # the no of a claim are the yes of its opposite
        true_share, claimed_share = 1 - true_share, 1 - claimed_share
    # the test rejects above `allowed` yes: P(more) is at most the error rate for the claimed share
    allowed = binom.isf(error_rate, seeds, claimed_share)
    enough = np.flatnonzero(binom.sf(allowed, seeds, true_share) >= power)
    return int(seeds[enough[0]]) if len(enough) else None

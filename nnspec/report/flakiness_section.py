"""The report's appendix on flakiness: how often fresh seeds give another verdict."""

from __future__ import annotations

from collections import Counter

from nnspec.flakiness import Reruns
from nnspec.flakiness_record import Flakiness
from nnspec.report.section import Section
from nnspec.report.wording import count, number, percent


def flakiness_section(found: Flakiness) -> Section:
    """Return the appendix on reruns, a row for each claim whose verdict is not the same in every block."""
    headings = ("Claim", "Recorded", "Found in the blocks", "Share of the seeds", "Claimed")
    rows = tuple(_row(one) for one in found.unstable)
    return Section("flakiness", "Fresh seeds", _sentences(found), headings if rows else (), rows)


def _sentences(found: Flakiness) -> tuple[str, ...]:
    blocks = sorted({len(one.verdicts) for one in found.claims})
    each = str(blocks[0]) if len(blocks) == 1 else f"{blocks[0]} to {blocks[-1]}"
    limits = sorted({one.limit for one in found.claims})
    most = " or ".join(map(str, limits))
    documents = len({one.document for one in found.claims})
    wrong = (
        "No block contradicts another: none decides what another one decides otherwise."
        if not found.contradicting
        else f"{count(found.contradicting, 'verdict')} decide what other blocks decide otherwise."
    )
    stable = sum(one.stable for one in found.claims)
    return (
        f"{count(len(found.claims), 'claim')} of {count(documents, 'document')} were judged again on {each} "
        f"blocks of at most {most} seeds each; no two blocks share a seed, nor do they share one "
        f"with the verdicts above. {stable} of the claims have one verdict in every block, and so have their "
        f"counterfactuals. {wrong}",
        f"Of {count(found.reruns, 'verdict')} {found.not_as_recorded} are not the recorded one, a rate of "
        f"{number(100 * found.not_as_recorded / found.reruns, 2)} %: so often would a test fail that is run "
        "with new seeds. Claims whose true share is close to the claimed one are decided in some blocks and "
        "left undecided in others; these are too close to call with so many seeds.",
    )


def _row(one: Reruns) -> tuple[str, ...]:
    verdicts = ", ".join(f"{verdict} {times}" for verdict, times in Counter(one.verdicts).most_common())
    others = Counter(one.counterfactuals)
    odd = ""
    if len(others) > 1:
        odd = "; counterfactual " + ", ".join(f"{verdict} {times}" for verdict, times in others.most_common())
    shares = [yes / seeds for yes, seeds in zip(one.successes, one.seeds, strict=True)]
    return (
        one.key,
        one.expected,
        verdicts + odd,
        f"{percent(min(shares))} … {percent(max(shares))}",
        percent(one.claimed_share),
    )

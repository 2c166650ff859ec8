"""What the report says of fresh seeds, in its appendix and at a claim: how often verdicts are others."""

from __future__ import annotations

from collections import Counter
from statistics import fmean

from nnspec.report.parts import FreshSeeds, Section
from nnspec.report.words.wording import count, number, said_yes
from nnspec.statistics.shares import Verdict, decide, share_interval
from nnspec.studies.flakiness.record import Flakiness
from nnspec.studies.flakiness.reruns import Reruns

_BY_ALL = {"holds": "holds", "refuted": "is refuted", "undecided": "stays undecided"}


def flakiness_section(found: Flakiness) -> Section:
    """Return the appendix on reruns, a row for each claim that not every block decides in the same way."""
    headings = ("Claim", "Recorded", "In the blocks", "By all together")
    rows = tuple(_row(one, found.error_rate) for one in found.open)
    return Section("flakiness", "Fresh seeds", _sentences(found), headings if rows else (), rows)


def _sentences(found: Flakiness) -> tuple[str, ...]:
    terms = Counter(len(one.verdicts) for one in found.claims)
    each = ", ".join(f"{claims} on {blocks} blocks" for blocks, claims in sorted(terms.items(), reverse=True))
    documents = len({one.document for one in found.claims})
    wrong = "No block contradicts another: none decides what another one decides otherwise."
    if found.contradicting:
        wrong = f"{count(found.contradicting, 'verdict')} decide what other blocks decide otherwise."
    rates = [one.not_as_recorded / len(one.verdicts) for one in found.claims]
    stable = sum(one.stable for one in found.claims)
    together = sum(_verdict(one, found.error_rate) != "undecided" for one in found.open)
    left = (
        f" Some or all blocks leave {count(len(found.open), 'claim')} open; the seeds of all blocks together "
        f"decide {together} of them."
        if found.open
        else ""
    )
    return (
        f"{count(len(found.claims), 'claim')} of {count(documents, 'document')} were judged again, {each}; "
        "no two blocks of a claim share a seed, nor do they share one with the verdicts above. "
        f"{stable} of the claims have one verdict in every block, and so have their "
        f"counterfactuals. {wrong}",
        f"Of {count(found.reruns, 'verdict')} {found.not_as_recorded} are not the recorded one, "
        f"{number(100 * found.not_as_recorded / found.reruns, 2)} %; where every claim counts alike, however "
        f"many blocks it had, {number(100 * fmean(rates), 2)} %. So often is a verdict with new "
        "seeds another one. Claims whose true share is close to the claimed one are decided in some blocks "
        f"and left undecided in others; these are too close to call with so many seeds.{left}",
    )


def fresh_seeds(one: Reruns, error_rate: float) -> FreshSeeds:
    """Return what blocks of fresh seeds say of a claim, for its place in the report."""
    verdict = _verdict(one, error_rate)
    return FreshSeeds(told(one, error_rate), verdict, *one.pooled, one.stable and one.verdicts[0] == verdict)


def told(one: Reruns, error_rate: float) -> str:
    """Return how a claim came out on blocks of fresh seeds; where that is open, with its share restated."""
    blocks = count(len(one.verdicts), "block")
    if one.stable and one.verdicts[0] != "undecided":
        return f"{one.verdicts[0]} in each of {blocks}."
    why = ", which contradict each other" if one.contradicting else ""
    by_all = _BY_ALL[_verdict(one, error_rate)]
    return f"{_verdicts(one)} in {blocks}{why}; together it {by_all}: {_pooled(one, error_rate)}."


def _row(one: Reruns, error_rate: float) -> tuple[str, ...]:
    return one.key, one.expected, _verdicts(one), _verdict(one, error_rate)


def _verdicts(one: Reruns) -> str:
    others = Counter(one.counterfactuals)
    odd = f"; counterfactual {_counted(others)}" if set(others) != {"refuted"} else ""
    return _counted(Counter(one.verdicts)) + odd


def _counted(verdicts: Counter[Verdict]) -> str:
    return ", ".join(f"{verdict} {times}" for verdict, times in verdicts.most_common())


def _pooled(one: Reruns, error_rate: float) -> str:
    successes, seeds = one.pooled
    interval = share_interval(successes, seeds, error_rate)
    return said_yes(successes, seeds, interval, one.claimed_share)


def _verdict(one: Reruns, error_rate: float) -> Verdict:
    return decide(*one.pooled, one.claimed_share, error_rate)

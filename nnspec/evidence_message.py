"""The text of a failing claim: what was claimed, what the seeds said, and how to see it again."""

from __future__ import annotations

import numpy as np

from nnspec.judging import Evidence, Judgement
from nnspec.results import replay


def summary(evidence: Evidence) -> str:
    """Return one line such as `66 of 256 seeds (26 %, interval 20–33 %), claimed at least 90 %`."""
    low, high = evidence.interval
    share = evidence.successes / len(evidence.answers)
    diverged = f", {evidence.diverged.sum()} diverged" if evidence.diverged.any() else ""
    return (
        f"{evidence.successes} of {len(evidence.answers)} seeds ({share:.0%}, "
        f"{1 - evidence.error_rate:.4%} interval {low:.0%} – {high:.0%}{diverged}), "
        f"claimed at least {evidence.claimed_share:.0%}"
    )


def message(judgement: Judgement) -> str:
    """Return all that a person needs who sees the claim fail, a few lines of text."""
    claim, evidence = judgement.claim, judgement.evidence
    lines = [
        f"{claim.key}: {'; '.join(judgement.problems)}",
        f"  statement       {claim.statement}",
        f"  source          {claim.source.document.title}, {claim.source.section} {claim.source.detail}".rstrip(),
        f"  read as         {claim.because}",
        f"  seeds           {evidence.verdict}: {summary(evidence)}",
        f"  counterfactual  {judgement.counterfactual.verdict}: {summary(judgement.counterfactual)}",
    ]
    lines += [f"  recipe          {name}: {recipe}" for name, recipe in claim.recipes.items()]
    for c in evidence.comparisons:
        low, middle, high = np.nanpercentile(c.values, [2.5, 50, 97.5])
        lines.append(
            f"  {c.label} {c.operator} {c.threshold:g}: median {middle:.4g}, central 95 % {low:.4g} … {high:.4g}"
        )
    if len(evidence.seeds) <= 8:
        lines += [f"  seed {s}: {'yes' if a else 'no'}, {_shown(evidence, i)}" for i, (s, a) in enumerate(
            zip(evidence.seeds, evidence.answers, strict=True))]
    worst = ", ".join(map(str, evidence.worst_seeds)) or "none"
    lines += [f"  worst seeds     {worst}", f"  replay          {replay(claim, evidence)}"]
    return "\n".join(lines)


def _shown(evidence: Evidence, index: int) -> str:
    return ", ".join(f"{c.label} = {c.values[index]:.6g}" for c in evidence.comparisons) or "no values"

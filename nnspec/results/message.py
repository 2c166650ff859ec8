"""The text of a claim's evidence: what was claimed, what the seeds said, and how to see it again."""

from __future__ import annotations

import textwrap

import numpy as np

from nnspec.claims.budget import TOO_FEW
from nnspec.claims.evidence import Evidence, Judgement
from nnspec.claims.reading import MORE_THAN_HALF
from nnspec.results.record import replay
from nnspec.runs.seed_values import Comparison
from nnspec.statistics.figures import Placed
from nnspec.statistics.scales import in_words
from nnspec.statistics.spread import spread

FEW = 8
"""Up to so many seeds are shown one by one."""

# the narrowest usual terminal; the message is made before anybody knows where it will be read
WIDTH = 79
INDENT = 17


def summary(evidence: Evidence) -> str:
    """Return one line such as `66 of 256 seeds (26 %, interval 20 – 33 %), claimed at least 90 %`."""
    low, high = evidence.interval
    share = evidence.successes / len(evidence.answers)
    diverged = f", {evidence.diverged.sum()} diverged" if evidence.diverged.any() else ""
    return (
        f"{evidence.successes} of {len(evidence.answers)} seeds ({share * 100:.0f} %, "
        f"{(1 - evidence.error_rate) * 100:.6g} % interval {low * 100:.0f} – {high * 100:.0f} %{diverged})"
    ) + _claimed(evidence.claimed_share)


def _claimed(share: float | None) -> str:
    if share is None:
        return ", told and held to no share"
    return (
        ", claimed more than half" if share == MORE_THAN_HALF else f", claimed at least {share * 100:.0f} %"
    )


def headline(judgement: Judgement, may_leave_undecided: bool) -> str:
    """Return what is not as recorded in one line, or that so few seeds cannot decide it."""
    if not judgement.problems:
        return "as recorded"
    problems = "; ".join(judgement.problems)
    if judgement.contradicted or not may_leave_undecided:
        return problems
    return f"{TOO_FEW}: {problems}"


def message(judgement: Judgement, may_leave_undecided: bool = False) -> str:
    """Return all that a person needs who wonders about a claim, a few lines of at most 79 columns."""
    claim, evidence, other = judgement.claim, judgement.evidence, judgement.counterfactual
    source = f"{claim.source.document.title}, {claim.source.section} {claim.source.detail}".rstrip()
    rows = [("says", claim.says)] if claim.says else []
    rows += [
        ("statement", claim.statement),
        ("source", source),
        ("read as", claim.because),
        ("seeds", f"{evidence.verdict}: {summary(evidence)}"),
    ]
    if other is not None:
        label = "null" if claim.has_null else "counterfactual"
        rows.append((label, f"{other.verdict}: {summary(other)}"))
    rows += [(name, placed(figure)) for name, figure in judgement.figures.items()]
    rows += [
        ("recipe", f"{name}: {r}" if len(claim.recipes) > 1 else str(r)) for name, r in claim.recipes.items()
    ]
    rows += [("values", _spread(comparison)) for comparison in evidence.comparisons]
    if len(evidence.seeds) <= FEW:
        rows += [(f"seed {seed}", _answer(evidence, i)) for i, seed in enumerate(evidence.seeds)]
    else:
        rows.append(("worst seeds", ", ".join(map(str, evidence.worst_seeds)) or "none says no"))
    lines = wrapped(f"{claim.key}: {headline(judgement, may_leave_undecided)}")
    for label, text in rows:
        lines += labelled(label, text)
    # commands are pasted into a shell, so they stay on one line
    if len(evidence.seeds) > FEW:
        lines.append(f"{start('replay')}{replay(claim, evidence)}")
    if judgement.problems and not judgement.contradicted:
        budget = "" if may_leave_undecided else " --budget full"
        lines.append(f"{start('more seeds')}nnspec verify {claim.key!r}{budget}")
    return "\n".join(lines)


def placed(figure: Placed) -> str:
    """Return where a printed figure lies: 0.991 is better than most, 66 of 512 runs do at least as well."""
    places = in_words(figure.places) or "not placed yet"
    told = f"{figure.printed} is {places}: {figure.as_well} of {figure.seeds} runs do at least as well"
    return f"{told}, {figure.equal} exactly as well" if figure.middle != figure.as_well else told


def start(label: str) -> str:
    """Return the beginning of a row, as wide as that of all rows."""
    return f"  {label:{INDENT - 2}}"


def labelled(label: str, text: str) -> list[str]:
    """Return a text in lines with a label before them."""
    return wrapped(text, start(label), " " * INDENT)


def wrapped(text: str, first: str = "", others: str = "") -> list[str]:
    """Return a text in lines of at most 79 columns, which begin with `first` and then `others`."""
    wrapper = textwrap.TextWrapper(WIDTH, first, others, break_long_words=False, break_on_hyphens=False)
    return wrapper.wrap(text)


def _spread(c: Comparison) -> str:
    asked = f"{c.label} {c.operator} {c.threshold:g}"
    if len(c.values) <= FEW:
        return asked
    finite = c.values[np.isfinite(c.values)]
    if not len(finite):
        return f"{asked}: no seed has a finite value"
    found = spread(finite)
    if found.groups:
        groups = " and ".join(f"{group.share:.0%} near {group.middle:.4g}" for group in found.groups)
        return f"{asked}: two groups, {groups}"
    return f"{asked}: median {found.middle:.4g}, central 95 % {found.low:.4g} … {found.high:.4g}"


def _answer(evidence: Evidence, index: int) -> str:
    values = ", ".join(f"{c.label} = {c.values[index]:.6g}" for c in evidence.comparisons)
    word = "diverged" if evidence.diverged[index] else "yes" if evidence.answers[index] else "no"
    return f"{word}, {values}" if values else word

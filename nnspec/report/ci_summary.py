"""What a run found, for the pages of a continuous integration: a Markdown summary and annotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nnspec.basics.grouping import grouped
from nnspec.claims.budget import TOO_FEW
from nnspec.claims.reading import agrees
from nnspec.report.badge import badge
from nnspec.report.words.markdown import code, joined, table, text_line
from nnspec.report.words.printable import printable
from nnspec.report.words.wording import (
    claimed,
    counterfactual_alarm,
    evidence,
    sentence,
    terms,
)
from nnspec.results.claim_result import ClaimResult, Results
from nnspec.results.counts import counts
from nnspec.results.sentences import figures_in_words, printed_figures

_COLUMNS = ("verdict", "claim", "runs in which it comes true", "claimed", "statement")


@dataclass(frozen=True)
class Failure:
    """A claim or fact that is not as recorded: its record, and where it is declared, lines from 1."""

    record: ClaimResult
    file: str
    line: int


def markdown(results: Results, failures: Sequence[Failure]) -> str:
    """Return results as Markdown: what is not as recorded, then every verdict, folded away."""
    claims = results.claims
    lines = [f"## nnspec: {_headline(claims, len(failures))}", ""]
    for failure in failures:
        said = text_line(difference(failure.record))
        lines.append(f"- {code(failure.record.key)}, {text_line(failure.record.statement)} {said}")
        place = f"{failure.file}:{failure.line}"
        lines.append(f"  - {code(place)}, replay: {code(failure.record.replay)}")
    lines += [""] if failures else []
    failed = {failure.record.key for failure in failures}
    open_ones = [claim for claim in claims if not claim.as_recorded and claim.verdict != "skipped"]
    few = [claim.key for claim in open_ones if claim.key not in failed]
    if few:
        lines += [f"{TOO_FEW[0].upper()}{TOO_FEW[1:]}: {', '.join(map(code, few))}.", ""]
    lines += ["<details><summary>All verdicts</summary>", ""]
    for title, members in grouped(claims, lambda claim: claim.title).items():
        lines += [f"### {text_line(title)}", "", *table(_COLUMNS, map(_cells, members)), ""]
    return joined([*lines, "</details>", "", text_line(_terms(results)), ""])


def annotation(failure: Failure) -> str:
    """Return the line by which GitHub shows a failure beside the code that declares the claim."""
    record = failure.record
    told = f"{record.statement} {difference(record)} Replay: {record.replay}"
    title = _property(f"nnspec: {record.key}")
    place = f"file={_property(failure.file)},line={failure.line}"
    return f"::error {place},title={title}::{_data(told)}"


def difference(record: ClaimResult) -> str:
    """Return in sentences how a record differs from what is recorded, and what the seeds say."""
    verdict, expected = record.told, record.expected
    parts = ["The check failed."]
    if not agrees(verdict, expected):
        parts = [f"Found is {verdict}, recorded is {expected}."]
    if record.seeds is not None:
        said = sentence(record)
        parts.append(said[:1].upper() + said[1:])
    other = record.counterfactual
    must = other and record.reading == "general" and other.verdict != "refuted"
    if other and must and not (other.null and other.verdict != "holds"):
        parts.append(f"{counterfactual_alarm(other)}: {evidence(other)}.")
    elif record.message and record.seeds is None:
        parts.append(record.message)
    return printable(joined([" ".join(parts)]))


def relative_to(root: str, path: Path) -> str:
    """Return a path as the repository at `root` has it; as it is where it lies elsewhere."""
    absolute = path.resolve()
    folder = Path(root).resolve()
    return absolute.relative_to(folder).as_posix() if root and folder in absolute.parents else str(path)


def _headline(claims: Sequence[ClaimResult], failures: int) -> str:
    return f"{counts(claims).in_words()}; " + (
        f"{failures} NOT as recorded" if failures else "nothing against the record"
    )


def _cells(claim: ClaimResult) -> list[str]:
    seeds = "" if claim.seeds is None else evidence(claim, claim.claimed_share)
    shown = badge(claim)
    return [
        f"{shown.symbol} {shown.words}",
        code(claim.key),
        seeds,
        claimed(claim.claimed_share),
        text_line(claim.statement),
    ]


def _terms(results: Results) -> str:
    engine = f"engine {results.environment.get('engine', '')}"
    told = terms(results, "any verdict is wrong by chance", engine)
    figures = figures_in_words(printed_figures(results.claims))
    return f"{told}; that says nothing of how a sentence was read. {figures}".strip()


def _data(text: str) -> str:
    """Return text as a workflow command takes it, on one line."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

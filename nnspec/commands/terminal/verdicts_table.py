"""What `nnspec verify` prints at the end: the table of verdicts, the evidence and one line that sums up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from nnspec.claims.budget import TOO_FEW
from nnspec.claims.reading import agrees
from nnspec.report.words.wording import claimed
from nnspec.results.claim_result import SYMBOLS, ClaimResult
from nnspec.results.counts import counts
from nnspec.results.message import FEW

_STYLES = {"holds": "blue", "refuted": "dark_orange", "undecided": "magenta", "error": "bold red"}
# below this width a column of statements would be a column of single words
_WIDE = 110


@dataclass(frozen=True)
class Found:
    """A record with the outcome of its test (passed, failed, skipped), its failure and its evidence."""

    record: ClaimResult
    outcome: str
    failure: str
    evidence: str

    @property
    def recorded(self) -> str:
        """How the verdict stands to the recorded one, in words."""
        if self.outcome == "failed":
            same = agrees(self.record.told, self.record.expected)
            return "NOT as recorded" if same else f"NOT {self.record.expected}"
        if self.outcome == "skipped":
            return "too few seeds" if self.record.seeds else "skipped"
        return "as recorded"


def verdict(record: ClaimResult) -> str:
    """Return the verdict of a record with its symbol."""
    return f"{SYMBOLS[record.verdict]} {record.told}"


def show(
    console: Console, found: Sequence[Found], seconds: float, files: Sequence[str], not_run: int = 0
) -> None:
    """Print the table, then what failed and what was asked of single seeds, then the summary."""
    console.print(_table(found, statements=console.width >= _WIDE))
    for one in found:
        if text := _details(one):
            console.print(f"\n{text}", markup=False, soft_wrap=True)
    console.print("\n" + sentence(found, seconds, not_run), markup=False, soft_wrap=True)
    skipped = Counter(one.record.message for one in found if one.recorded == "skipped")
    for reason, count in skipped.items():
        console.print(f"{count} skipped: {reason or 'without a reason'}", markup=False, soft_wrap=True)
    for one in found:
        for why in one.record.notes if one.record.verdict == "undecided" else ():
            console.print(f"open: {one.record.key}: {why}", markup=False, soft_wrap=True)
    for name, file in zip(("report", "results"), files, strict=True):
        if file:
            console.print(f"{name:8} {file}", markup=False, soft_wrap=True)


def sentence(found: Sequence[Found], seconds: float, not_run: int = 0) -> str:
    """Return the verdicts counted, how many are not as recorded, and what it cost."""
    outcomes = Counter(one.outcome for one in found)
    few = sum(one.recorded == "too few seeds" for one in found)
    words = [counts(one.record for one in found).in_words()]
    if outcomes["failed"]:
        words.append(f"{outcomes['failed']} NOT as recorded")
    elif outcomes["passed"] == len(found) and not not_run:
        words.append("all as recorded")
    else:
        words.append("nothing against the record")
    if few:
        words.append(f"{few} with {TOO_FEW}")
    if not_run:
        words.append(f"{not_run} not run")
    trained = sum(one.record.seeds_trained for one in found)
    words.append(f"{trained} trainings in {seconds:.0f} s")
    return "; ".join(words)


def _details(one: Found) -> str:
    """Return why it failed, or what so few seeds say that one wants to see each of them."""
    if one.outcome == "failed":
        # claims write their failures themselves, facts are shown as pytest shows a failed test
        its_own = bool(one.record.reading)
        title = "" if its_own else f"{one.record.key}: {one.record.statement}\n"
        return title + one.failure.strip()
    return one.evidence if (one.record.seeds or FEW + 1) <= FEW else ""


def _table(found: Sequence[Found], statements: bool) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("verdict", no_wrap=True)
    table.add_column("claim", overflow="fold")
    table.add_column("seeds", justify="right", no_wrap=True)
    table.add_column("claimed", justify="right", no_wrap=True)
    table.add_column("recorded", no_wrap=True)
    if statements:
        table.add_column("statement", overflow="fold", ratio=1)
    for one in found:
        record = one.record
        seeds = "" if record.share is None else f"{record.share:.0%} of {record.seeds}"
        texts = [
            record.key,
            seeds,
            claimed(record.claimed_share),
            one.recorded,
            *([record.statement] if statements else []),
        ]
        table.add_row(Text(verdict(record), _STYLES.get(record.verdict, "")), *map(Text, texts))
    return table

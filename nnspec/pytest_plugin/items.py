"""Test items: a claim that is judged over seeds, a fact that is a plain test, and what they show."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nnspec.basics.error_text import text_of
from nnspec.basics.errors import InvalidValue, NnspecError
from nnspec.basics.plain_data import plain, read
from nnspec.claims.budget import are_few
from nnspec.claims.declarations import Claim, Fact
from nnspec.claims.evidence import Judgement
from nnspec.claims.judging import MISSING_RETURN
from nnspec.pytest_plugin.author_errors import author_line, seed_of
from nnspec.pytest_plugin.shown import run_or_recall
from nnspec.pytest_plugin.state import STATE
from nnspec.results import record as results
from nnspec.results.claim_result import ChangedCall, ClaimResult, Outcome
from nnspec.results.message import headline, message

if TYPE_CHECKING:
    from matplotlib.figure import Figure


Failed, Skipped = pytest.fail.Exception, pytest.skip.Exception


class ClaimFailedError(NnspecError):
    """The verdict of a claim, or of its counterfactual, is not the recorded one."""


class ClaimItem(pytest.Item):
    """One claim as one test item, named after its id; `-k` also finds the name of its function."""

    nnspec: Claim
    nnspec_record: ClaimResult
    nnspec_evidence: str
    nnspec_pictures: list[dict[str, str]]

    @classmethod
    def of(cls, parent: pytest.Collector, claim: Claim, name: str) -> ClaimItem:
        """Return the item of a claim under this name."""
        item: ClaimItem = cls.from_parent(parent, name=name)
        item.nnspec = claim
        item.nnspec_pictures = []
        item.extra_keyword_matches.update({function_name(claim.predicate), claim.source.document.key})
        return item

    def runtest(self) -> None:
        """Judge the claim, unless the store has what was found of it when nothing was different."""
        run_or_recall(self, self._judge)

    def nnspec_shown(self) -> Any:
        """Return the record, the evidence and the pictures of the claim."""
        found = {"record": self.nnspec_record, "evidence": self.nnspec_evidence}
        return plain({**found, "pictures": self.nnspec_pictures})

    def nnspec_recall(self, kept: Any) -> None:
        """Take record, evidence and pictures of an earlier run, which trained what they need."""
        self.nnspec_record = replace(read(ClaimResult, kept["record"]), seeds_trained=0, cached=True)
        self.nnspec_evidence, self.nnspec_pictures = kept["evidence"], kept["pictures"]

    def _judge(self) -> None:
        """Judge the claim; a lack of seeds in a small budget skips it, other problems fail it."""
        state = self.config.stash[STATE]
        if reason := state.session.why_not(self.nnspec):
            pytest.skip(reason)
        judged = state.session.judge(self.nnspec)
        judgement, plan = judged.judgement, judged.plan
        if state.wants_pictures and self.nnspec.picture is not None:
            self.nnspec_pictures.append(_drawn(judgement))
        self.nnspec_record = results.judged(judgement, judged.trained, len(plan.seeds), plan.at_a_time)
        if why := state.session.why_open(self.nnspec):
            self.nnspec_record = replace(self.nnspec_record, notes=(*self.nnspec_record.notes, why))
        few = are_few(len(plan.seeds), plan.cost, plan.at_a_time, self.nnspec.reading)
        self.nnspec_evidence = message(judgement, few)
        if judgement.problems and not judgement.contradicted and few:
            pytest.skip(why or headline(judgement, few))
        if judgement.problems:
            raise ClaimFailedError(self.nnspec_evidence)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """Show the evidence of a failed claim, and where else it went wrong, without what pytest did."""
        error = excinfo.value
        if isinstance(error, ClaimFailedError):
            return str(error)
        told = sentence(error)
        named = (told if repr(self.name) in told else f"{self.name}: {told}") + seed_of(error)
        if self.config.getoption("fulltrace"):
            return f"{named}\n{excinfo.getrepr(style='long')}"
        if place := author_line(error, self.config.rootpath, below=__file__):
            return f"{' '.join(named.split())}\n  {place}"
        if isinstance(error, InvalidValue):
            return named
        trace = excinfo.getrepr(style="short", tbfilter=lambda info: info.traceback.cut(path=__file__))
        return f"{named}\n{trace}"

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return file, line and name for the reports of pytest."""
        code = getattr(self.nnspec.predicate, "__code__", None)
        return self.path, code.co_firstlineno - 1 if code else 0, self.name


class FactEvidence:
    """What a fact shows besides passing: a sentence, a changed call, a figure for the report."""

    def __init__(self, item: Any, wants_pictures: bool) -> None:
        self._wants_pictures = wants_pictures
        self._item = item
        self._item.nnspec_notes = []
        self._item.nnspec_drift = []
        self._item.nnspec_pictures = []

    def note(self, text: str) -> None:
        """Add a sentence to the fact's entry in the report."""
        self._item.nnspec_notes.append(text)

    def drift(self, *, printed: str, happens: str, today: str, since: str = "", works: bool = False) -> None:
        """Record for the report what a printed call does with the installed library.

        `printed` and `today` are code, `happens` the error, warning or other result in words,
        `since` the library and version that changed it, if known, and `works` whether the printed
        call still does what the document shows.
        """
        self._item.nnspec_drift.append(ChangedCall(printed, happens, today, since, works))

    def picture(self, title: str, figure: Figure) -> None:
        """Add a picture to the fact's entry in the report."""
        if self._wants_pictures:
            self._item.nnspec_pictures.append(_encoded(title, figure))


def function_name(function: Any) -> str:
    """Return what a function is called, of an object that is called the name of its class."""
    return str(getattr(function, "__name__", type(function).__name__))


def sentence(error: BaseException | None) -> str:
    """Return an error as one speaks of it: with its type unless its text says all."""
    if error is None:
        return ""
    text = text_of(error)
    if isinstance(error, AssertionError | InvalidValue | Failed | Skipped):
        return text
    return f"{type(error).__name__}: {text}"


def record_of(item: Any, when: str, outcome: str, error: BaseException | None) -> ClaimResult:
    """Return the record of a claim or fact after a phase (setup, call or teardown) of its test."""
    declaration: Claim | Fact = item.nnspec
    if isinstance(declaration, Claim):
        found: ClaimResult | None = getattr(item, "nnspec_record", None)
        return found or results.unjudged(
            declaration, "skipped" if outcome == "skipped" else "error", sentence(error)
        )
    # `pytest.raises` and `pytest.warns` assert too, by failing the test
    refuted = when == "call" and isinstance(error, AssertionError | Failed)
    known: dict[str, Outcome] = {"passed": "holds", "skipped": "skipped"}
    verdict = known.get(outcome, "refuted" if refuted else "error")
    notes, drift = (tuple(getattr(item, name, ())) for name in ("nnspec_notes", "nnspec_drift"))
    return replace(results.unjudged(declaration, verdict, sentence(error)), notes=notes, drift=drift)


def _drawn(judgement: Judgement) -> dict[str, str]:
    claim, runs = judgement.claim, dict(judgement.evidence.runs)
    if claim.picture is None:
        raise AssertionError("only claims with a picture are drawn")
    figure = claim.picture(**runs) if len(runs) > 1 else claim.picture(*runs.values())
    if not hasattr(figure, "savefig"):
        remedy = MISSING_RETURN if figure is None else ""
        raise InvalidValue(f"claim {claim.key!r}: picture", figure, "a figure of Matplotlib", remedy)
    return _encoded(f"To the claim: {claim.statement}", figure)


def _encoded(title: str, figure: Figure) -> dict[str, str]:
    from nnspec.plots.picture_file import picture_file

    axes = "; ".join(filter(None, (axis.get_title() for axis in figure.axes)))
    alt = f"{title} {axes}".strip().replace("\n", ", ")
    return {"title": title, "alt": alt, "file": base64.b64encode(picture_file(figure)).decode()}

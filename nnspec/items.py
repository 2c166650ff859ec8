"""Test items: a claim that is judged over seeds, a fact that is a plain test, and what they show."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nnspec import results
from nnspec.claims import Claim, Fact
from nnspec.errors import InvalidValue
from nnspec.evidence_message import message
from nnspec.judging import Judgement
from nnspec.plugin_state import STATE

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class ClaimFailed(Exception):
    """The verdict of a claim, or of its counterfactual, is not the recorded one."""


class ClaimItem(pytest.Item):
    """One claim as one test item, named after its id; `-k` also finds the name of its function."""

    nnspec: Claim
    nnspec_record: dict[str, Any]
    nnspec_pictures: list[dict[str, str]]

    @classmethod
    def of(cls, parent: pytest.Collector, claim: Claim) -> ClaimItem:
        """Return the item of a claim."""
        item: ClaimItem = cls.from_parent(parent, name=claim.key)
        item.nnspec = claim
        item.nnspec_pictures = []
        item.extra_keyword_matches.update({claim.predicate.__name__, claim.source.document.key})
        return item

    def runtest(self) -> None:
        """Judge the claim; a lack of seeds in a small budget skips it, everything else fails it."""
        state = self.config.stash[STATE]
        trained_before = state.session.trained
        judgement = state.session.judge(self.nnspec)
        trained = state.session.trained - trained_before
        self.nnspec_record = results.judged(judgement, trained)
        if state.wants_pictures and self.nnspec.picture is not None:
            self.nnspec_pictures.append(_drawn(judgement))
        if judgement.problems and not judgement.contradicted and state.budget.may_leave_undecided:
            pytest.skip(f"undecided: {len(state.budget.seeds)} seeds are too few; {'; '.join(judgement.problems)}")
        if judgement.problems:
            raise ClaimFailed(message(judgement))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show the evidence of a failed claim and the sentence of a wrong value, without a traceback."""
        if isinstance(excinfo.value, ClaimFailed | InvalidValue):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return file, line and name for the reports of pytest."""
        code = getattr(self.nnspec.predicate, "__code__", None)
        return self.path, code.co_firstlineno - 1 if code else 0, self.name


def fact_item(parent: pytest.Collector, fact: Fact) -> pytest.Function:
    """Return a test function, with its fixtures, under the id of the fact."""
    item = pytest.Function.from_parent(parent, name=fact.key, callobj=fact.function)
    item.nnspec = fact  # type: ignore[attr-defined]  # pytest's own items carry no declaration
    item.extra_keyword_matches.update({fact.function.__name__, fact.source.document.key})
    return item


class FactEvidence:
    """What a fact shows besides passing: `note` a sentence, `picture` a figure for the report."""

    def __init__(self, item: pytest.Item, wants_pictures: bool) -> None:
        self._wants_pictures = wants_pictures
        self._item: Any = item
        self._item.nnspec_notes = []
        self._item.nnspec_pictures = []

    def note(self, text: str) -> None:
        """Add a sentence to the fact's entry in the report."""
        self._item.nnspec_notes.append(text)

    def picture(self, title: str, figure: Figure) -> None:
        """Add a picture to the fact's entry in the report."""
        if self._wants_pictures:
            self._item.nnspec_pictures.append(_encoded(title, figure))


def fact_record(item: Any, fact: Fact, outcome: str, error: BaseException | None) -> dict[str, Any]:
    """Return the record of a fact whose test passed, failed or was skipped."""
    failed = "refuted" if isinstance(error, AssertionError) else "error"
    verdict = {"passed": "holds", "skipped": "skipped"}.get(outcome, failed)
    notes = list(getattr(item, "nnspec_notes", []))
    return {**results.unjudged(fact, verdict, str(error or "")), "notes": notes}


def _drawn(judgement: Judgement) -> dict[str, str]:
    claim, runs = judgement.claim, dict(judgement.evidence.runs)
    if claim.picture is None:
        raise AssertionError("only claims with a picture are drawn")
    figure = claim.picture(**runs) if len(runs) > 1 else claim.picture(*runs.values())
    return _encoded(claim.statement, figure)


def _encoded(title: str, figure: Figure) -> dict[str, str]:
    file = io.BytesIO()
    figure.savefig(file, format="png")
    axes = "; ".join(filter(None, (axis.get_title() for axis in figure.axes)))
    alt = f"{title} {axes}".strip()
    return {"title": title, "alt": alt, "png": base64.b64encode(file.getvalue()).decode()}

"""Facts as test items: plain test functions under the id of the fact."""

from __future__ import annotations

import functools
from typing import Any

import pytest
from _pytest._code.code import TerminalRepr

from nnspec.basics.plain_data import plain, read
from nnspec.claims import declarations
from nnspec.claims.declarations import Fact
from nnspec.pytest_plugin.author_errors import author_line, raised_by_nnspec, seed_of, shown
from nnspec.pytest_plugin.items import function_name, sentence
from nnspec.pytest_plugin.shown import run_or_recall
from nnspec.results.claim_result import ChangedCall

FACTS = declarations.__file__  # whose frame calls the function of a fact


class FactItem(pytest.Function):
    """A fact as a test function; what goes wrong below nnspec is told in two lines, as of a claim."""

    nnspec: Fact
    nnspec_notes: list[str]
    nnspec_drift: list[ChangedCall]
    nnspec_pictures: list[dict[str, str]]

    def runtest(self) -> None:
        """Run the fact, unless the store has what it showed when nothing was different."""
        run_or_recall(self, super().runtest)

    def nnspec_shown(self) -> Any:
        """Return the notes, changed calls and pictures that the fact gave as evidence."""
        return plain({name: getattr(self, f"nnspec_{name}", []) for name in ("notes", "drift", "pictures")})

    def nnspec_recall(self, kept: Any) -> None:
        """Take notes, changed calls and pictures of an earlier run."""
        self.nnspec_notes, self.nnspec_pictures = list(kept["notes"]), list(kept["pictures"])
        self.nnspec_drift = [read(ChangedCall, one) for one in kept["drift"]]

    def repr_failure(  # type: ignore[override]  # as in pytest itself
        self, excinfo: pytest.ExceptionInfo[BaseException]
    ) -> str | TerminalRepr:
        """Show a failed fact as pytest does, and an error that nnspec met by the author's own line."""
        error = excinfo.value
        if self.config.getoption("fulltrace") or not raised_by_nnspec(error, below=FACTS):
            return super().repr_failure(excinfo)
        path, line, _ = self.reportinfo()
        root = self.config.rootpath
        place = author_line(error, root, below=FACTS) or shown(str(path), (line or 0) + 1, root)
        told = sentence(error)
        named = told if repr(self.nnspec.key) in told else f"{self.nnspec.key}: {told}"
        return f"{' '.join(named.split())}{seed_of(error)}\n  {place}"


def fact_items(
    parent: pytest.Module, name: str, fact: Fact, marks: list[pytest.MarkDecorator], called: str
) -> list[FactItem]:
    """Return the test functions of a fact, one for every set of parameters, with their fixtures.

    `name` is that of its function, and the items are `called` by another.
    """

    @functools.wraps(fact.function)
    def asked(*args: Any, **kwargs: Any) -> None:
        fact(*args, **kwargs)

    for mark in marks:
        mark(asked)
    items = []
    # pytest's own way to fixtures and parameters; its items bear the name of the function
    for made in parent._genfunctions(name, asked):
        parameters = getattr(made, "callspec", None)
        label = f"{called}[{parameters.id}]" if parameters and parameters.id else called
        item: FactItem = FactItem.from_parent(
            parent,
            name=label,
            callspec=parameters,
            callobj=asked,
            fixtureinfo=made._fixtureinfo,
            keywords={parameters.id: True} if parameters else None,
            originalname=called,
        )
        item.nnspec = fact
        item.extra_keyword_matches.update({function_name(fact.function), fact.source.document.key})
        items.append(item)
    return items

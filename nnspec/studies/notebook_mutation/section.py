"""The report's appendix on changed notebooks: which changes their tests notice, and how often they err."""

from __future__ import annotations

from nnspec.report.parts import Section
from nnspec.report.words.wording import count
from nnspec.studies.notebook_mutation.record import NotebookStudy

FRESH, DEVELOPMENT = "fresh", "development"  # sets: measured on, and settled on


def notebook_section(study: NotebookStudy) -> Section:
    """Return the appendix on changed notebooks, a row for each change of those that were measured on."""
    headings = (
        "Change",
        "Noticed by all figures together",
        "Single figures or orders that fail",
    )
    fresh = study.part(FRESH)
    names = dict.fromkeys(one.name for one in fresh.mutants)
    return Section(
        "changed-notebooks",
        "Changed notebooks",
        (
            score_sentence(fresh),
            log_sentence(fresh),
            alarm_sentence(fresh),
            development_sentence(study),
            _SINGLE.format(strange=_strange(fresh)),
        ),
        headings,
        tuple(_row(fresh, name) for name in names),
    )


_FEW = 2  # figures: a loss and an accuracy at the end
_SINGLE = (
    "The tests of single figures say how lucky a printed run was, and that of all together whether something "
    "has changed: {strange} of the drawn notebooks had a single figure that was called lucky, unlucky or out "
    "of reach."
)


def score_sentence(study: NotebookStudy) -> str:
    """Return how many mutants were noticed, with and without the equivalent ones."""
    mutants, different = len(study.mutants), study.different
    noticed, exactly = (sum(getattr(one, name) for one in different) for name in ("noticed", "exactly"))
    notebooks = len(study.unchanged)
    each = f"{mutants // notebooks} changes of each of {notebooks}"
    return (
        f"Of {count(mutants, 'changed notebook')} ({each}) {mutants - len(different)} are equivalent: every "
        f"seed gives the same numbers as without the change. Of the {len(different)} others the test of all "
        f"figures together noticed {noticed}, a mutation score of {study.score:.2f} "
        f"({study.score_of_all:.2f} of all {mutants}); {exactly} of them it noticed without statistics, as "
        "steps, epochs, metrics or a summary are no longer what is printed."
    )


def log_sentence(study: NotebookStudy) -> str:
    """Return how many mutants were noticed of notebooks that print logs, and of those that print less."""
    few = {one.notebook for one in study.unchanged if one.figures <= _FEW}
    short = [one.noticed for one in study.different if one.notebook in few]
    long = [one.noticed for one in study.different if one.notebook not in few]
    return (
        f"Where a log is printed these are {sum(long)} of {len(long)}, and where two final figures are all "
        f"that is printed {sum(short)} of {len(short)}."
    )


def development_sentence(study: NotebookStudy) -> str:
    """Return what the same rule found on the notebooks on which it was settled."""
    own = study.part(DEVELOPMENT)
    called, of = own.false_alarms
    return (
        f"On the notebooks on which the rule was settled, {len(own.sets[DEVELOPMENT])} of them, it noticed "
        f"{sum(one.noticed for one in own.different)} of {len(own.different)} changes that are not "
        f"equivalent, a score of {own.score:.2f} ({own.score_of_all:.2f} of all {len(own.mutants)}), and "
        f"called {called} of {of:,} unchanged ones changed ({called / of:.2%})."
    )


def alarm_sentence(study: NotebookStudy) -> str:
    """Return how often an unchanged notebook was called changed."""
    called, of = study.false_alarms
    real = sum(one.real for one in study.unchanged) + len(study.controls)
    wrong = sum(one.real_changed for one in study.unchanged) + sum(one.noticed for one in study.controls)
    return (
        f"Of {of:,} unchanged notebooks that printed the figures of other seeds it called {called} changed "
        f"({called / of:.2%}); {real} of them were run by Keras itself, of which it called {wrong} changed."
    )


def _strange(study: NotebookStudy) -> str:
    strange, drawn = (
        sum(getattr(one, name) for one in study.unchanged) for name in ("drawn_strange", "drawn")
    )
    return f"{strange / drawn:.0%}"


def _row(study: NotebookStudy, name: str) -> tuple[str, ...]:
    own = [one for one in study.mutants if one.name == name]
    # two notebooks may have a change of this name that is another one
    statement = "; ".join(dict.fromkeys(one.statement for one in own))
    noticed = f"{sum(one.noticed for one in own)} of {len(own)}"
    single = f"{sum(one.figures_failed > 0 for one in own)} of {len(own)}"
    return statement, noticed, single

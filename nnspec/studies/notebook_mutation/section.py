"""The report's appendix on changed notebooks: which changes their tests notice, and how often they err."""

from __future__ import annotations

from nnspec.report.parts import Section
from nnspec.report.words.wording import count
from nnspec.studies.notebook_mutation.record import NotebookStudy


def notebook_section(study: NotebookStudy) -> Section:
    """Return the appendix on changed notebooks, a row for each change."""
    headings = (
        "Change",
        "Noticed by all figures together",
        "Single figures or orders that fail",
        "Not noticed in",
    )
    names = dict.fromkeys(one.name for one in study.mutants)
    return Section(
        "changed-notebooks",
        "Changed notebooks",
        (
            score_sentence(study),
            log_sentence(study),
            alarm_sentence(study),
            _SINGLE.format(strange=_strange(study)),
        ),
        headings,
        tuple(_row(study, name) for name in names),
    )


_FEW = 2  # figures: a loss and an accuracy at the end
_SINGLE = (
    "The tests of single figures say how lucky a printed run was, and that of all together whether something "
    "has changed: {strange} of the drawn notebooks had a single figure that was called lucky, unlucky or out "
    "of reach."
)


def score_sentence(study: NotebookStudy) -> str:
    """Return how many mutants were noticed."""
    mutants, noticed = len(study.mutants), sum(one.noticed for one in study.mutants)
    notebooks = len(study.unchanged)
    each = f"{mutants // notebooks} changes of each of {notebooks}"
    return (
        f"Of {count(mutants, 'changed notebook')} ({each}) the test of all figures together noticed "
        f"{noticed}, a mutation score of {study.score:.2f}."
    )


def log_sentence(study: NotebookStudy) -> str:
    """Return how many mutants were noticed of notebooks that print logs, and of those that print less."""
    few = {one.notebook for one in study.unchanged if one.figures <= _FEW}
    short = [one.noticed for one in study.mutants if one.notebook in few]
    long = [one.noticed for one in study.mutants if one.notebook not in few]
    return (
        f"Where a log is printed these are {sum(long)} of {len(long)}, and where two final figures are all "
        f"that is printed {sum(short)} of {len(short)}."
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
    survived = ", ".join(one.notebook for one in own if not one.noticed)
    # two notebooks may have a change of this name that is another one
    statement = "; ".join(dict.fromkeys(one.statement for one in own))
    noticed = f"{sum(one.noticed for one in own)} of {len(own)}"
    single = f"{sum(one.figures_failed > 0 for one in own)} of {len(own)}"
    return statement, noticed, single, survived or "none"

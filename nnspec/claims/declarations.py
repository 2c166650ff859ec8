"""Declarations: what a document says, how it is read, and what would refute it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from nnspec.basics.errors import InvalidValue, one_of, text
from nnspec.claims import declared
from nnspec.claims.arms import (
    Predicate,
    Recipes,
    by_parameter,
    checked_function,
    counterfactual_of,
    docstring,
)
from nnspec.claims.document import Document as Document
from nnspec.claims.document import Source as Source
from nnspec.claims.figure import Figure as Figure
from nnspec.claims.figure import figures
from nnspec.claims.naming import Named, checked_id, checked_line, checked_part, checked_short
from nnspec.claims.reading import OURS, READINGS, checked_share, checked_verdict
from nnspec.recipes.experiment import Experiment
from nnspec.runs.runs import Runs


@dataclass(frozen=True, eq=False)
class Claim(Named):
    """A statement about runs from all seeds, with its evidence. Calling it applies the predicate.

    `recipes` and `counterfactual` have the same names, the parameters of the predicate; a claim of several
    arms without a counterfactual has the null: its first arm in the place of all, from other seeds. See
    `claim`.
    """

    id: str
    part: str
    source: Source
    statement: str
    says: str
    reading: str
    word: str
    recipes: Mapping[str, Experiment]
    counterfactual: Mapping[str, Experiment]
    without: str
    share: float
    because: str
    documented: Mapping[str, Figure]
    verdict: str
    measured: str
    predicate: Predicate
    picture: Callable[..., Any] | None
    beyond: str
    headline: str
    in_short: str = ""

    @property
    def kind(self) -> str:
        """Share or paired, and whether figures are placed: as in the inventory of claims."""
        kind = "paired" if len(self.recipes) > 1 else "share"
        return f"{kind} + figure" if self.documented or self.reading == "figure" else kind

    @property
    def has_null(self) -> bool:
        """Whether it is held against its first arm in the place of all, from other seeds."""
        return not self.counterfactual and len(self.recipes) > 1

    @property
    def verdicts(self) -> int:
        """How many verdicts it takes: its own, one without its cause, and the place of every figure."""
        return 1 + bool(self.counterfactual or self.has_null) + len(self.documented)

    def __call__(self, **runs: Runs) -> Any:
        """Return what the predicate says of these runs."""
        return self.predicate(**runs)


@dataclass(frozen=True, eq=False)
class Fact(Named):
    """A statement that one run of plain asserts decides. See `fact`."""

    id: str
    part: str
    source: Source
    kind: str
    statement: str
    function: Callable[..., Any]

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        """Run the test; `InvalidValue` if it returns something, which nobody would look at."""
        answer = self.function(*args, **kwargs)
        if answer is not None:
            remedy = "write `assert` where it says `return`"
            raise InvalidValue(f"fact {self.key!r}: returned", answer, "nothing, a fact asserts", remedy)


def claim(
    id: str,
    *,
    source: Source,
    recipe: Recipes,
    because: str,
    says: str = "",
    reading: str = "general",
    share: float | None = None,
    word: str = "",
    counterfactual: Recipes | None = None,
    without: str = "",
    documented: Mapping[str, float | str | Figure] | None = None,
    verdict: str = "holds",
    measured: str = "",
    part: str = "",
    picture: Callable[..., Any] | None = None,
    beyond: str = "",
    headline: str = "",
    in_short: str = "",
) -> Callable[[Predicate], Claim]:
    """Declare what the document says of a network, as a question to runs from many seeds.

    The predicate takes the `Runs` of every recipe – one parameter of any name, or one for each name
    in a mapping of recipes – and returns a bool per seed, shape (seeds,); its docstring is the
    statement. `says` is the sentence of the document in other words, with its hedges; claims that have the
    same one are readings of one sentence. `reading` says what kind of sentence it is: "general" claims more
    than half of all runs, or `share` of them by a `word` that it has; "one case" and "figure" claim no
    share, they are told and placed. `counterfactual` is the recipe with the cause taken away, `without`
    names it, and it must come out refuted; of several recipes it names those that change. Where several
    recipes have none, the first one is compared with itself from other seeds, which must not hold.
    `because` says how the sentence was read and why. `documented` are figures that the document prints, by
    the name of a final metric of the first recipe or as a `Figure`. `verdict` is the recorded one and
    `measured` what was found. `part` tells several readings of one row apart. `picture` draws the runs into
    a figure. `beyond` says why a claim goes beyond what the document says; one without `says` does. Claims
    with a `headline` stand first in the report. `in_short` is the sentence in at most seven words, which its
    title goes on with what was found: "Dropout narrows the gap" in 24 of 25 runs.

    Raises
    ------
    InvalidValue
        If the reason, the statement or the counterfactual is missing or a value is impossible.
    """

    def declare(predicate: Predicate) -> Claim:
        name = f"claim {id!r}"
        declared.importing(name)
        checked_function(name, "predicate", predicate)
        if picture is not None:
            checked_function(name, "picture", picture)
        recipes = by_parameter(name, recipe, predicate)
        sentence = checked_line(name, "says", says)
        ours = checked_line(name, "beyond", beyond) or ("" if sentence else OURS)
        read = one_of(f"{name}: reading", reading, READINGS)
        others = counterfactual_of(name, recipes, counterfactual, needed=read == "general")
        made = Claim(
            id=checked_id(name, id),
            part=checked_part(name, part),
            source=_source(name, source),
            statement=text(f"{name}: statement", docstring(predicate), "write it as the docstring"),
            says=sentence,
            reading=read,
            word=checked_line(name, "word", word),
            recipes=MappingProxyType(recipes),
            counterfactual=MappingProxyType(others),
            without=_without(name, without, others),
            share=checked_share(name, share, word, sentence, read, bool(ours)),
            because=text(
                f"{name}: because", because, "say how the sentence was read and why with this share"
            ),
            documented=MappingProxyType(
                figures(name, list(recipes), {} if documented is None else documented)
            ),
            verdict=checked_verdict(f"{name}: verdict", verdict, read),
            measured=checked_line(name, "measured", measured),
            predicate=predicate,
            picture=picture,
            beyond=ours,
            headline=checked_line(name, "headline", headline),
            in_short=checked_short(name, in_short),
        )
        declared.note(made, f"claim {made.key!r}")
        return made

    return declare


def fact(
    id: str, *, source: Source, kind: str = "fact", part: str = ""
) -> Callable[[Callable[..., None]], Fact]:
    """Declare that the plain test below is what the document says; its docstring is the statement.

    Raises
    ------
    InvalidValue
        If the id or the statement is missing, the source is no place in a document, or the kind is none of
        "fact", "picture", "drift" (what printed code does with today's libraries) and "fact + drift".
    """

    def declare(function: Callable[..., None]) -> Fact:
        name = f"fact {id!r}"
        declared.importing(name)
        checked_function(name, "test", function)
        statement = text(f"{name}: statement", docstring(function), "write it as the docstring")
        kinds = ("drift", "fact", "fact + drift", "picture")
        made = Fact(
            checked_id(name, id),
            checked_part(name, part),
            _source(name, source),
            one_of("kind", kind, kinds),
            statement,
            function,
        )
        declared.note(made, f"fact {made.key!r}")
        return made

    return declare


def _without(name: str, without: object, counterfactual: Mapping[str, Experiment]) -> str:
    named = checked_line(name, "without", without)
    if named and not counterfactual:
        expected = "nothing where there is no counterfactual, which alone is without something"
        raise InvalidValue(f"{name}: without", without, expected, "add the counterfactual, or leave it out")
    return named


def _source(name: str, source: object) -> Source:
    if not isinstance(source, Source):
        raise InvalidValue(f"{name}: source", source, "a place such as DOCUMENT.at('section')")
    return source

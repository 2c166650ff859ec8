"""Declarations: what a document says, how it is read, and what would refute it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from nnspec.basics.errors import InvalidValue, one_of, text
from nnspec.claims import declared
from nnspec.claims.document import Document as Document
from nnspec.claims.document import Source as Source
from nnspec.claims.figure import Figure as Figure
from nnspec.claims.figure import figures
from nnspec.claims.naming import Named, checked_id, checked_part, checked_word
from nnspec.recipes.experiment import Experiment
from nnspec.runs.runs import Runs
from nnspec.statistics.shares import VERDICTS, check_share

Recipes = Experiment | Mapping[str, Experiment]
Predicate = Callable[..., Any]


@dataclass(frozen=True, eq=False)
class Claim(Named):
    """A statement about a share of all seeds, with its evidence. Calling it applies the predicate.

    `recipes` and `counterfactual` have the same names, the parameters of the predicate. See `claim`.
    """

    id: str
    part: str
    source: Source
    statement: str
    recipes: Mapping[str, Experiment]
    counterfactual: Mapping[str, Experiment]
    share: float
    because: str
    documented: Mapping[str, Figure]
    verdict: str
    measured: str
    predicate: Predicate
    picture: Callable[..., Any] | None
    beyond: str

    @property
    def kind(self) -> str:
        """Share or paired, and whether figures are placed: as in the inventory of claims."""
        kind = "paired" if len(self.recipes) > 1 else "share"
        return f"{kind} + figure" if self.documented else kind

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
    counterfactual: Recipes,
    share: float,
    because: str,
    documented: Mapping[str, float | Figure] | None = None,
    verdict: str = "holds",
    measured: str = "",
    part: str = "",
    picture: Callable[..., Any] | None = None,
    beyond: str = "",
) -> Callable[[Predicate], Claim]:
    """Declare that the predicate below holds for at least a share of all seeds.

    The predicate takes the `Runs` of every recipe – one parameter of any name, or one for each name
    in a mapping of recipes – and returns a bool per seed, shape (seeds,); its docstring is the
    statement. `counterfactual` is the recipe with the cause taken away, which must come out refuted;
    of several recipes it names those that change. `because` says how the sentence was read and why
    with this share. `documented` are figures that the document prints, by the name of a final metric
    of the first recipe or as a `Figure`. `verdict` is the recorded one and `measured` what was found.
    `part` tells several readings of one row apart. `picture` draws the runs into a figure. `beyond` says
    why a claim goes beyond what the document says, where it does.

    Raises
    ------
    InvalidValue
        If the reason, the statement or the counterfactual is missing or a value is impossible.
    """

    def declare(predicate: Predicate) -> Claim:
        name = f"claim {id!r}"
        declared.importing(name)
        _function(name, "predicate", predicate)
        if picture is not None:
            _function(name, "picture", picture)
        recipes = _by_parameter(name, recipe, predicate)
        made = Claim(
            id=checked_id(name, id),
            part=checked_part(name, part),
            source=_source(name, source),
            statement=text(f"{name}: statement", _doc(predicate), "write it as the docstring"),
            recipes=MappingProxyType(recipes),
            counterfactual=MappingProxyType(_counterfactual(name, recipes, counterfactual)),
            share=check_share(share, f"{name}: share"),
            because=text(
                f"{name}: because", because, "say how the sentence was read and why with this share"
            ),
            documented=MappingProxyType(
                figures(name, list(recipes), {} if documented is None else documented)
            ),
            verdict=one_of(f"{name}: verdict", verdict, VERDICTS),
            measured=checked_word(name, "measured", measured),
            predicate=predicate,
            picture=picture,
            beyond=checked_word(name, "beyond", beyond),
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
        _function(name, "test", function)
        statement = text(f"{name}: statement", _doc(function), "write it as the docstring")
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


def _doc(function: Callable[..., Any]) -> str | None:
    # of a partial function, whose own docstring tells what such functions are
    return inspect.getdoc(getattr(function, "func", function))


def _function(name: str, field: str, value: object) -> None:
    if not callable(value):
        raise InvalidValue(f"{name}: {field}", value, "a function")
    asynchronous = (inspect.iscoroutinefunction, inspect.isasyncgenfunction)
    called = (value, getattr(value, "__call__", None))  # noqa: B004  # of an object, its method
    if any(kind(function) for kind in (*asynchronous, inspect.isgeneratorfunction) for function in called):
        raise InvalidValue(
            f"{name}: {field}", value, "a function without async and yield", "return the answer"
        )


def _source(name: str, source: object) -> Source:
    if not isinstance(source, Source):
        raise InvalidValue(f"{name}: source", source, "a place such as DOCUMENT.at('section')")
    return source


def _by_parameter(name: str, recipe: object, predicate: Predicate) -> dict[str, Experiment]:
    try:
        signature = inspect.signature(predicate)
    except (TypeError, ValueError):
        raise InvalidValue(f"{name}: predicate", predicate, "a function whose parameters are known") from None
    # who makes functions in a loop gives them the loop's values as defaults
    given = recipe if isinstance(recipe, Mapping) else {}
    empty = inspect.Parameter.empty
    parameters = [name for name, one in signature.parameters.items() if one.default is empty or name in given]
    by_name = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    if not all(parameter.kind in by_name for parameter in signature.parameters.values()):
        raise InvalidValue(f"{name}: parameters", str(signature), "parameters that are given by name")
    if isinstance(recipe, Experiment) and len(parameters) == 1:
        recipe = {parameters[0]: recipe}
    if not isinstance(recipe, Mapping) or not all(isinstance(r, Experiment) for r in recipe.values()):
        raise InvalidValue(f"{name}: recipe", recipe, "a Recipe, or a mapping of names to recipes")
    if not parameters or set(recipe) != set(parameters):
        expected = "a predicate whose parameters are the names of the recipes: " + ", ".join(recipe)
        raise InvalidValue(f"{name}: parameters", parameters, expected)
    return dict(recipe)


def _counterfactual(name: str, recipes: dict[str, Experiment], changes: object) -> dict[str, Experiment]:
    if isinstance(changes, Experiment) and len(recipes) == 1:
        changes = dict.fromkeys(recipes, changes)
    if not isinstance(changes, Mapping) or not changes or not set(changes) <= set(recipes):
        expected = "a recipe in which the cause is taken away, or a mapping from " + ", ".join(recipes)
        raise InvalidValue(f"{name}: counterfactual", changes, expected)
    if not all(isinstance(changed, Experiment) for changed in changes.values()):
        raise InvalidValue(f"{name}: counterfactual", changes, "a mapping of names to recipes")
    counterfactual = {**recipes, **changes}
    if counterfactual == recipes:
        raise InvalidValue(f"{name}: counterfactual", changes, "another recipe than the claim's own")
    return counterfactual

"""Declarations: what a document says, how it is read, and what would refute it."""

from __future__ import annotations

import inspect
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from nnspec.basics.errors import InvalidValue, one_of, real_number, text
from nnspec.claims.document import Document as Document
from nnspec.claims.document import Source as Source
from nnspec.claims.naming import Named
from nnspec.recipes.experiment import Experiment
from nnspec.runs.runs import Runs
from nnspec.statistics.shares import VERDICTS, check_share

Recipes = Experiment | Mapping[str, Experiment]
Predicate = Callable[..., Any]


@dataclass(frozen=True)
class Figure:
    """A number that a document prints, and the value per seed that it is compared with."""

    documented: float
    of: Callable[..., Any]

    def __post_init__(self) -> None:
        object.__setattr__(self, "documented", real_number("documented", self.documented))
        if not callable(self.of):
            raise InvalidValue("of", self.of, "a function of the runs, as lambda runs: runs.accuracy")


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
    function: Callable[..., None]

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        """Run the test."""
        self.function(*args, **kwargs)


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
        _function(name, "predicate", predicate)
        if picture is not None:
            _function(name, "picture", picture)
        recipes = _by_parameter(name, recipe, predicate)
        return Claim(
            id=_id(name, id),
            part=_part(name, part),
            source=_source(name, source),
            statement=text(f"{name}: statement", inspect.getdoc(predicate), "write it as the docstring"),
            recipes=MappingProxyType(recipes),
            counterfactual=MappingProxyType(_counterfactual(name, recipes, counterfactual)),
            share=check_share(share, f"{name}: share"),
            because=text(
                f"{name}: because", because, "say how the sentence was read and why with this share"
            ),
            documented=MappingProxyType(_figures(name, recipes, {} if documented is None else documented)),
            verdict=one_of(f"{name}: verdict", verdict, VERDICTS),
            measured=_word(name, "measured", measured),
            predicate=predicate,
            picture=picture,
            beyond=_word(name, "beyond", beyond),
        )

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
        _function(name, "test", function)
        statement = text(f"{name}: statement", inspect.getdoc(function), "write it as the docstring")
        kinds = ("drift", "fact", "fact + drift", "picture")
        return Fact(
            _id(name, id),
            _part(name, part),
            _source(name, source),
            one_of("kind", kind, kinds),
            statement,
            function,
        )

    return declare


def _id(name: str, value: object) -> str:
    """Return an id, which is typed in a shell, printed on one line and looked for in files."""
    checked = text(f"{name}: id", value)
    if _unprintable(str(value)) or checked.startswith("-"):
        expected = "a text on one line without control characters that does not begin with a dash"
        raise InvalidValue(f"{name}: id", value, expected, "such as 'moons-2'")
    return checked


def _part(name: str, value: object) -> str:
    part = _word(name, "part", value)
    if _unprintable(part) or part.startswith("-") or set(part) & set("[]"):
        expected = "a text on one line without control characters, brackets and a dash at its beginning"
        raise InvalidValue(f"{name}: part", value, expected, f"it is put in brackets: {name[6:]}[part]")
    return part


def _unprintable(value: str) -> bool:
    """Whether a text has line breaks or characters that control, such as those that turn its direction."""
    return any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in value)


def _word(name: str, field: str, value: object) -> str:
    if not isinstance(value, str):
        raise InvalidValue(f"{name}: {field}", value, "a text, which may be empty")
    return value


def _function(name: str, field: str, value: object) -> None:
    if not callable(value):
        raise InvalidValue(f"{name}: {field}", value, "a function")


def _source(name: str, source: object) -> Source:
    if not isinstance(source, Source):
        raise InvalidValue(f"{name}: source", source, "a place such as DOCUMENT.at('section')")
    return source


def _by_parameter(name: str, recipe: object, predicate: Predicate) -> dict[str, Experiment]:
    try:
        signature = inspect.signature(predicate)
    except (TypeError, ValueError):
        raise InvalidValue(f"{name}: predicate", predicate, "a function whose parameters are known") from None
    parameters = list(signature.parameters)
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


def _figures(
    claim: str, recipes: dict[str, Experiment], documented: Mapping[str, float | Figure]
) -> dict[str, Figure]:
    first = next(iter(recipes))
    if not isinstance(documented, Mapping) or not all(isinstance(key, str) for key in documented):
        raise InvalidValue(f"{claim}: documented", documented, "a mapping of names to printed figures")

    def metric(name: str) -> Callable[..., Any]:
        return lambda **runs: runs[first].metric(name)

    return {
        name: f
        if isinstance(f, Figure)
        else Figure(real_number(f"{claim}: documented {name}", f), metric(name))
        for name, f in documented.items()
    }

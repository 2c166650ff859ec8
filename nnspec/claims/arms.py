"""The arms of a claim: recipes by the names that a predicate gives them, and what is taken away from them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from nnspec.basics.errors import InvalidValue
from nnspec.recipes.experiment import Experiment

Recipes = Experiment | Mapping[str, Experiment]
Predicate = Callable[..., Any]
_ARMS_THAT_DIFFER = "arms that differ: the same recipe from the same seeds says the same, whatever is asked"


def docstring(function: Callable[..., Any]) -> str | None:
    """Return the docstring of a function, None where it has none."""
    # of a partial function, whose own docstring tells what such functions are
    return inspect.getdoc(getattr(function, "func", function))


def checked_function(name: str, field: str, value: object) -> None:
    """Check that a value is a function that gives its answer when it is called.

    Raises
    ------
    InvalidValue
        If it is none, or is asynchronous or a generator.
    """
    if not callable(value):
        raise InvalidValue(f"{name}: {field}", value, "a function")
    asynchronous = (inspect.iscoroutinefunction, inspect.isasyncgenfunction)
    called = (value, getattr(value, "__call__", None))  # noqa: B004  # of an object, its method
    if any(kind(function) for kind in (*asynchronous, inspect.isgeneratorfunction) for function in called):
        raise InvalidValue(
            f"{name}: {field}", value, "a function without async and yield", "return the answer"
        )


def by_parameter(name: str, recipe: object, predicate: Predicate) -> dict[str, Experiment]:
    """Return the recipes by the parameters of the predicate.

    Raises
    ------
    InvalidValue
        If they are no recipes, have other names than the parameters, or are the same one twice.
    """
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
    if isinstance(recipe, Experiment) and len(parameters) > 1:
        remedy = f"give a recipe by each name: recipe={{{parameters[0]!r}: …, {parameters[1]!r}: …}}"
        expected = "one parameter, the runs of the one recipe"
        raise InvalidValue(f"{name}: parameters", parameters, expected, remedy)
    if isinstance(recipe, Experiment) and len(parameters) == 1:
        recipe = {parameters[0]: recipe}
    if not isinstance(recipe, Mapping) or not all(isinstance(r, Experiment) for r in recipe.values()):
        raise InvalidValue(f"{name}: recipe", recipe, "a Recipe, or a mapping of names to recipes")
    if not parameters or set(recipe) != set(parameters):
        expected = "a predicate whose parameters are the names of the recipes: " + ", ".join(recipe)
        raise InvalidValue(f"{name}: parameters", parameters, expected)
    arms = dict(recipe)
    if _has_twice(arms):
        remedy = "change in one of them what the claim is about"
        raise InvalidValue(f"{name}: recipe", recipe, _ARMS_THAT_DIFFER, remedy)
    return arms


def counterfactual_of(
    name: str, recipes: dict[str, Experiment], changes: object, *, needed: bool
) -> dict[str, Experiment]:
    """Return the arms with the cause taken away; empty where several arms have the null, or none is needed.

    Raises
    ------
    InvalidValue
        If it is missing, is no recipe, changes nothing, or puts a recipe beside itself.
    """
    if changes is None and (len(recipes) > 1 or not needed):
        return {}
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
    if _has_twice(counterfactual):
        remedy = "leave the counterfactual out, and the first arm is compared with itself from other seeds"
        raise InvalidValue(f"{name}: counterfactual", changes, _ARMS_THAT_DIFFER, remedy)
    return counterfactual


def _has_twice(arms: Mapping[str, Experiment]) -> bool:
    """Whether two arms are the same recipe."""
    recipes = list(arms.values())
    return any(arm == other for place, arm in enumerate(recipes) for other in recipes[:place])

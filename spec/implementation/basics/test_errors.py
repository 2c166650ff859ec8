"""What wrong input is told: what was received, what was expected, what to do."""

from __future__ import annotations

import ast
import builtins
import importlib
import pkgutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import nnspec
from nnspec import NnspecError
from nnspec.basics.errors import InvalidValue, one_of, real_number, whole_number


def told(function: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(InvalidValue) as caught:
        function(*args, **kwargs)
    return str(caught.value)


def test_the_message_is_received_expected_remedy() -> None:
    error = InvalidValue("epochs", -1, "a positive number of epochs", "leave it out for one")
    assert str(error) == "epochs=-1; expected a positive number of epochs; leave it out for one"


def test_without_a_remedy_the_message_ends_with_what_was_expected() -> None:
    assert str(InvalidValue("name", "x", "a colour")) == "name='x'; expected a colour"


def test_it_is_caught_as_the_value_error_that_it_is() -> None:
    with pytest.raises(ValueError, match="units=0"):
        whole_number("units", 0)


def test_long_values_are_shown_by_their_beginning() -> None:
    message = str(InvalidValue("seeds", list(range(1000)), "fewer"))
    assert message.startswith("seeds=[0, 1, 2, ")
    assert message.endswith("...; expected fewer")
    assert len(message) == len("seeds=") + 200 + len("; expected fewer")


def test_a_value_of_two_hundred_characters_is_shown_whole() -> None:
    assert "'" + "a" * 198 + "';" in str(InvalidValue("name", "a" * 198, "less"))


def errors_of_nnspec() -> dict[str, type[BaseException]]:
    """Return every exception class that a module of nnspec defines; a private one never leaves its room."""
    names = [found.name for found in pkgutil.walk_packages(nnspec.__path__, "nnspec.")]
    modules = [importlib.import_module(name) for name in names if not name.endswith("__main__")]
    return {
        name: value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, Exception)  # SIGTERM is no error, as Ctrl-C is none
        and value.__module__.startswith("nnspec.")
        and not name.startswith("_")
    }


def raised(node: ast.AST, function: str = "") -> list[tuple[str, str]]:
    """Return the functions under a node that raise an error newly made, with the error's name."""
    found = []
    for child in ast.iter_child_nodes(node):
        name = child.name if isinstance(child, ast.FunctionDef) else function
        if isinstance(child, ast.Raise) and isinstance(child.exc, ast.Call):
            found.append((name, ast.unparse(child.exc.func)))
        found += raised(child, name)
    return found


def test_public_functions_raise_no_errors_of_python_itself() -> None:
    # a private one may: whoever calls it turns them into one of ours; a disk has errors of its own, what an
    # AssertionError says cannot happen, and SystemExit is how a command ends
    python = {name for name, value in vars(builtins).items() if isinstance(value, type)}
    python -= {
        name for name in python if issubclass(getattr(builtins, name), OSError | AssertionError | SystemExit)
    }
    files = Path(nnspec.__file__).parent.rglob("*.py")
    errors = {(file.name, *one) for file in files for one in raised(ast.parse(file.read_text("utf-8")))}
    assert ("errors.py", "whole_number", "InvalidValue") in errors
    public = {one for one in errors if not one[1].startswith("_") or one[1].endswith("__")}
    assert {one for one in public if one[2] in python} == set()


def test_what_a_caller_may_catch_has_one_base_and_the_base_that_python_would_give_it() -> None:
    found = errors_of_nnspec()
    assert {"InvalidValue", "MissingData", "DownloadFailed", "WorkerDied", "DamagedEntry"} <= set(found)
    assert [name for name, error in found.items() if not issubclass(error, NnspecError)] == []
    values = {name for name, error in found.items() if issubclass(error, ValueError)}
    assert {"InvalidValue", "ClusterLost", "NoSuchResult", "Unrepeatable"} == values
    assert {name for name, error in found.items() if issubclass(error, RuntimeError)} == {
        "BesideDied",
        "WorkerDied",
        "WrongBackend",
    }


@pytest.mark.parametrize("value", [3, np.int8(3), np.uint64(3), np.array(3)])
def test_whole_numbers_of_every_kind_become_plain_ints(value: Any) -> None:
    found = whole_number("n", value)
    assert found == 3
    assert type(found) is int


@pytest.mark.parametrize(
    "value", [True, np.True_, 1.0, np.float32(1), 0.5, "1", None, 1j, float("nan"), [1], np.array([1]), 0, -1]
)
def test_what_is_no_positive_whole_number_is_rejected(value: Any) -> None:
    assert told(whole_number, "n", value) == f"n={value!r}; expected a positive whole number"


@pytest.mark.parametrize(
    ("at_least", "expected"),
    [
        (0, "a whole number, 0 or more"),
        (1, "a positive whole number"),
        (5, "a whole number of at least 5"),
    ],
)
def test_the_smallest_whole_number_is_taken_and_the_one_below_is_not(at_least: int, expected: str) -> None:
    assert whole_number("n", at_least, at_least) == at_least
    assert told(whole_number, "n", at_least - 1, at_least) == f"n={at_least - 1}; expected {expected}"


@pytest.mark.parametrize("value", [2, 2.0, np.float32(2), np.int64(2), np.array(2.0)])
def test_numbers_of_every_kind_become_plain_floats(value: Any) -> None:
    found = real_number("x", value)
    assert found == 2.0
    assert type(found) is float


@pytest.mark.parametrize(
    "value",
    [True, np.True_, "2", None, 2j, [2.0], np.array([2.0]), float("nan"), float("inf"), -float("inf")],
)
def test_what_is_no_finite_number_is_rejected(value: Any) -> None:
    assert told(real_number, "x", value) == f"x={value!r}; expected a finite number"


@pytest.mark.parametrize(
    ("value", "bounds", "options", "expected"),
    [
        (-0.1, (0.0,), {}, "a finite number at least 0"),
        (1.1, (0.0, 1.0), {}, "a finite number at least 0 and at most 1"),
        (0.0, (0.0, 1.0), {"open_low": True}, "a finite number above 0 and at most 1"),
        (3.0, (), {"high": 2.5}, "a finite number at most 2.5"),
    ],
)
def test_numbers_outside_their_bounds_are_told_the_bounds(
    value: float, bounds: tuple[float, ...], options: dict[str, Any], expected: str
) -> None:
    assert told(real_number, "x", value, *bounds, **options) == f"x={value!r}; expected {expected}"


def test_numbers_on_their_bounds_are_taken() -> None:
    assert [real_number("x", value, 0.0, 1.0) for value in (0, 1)] == [0.0, 1.0]
    assert real_number("x", 1, 0.0, 1.0, open_low=True) == 1.0


def test_one_of_returns_what_it_was_given() -> None:
    assert one_of("loss", "mse", {"mae": 1, "mse": 2}) == "mse"


def test_a_slip_of_the_pen_is_told_the_nearest_choice() -> None:
    message = told(one_of, "activation", "sigmod", ("tanh", "sigmoid", "relu"))
    assert message == "activation='sigmod'; expected one of relu, sigmoid, tanh; did you mean 'sigmoid'?"


@pytest.mark.parametrize("value", ["", "quux", None, 3, b"relu"])
def test_what_is_like_no_choice_gets_the_list_alone(value: Any) -> None:
    assert told(one_of, "activation", value, ("tanh", "sigmoid")) == (
        f"activation={value!r}; expected one of sigmoid, tanh"
    )

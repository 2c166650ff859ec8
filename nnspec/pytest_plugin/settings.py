"""What the options and the configuration file of pytest set, checked before anything is collected."""

from __future__ import annotations

import pytest

from nnspec.basics.errors import InvalidValue
from nnspec.claims import budget

_CLAIMS, _NOTEBOOKS = "checks", "standard"  # budgets where none is asked for


def budget_of(config: pytest.Config) -> budget.Budget:
    """Return the budget of a run.

    Raises
    ------
    InvalidValue
        If it cannot be one, more than one of them is named, or a time for several processes of
        xdist or for notebooks.
    """
    name, seeds, text = (config.getoption(f"nnspec_{option}") for option in ("budget", "seeds", "time"))
    if (seeds is not None or text is not None) and not _is_named(config, "budget"):
        name = None  # that of the configuration file gives way
    chosen = budget.chosen(_CLAIMS, name, seeds, text)
    if text is not None and config.getoption("nnspec_notebooks"):
        raise InvalidValue("time", text, "a budget or seeds beside --nnspec-notebooks", "leave the time out")
    several = getattr(config.option, "numprocesses", None) or hasattr(config, "workerinput")
    if chosen.seconds is not None and several:
        remedy = "leave -n out; training uses all cores all the same"
        raise InvalidValue("time", text, "a single process of pytest, as several cannot share a time", remedy)
    return chosen


def _is_named(config: pytest.Config, option: str) -> bool:
    """Return whether an option stands among the arguments, and not in a configuration file alone."""
    asked = (str(one).partition("=")[0] for one in config.invocation_params.args)
    return f"--nnspec-{option}" in asked


def budget_of_notebooks(config: pytest.Config) -> budget.Budget:
    """Return the budget of a notebook: the one that was asked for, else that of `nnspec notebook`."""
    name, seeds = (config.getoption(f"nnspec_{option}") for option in ("budget", "seeds"))
    return budget.parse(_NOTEBOOKS if name is None else name, seeds)


def number_of(config: pytest.Config, name: str) -> float:
    """Return a number of the configuration file; InvalidValue where it is none."""
    text = str(config.getini(name))
    try:
        number = float(text)
    except ValueError:
        raise InvalidValue(name, text, "a number") from None
    return int(number) if number.is_integer() else number


def inventory_of(config: pytest.Config) -> frozenset[str] | None:
    """Return the known ids, None where no file has them; InvalidValue where it cannot be read."""
    name = str(config.getini("nnspec_inventory"))
    if not name:
        return None
    path = config.rootpath / name
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidValue("nnspec_inventory", name, "a text file with one id a line", str(error)) from None
    return frozenset(filter(None, (line.partition("#")[0].strip() for line in lines)))

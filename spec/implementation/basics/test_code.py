"""What a class is made of: whatever changes what it does changes its hash, and nothing else does."""

from __future__ import annotations

import pickle
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pytest

from nnspec import Circles, InvalidValue
from nnspec.basics.code import code_hash
from nnspec.basics.own_modules import is_own, library_version
from spec.implementation.basics.code_samples import hashed

CLASS = """
import functools
import numpy as np
from dataclasses import dataclass

SIZE = {size}
TABLE = np.arange(3) * SIZE
STEPS = {{"first": [1, SIZE]}}
scaled = functools.partial(round, ndigits=SIZE)

class Base:
    def kind(self):
        return {kind!r}

def helper(x, by={default}):
    def inner():
        return x {operator} by
    return inner()

def made(factor):
    @dataclass(frozen=True)
    class Inner(Base):
        n: int = 1
        limit = {constant}

        def examples(self):
            {body}

        @property
        def more(self):
            return [factor + i for i in range(3)]
    return Inner

Own = made({factor})
"""
SAME = {
    **{"size": 3, "kind": "a", "default": 2, "operator": "+", "constant": 1.0, "factor": 1},
    "body": "return helper(self.n)",
}


def own(name: str = "of_an_author", **changes: object) -> type:
    """Return a class as a module, or a cell of a notebook, defines it."""
    names: dict[str, object] = {"__name__": name}
    exec(compile(CLASS.format(**SAME | changes), "<cell>", "exec", dont_inherit=True), names)  # noqa: S102
    return names["Own"]  # type: ignore[return-value]


def test_the_same_text_twice_is_the_same_code() -> None:
    assert code_hash([own()]) == code_hash([own()])
    assert len(code_hash([own()])) == 64


@pytest.mark.parametrize(
    "changes",
    [
        {"body": "return helper(self.n) + 1"},
        {"body": "return helper(self.n) or SIZE", "size": 3},
        {"operator": "-"},
        {"default": 3},
        {"constant": 2.0},
        {"constant": "lambda x: x + 1"},
        {"kind": "b"},
        {"factor": 2},
        {"factor": "lambda x: x"},
        {"name": "of_another_author"},
    ],
    ids=str,
)
def test_whatever_changes_what_it_does_is_told(changes: dict[str, object]) -> None:
    assert code_hash([own(**changes)]) != code_hash([own()])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "body",
    [
        "return SIZE",
        "return TABLE",
        "return STEPS",
        "return scaled(2.5)",
        "return [TABLE[i] for i in (0, 1)]",
        "return (lambda: TABLE)()",
    ],
)
def test_a_global_that_a_method_reads_is_told_and_another_is_not(body: str) -> None:
    assert code_hash([own(body=body)]) != code_hash([own(body=body, size=4)])
    assert code_hash([own()]) == code_hash([own(size=4)])


def test_a_closure_over_a_lambda_or_a_partial_is_what_that_does() -> None:
    first, same, other = (
        code_hash([own(factor=f"functools.partial(lambda x, y: x {sign} y, 1)")]) for sign in "++-"
    )
    assert first == same != other


def test_libraries_and_nnspec_have_no_code_of_their_own() -> None:
    assert code_hash([Circles, dict]) == ""
    assert not any(map(is_own, ("nnspec.data", "numpy", "json", "pytest", "sklearn.datasets")))
    assert all(map(is_own, ("__main__", "never_heard_of", None, __name__)))
    assert library_version("sklearn.datasets") == metadata.version("scikit-learn")
    assert library_version("json") == library_version("nnspec.data") == ""


def test_a_module_with_the_name_of_one_of_pythons_is_its_authors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not any(map(is_own, ("colorsys", "os", "sys", "_thread", "wave")))
    (tmp_path / "colorsys.py").touch()
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    assert is_own("colorsys")


def test_values_that_hold_themselves_end_and_those_too_deep_are_refused() -> None:
    cls = own(body="return STEPS")
    steps = cls.examples.__globals__["STEPS"]  # type: ignore[attr-defined]
    steps["itself"] = steps
    assert len(code_hash([cls])) == 64
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    steps["deep"] = deep
    with pytest.raises(InvalidValue, match="nested too deeply"):
        code_hash([cls])


def test_a_generator_that_is_read_stays_where_it_is() -> None:
    cls = own(body="return STEPS")
    steps = iter([1, 2, 3])
    cls.examples.__globals__["STEPS"] = map(abs, steps)  # type: ignore[attr-defined]
    code_hash([cls])
    assert list(steps) == [1, 2, 3]


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("import helper", "return helper.make()"),
        ("from helper import make", "return make()"),
        ("", "import helper; return helper.make()"),
        ("", "from helper import make; return make()"),
    ],
    ids=["module", "function", "lazily", "name, lazily"],
)
def test_a_helper_module_that_is_edited_is_other_code_in_the_next_process(
    tmp_path: Path, line: str, body: str
) -> None:
    mine = f"{line}\nclass Own:\n    def examples(self):\n        {body}\n"
    helper = "from deeper import value\nNOTHING = 1\ndef make():\n    return value() + {}\n"
    deeper = "def value():\n    return {}\n"
    first = hashed(tmp_path, mine=mine, helper=helper.format(1), deeper=deeper.format(1))
    assert hashed(tmp_path) == first
    assert hashed(tmp_path, helper=helper.format(2)) != first
    assert hashed(tmp_path, helper=helper.format(1)) == first
    assert hashed(tmp_path, deeper=deeper.format(2)) != first


@dataclass(frozen=True)
class Pickled:
    """A class to pickle."""

    n: int = 1


def test_pickling_changes_nothing() -> None:
    before = code_hash([Pickled])
    pickle.loads(pickle.dumps(Pickled()))  # noqa: S301  # our own
    assert code_hash([Pickled]) == before

"""What a class is made of: whatever changes what it does changes its hash, and nothing else does."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pytest

from nnspec import Circles, InvalidValue
from nnspec.basics.code import code_hash
from nnspec.basics.own_modules import is_own, library_version

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


def hashed(folder: Path, **files: str) -> str:
    """Return the hash of the class Own in a module of a folder, in a process of its own."""
    for name, text in files.items():
        (folder / f"{name}.py").write_text(textwrap.dedent(text))
    code = "import mine; from nnspec.basics.code import code_hash; print(code_hash([mine.Own]))"
    paths = os.pathsep.join([str(folder), *sys.path])
    environment = os.environ | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(  # noqa: S603  # our own interpreter and code
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    return ran.stdout


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


READS = """
import abc, collections, dataclasses, enum, functools, os, re, threading, types, weakref
import numpy as np
from dataclasses import dataclass

class Holder:
    __slots__ = ("inner", "__weakref__")

    def __init__(self, inner):
        self.inner = inner

{given}

class Own:
    def examples(self):
        return {read}
"""
BY_VALUE = [
    ("V = types.MappingProxyType({{'l': {}}})", "V['l']"),
    ("V = re.compile('{}')", "V.pattern"),
    ("def V(): pass\nV.l = {}", "V.l"),
    ("@functools.lru_cache\ndef V(): pass\nV.l = {}", "V.l"),
    ("V = functools.partial(round)\nV.l = {}", "V.l"),
    ("class V:\n    '{}'", "float(V.__doc__)"),
    ("def V(): pass\nV.__doc__ = '{}'", "float(V.__doc__)"),
    *[
        (f"class V:\n    def {name}(self, *more): return {{}}", "V")
        for name in ("__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__")
    ],
    ("class Meta(type):\n    def l(cls): return {}\nclass V(metaclass=Meta): pass", "V.l()"),
    ("class Meta(abc.ABCMeta):\n    l = {}\nclass V(metaclass=Meta): pass", "V.l"),
    ("V = memoryview(bytes([int(10 * {})]))", "V[0]"),
    ("D = {{{}: 1}}\nV = D.keys()", "V"),
    ("D = {{1: {}}}\nV = D.values()", "V"),
    ("H = Holder({})\nV = weakref.ref(H)", "V().inner"),
    ("class A(Holder):\n    def __getstate__(self): return None\nV = A({})", "V.inner"),
    ("class A(Holder):\n    def __reduce__(self): return A, ()\nV = A({})", "V.inner"),
    ("class A(Holder):\n    def __reduce_ex__(self, n): raise TypeError\nV = A({})", "V.inner"),
    ("class A(dict):\n    def __reduce__(self): return A, ()\nV = A(l={})", "V['l']"),
    ("class A(float):\n    def __getnewargs__(self): return ()\nV = A({})", "V"),
    ("class A(np.ndarray): pass\nV = np.eye(1).view(A)\nV.l = {}", "V.l"),
    ("V = np.ma.masked_array([1, 2], [{} > 1, False])", "V.sum()"),
    ("V = np.array([({},)], [('l', object)])", "V"),
    ("class A(property): pass\nclass V:\n    l = A(lambda self: {})", "V().l"),
    ("V = functools.singledispatch(lambda one: {})", "V(1)"),
    ("@functools.singledispatch\ndef V(one): pass\n@V.register\ndef _(one: int): return {}", "V(1)"),
    ("def F(l):\n    return lambda: l\nV = functools.wraps(len)(F({}))", "V()"),
    ("V = collections.namedtuple('V', 'l', defaults=[{}])", "V().l"),
    ("V = collections.namedtuple('V', 'l')({})", "V.l"),
    ("V = dataclasses.make_dataclass('V', [('l', float, {})])", "V().l"),
    ("@dataclass\nclass V:\n    l: float = dataclasses.field(metadata={{'l': {}}}, default=0)", "V"),
    ("@dataclass(frozen=True, slots=True)\nclass A:\n    l: float\nV = A({})", "V.l"),
    ("class V(enum.Enum):\n    L = {}", "V.L.value"),
    ("V = (threading.Lock(), threading.Event(), {})", "V[2]"),
    ("class A(set):\n    def __init__(self, l): self.add(l)\nV = {{A({}).__iter__}}", "V"),
]
NOT_BY_VALUE = [
    ("V = (i * {} for i in range(3))", "V"),
    ("V = weakref.proxy(Holder({}))", "V.inner"),
    ("V = np.frompyfunc(lambda x: x * {}, 1, 1)", "V(1)"),
    ("V = threading.local()\nV.l = {}", "V.l"),
    ("V = {}", "os.environ['V']"),
    ("V = {}\nfrom os import environ", "environ['V']"),
    ("V = {}", "os.getenv('V')"),
    ("V = {}\nE = os.environ", "E['V']"),
    ("V = {}\nG = os.getenv", "G('V')"),
    ("V = {}", "globals()['V']"),
    ("V = {}", "eval('V')"),
    ("class V:\n    l: {}", "V.__annotations__"),
]


def reads(given: str, read: str, value: float) -> type:
    """Return a class whose code reads what is made with a value."""
    names: dict[str, object] = {"__name__": "of_an_author"}
    text = READS.format(given=given.format(value), read=read)
    exec(compile(text, "<cell>", "exec", dont_inherit=True), names)  # noqa: S102
    return names["Own"]  # type: ignore[return-value]


@pytest.mark.parametrize(("given", "read"), BY_VALUE)
def test_values_of_all_kinds_are_told_and_nothing_else_about_them(given: str, read: str) -> None:
    first, same, other = (code_hash([reads(given, read, value)]) for value in (0.9, 0.9, 1.1))
    assert first == same != other


@pytest.mark.parametrize(("given", "read"), NOT_BY_VALUE)
def test_what_cannot_be_told_is_the_same_for_no_other_class(given: str, read: str) -> None:
    first, other = (reads(given, read, value) for value in (0.9, 1.1))
    assert code_hash([first]) == code_hash([first]) != code_hash([other])
    assert code_hash([reads(given, read, 0.9)]) != code_hash([first])


def test_what_a_dispatching_function_has_found_so_far_says_nothing() -> None:
    cls = reads("@functools.singledispatch\ndef V(one): return {}", "V(1)", 0.9)
    before = code_hash([cls])
    cls().examples()
    assert code_hash([cls]) == before


@pytest.mark.parametrize(("line", "same"), [("", True), ("V = (i for i in 'a')", False)])
def test_what_cannot_be_told_is_another_in_the_next_process(tmp_path: Path, line: str, same: bool) -> None:
    mine = f"V = {{'a', 'b', 1}}\n{line}\nclass Own:\n    def examples(self):\n        return V\n"
    assert (hashed(tmp_path, mine=mine) == hashed(tmp_path)) is same


def test_functions_and_objects_of_libraries_are_told() -> None:
    given = "import scipy.special, sklearn.datasets, logging, math, operator\nV = {}"
    values = "[np.exp, scipy.special.expit, math.exp, np.dot, np.linalg.norm, str.join, 'x'.join, np.float32]"
    more = (
        "[logging.getLogger('x'), np.random.default_rng(3), np.random.RandomState(3), operator.itemgetter(3)]"
    )
    others = "[sklearn.datasets.make_moons, np.dtype('f4'), np.float32(3), slice(3), range(3), int | None]"
    for one in (values, more, others):
        assert len({code_hash([reads(given, "V", one)]) for _ in range(2)}) == 1  # type: ignore[arg-type]

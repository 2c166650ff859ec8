"""Values of all kinds that code reads are part of what it is; what cannot be told is like nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnspec.basics.code import code_hash
from spec.implementation.basics.code_samples import hashed

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
    ("V = types.ModuleType('mine')\nV.l = {}", "getattr(V, 'l')"),
    ("V = types.ModuleType('mine')\nV.l = {}", "vars(V)['l']"),
    ("V = types.ModuleType('mine')\nV.l = {}", "V.__dict__['l']"),
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
    ("V = {}\nimport sys", "vars(sys.modules['__main__'])['V']"),
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

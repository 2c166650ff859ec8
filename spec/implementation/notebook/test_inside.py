"""What runs in the kernel, tried without one: arrays, pipelines, imports."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from nnspec.machine.tensorflow_setup import tensorflow
from nnspec.notebook.captured import Captured, read_captured
from nnspec.notebook.inside.given import arguments_of, as_arrays, data_of, why_not
from nnspec.notebook.inside.imports import after_import
from nnspec.notebook.inside.missing_packages import runnable
from nnspec.notebook.inside.old_arguments import taking
from nnspec.notebook.inside.pipelines import NoArrays, Pipeline, pipeline_of
from nnspec.notebook.inside.written import Written


def _rows() -> tuple[Any, Any, Any]:
    x, y = np.arange(48.0).reshape(24, 2), np.arange(24) % 2
    return x, y, tensorflow()[0].data.Dataset.from_tensor_slices((x, y))


def _doubled(x: Any, y: Any) -> Any:
    return 2 * x, y


def test_another_pipeline_says_why_it_is_not() -> None:
    tf, _ = tensorflow()
    x, y, rows = _rows()
    signature = tf.TensorSpec((2,), tf.float64), tf.TensorSpec((), tf.int64)
    generated = tf.data.Dataset.from_generator(lambda: zip(x, y, strict=True), output_signature=signature)
    by_python = rows.map(lambda a, b: (tf.py_function(np.sqrt, [a], tf.float64), b))
    others = {
        "a single pass": rows.repeat(2).batch(6),
        "without end": rows.repeat().batch(6),
        "augmentation": rows.map(lambda a, b: (a + tf.timestamp(), b)).batch(6),
        "put cache() before": rows.shuffle(24).cache().batch(6),
        "reshuffle_each_iteration=False": rows.shuffle(24, reshuffle_each_iteration=False).batch(6),
        "drop_remainder": rows.shuffle(24).batch(5, drop_remainder=True),
        "shuffle() before batch()": rows.batch(6).shuffle(4),
        "pairs (inputs, targets)": tf.data.Dataset.from_tensor_slices(x).batch(6),
        "which mixes neighbours alone": rows.shuffle(5).filter(lambda a, b: True).batch(6),
        "calls Python code": generated.batch(6),
        "calls Python": by_python.batch(6),
    }
    for reason, dataset in others.items():
        found = pipeline_of(dataset)
        assert isinstance(found, NoArrays)
        assert reason in found.why
        bound = as_arrays({"x": dataset, "validation_data": dataset})
        assert bound == {"x": found, "validation_data": found}
        assert why_not(data_of(bound, None)) == f"x: {found.why}"  # type: ignore[arg-type]  # nothing is written


def test_whatever_gives_the_same_examples_each_time_becomes_arrays() -> None:
    x, y, rows = _rows()
    plain = pipeline_of(rows.batch(6, drop_remainder=True))
    assert isinstance(plain, Pipeline)
    assert (plain.batch_size, plain.shuffle, plain.shuffle_buffer_size) == (6, False, None)
    mixed = as_arrays({"x": rows.map(_doubled).cache().shuffle(5).batch(6).prefetch(1), "epochs": 2})
    np.testing.assert_array_equal(mixed["x"], 2 * x)
    np.testing.assert_array_equal(mixed["y"], y)
    told = {"epochs": 2, "batch_size": 6, "shuffle": True, "shuffle_buffer_size": 5}
    assert arguments_of(mixed) == told
    whole = as_arrays({"x": rows.shuffle(24).map(_doubled).batch(6)})
    assert sorted(whole["x"].tolist()) == sorted((2 * x).tolist())
    assert arguments_of(whole) == {"batch_size": 6, "shuffle": True}
    files = as_arrays({"x": 1, "validation_data": rows.map(_doubled).batch(24)})
    np.testing.assert_array_equal(files["validation_data"][0], 2 * x)


def test_arrays_are_written_once_and_those_that_cannot_be_say_why(tmp_path: Path) -> None:
    keep = Written(tmp_path, largest=1000)
    array = np.arange(6.0).reshape(2, 3)
    first = keep.array(array)
    assert first == keep.array(array.copy())
    assert len(list((tmp_path / "arrays").iterdir())) == 1
    assert keep.array(np.zeros(126))["why"] == "an array of 1,008 bytes, more than the 1,000 allowed"
    assert keep.array(np.array(["a"]))["why"].startswith("an array of <U1")
    assert keep.array(np.array([1, "a"], object))["why"].startswith("an array of object")


def test_large_arrays_of_small_whole_numbers_are_kept_as_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnspec.notebook.inside.written._LARGE", 100)
    keep = Written(tmp_path, largest=1000)
    found = keep.array(np.eye(30)[:, :20])  # 4,800 bytes
    assert found["dtype"] == "uint8"
    np.testing.assert_array_equal(np.load(tmp_path / found["file"])["array"], np.eye(30)[:, :20])
    for other in (np.eye(30)[:, :20] / 255, -np.eye(30)[:, :20], np.full((30, 20), np.nan)):
        assert "more than the 1,000 allowed" in keep.array(other)["why"]


def test_data_in_several_parts_are_kept_in_their_order(tmp_path: Path) -> None:
    keep = Written(tmp_path, largest=1000)
    array = np.arange(3.0)
    data = data_of({"x": {"a": array, "b": [array, array]}, "y": None, "epochs": 3}, keep)
    assert data["x"]["kind"] == "dict"
    assert data["x"]["parts"]["b"]["parts"][1] == data["x"]["parts"]["a"]
    assert why_not(data) == ""
    assert why_not(data_of({"x": [array, (one for one in "a")]}, keep)) == "x: a generator"
    assert arguments_of({"epochs": np.int64(3), "class_weight": {0: 1}}) == {
        "epochs": 3,
        "class_weight": {"0": 1.0},
    }


def test_an_event_that_was_cut_off_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "events.jsonl").write_text('{"event": "fit", "number": 0, "ce')
    assert read_captured(tmp_path) == Captured(tmp_path, (), (), ())


def test_a_module_is_met_after_it_was_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nnspec_met_later.py").write_text("value = 1\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))

    def change(module: Any) -> None:
        module.value += 1

    after_import({"nnspec_met_later": change, "no_such_module": change})
    import nnspec_met_later  # type: ignore[import-not-found]

    assert nnspec_met_later.value == 2
    after_import({"nnspec_met_later": change, "sys": lambda module: module.no_such_name})
    assert nnspec_met_later.value == 3


def test_an_optimizer_takes_lr_and_is_told_what_is_ignored() -> None:
    class BaseOptimizer:
        def __init__(self, learning_rate: float, **named: object) -> None:
            self.given = learning_rate, named

    module, heard = ModuleType("base_optimizer"), list[str]()
    module.BaseOptimizer = BaseOptimizer  # type: ignore[attr-defined]  # as Keras has it
    taking(heard.append)(module)
    assert BaseOptimizer(learning_rate=0.1, lr=0.5, beta=1).given == (0.5, {"beta": 1})
    assert BaseOptimizer(0.1, decay=0.0).given == (0.1, {"decay": 0.0})
    assert len(heard) == 1
    assert BaseOptimizer(0.1, decay=1e-6).given == (0.1, {"decay": 1e-6})
    assert "decay, which Keras now ignores" in heard[1]


def test_a_callback_that_only_looks_is_left_out_where_its_package_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    board = type("TensorBoard", (), {"__module__": "keras.src.callbacks.tensorboard"})()
    own = type("TensorBoard", (), {"__module__": "__main__"})()
    heard = list[str]()
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert runnable({"epochs": 3}, heard.append) == {"epochs": 3}
    assert runnable({"callbacks": [own, 1]}, heard.append) == {"callbacks": [own, 1]}
    assert not heard
    assert runnable({"callbacks": [own, board], "x": 1}, heard.append) == {"callbacks": [own], "x": 1}
    assert runnable({"callbacks": board}, heard.append) == {"callbacks": []}
    assert len(heard) == 2
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name)
    assert runnable({"callbacks": [board]}, heard.append) == {"callbacks": [board]}

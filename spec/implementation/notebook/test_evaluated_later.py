"""What an evaluation is told to be of, long after the fit: of a file, another model, another loss."""

from __future__ import annotations

from pathlib import Path

from spec.implementation.notebook.kernel_bench import Bench


def test_a_model_from_a_file_is_evaluated_as_the_one_that_was_saved(bench: Bench, tmp_path: Path) -> None:
    bench.fitted(units=4)
    base = bench.fitted()
    base.save(tmp_path / "model.keras")
    loaded = bench.keras.models.load_model(tmp_path / "model.keras")
    assert bench.started.evaluated(loaded) == (1, "kept")
    loaded.compile("adam", "mse")
    assert bench.started.evaluated(loaded) == (1, "recompiled")
    loaded.layers[0].set_weights([one + 1 for one in loaded.layers[0].get_weights()])
    assert bench.started.evaluated(loaded) == (None, "given")


def test_the_weights_of_a_fit_in_another_model_are_no_evaluation_of_it(bench: Bench) -> None:
    base = bench.fitted()
    outer = bench.keras.Sequential([base, bench.keras.layers.Softmax()])
    outer.compile("adam", "binary_crossentropy")
    assert bench.started.evaluated(outer) == (None, "given")
    fresh = bench.build()
    assert bench.started.evaluated(fresh) == (None, "untrained")


def test_another_loss_or_metric_after_a_fit_evaluates_another_quantity(bench: Bench) -> None:
    model = bench.fitted()
    model.optimizer.learning_rate = 0.5
    assert bench.started.evaluated(model) == (0, "kept")
    model.compile("sgd", "binary_crossentropy")
    assert bench.started.evaluated(model) == (0, "kept")
    for changed in ({"loss": "mse"}, {"loss": "binary_crossentropy", "metrics": ["accuracy"]}):
        model.compile("sgd", **changed)
        assert bench.started.evaluated(model) == (0, "recompiled")

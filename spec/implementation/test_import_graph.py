"""Imports run downwards only, and TensorFlow is imported in two files alone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import nnspec

PACKAGE = Path(nnspec.__file__).parent

# From top to bottom: a module may import what stands further down, at its head or inside a function.
ORDER = [
    # command line and plugin
    "nnspec.cli",
    "nnspec.compare_command",
    "nnspec.rebaseline_command",
    "nnspec.repair_command",
    "nnspec.report_command",
    "nnspec.show_command",
    "nnspec.store_command",
    "nnspec.claim_text",
    "nnspec.text_plot",
    "nnspec.comparison_report",
    "nnspec.data_command",
    "nnspec.calibration_command",
    "nnspec.flakiness_command",
    "nnspec.collection",
    "nnspec.data_fetch",
    "nnspec.display",
    "nnspec.summary",
    "nnspec.power_table",
    "nnspec.listing",
    "nnspec.time_left",
    "nnspec.plain_terminal",
    "nnspec.pytest_plugin",
    "nnspec.pytest_compare",
    "nnspec.pytest_summary",
    "nnspec.pytest_training",
    "nnspec.ci_summary",
    "nnspec.junit_properties",
    "nnspec.full_report",
    "nnspec.baseline",
    "nnspec.results_file",
    "nnspec.verdict_table",
    "nnspec.items",
    "nnspec.plugin_state",
    "nnspec.hooks",
    # report
    "nnspec.since_baseline",
    "nnspec.drift_report",
    "nnspec.report.appendix",
    "nnspec.report.flakiness_section",
    "nnspec.report.mutation_section",
    "nnspec.report",
    "nnspec.report.markdown",
    "nnspec.report.html",
    "nnspec.report.calibration_section",
    "nnspec.report.repair_part",
    "nnspec.report.section",
    "nnspec.report.documents",
    "nnspec.report.evidence",
    "nnspec.report.picture",
    "nnspec.report.suggestion",
    "nnspec.report.strength",
    "nnspec.report.strip",
    "nnspec.report.drift_bar",
    "nnspec.report.axis",
    "nnspec.report.change_bar",
    "nnspec.report.share_bar",
    "nnspec.report.wording",
    "nnspec.report.svg",
    # plots
    "nnspec.plots",
    "nnspec.plots.blobs",
    "nnspec.plots.calibration",
    "nnspec.plots.confusion",
    "nnspec.plots.decision_boundary",
    "nnspec.plots.function_fits",
    "nnspec.plots.history",
    "nnspec.plots.images",
    "nnspec.plots.misclassified_pairs",
    "nnspec.plots.model_graph",
    "nnspec.plots.probability_contours",
    "nnspec.plots.regression",
    "nnspec.plots.repair",
    "nnspec.plots.stored_evidence",
    "nnspec.plots.sweep",
    "nnspec.plots.units",
    "nnspec.plots.activation_curves",
    "nnspec.plots.arms",
    "nnspec.plots.picture_file",
    "nnspec.plots.plane",
    "nnspec.plots.seeds",
    "nnspec.plots.style",
    # claims and verdicts
    "nnspec.drift",
    "nnspec.drift_tests",
    "nnspec.claim_record",
    "nnspec.compared",
    "nnspec.evidence_message",
    "nnspec.results",
    "nnspec.backends",
    "nnspec.spread",
    "nnspec.repair",
    "nnspec.session",
    "nnspec.repair_text",
    "nnspec.repair_record",
    "nnspec.flakiness_record",
    "nnspec.flakiness",
    "nnspec.mutation_record",
    "nnspec.calibration_record",
    "nnspec.calibration",
    "nnspec.power",
    "nnspec.counterfactual_strength",
    "nnspec.fixed_sample",
    "nnspec.budget",
    "nnspec.judging",
    "nnspec",
    "nnspec.checked_training",
    "nnspec.claims",
    "nnspec.document",
    # training
    "nnspec.training.workers",
    "nnspec.training",
    "nnspec.training.store",
    "nnspec.store_upkeep",
    "nnspec.store_entry",
    "nnspec.training.stacked",
    "nnspec.training.cost",
    "nnspec.training.stacked_program",
    "nnspec.training.stacked_network",
    "nnspec.training.seeds_first",
    "nnspec.training.seeds_last",
    "nnspec.training.keras_fit",
    "nnspec.training.runs",
    "nnspec.training.initial_weights",
    "nnspec.training.products",
    "nnspec.training.dropout_masks",
    "nnspec.training.materialised",
    "nnspec.training.shuffling",
    "nnspec.training.tensorflow_setup",
    # plain modules
    "nnspec.architecture",
    "nnspec.fit_check",
    "nnspec.script_difference",
    "nnspec.keras_script",
    "nnspec.neighbourhood",
    "nnspec.recipe",
    "nnspec.experiment",
    "nnspec.backpropagation",
    "nnspec.loss_functions",
    "nnspec.perceptron",
    "nnspec.initialization",
    "nnspec.forward",
    "nnspec.seed_values",
    "nnspec.activations",
    "nnspec.learning_rate",
    "nnspec.metrics",
    "nnspec.benchmark_comparison",
    "nnspec.benchmark_run",
    "nnspec.rank_tests",
    "nnspec.statistics",
    "nnspec.order_statistics",
    "nnspec.keras_script_data",
    "nnspec.datasets",
    "nnspec.datasets.bundled",
    "nnspec.datasets.downloaded",
    "nnspec.datasets.generated",
    "nnspec.datasets.base",
    "nnspec.data_files",
    "nnspec.download",
    "nnspec.encoding",
    "nnspec.array_input",
    "nnspec.layers",
    "nnspec.losses",
    "nnspec.optimizers",
    "nnspec.description",
    "nnspec.json_file",
    "nnspec.size",
    "nnspec.memory",
    "nnspec.errors",
    "nnspec.whole_file",
    "nnspec.standard_output",
]
TRAINING = "nnspec.training"
PLAIN = ORDER[ORDER.index("nnspec.architecture") :]
MAY_IMPORT_TENSORFLOW = {"nnspec.training.tensorflow_setup", "nnspec.training.materialised"}


def modules() -> dict[str, Path]:
    """Return the file of every module of the package, by the module's name."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imported(code: str) -> set[str]:
    """Return the full names of all modules that some code imports, also where it does so lazily."""
    names = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "the house imports by full names, so that this test can follow them"
            assert node.module is not None
            members = {f"{node.module}.{alias.name}" for alias in node.names}
            names.update(member if member in MODULES else node.module for member in members)
    return names


def own_imports(module: str) -> set[str]:
    return imported(MODULES[module].read_text(encoding="utf-8")) & set(MODULES)


def test_every_module_has_one_place_in_the_order() -> None:
    assert sorted(ORDER) == sorted(MODULES)


@pytest.mark.parametrize("module", sorted(MODULES))
def test_imports_run_downwards_only(module: str) -> None:
    allowed = ORDER[ORDER.index(module) + 1 :]
    assert sorted(own_imports(module) - set(allowed)) == []


@pytest.mark.parametrize("module", PLAIN)
def test_plain_modules_import_plain_modules_alone(module: str) -> None:
    assert sorted(own_imports(module) - set(PLAIN)) == []


def test_a_recipe_needs_no_more_than_its_parts() -> None:
    parts = {"datasets", "errors", "experiment", "layers", "losses", "optimizers"}
    assert own_imports("nnspec.recipe") == {f"nnspec.{part}" for part in parts}


@pytest.mark.parametrize("module", sorted(MODULES))
def test_tensorflow_and_keras_are_imported_in_two_files_alone(module: str) -> None:
    heads = {name.partition(".")[0] for name in imported(MODULES[module].read_text(encoding="utf-8"))}
    assert bool(heads & {"tensorflow", "keras"}) == (module in MAY_IMPORT_TENSORFLOW)


@pytest.mark.parametrize("module", sorted(set(MODULES) - {TRAINING}))
def test_only_training_uses_the_modules_that_import_tensorflow(module: str) -> None:
    if not module.startswith(TRAINING) and module != "nnspec.data_fetch":  # goes through keras.datasets
        assert own_imports(module) & MAY_IMPORT_TENSORFLOW == set()


def test_reports_and_plots_never_train() -> None:
    trains = {"nnspec.training", "nnspec.training.stacked", "nnspec.training.keras_fit", "nnspec.session"}
    for module in ORDER[ORDER.index("nnspec.report") : ORDER.index("nnspec.evidence_message")]:
        assert own_imports(module) & trains == set(), module


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("from nnspec import budget", {"nnspec.budget"}),
        ("from nnspec import budget, Recipe", {"nnspec.budget", "nnspec"}),
        ("from nnspec.training import dropout_masks", {"nnspec.training.dropout_masks"}),
        ("from nnspec.training import Runs", {"nnspec.training"}),
        ("def f():\n    import nnspec.claims as c", {"nnspec.claims"}),
    ],
)
def test_the_reader_of_imports_sees_modules_through_packages_and_functions(
    code: str, names: set[str]
) -> None:
    assert imported(code) == names

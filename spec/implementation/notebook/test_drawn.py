"""Data that are drawn without a seed are told, since no run of the notebook has them again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nnspec.notebook import figure_words
from nnspec.notebook.drawn import drawn_without_a_seed
from spec.implementation.notebook.captured_samples import captured, evaluation, fit
from spec.implementation.notebook.found_samples import placing
from spec.implementation.notebook.notebook_samples import code, read


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("a, b = train_test_split(x, test_size=0.2)", ["train_test_split"]),
        ("a, b = model_selection.train_test_split(x, random_state=None)", ["train_test_split"]),
        ("a, b = train_test_split(x, random_state=42)", []),
        ("a, b = train_test_split(x, random_state=seed)", []),
        ("a, b = train_test_split(x, shuffle=False)", []),
        ("a, b = train_test_split(x, **how)", []),
        ("folds = KFold(5)", []),
        ("folds = KFold(5, shuffle=True)", ["KFold"]),
        ("x, y = make_moons(200, noise=0.1)", ["make_moons"]),
        ("x, y = make_moons(200, noise=0.1, random_state=0)", []),
        ("x += np.random.normal(0, 1, x.shape)\nnp.random.shuffle(x)", ["normal", "shuffle"]),
        ("np.random.seed(0)\nx = np.random.rand(9)", []),
        ("keras.utils.set_random_seed(0)\na, b = train_test_split(x)", []),
        ("tf.random.set_seed(0)\nrandom.seed(0)\na, b = train_test_split(x)", ["train_test_split"]),
        ("a, b = train_test_split(x)\nnp.random.seed(0)", ["train_test_split"]),
        ("x = rng.normal(size=9)", []),
    ],
)
def test_what_is_drawn_without_a_seed_before_a_fit_is_told(
    tmp_path: Path, source: str, told: list[str]
) -> None:
    static = read(
        tmp_path, code(source), code("model.fit(x, y, epochs=2)"), code("z = np.random.normal(size=3)")
    )
    assert drawn_without_a_seed(static.code, static.calls) == tuple((0, name) for name in told)


def test_the_words_say_that_other_data_may_set_figures_apart() -> None:
    found = placing(captured(fit(0), evaluation(0, 1)))
    assert figure_words.drawn(found) == ""
    said = figure_words.drawn(replace(found, drawn=((0, "train_test_split"), (3, "make_moons"))))
    assert "(train_test_split in [0], make_moons in [3])" in said
    assert figure_words.drawn(replace(found, placed=(), drawn=((0, "make_moons"),))) == ""

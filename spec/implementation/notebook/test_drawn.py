"""Data that are drawn without a seed are told, since no run of the notebook has them again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nnspec.notebook import figure_words
from nnspec.notebook.drawn import drawn_for, drawn_without_a_seed
from nnspec.notebook.repeating.other_data import differing
from nnspec.notebook.repeating.together import FitTogether, Together
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
        ("x = np.random.default_rng().normal(size=9)", ["default_rng"]),
        ("np.random.seed(0)\nrng = np.random.default_rng()", ["default_rng"]),
        ("rng = np.random.default_rng(0)", []),
        ("x = tf.random.normal((9, 2))", ["normal"]),
        ("x = tf.random.normal((9, 2), seed=1)", []),
        ("tf.random.set_seed(0)\nx = tf.random.uniform((9,))", []),
        ("np.random.seed(0)\nx = tf.random.uniform((9,))", ["uniform"]),
        ("random.shuffle(files)", ["shuffle"]),
        ("random.seed(0)\nrandom.shuffle(files)", []),
        ("train = table.sample(frac=0.8)", ["sample"]),
        ("train = table.sample(frac=0.8, random_state=0)", []),
    ],
)
def test_what_is_drawn_without_a_seed_before_a_fit_is_told(
    tmp_path: Path, source: str, told: list[str]
) -> None:
    static = read(
        tmp_path, code(source), code("model.fit(x, y, epochs=2)"), code("z = np.random.normal(size=3)")
    )
    assert drawn_without_a_seed(static.code, static.calls) == tuple((0, name) for name in told)


def test_a_fit_has_drawn_data_where_its_cell_rests_on_what_draws(tmp_path: Path) -> None:
    static = read(
        tmp_path,
        code("a, b = train_test_split(x)"),
        code("c = a / 255"),
        code("model.fit(c, y, epochs=2)"),
        code("other.fit(u, v, epochs=2)"),
        code("np.random.shuffle(u)"),
        code("third.fit(u, v, epochs=2)"),
    )
    assert [drawn_for(static, [cell]) for cell in (2, 3)] == [((0, "train_test_split"),), ()]
    assert drawn_for(static, [5]) == ((4, "shuffle"),)  # in its place, which binds no name
    assert drawn_for(static, [3, 2]) == ((0, "train_test_split"),)
    assert len(drawn_for(static, [None])) == 2
    shown = read(tmp_path, code("show(random.choice(x))"), code("model.fit(x, y, epochs=2)"))
    assert drawn_for(shown, [1]) == ()  # which draws what is looked at


def test_two_runs_with_other_data_are_told_by_their_fits() -> None:
    other = {"x": {"file": "another x"}, "y": {"file": "y"}}
    one = captured(fit(0), fit(1), evaluation(0, 0, 0), evaluation(1, 1, 1))
    assert not differing(one, one)
    trained = captured(fit(0, data=other), fit(1), evaluation(0, 0, 0), evaluation(1, 1, 1))
    assert list(differing(one, trained)) == [0]
    tested = captured(fit(0), fit(1), evaluation(0, 0, 0), evaluation(1, 1, 1, data=other))
    assert list(differing(one, tested)) == [1]
    assert not differing(one, captured(fit(0)))  # what the second run did not reach tells nothing


def test_figures_that_other_data_would_explain_are_not_said_to_have_changed() -> None:
    changed = Together((FitTogether(0, 4, 512, 0.002),))
    found = replace(placing(captured(fit(0), evaluation(0, 1))), together=changed)
    assert "the recipe has changed" in figure_words.not_luck(found)[0]
    assert "other data" not in figure_words.not_luck(found)[0]
    told = figure_words.not_luck(replace(found, other_data={0: "the notebook draws its data"}))[0]
    assert "the notebook draws its data, so that they may be of other data; or the library" in told


def test_the_words_say_that_other_data_may_set_figures_apart() -> None:
    found = placing(captured(fit(0), evaluation(0, 1)))
    assert figure_words.drawn(found) == ""
    said = figure_words.drawn(replace(found, drawn=((0, "train_test_split"), (3, "make_moons"))))
    assert "(train_test_split in [0], make_moons in [3])" in said
    assert figure_words.drawn(replace(found, placed=(), drawn=((0, "make_moons"),))) == ""

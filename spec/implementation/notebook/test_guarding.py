"""A notebook as a test: what is listed by reading, and how each test ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnspec.notebook.guarding import verdict
from nnspec.notebook.guarding.guarded import Found, OtherData
from nnspec.notebook.guarding.listed import Listed, listed
from spec.implementation.notebook.guarded_samples import figure_found, guarded, order_found
from spec.implementation.notebook.notebook_samples import code, read, result
from spec.implementation.notebook.test_findings import log

BAR = "4/4 [====] - 0s 1ms/step - loss: 0.4000 - accuracy: {}\n"
VALIDATED = "Epoch 1/1\n4/4 [====] - 0s 1ms/step - loss: 0.5 - val_loss: {}\n"


def two_models(tmp_path: Path, *, data: str = "z, t") -> Listed:
    """Return what is listed of a notebook that fits and evaluates two models, the second one on `data`."""
    return listed(
        read(
            tmp_path,
            code("one.fit(x, y, epochs=2)", log("0.5", "0.4")),
            code("one.evaluate(z, t)", BAR.format("0.8000")),
            code("two.fit(x, y, epochs=2, verbose=0)\ntwo.evaluate(" + data + ")", BAR.format("0.9000")),
            code("print(loss)", "Sklearn's accuracy: 0.7\n", result("(0.4, 0.8)")),
        )
    )


def test_every_figure_that_counts_is_listed_under_a_name_of_its_own(tmp_path: Path) -> None:
    names = [one.name for one in two_models(tmp_path).figures]
    assert names[:5] == [
        "cell-0-line-4-loss",  # of a fit those of the last epoch
        "cell-1-line-1-loss",
        "cell-1-line-1-accuracy",
        "cell-2-line-1-loss",
        "cell-2-line-1-accuracy",
    ]
    assert len(set(names)) == len(names)
    twice = listed(read(tmp_path, code("m.evaluate(z, t)", result("(0.4, 0.8)"))))
    assert [one.name for one in twice.figures] == ["cell-0-line-1-figure", "cell-0-line-1-figure-2"]


def test_an_order_is_listed_where_the_code_evaluates_models_on_the_same_names(tmp_path: Path) -> None:
    [order] = two_models(tmp_path).orders  # the losses are printed alike
    assert order.name == "order-cell-2-line-1-cell-1-line-1-accuracy"
    assert (order.first.printed, order.second.printed) == ("0.9000", "0.8000")
    assert not two_models(tmp_path, data="u, v").orders
    again = read(
        tmp_path,
        code("one.fit(x, y)"),
        code("one.evaluate(z, t)", BAR.format("0.8")),
        code("one.evaluate(z, t)", BAR.format("0.9")),
    )
    assert not listed(again).orders  # of one model there is none


def test_what_may_be_the_same_data_under_other_names_is_one_test_more(tmp_path: Path) -> None:
    for data, number in (("z, t", 0), ("z_scaled, t", 1)):  # of two accuracies there is one order
        cells = [code("one.fit(x, y, epochs=1)"), code("one.evaluate(z, t)", BAR.format("0.8"))]
        cells += [code("two.fit(x, y, epochs=1)"), code(f"two.evaluate({data})", BAR.format("0.9"))]
        wanted = listed(read(tmp_path, *cells))
        assert (len(wanted.orders), wanted.others) == (1 - number, number)
    assert verdict.of_others(guarded({}), "ordinary").ending == "passed"


@pytest.mark.parametrize(
    ("successes", "ordinary", "usual"),
    [((500, 400), "passed", "passed"), ((500, 256), "passed", "failed"), ((60, 400), "failed", "failed")],
)
def test_orders_under_other_names_end_as_the_worst_of_them(
    successes: tuple[int, int], ordinary: str, usual: str
) -> None:
    others = {f"order {number}": order_found("o", number) for number in successes}
    found = guarded({}, others=others)
    assert verdict.of_others(found, "ordinary").ending == ordinary
    strict = verdict.of_others(found, "usual")
    assert strict.ending == usual
    assert ("order 500" in strict.told) == (usual == "passed")  # what fails is told alone


def test_validation_on_the_same_names_or_split_is_an_order(tmp_path: Path) -> None:
    for given in ("validation_data=(v, w)", "validation_split=0.2"):
        cells = [
            code(f"{name}.fit(x, y, {given})", VALIDATED.format(text))
            for name, text in (("a", "0.3"), ("b", "0.2"))
        ]
        [order] = listed(read(tmp_path, *cells)).orders
        assert [order.first.printed, order.second.printed] == ["0.2", "0.3"]


@pytest.fixture
def both(tmp_path: Path) -> Listed:
    return two_models(tmp_path)


@pytest.mark.parametrize(
    ("as_well", "seeds", "ordinary", "usual"),
    [
        (256, 512, "passed", "passed"),
        (77, 512, "passed", "failed"),  # better than most
        (2, 2048, "failed", "failed"),  # lucky
        (2046, 2048, "failed", "failed"),  # unlucky
        (0, 2048, "failed", "failed"),  # out of reach
        (4, 8, "skipped", "skipped"),  # so few seeds leave it open
    ],
)
def test_a_figure_passes_unless_it_is_lucky_unlucky_or_out_of_reach(
    both: Listed, as_well: int, seeds: int, ordinary: str, usual: str
) -> None:
    one = both.figures[0]
    found = guarded({one.name: figure_found(one.name, as_well, seeds)}, 0.4)
    assert verdict.of_figure(one, found, "ordinary").ending == ordinary
    assert verdict.of_figure(one, found, "usual").ending == usual


def test_a_figure_that_fails_is_told_to_be_chance_or_a_change(both: Listed) -> None:
    one = both.figures[0]
    figures = {one.name: figure_found(one.name, 0, 2048)}
    findings = ("Cell [0] stores a log of 2 epochs", "Cell [7] is no matter")

    def told(p: float, seeds: int = 512) -> str:
        return verdict.of_figure(one, guarded(figures, p, seeds=seeds, findings=findings), "ordinary").told

    assert "chance: the 4 figures of fit 0 together among 512 runs are such as runs give (p = 0.31)" in told(
        0.31
    )
    assert "not chance" in told(0.002)
    assert "has changed; Cell [0] stores a log of 2 epochs" in told(0.002)
    assert "no matter" not in told(0.002)
    assert "whether that is chance so many seeds cannot tell" in told(1 / 65, seeds=64)
    assert "0 of 2048 runs" in told(0.31)
    assert "a reader gets 0.52, 0.41 to 0.63 in nine of ten runs" in told(0.31)


@pytest.mark.parametrize(
    ("successes", "seeds", "ordinary", "usual"),
    [
        (500, 512, "passed", "passed"),
        (256, 512, "passed", "failed"),  # a coin toss
        (60, 512, "failed", "failed"),
        (4, 8, "skipped", "skipped"),
    ],
)
def test_an_order_passes_unless_few_runs_have_it(
    both: Listed, successes: int, seeds: int, ordinary: str, usual: str
) -> None:
    [one] = both.orders
    found = guarded({one.name: order_found(one.name, successes, seeds)})
    assert verdict.of_order(one, found, "ordinary").ending == ordinary
    assert verdict.of_order(one, found, "usual").ending == usual


def test_what_other_data_would_explain_is_skipped_and_passes_where_it_agrees(both: Listed) -> None:
    one, [order] = both.figures[0], both.orders
    other = (OtherData(0, "the notebook draws its data without a seed (train_test_split in [3])"),)
    for as_well, p, ending in ((0, 0.002, "skipped"), (0, 0.3, "skipped"), (256, 0.3, "passed")):
        figures = {
            one.name: figure_found(one.name, as_well, 2048 if as_well == 0 else 512),
            order.name: order_found(order.name, as_well),
        }
        ends = verdict.of_figure(one, guarded(figures, p, other_data=other), "ordinary")
        assert ends.ending == ending
        assert ("train_test_split in [3]" in ends.told) == (ending == "skipped")
        assert verdict.of_order(order, guarded(figures, p, other_data=other), "ordinary").ending == ending
        found = verdict.of_all(guarded(figures, p, other_data=other))
        assert found.ending == ("skipped" if p < 0.01 else "passed")
        assert ("has changed" in found.told) is False
    # of another fit a change is still a change, and so is what the code no longer does
    assert verdict.of_all(guarded({}, 0.4, 0.002, seeds=800, other_data=other)).ending == "failed"
    gone = ("Cell [0] stores a log that counts to 9.",)
    assert verdict.of_all(guarded({}, 0.002, other_data=other, gone=gone)).ending == "failed"


def test_a_fit_is_suspect_before_anything_of_it_fails(both: Listed) -> None:
    one, [order] = both.figures[0], both.orders
    assert verdict.suspects(guarded({one.name: figure_found(one.name, 256)}, 0.4)) == set()
    assert verdict.suspects(guarded({}, 0.4, 0.002, seeds=800)) == {1}
    assert verdict.suspects(guarded({one.name: figure_found(one.name, 0, 2048, fit=3)})) == {3}
    assert verdict.suspects(guarded({order.name: order_found(order.name, 2)})) == {0}
    assert verdict.suspects(guarded({one.name: Found(why="no reason", changed=True)})) == set()


def test_what_the_notebook_no_longer_does_fails_and_what_nnspec_cannot_train_is_skipped(both: Listed) -> None:
    one, [order] = both.figures[0], both.orders
    for changed, ending in ((True, "failed"), (False, "skipped")):
        none = Found(why="its log has epoch 2, and the code trains 1", changed=changed)
        found = guarded({one.name: none, order.name: none}, 0.4)
        assert verdict.of_figure(one, found, "ordinary").ending == ending
        assert verdict.of_order(order, found, "ordinary").ending == ending
        assert "the code trains 1" in verdict.of_figure(one, found, "ordinary").told
        assert verdict.of_all(found).ending == ("failed" if changed else "passed")


def test_what_the_run_shows_that_is_no_longer_done_fails_without_any_figure() -> None:
    gone = ("Cell [0] stores a log that counts to 9, and its fit is given 5 steps.",)
    ends = verdict.of_all(guarded({}, 0.4, gone=gone))
    assert ends.ending == "failed"
    assert ends.told == f"what printed some figures is no longer done: {gone[0].rstrip('.')}"


def test_all_figures_together_fail_at_their_level_divided_by_the_fits() -> None:
    assert verdict.of_all(guarded({}, 0.0075)).ending == "failed"
    assert verdict.of_all(guarded({}, 0.0076)).ending == "passed"
    assert verdict.of_all(guarded({}, 0.0038, 0.4, seeds=800)).ending == "passed"
    assert verdict.of_all(guarded({}, 0.0037, 0.4, seeds=800)).ending == "failed"
    few = verdict.of_all(guarded({}, 0.5, 0.4, seeds=300))
    assert (few.ending, "it takes 533" in few.told) == ("skipped", True)
    assert verdict.of_all(guarded({})).ending == "skipped"

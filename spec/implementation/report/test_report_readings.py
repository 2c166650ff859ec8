"""Statements that are read in several ways say in the report how, and few seeds what they leave open."""

from __future__ import annotations

from nnspec.report import render
from nnspec.report.claim import evidence, with_readings
from spec.implementation.report.report_samples import Page, claim, result, results

READ = ("by the loss; nine runs of ten", "by the accuracy; nine runs of ten")


def readings(*reasons: str) -> list[str]:
    items = [evidence(result(claim(part=str(n), because=why))) for n, why in enumerate(reasons)]
    items.append(evidence(result(claim(id="other", statement="Another.", because="by the loss"))))
    *found, other = [item.reading for item in with_readings(items)]
    assert other == ""
    return found


def test_as_much_of_the_reason_is_shown_as_tells_readings_apart() -> None:
    assert readings(*READ) == ["by the loss", "by the accuracy"]
    found = readings("on digits; by the loss", "on digits; by the accuracy", "by the loss; nine of ten")
    assert found == ["on digits; by the loss", "on digits; by the accuracy", "by the loss"]
    # parts that are read alike differ in something else than the reading
    assert readings("by the loss; so", "by the loss; so") == ["by the loss"] * 2


def test_the_table_and_the_claim_show_the_reading() -> None:
    items = [claim(part=str(number), because=why) for number, why in enumerate(READ)]
    page = Page(render(results(*items)))
    assert [text.strip() for text in page.texts("span", class_="reading")] == [
        "by the loss",
        "by the accuracy",
    ]
    assert page.texts("p", class_="reading") == ["Read as: by the loss.", "Read as: by the accuracy."]
    alone = Page(render(results(items[0], claim(id="b", statement="B.", beyond="on other data"))))
    assert alone.texts("p", class_="reading") == ["Beyond the document: on other data."]


def test_with_few_seeds_it_is_said_what_is_open() -> None:
    quick = {"seeds": 64, "successes": 60, "as_recorded": False}
    open_cause = claim()["counterfactual"] | {"verdict": "undecided"}
    items = [
        claim(id="verdict", verdict="undecided", expected="holds", **quick),
        claim(id="cause", verdict="holds", expected="holds", counterfactual=open_cause, **quick),
    ]
    page = Page(render(results(*items) | {"budget": "quick"}))
    assert page.texts("span", class_="few") == ["recorded: holds", "counterfactual open"]
    verdict, cause = page.texts("p", class_="few")
    assert verdict == "Recorded is “holds”; so few seeds do not settle it."
    assert cause.startswith("So few seeds do not settle whether the counterfactual is refuted")

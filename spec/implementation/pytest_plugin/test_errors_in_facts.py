"""Facts that fail: what nnspec met is two lines, what the fact itself says is shown as pytest shows it."""

from __future__ import annotations

import pytest

FACTS = """
@fact('one', source=DOC.at('Two'))
def test_one(evidence, trained):
    'Five.'
    {0}
"""


@pytest.mark.parametrize(
    ("body", "first", "second"),
    [
        ("return 2 + 2 == 5", "fact 'one': returned=False; expected nothing", "@fact('one', source="),
        ("trained(ALWAYS.with_(data=Mine()), [1])", "one: IndexError: list index out of", "# here"),
        ("trained(Perceptron(), [3])", "one: ValueError: no luck at all (seed 3)", "# here"),
        ("ALWAYS.with_epochs(-1)  # here", "one: epochs=-1; expected a positive whole number", "# here"),
    ],
)
def test_errors_that_nnspec_meets_in_a_fact_are_two_lines_too(lines_told, body, first, second):
    lines = lines_told("None" + FACTS.format(body))
    place = next(number for number, line in enumerate(lines) if line.startswith(first))
    assert lines[place + 1].startswith("  spec/test_declared_1.py:")
    assert second in lines[place + 1]
    assert not any("nnspec/" in line and ".py" in line for line in lines)


@pytest.mark.parametrize("body", ["assert 2 + 2 == 5", "{}['key']", "pytest.fail('so')"])
def test_a_fact_that_fails_itself_is_shown_as_pytest_shows_it(lines_told, body):
    lines = lines_told("None" + FACTS.format(body))
    assert f"    {body}" in lines
    assert any(line.startswith("E ") for line in lines)
    assert not any("nnspec/" in line and ".py" in line for line in lines)

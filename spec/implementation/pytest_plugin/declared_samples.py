"""Claims and facts as an author writes them, and what pytest collects of them."""

from __future__ import annotations

import pytest

PREDICATE = 'def {0}(runs):\n    "High."\n    return runs.accuracy >= 0.5\n'
DECORATOR = (
    '@claim("{0}", source=DOC.at("One"), recipe=ALWAYS, counterfactual=NEVER, share=0.9, because="so")\n'
)
FACT = '@fact("{0}", source=DOC.at("Two"))\ndef test_fact_{0}({1}):\n    "Plain."\n{2}\n'


def claims(name: str, function: str, above: str = "", below: str = "") -> str:
    return above + DECORATOR.format(name) + below + PREDICATE.format(function)


def names(result: pytest.RunResult) -> list[str]:
    return [line.rpartition("::")[2] for line in result.outlines if "::" in line and " " not in line]

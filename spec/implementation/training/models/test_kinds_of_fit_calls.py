"""Every kind of fit call that public notebooks have is shown to be trained, or told why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnspec.training import ENGINES
from spec.implementation.training.models.kinds_of_fit_calls import CALLS, PARTS, Kind
from spec.implementation.training.models.parity_table import TABLE

TESTS = Path(__file__).parents[2]
LAYERS = (Path(__file__).parent / "parity_layers.py").read_text()


@pytest.mark.parametrize("kind", [*CALLS, *PARTS], ids=lambda kind: kind.name)
def test_a_kind_names_what_shows_it(kind: Kind) -> None:
    if not kind.engine:
        assert " " in kind.shown, "a sentence says why not"
        return
    assert kind.engine in ENGINES
    if kind.shown.startswith("layers."):
        assert f"k.{kind.shown}(" in LAYERS
    elif kind.shown.endswith(".py"):
        assert len(list(TESTS.rglob(kind.shown))) == 1
    elif kind.shown.startswith("test_"):
        assert any(
            f"def {kind.shown}(" in file.read_text() for file in Path(__file__).parent.glob("test_*.py")
        )
    else:
        assert kind.shown in TABLE


def test_four_hundred_and_thirty_five_of_the_calls_are_trained() -> None:
    assert sum(kind.sites for kind in CALLS) == 680
    assert sum(kind.sites for kind in CALLS if kind.engine) == 435
    assert len({kind.name for kind in [*CALLS, *PARTS]}) == len([*CALLS, *PARTS])

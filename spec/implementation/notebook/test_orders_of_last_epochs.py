"""Models of other numbers of epochs are ordered by what each ends with."""

from __future__ import annotations

from pathlib import Path

from nnspec.claims.budget import parse
from nnspec.notebook.repeating.placing import place_figures
from nnspec.store.store import Store
from spec.implementation.notebook.captured_samples import captured, fit, kept
from spec.implementation.notebook.notebook_samples import code, read


def test_models_of_other_numbers_of_epochs_are_ordered_by_their_last_ones(tmp_path: Path) -> None:
    validated = "Epoch {0}/{0}\n4/4 [====] - 0s 1ms/step - loss: 0.5 - val_loss: {1}\n"
    cells = [
        code(f"a.fit(x, y, epochs={n})", validated.format(n, text)) for n, text in ((3, "0.3"), (5, "0.4"))
    ]
    static, data = read(tmp_path, *cells), kept(tmp_path, 64)
    held = {"kind": "tuple", "parts": list(kept(tmp_path, 64, seed=1).values())}
    fits = [
        fit(
            number,
            number,
            data={**data, "validation_data": held},
            arguments={"epochs": epochs},
            history={"loss": [0.5] * epochs, "val_loss": [0.4] * epochs},
        )
        for number, epochs in enumerate((3, 5))
    ]
    run = captured(*fits, folder=tmp_path)
    placing = place_figures(static, run, parse("standard", "16"), Store(tmp_path / "store"))
    assert not placing.not_ordered
    [order] = placing.orders  # which is held against the first model beside itself, of three epochs alone
    assert (order.order.first.fit, order.order.second.fit) == (0, 1)

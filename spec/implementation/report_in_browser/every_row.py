"""Results with every kind of row that a report has, some of them with texts that try to break it."""

from __future__ import annotations

from typing import Any

from nnspec.plots import style
from nnspec.plots.picture_file import picture_file
from nnspec.report import Picture
from spec.implementation.report_samples import claim, complete, fact, results

NASTY = "<script>window.broken = 1</script><img src=x onerror='window.broken = 2'> \"quoted\" ' & 日本語 ‮rtl"
LONG = "verylongword" * 40
SHARES = [0.03, 0.5, 0.95, 0.2]


def sample() -> tuple[dict[str, Any], dict[str, list[Picture]]]:
    """Return results with every kind of row, and pictures."""
    script = {"runs": "import keras\n" + "x = 1  # " + LONG + "\n"}
    found = [
        claim(id=f"share-{share:g}", share=share, training_seconds=cost, scripts=script)
        for share, cost in zip(SHARES, (9.0, 100.0, 0.5, 20.0), strict=True)
    ]
    found.append(
        claim(id="nasty", part=NASTY, statement=NASTY, because=LONG, section=LONG, scripts={NASTY: NASTY})
    )
    found.append(claim(id="open", verdict="undecided", expected="undecided", best_seeds=[1, 2]))
    found.append(claim(id="fine", verdict="holds", expected="refuted", document="other", title="Other"))
    entry = {"printed": f"Adam(lr={LONG})", "happens": NASTY, "today": "Adam(0.01)", "since": "Keras 3"}
    found.append(
        fact(id="changed", document="other", title="Other", kind="drift", drift=[entry], notes=[NASTY])
    )
    found.append(fact(id="broken", verdict="error", message=f"Traceback {LONG}", as_recorded=False))
    figure, (ax,) = style.empty_figure()
    ax.plot([0, 1], [1, 0])
    pictures = {f"nasty[{NASTY}]": [Picture("A line", "A falling line", picture_file(figure))]}
    return results(*map(complete, found)), pictures

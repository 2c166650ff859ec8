"""Results with every kind of row that a report has, some of them with texts that try to break it."""

from __future__ import annotations

from typing import Any

from nnspec.plots import style
from nnspec.plots.picture_file import picture_file
from nnspec.report import Picture
from spec.implementation.report.report_samples import claim, complete, fact, figure, placed, results

NASTY = "<script>window.broken = 1</script><img src=x onerror='window.broken = 2'> \"quoted\" ' & 日本語 ‮rtl"
LONG = "verylongword" * 40
WORDY = (
    "cross-entropy on the test part of dropped - cross-entropy on the train part of dropped - (loss of plain)"
)
NEAR = [0.001 * i for i in range(192)]
FAR = [(-1e6) ** (i % 2 + 1) for i in range(192)]
FIGURES = {"val_accuracy in epoch 20": {
    **figure(as_well=46, interval=[0.0724, 0.3351], places=["better than most", "usual"]),
    "documented": 0.518333, "quantiles": [0.4643, 0.5, 0.5107, 0.52, 0.5515],
    "median_interval": [0.5116, 0.5179],
}}  # fmt: skip
SHARES = [0.03, 0.5, 0.95, 0.2]


def sample() -> tuple[dict[str, Any], dict[str, list[Picture]]]:
    """Return results with every kind of row, and pictures."""
    script = {"runs": "import keras\n" + "x = 1  # " + LONG + "\n" + "y = 2\n" * 9}
    found = [
        claim(id=f"share-{share:g}", share=share, training_seconds=cost, scripts=script, figures=FIGURES)
        for share, cost in zip(SHARES, (9.0, 100.0, 0.5, 20.0), strict=True)
    ]
    found.append(
        claim(id="nasty", part=NASTY, statement=NASTY, because=LONG, section=LONG, scripts={NASTY: NASTY})
    )
    quantity = {"label": WORDY, "operator": "<", "threshold": 0.0, "claim": FAR, "counterfactual": FAR}
    # beyond both edges of the axis that the claim's values have
    apart = {"label": "loss", "operator": "<", "threshold": 0.01, "claim": NEAR, "counterfactual": FAR}
    wordy = [quantity, apart, {**apart, "label": LONG}]
    found.append(claim(id="open", verdict="undecided", expected="undecided", best_seeds=[1, 2], values=wordy))
    # the script of the first, shown there, and one that differs from it
    found[2] |= {"recipes": {"runs": "Moons: 1"}}
    found[3] |= {"recipes": {"runs": "Moons: 2"}, "scripts": {"runs": script["runs"] + "x = 2"}}
    found.append(claim(id="fine", verdict="holds", expected="refuted", document="other", title="Other"))
    entry = {"printed": f"Adam(lr={LONG})", "happens": NASTY, "today": "Adam(0.01)", "since": "Keras 3"}
    found.append(
        fact(id="changed", document="other", title="Other", kind="drift", drift=[entry], notes=[NASTY])
    )
    found.append(fact(id="stated", document="other", title="Other"))
    found.append(fact(id="broken", verdict="error", message=f"Traceback {LONG}", as_recorded=False))
    # one sentence in two readings, one of one case, a figure of one run, figures that hardly any run gives
    said = {"says": f"The network separates the circles. {NASTY}", "headline": "Circles are separated"}
    found += [
        claim(id="apart", part="as run", **said),
        claim(id="apart", part="half", verdict="holds", expected="holds", claimed_share=0.5, **said),
        placed("one case", "a coin toss", "mostly", id="case", says=LONG, headline=LONG),
        placed("figure", "lucky", "better than most", id="printed", says="We got 0.99.", training_seconds=0),
        claim(id="odd", says="The loss falls.", figures={"loss": figure(places=["unlucky"], explained=LONG)}),
        claim(id="ours", says="The loss falls.", beyond=NASTY),
    ]
    many = {"says": "It works in many ways.", "verdict": "holds", "expected": "holds", "figures": {}}
    found += [claim(id="many", part=part, because=LONG, **many) for part in ("one", "two", "three", NASTY)]
    found += [claim(id="many", part="refuted", **many | {"verdict": "refuted", "expected": "refuted"})]
    drawn, (ax,) = style.empty_figure()
    ax.plot([0, 1], [1, 0])
    pictures = {f"nasty[{NASTY}]": [Picture("A line", "A falling line", picture_file(drawn))]}
    return results(*map(complete, found)), pictures

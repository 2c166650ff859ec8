"""Every figure in the README is the one in the stored baselines."""

import json
import re
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BASELINE = json.loads((ROOT / "baselines/claims/tf-classification.json").read_text(encoding="utf-8"))
SYMBOLS = {"holds": "✓", "refuted": "✗", "undecided": "?"}


def verdict_rows():
    """Return the rows that the table of verdicts must have: every claim that seeds decide."""
    for claim in BASELINE["claims"]:
        if claim["seeds"] is not None:
            name = f"`{claim['id']}`" + (f" ({claim['part']})" if claim["part"] else "")
            seeds = f"{claim['successes']} of {claim['seeds']}"
            verdict = f"{SYMBOLS[claim['verdict']]} {claim['verdict']}"
            yield f"| {name} | {claim['statement']} | {verdict} | {seeds} | {claim['share']:.0%} |"


def test_the_table_of_verdicts_is_that_of_the_baseline():
    table = README.partition("<!-- verdicts -->")[2].partition("<!-- end of verdicts -->")[0]
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    assert rows == list(verdict_rows())


def test_the_number_of_facts_and_the_version_are_those_of_the_baseline():
    facts = sum(claim["seeds"] is None for claim in BASELINE["claims"])
    assert f"Another {facts}\nfacts" in README
    assert f"Keras {BASELINE['environment']['keras']} " in README


def test_the_speed_is_the_median_of_the_last_stored_benchmark():
    last = max((ROOT / "baselines/benchmarks").rglob("*_training_speed.json"))
    (benchmark,) = json.loads(last.read_text(encoding="utf-8"))["benchmarks"]
    ratios = benchmark["extra_info"]["ratios"]
    printed = re.search(r"<!-- speed -->a seed costs ([\d,]+) times less", README)
    assert printed is not None
    assert int(printed[1].replace(",", "")) == round(median(ratios))


def test_the_claim_in_the_readme_is_the_one_in_the_specification():
    source = (ROOT / "spec/documents/tf_classification/test_nonlinearity.py").read_text(encoding="utf-8")
    shown = README.partition("```python\n")[2].partition("```")[0]
    for line in (
        '"tfc-relu-sigmoid",',
        "recipe=MODEL_7,",
        'measured="57 of 256 seeds; median accuracy 0.893",',
    ):
        assert line in shown
        assert line in source
    assert shown.partition("def ")[2].strip() in source

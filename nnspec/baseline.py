"""The baseline: what was found last time, in short, one JSON file for every document."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_KEPT = (
    *("id", "part", "kind", "statement", "verdict", "seeds", "successes"),
    *("share", "interval", "claimed_share", "figures"),
)


def summaries(results: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return per document key the environment of a run and its verdicts without the values of all seeds."""
    keys = sorted({claim["document"] for claim in results["claims"]})
    return {
        key: {
            "schema": results["schema"],
            "environment": results["environment"],
            "claims": [
                {field: claim[field] for field in _KEPT}
                for claim in sorted(results["claims"], key=lambda claim: (claim["id"], claim["part"]))
                if claim["document"] == key
            ],
        }
        for key in keys
    }


def main(results_file: str, folder: str = "baselines/claims") -> None:
    """Write the summaries of a results file into `folder`."""
    results = json.loads(Path(results_file).read_text(encoding="utf-8"))
    for key, summary in summaries(results).items():
        path = Path(folder) / f"{key}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(summary, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The baseline: what was found last time, in short, one JSON file for every document."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nnspec import verdict_table

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
    """Write the summaries of a results file into `folder`, and the tables of verdicts beside it."""
    results = json.loads(Path(results_file).read_text(encoding="utf-8"))
    titles = {claim["document"]: claim["title"] for claim in results["claims"]}
    for key, summary in summaries(results).items():
        path = Path(folder) / f"{key}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"title": titles[key], **summary}, indent=1, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")
    (Path(folder).parent / "verdicts.md").write_text(verdicts(Path(folder)), encoding="utf-8")


def verdicts(folder: Path) -> str:
    """Return the tables of verdicts of all summaries in a folder, as Markdown."""
    parts = ["# Verdicts", "Made from the files in `claims/` by `python -m nnspec.baseline`."]
    for path in sorted(folder.glob("*.json")):
        summary = json.loads(path.read_text(encoding="utf-8"))
        parts += [f"## {summary['title']}", verdict_table.table(summary["claims"])]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    main(*sys.argv[1:])

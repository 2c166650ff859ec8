"""Files as pytest-benchmark saves them, made up, for the tests of the comparison."""

from __future__ import annotations

from typing import Any

import numpy as np

PEERS = ("model.fit", "PyTorch loop")


def benchmark(name: str, rng: np.random.Generator | None = None, **changes: Any) -> dict[str, Any]:
    """Return a benchmark: a seed takes 6 ms, and 2,000 times as much by the peer, with 3 % noise.

    `slower` multiplies our seconds, `busy` those of both; `rounds` says how many there are. Other changes
    replace keys of `extra_info`.
    """
    rng = rng or np.random.default_rng(0)
    rounds, slower, busy = changes.pop("rounds", 20), changes.pop("slower", 1.0), changes.pop("busy", 1.0)
    ours = 0.006 * slower * busy * np.exp(rng.normal(scale=0.03, size=rounds))
    theirs = 12.0 * busy * np.exp(rng.normal(scale=0.03, size=rounds))
    extra_info = {
        "peer": PEERS[0],
        "group": "circles 4-4-1",
        "unit": "seconds per seed",
        "seeds": 256,
        "ours": ours.tolist(),
        "theirs": theirs.tolist(),
        "ratios": (theirs / ours).tolist(),
        "versions": {"keras": "3.15.1"},
        "compile_seconds": 2.5,
    }
    found = {key: value for key, value in (extra_info | changes).items() if value is not None}
    fullname = f"spec/benchmarks/test_speed.py::{name}"
    data = (256 * ours).tolist()
    return {"fullname": fullname, "name": name, "group": None, "stats": {"data": data}, "extra_info": found}


def without_times(entry: dict[str, Any]) -> dict[str, Any]:
    """Return the benchmark with nothing of its rounds but the ratios, as without --benchmark-save-data."""
    extra = {key: value for key, value in entry["extra_info"].items() if key not in ("ours", "theirs")}
    return entry | {"stats": {}, "extra_info": extra}


def without_peer(entry: dict[str, Any]) -> dict[str, Any]:
    """Return the benchmark as one that has its own rounds alone."""
    return entry | {"extra_info": {"seeds": 256}}


def saved(*benchmarks: dict[str, Any], node: str = "vm", cores: int = 2, **changes: Any) -> dict[str, Any]:
    """Return the document of a run on a machine of that name."""
    cpu = {"brand_raw": "AMD EPYC", "count": cores, "family": 25, "model": 1, "stepping": 1}
    document = {
        "machine_info": {"node": node, "python_version": "3.11.7", "cpu": cpu},
        "commit_info": {"id": "7cb558ec5ebd0541ea30675fcdf4f9dd1b97186b", "dirty": False},
        "benchmarks": list(benchmarks),
        "datetime": "2026-11-21T02:04:13.821901+00:00",
        "version": "5.3.1",
    }
    return document | changes

"""Says which folders hold claims: the tests in the others need packages that only the tests install."""

from pathlib import Path

import pytest

WITHOUT_CLAIMS = {Path(__file__).parent / folder for folder in ("implementation", "mutation", "benchmarks")}


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the folders without claims alone where only claims are wanted, as by nnspec verify."""
    return True if config.getoption("nnspec_only", False) and collection_path in WITHOUT_CLAIMS else None

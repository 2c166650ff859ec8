"""What the benchmarks share: reasons not to run."""

from importlib.util import find_spec

import pytest

from nnspec.basics.errors import MissingData


@pytest.fixture
def installed():
    """Skip where a module is not installed; None is always there."""

    def check(module):
        if module is not None and find_spec(module) is None:
            pytest.skip(f"{module} is not installed; pip install -e '.[peers]'")

    return check


@pytest.fixture
def present():
    """Skip where a recipe's data set is not on this machine."""

    def check(recipe):
        try:
            recipe.data.arrays()
        except MissingData as reason:
            pytest.skip(str(reason))

    return check

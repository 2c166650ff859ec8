"""A block of seeds as it travels to a worker, and what the worker does with it.

Recipes travel, arrays come back; TensorFlow is imported in the worker.
"""

from __future__ import annotations

import pickle
import platform
import threading
from dataclasses import dataclass

from nnspec.basics.errors import InvalidValue, NnspecError
from nnspec.machine.process import one_thread
from nnspec.machine.versions import library_versions
from nnspec.recipes.experiment import Experiment
from nnspec.runs.runs import Runs
from nnspec.training import train
from nnspec.training.version import engine_version

_one_at_a_time = threading.Lock()  # compiled programs are not shared by threads

Versions = tuple[str, dict[str, str], str]


class NotImportable(NnspecError):
    """A recipe whose data set is of a class that a worker process cannot import."""


@dataclass(frozen=True)
class Block:
    """Seeds to train: the pickled recipe, and whose versions it is for.

    `place` is that of the block among those that are asked for together.
    """

    recipe: bytes
    seeds: list[int]
    engine: str
    versions: Versions
    place: int = 0


def importable(recipe: Experiment) -> bytes | None:
    """Return the recipe as it travels to a worker, None where it is of a kind that cannot."""
    try:
        return pickle.dumps(recipe)
    except (pickle.PicklingError, AttributeError, TypeError):
        return None


def versions() -> Versions:
    """Return what runs depend on besides their recipe, which every worker must have in common."""
    return engine_version(), library_versions(), platform.machine()


def train_block(block: Block) -> Runs:
    """Train a block of seeds, in a worker.

    Raises
    ------
    InvalidValue
        If the worker has other versions than whoever asked.
    NotImportable
        If the recipe's data are of a class that the worker does not have.
    """
    if versions() != block.versions:
        remedy = "install the same nnspec and libraries for every worker"
        raise InvalidValue("versions of a worker", versions(), f"{block.versions}", remedy)
    try:
        recipe = pickle.loads(block.recipe)  # noqa: S301  # from our own process
    except (ImportError, AttributeError) as error:
        raise NotImportable(str(error)) from None
    one_thread()
    with _one_at_a_time:
        return train(recipe, block.seeds, block.engine)

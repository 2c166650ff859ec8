"""A block of seeds as it travels to a worker, and what the worker does with it.

Recipes travel, arrays come back; TensorFlow is imported in the worker. A recipe's classes travel by name, so
the worker compares what they do, and the data that they give, with what whoever asked has.
"""

from __future__ import annotations

import pickle
import platform
import threading
from dataclasses import dataclass

from nnspec.basics.errors import InvalidValue, NnspecError
from nnspec.basics.parts import code_of
from nnspec.data.repeatable import changing
from nnspec.machine.process import one_thread
from nnspec.machine.versions import library_versions
from nnspec.recipes.experiment import Experiment
from nnspec.recipes.identity import Identity, data_of, identity
from nnspec.recipes.trainable import Trainable
from nnspec.runs.runs import Runs
from nnspec.training import ENGINES, engine_of
from nnspec.training.version import engine_version, models_version
from nnspec.workers.watched import train

_one_at_a_time = threading.Lock()  # compiled programs are not shared by threads

Versions = tuple[str, str, dict[str, str], str]


class NotImportable(NnspecError):
    """An experiment that a worker cannot take over: of a class that it lacks, say, or has another of."""


@dataclass(frozen=True)
class Block:
    """Seeds to train: the pickled recipe, what it is made of, and whose versions it is for.

    `code` is a hash of what the author's classes in the recipe do, its data sets too. `place` is that of
    the block among those that are asked for together, and `home` is what it has in common with blocks that
    are best trained by the same process.
    """

    recipe: bytes
    seeds: list[int]
    engine: str
    versions: Versions
    identity: Identity
    code: str
    place: int = 0
    home: int = 0


def packed(recipe: Experiment, travelling: bytes, seeds: list[int], engine: str, place: int = 0) -> Block:
    """Return seeds of a recipe, which travels as these bytes, as a block to train."""
    home = (
        ENGINES[engine_of(recipe, engine)].home(recipe) if isinstance(recipe, Trainable) else hash(travelling)
    )
    return Block(travelling, seeds, engine, versions(), identity(recipe), code_of(recipe), place, home)


def importable(recipe: Experiment) -> bytes | None:
    """Return the recipe as it travels to a worker, None where it is of a kind that cannot."""
    try:
        return pickle.dumps(recipe)
    except (pickle.PicklingError, AttributeError, TypeError):
        return None


def versions() -> Versions:
    """Return what runs depend on besides their recipe, which every worker must have in common."""
    return engine_version(), models_version(), library_versions(), platform.machine()


def train_block(block: Block) -> Runs:
    """Train a block of seeds, in a worker.

    Raises
    ------
    InvalidValue
        If the worker has other versions than whoever asked.
    Unrepeatable
        If the recipe's data are others here, made by the same code.
    NotImportable
        If the worker does not have the recipe's classes, or other ones, or if the author's code fails: then
        whoever asked shows where.
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
        _check_same(recipe, block)
        try:
            return train(recipe, block.seeds, block.engine)
        except Exception as error:
            if isinstance(recipe, Trainable):
                raise
            raise NotImportable(str(error)) from None


def _check_same(recipe: Experiment, block: Block) -> None:
    """Refuse a recipe that is not what whoever asked has."""
    try:
        found = identity(recipe)
    except Exception as error:  # of the author's code, or for a file that is not here
        raise NotImportable(str(error)) from None
    if found == block.identity:
        return
    if code_of(recipe) != block.code or (found.content, found.code) != block.identity[:2]:
        raise NotImportable("the class of this name is another one in the worker")
    pairs = zip(data_of(recipe), found.data, block.identity.data, strict=True)
    raise changing(next(data for data, here, there in pairs if here != there))

"""Data sets: cheap descriptions of generated, bundled and downloaded data, and their arrays."""

from nnspec.datasets.base import Arrays as Arrays
from nnspec.datasets.base import Dataset as Dataset
from nnspec.datasets.base import MissingData as MissingData
from nnspec.datasets.bundled import Digits as Digits
from nnspec.datasets.generated import Blobs as Blobs
from nnspec.datasets.generated import Circles as Circles
from nnspec.datasets.generated import GaussianQuantiles as GaussianQuantiles
from nnspec.datasets.generated import Moons as Moons
from nnspec.datasets.generated import StraightLine as StraightLine

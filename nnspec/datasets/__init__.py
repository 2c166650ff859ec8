"""Data sets: cheap descriptions of generated, bundled and downloaded data, and their arrays."""

from nnspec.datasets.base import Arrays as Arrays
from nnspec.datasets.base import Dataset as Dataset
from nnspec.datasets.base import MissingData as MissingData
from nnspec.datasets.bundled import Digits as Digits
from nnspec.datasets.downloaded import FASHION_CLASSES as FASHION_CLASSES
from nnspec.datasets.downloaded import IMDB as IMDB
from nnspec.datasets.downloaded import MNIST as MNIST
from nnspec.datasets.downloaded import FashionMNIST as FashionMNIST
from nnspec.datasets.downloaded import imdb_reviews as imdb_reviews
from nnspec.datasets.downloaded import imdb_word_index as imdb_word_index
from nnspec.datasets.generated import Blobs as Blobs
from nnspec.datasets.generated import Circles as Circles
from nnspec.datasets.generated import GaussianQuantiles as GaussianQuantiles
from nnspec.datasets.generated import Moons as Moons
from nnspec.datasets.generated import StraightLine as StraightLine

"""Data sets: cheap descriptions of generated, bundled and downloaded data, and their arrays."""

from nnspec.data.bundled import Digits as Digits
from nnspec.data.dataset import Arrays as Arrays
from nnspec.data.dataset import Dataset as Dataset
from nnspec.data.dataset import MissingData as MissingData
from nnspec.data.downloaded import FASHION_CLASSES as FASHION_CLASSES
from nnspec.data.downloaded import IMDB as IMDB
from nnspec.data.downloaded import MNIST as MNIST
from nnspec.data.downloaded import FashionMNIST as FashionMNIST
from nnspec.data.downloaded import imdb_reviews as imdb_reviews
from nnspec.data.downloaded import imdb_word_index as imdb_word_index
from nnspec.data.generated import Blobs as Blobs
from nnspec.data.generated import Circles as Circles
from nnspec.data.generated import GaussianQuantiles as GaussianQuantiles
from nnspec.data.generated import Moons as Moons
from nnspec.data.generated import StraightLine as StraightLine

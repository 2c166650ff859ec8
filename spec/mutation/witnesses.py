"""Who is asked whether something is wrong: cheap claims on three kinds of data, and tests."""

from spec.folders import ROOT

DOCUMENTS = "spec/documents/"
TESTS = "spec/implementation/"  # and the room of nnspec/ that a file is about
TF, ANN = DOCUMENTS + "tf_classification/", DOCUMENTS + "artificial_neural_networks/"

# circles, blobs and moons; Adam and gradient descent, batches and all examples at once, one layer to three
FAST_CLAIMS = (
    TF + "test_evaluation.py::tfc-history",
    DOCUMENTS + "multiclass_lab/test_units.py::mc-relu-unbounded[beyond 1]",
)
CLAIMS = (*FAST_CLAIMS, ANN + "test_single_layer.py::ann-logistic")
SOFTMAX = ANN + "test_single_layer.py::ann-softmax-regression"

# costlier ones, each asked about the one fault that it is about
PENALTY = ANN + "test_regularization.py::ann-moons-l1[as run, weights]"
DROPOUT = DOCUMENTS + "multilayer_perceptrons/test_dropout.py::mlp-dropout-gap[digits-as-reported]"
NORMALISED = TF + "test_fashion_training.py::tfc-fashion-normalised[digits]"

_STEP_BY_STEP = "test_parity.py::test_engines_agree_step_by_step_from_the_same_weights_and_order"


def parity(*recipes: str) -> tuple[str, ...]:
    """Return the tests that hold the engine against `model.fit` on these recipes, and on an ordinary one."""
    return tests(*(f"{_STEP_BY_STEP}[{name}]" for name in ("relu and sigmoid", *recipes)))


def tests(*names: str) -> tuple[str, ...]:
    """Return tests of the implementation, each a file or file::test."""
    return tuple(_in_its_room(name) for name in names)


def _in_its_room(name: str) -> str:
    file, separator, test = name.partition("::")
    (path,) = (ROOT / TESTS).rglob(file)
    return f"{path.relative_to(ROOT).as_posix()}{separator}{test}"

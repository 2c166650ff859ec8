"""What public teaching notebooks fit, by kind, and what nnspec does with each kind.

The counts are those of a survey of 680 `fit` calls in 255 notebooks of eight public repositories (2026). A
kind names what shows it: a row of the parity table, a class of Keras that its models hold, or a test.
"""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of fit calls: how many, what trains them ("" for nothing), and what shows that or why not."""

    name: str
    sites: int
    engine: str
    shown: str


WHERE_THEY_FIT = "all runs at once where they fit into 1 GB; how many do, the survey does not say"

# each of the 680 once, by the first thing that a plain description of dense layers lacks
CALLS = (
    Kind("dense layers on arrays, described layer by layer", 155, "stacked", "test_parity.py"),
    Kind("any other compiled model on arrays", 187, "vectorised", "test_model_parity.py"),
    Kind("a tf.data pipeline over arrays in memory", 70, "vectorised", "test_tensorflow_dataset.py"),
    Kind("a subclassed model", 19, "vectorised", "a subclassed model"),
    Kind("a model with a train_step of its own", 4, "keras", "test_models_for_fit.py"),
    Kind("generators and ImageDataGenerator", 55, "", "its examples are new ones each time"),
    Kind("folders of images or texts", 53, "", WHERE_THEY_FIT),
    Kind("tfds and other pipelines that stream", 64, "", WHERE_THEY_FIT),
    Kind("files, TFRecord, CSV through tf.data", 11, "", WHERE_THEY_FIT),
    Kind("strings that the model itself splits", 21, "", "examples are numbers: split the strings first"),
    Kind("weights loaded from a file or the network", 20, "", "nothing is downloaded for a model"),
    Kind("TF Hub, keras_hub, applications with weights", 15, "", "nothing is downloaded for a model"),
    Kind("not resolved in the survey", 6, "", "the code does not say what is fitted"),
)

# what stands in the way of a plain description; a call may be counted more than once
PARTS = (
    Kind("Conv2D", 91, "vectorised", "layers.Conv2D"),
    Kind("Embedding", 75, "vectorised", "Embedding, Flatten"),
    Kind("MaxPooling2D", 74, "vectorised", "layers.MaxPooling2D"),
    Kind("LSTM", 60, "vectorised", "layers.LSTM"),
    Kind("GlobalAveragePooling2D", 35, "vectorised", "layers.GlobalAveragePooling2D"),
    Kind("Bidirectional", 33, "vectorised", "layers.Bidirectional"),
    Kind("Concatenate", 37, "vectorised", "layers that merge"),
    Kind("TextVectorization", 28, "", "examples are numbers: split the strings first"),
    Kind("Normalization", 26, "vectorised", "Normalization, adapted"),
    Kind("Conv1D", 23, "vectorised", "layers.Conv1D"),
    Kind("Lambda", 22, "vectorised", "layers.Lambda"),
    Kind("GRU", 20, "vectorised", "layers.GRU"),
    Kind("a layer of one's own", 19, "vectorised", "a layer of one's own that adds a loss"),
    Kind("Rescaling", 18, "vectorised", "layers.Rescaling"),
    Kind("Reshape", 17, "vectorised", "layers.Reshape"),
    Kind("GlobalAveragePooling1D", 15, "vectorised", "layers.GlobalAveragePooling1D"),
    Kind("Conv2DTranspose", 13, "vectorised", "layers.Conv2DTranspose"),
    Kind("layers that change images at random", 13, "vectorised", "layers that change images"),
    Kind("SimpleRNN", 11, "vectorised", "layers.SimpleRNN"),
    Kind("Add, LayerNormalization", 20, "vectorised", "layers.LayerNormalization"),
    Kind("MultiHeadAttention", 9, "vectorised", "layers.MultiHeadAttention"),
    Kind("steps_per_epoch", 92, "vectorised", "steps_per_epoch"),
    Kind("validation_steps", 70, "", "validation is on the whole part, as fit does on arrays without it"),
    Kind(
        "ModelCheckpoint, TensorBoard, loggers",
        103,
        "vectorised",
        "test_each_seed_stops_on_its_own_and_its_last_epoch_is_its_own",
    ),
    Kind("EarlyStopping", 57, "vectorised", "EarlyStopping"),
    Kind("Nadam", 50, "vectorised", "Nadam"),
    Kind("a further fit of a trained model", 38, "vectorised", "test_stages.py"),
    Kind(
        "a callback of one's own that stops or sets the rate", 23, "vectorised", "LambdaCallback that stops"
    ),
    Kind(
        "a callback of one's own that looks at batches", 12, "keras", "test_a_callback_of_batches_goes_to_fit"
    ),
    Kind("initial_epoch, class_weight, sample_weight", 14, "vectorised", "class_weight"),
    Kind("validation_freq", 3, "", "histories have a value for every epoch"),
    Kind("ReduceLROnPlateau", 9, "vectorised", "ReduceLROnPlateau"),
    Kind("losses: several, Huber, one's own", 38, "vectorised", "a function"),
    Kind("Adagrad, Ftrl, learning-rate schedules", 19, "vectorised", "ExponentialDecay"),
    Kind("selu, swish, PReLU, elu", 9, "vectorised", "layers.PReLU"),
    Kind("initializers and regularizers of all kinds", 14, "vectorised", "layers on vectors"),
    Kind("several inputs", 20, "vectorised", "test_inputs_by_name.py"),
)

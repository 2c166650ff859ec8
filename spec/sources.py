"""The documents whose statements are verified here, with the sections that statements come from."""

from nnspec import Document

TF_CLASSIFICATION = Document(
    key="tf-classification",
    title="02. Neural Network Classification with TensorFlow",
    sections=(
        "Typical architecture of a classification neural network",
        "Creating data to view and fit",
        "Input and output shapes",
        "Steps in modelling",
        "Improving a model",
        "The missing piece: Non-linearity",
        "Evaluating and improving our classification model",
        "Plot the loss curves",
        "Finding the best learning rate",
        "More classification evaluation methods",
        "Working with a larger example (multiclass classification)",
        "Exercises",
    ),
)

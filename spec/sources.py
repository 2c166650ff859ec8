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

DEEPER_NETWORKS = Document(
    key="deeper-networks",
    title="Google ML Academy 2019: Multiple Nodes and Deeper Networks",
    sections=(
        "Multiple Nodes",
        "Multiple layers (Deeper Neural Network)",
        "Dataset",
        "Linear Classifier (0 hidden layer)",
        "Neural network (1 hidden layer, 3 hidden units)",
        "Neural network (1 hidden layer, 10 hidden units)",
        "Neural network (2 hidden layers, 10 hidden units, 10 hidden units)",
        "Performance of Different NN Architectures",
    ),
)

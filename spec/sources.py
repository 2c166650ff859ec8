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
        "What patterns is our model learning?",
        "How a model learns (in brief)",
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

ARTIFICIAL_NEURAL_NETWORKS = Document(
    key="artificial-neural-networks",
    title="Artificial Neural Networks",
    sections=(
        "Environment setup",
        "History",
        "A biological inspiration",
        "McCulloch & Pitts’ formal neuron (1943)",
        "Hebb’s rule (1949)",
        "Franck Rosenblatt’s perceptron (1958)",
        "The perceptron learning algorithm",
        "The MultiLayer Perceptron (MLP)",
        "Minsky’s critic (1969)",
        "Decisive breakthroughs (1970s-1990s)",
        "Neural networks fundamentals",
        "Anatomy of a network",
        "Neuron output",
        "Activation functions",
        "Single neuron classifier",
        "Single layer multiclass classifier",
        "Universal approximation theorem (1991)",
        "Training neural networks",
        "Training and inference",
        "Learning algorithm",
        "Weights initialization",
        "Vectorization of computations",
        "Output layer result",
        "Weights update",
        "Neural networks as computational graphs",
        "Backpropagation",
        "Visual demo of backpropagation",
        "Neural networks in action",
        "Example: training a multiclass classifier to recognize handwritten digits",
        "Data preprocessing",
        "Network architecture for MNIST",
        "Tuning neural networks",
        "Hyperparameters choice",
        "The optimization/generalization dilemna",
        "Observing underfitting and overfitting",
        "Tackling overfitting",
        "Regularization",
        "Dropout",
        "Interactive recap",
        "Overfitting on a real-world example",
        "Reducing network size",
    ),
)

MULTICLASS_LAB = Document(
    key="multiclass-lab",
    title="Optional Lab - Multi-class Classification",
    sections=(
        "2.0 Multi-class Classification",
        "2.1 Prepare and visualize our data",
        "2.2 Model",
        "Explanation: Layer 1",
        "Explanation: Layer 2, the output layer",
    ),
)

MULTILAYER_PERCEPTRONS = Document(
    key="multilayer-perceptrons",
    title="7: Multi-layer Perceptrons",
    sections=(
        "The dataset",
        "1. Build the network architecture",
        "2. Compile the model",
        "3. Train the model",
        "Check training history",
        "4. Regularise and re-train",
        "5. Make predictions",
        "Exercises",
    ),
)

# The notebook is published without outputs; what its code printed elsewhere is said at each figure.
TEXT_CLASSIFICATION = Document(
    key="text-classification",
    title="Text classification with movie reviews",
    sections=(
        "Download the IMDB dataset",
        "Explore the data",
        "Convert the integers back to words",
        "Prepare the data",
        "Build the model",
        "Hidden units",
        "Loss function and optimizer",
        "Create a validation set",
        "Train the model",
        "Evaluate the model",
        "Create a graph of accuracy and loss over time",
    ),
)

"""Faults of the training loop: order, gradients, averages, dropout, penalties and what is validated on."""

from spec.mutation.mutant import Edit, Mutant
from spec.mutation.witnesses import CLAIMS, DROPOUT, PENALTY, SOFTMAX, parity, tests

PROGRAM = "nnspec.training.stacked.program:StackedProgram."
NETWORK = "nnspec.training.stacked.network:StackedNetwork."
BLOCK = "nnspec.training.stacked.engine:_train_block"
GRADIENTS = "gradients = tape.gradient(total, weights)"
COUNT = "count = tf.reduce_sum(tf.cast(present, tf.float32))"
RANDOM_STREAMS = "test_random_streams.py"


def mutant(name, statement, *edits, claims=CLAIMS, costly_claims=(), tests=()):
    """Return a mutant of the training, about which the common claims and a parity test are asked."""
    return Mutant(name, "training", statement, edits, claims, tests or parity(), costly_claims)


TRAINING_MUTANTS = (
    mutant(
        "no-shuffling",
        "The examples come in the same order in every epoch.",
        Edit(
            "nnspec.training.shuffling:Shuffles.epochs",
            "return self._generator.permuted(rows, axis=1, out=out)",
            "return np.add(rows, 0, out=out)",
        ),
        # the parity tests give both engines the orders that are at fault here
        tests=(*parity(), *tests(RANDOM_STREAMS)),
    ),
    mutant(
        "flipped-gradient",
        "The gradient of the first layer has the wrong sign.",
        Edit(
            PROGRAM + "_one_step",
            GRADIENTS,
            f"{GRADIENTS}; gradients = [-g for g in gradients[:2]] + gradients[2:]",
        ),
    ),
    mutant(
        "bias-never-updated",
        "Biases stay at zero.",
        Edit(
            PROGRAM + "_one_step",
            GRADIENTS,
            f"{GRADIENTS}; gradients = [g * (1.0 - i % 2) for i, g in enumerate(gradients)]",
        ),
    ),
    mutant(
        "last-batch-dropped",
        "The last batch of an epoch, which is not full, is left out.",
        Edit(
            PROGRAM + "__init__",
            "self.steps = -(-self.examples // self.batch)",
            "self.steps = self.examples // self.batch",
        ),
        Edit(
            PROGRAM + "batches",
            "whole[:epochs, :examples] = orders.transpose(1, 2, 0)",
            "whole[:epochs] = orders.transpose(1, 2, 0)[:, : whole.shape[1]]",
        ),
    ),
    mutant(
        "averaged-over-a-full-batch",
        "The loss of a last batch that is not full is divided by the size of a full one.",
        Edit(PROGRAM + "_one_step", COUNT, "count = float(self.batch)"),
    ),
    mutant(
        "summed-loss",
        "The loss of a batch is summed and not averaged.",
        Edit(PROGRAM + "_one_step", COUNT, "count = 1.0"),
    ),
    mutant(
        "labels-shuffled",
        "The labels belong to other examples.",
        Edit(
            "nnspec.training.stacked.program:_tensors",
            "x, y = data.part(part)",
            "x, y = data.part(part); y = np.random.default_rng(0).permutation(y)",
        ),
    ),
    mutant(
        "softmax-missing",
        "The softmax of the output layer is left out.",
        Edit(
            NETWORK + "outputs",
            "return activation(self.layout.features_last(values))",
            "outputs = self.layout.features_last(values); "
            'return outputs if layer.activation == "softmax" else activation(outputs)',
        ),
        claims=(*CLAIMS, SOFTMAX),
        tests=parity("images, softmax"),
    ),
    mutant(
        "dropout-at-inference",
        "Units are dropped in evaluations too.",
        Edit(
            PROGRAM + "_values",
            "self._layout.shared_inputs(x), None)",
            "self._layout.shared_inputs(x), (tf.constant(0, tf.uint32), self._dropout_keys.value()))",
        ),
        costly_claims=(DROPOUT,),
        tests=tests("test_parity.py::test_evaluations_drop_nothing"),
    ),
    mutant(
        "dropout-unscaled",
        "The units that dropout keeps are not scaled up.",
        Edit("nnspec.training.stacked.dropout_masks:dropout", "inputs * (1 / (1 - rate))", "inputs"),
        costly_claims=(DROPOUT,),
        tests=tests(RANDOM_STREAMS),
    ),
    mutant(
        "regularization-forgotten",
        "Penalties on the weights are left out.",
        Edit(NETWORK + "penalty", "if not pairs:", "if pairs or not pairs:"),
        costly_claims=(PENALTY,),
        tests=parity("L1 and L2"),
    ),
    mutant(
        "validated-on-training-data",
        "The validation after every epoch is on the training part.",
        Edit(PROGRAM + "epochs", "self._part(self._validate)", 'self._part("train")'),
        costly_claims=(DROPOUT,),
    ),
    mutant(
        "same-initial-weights",
        "Every seed has the initial weights of the first one.",
        Edit(BLOCK, "initial_kernels(recipe, padded)", "initial_kernels(recipe, padded[:1] * size)"),
    ),
)

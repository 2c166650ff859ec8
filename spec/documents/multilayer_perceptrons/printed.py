"""What the logs of the document print, as figures, and the gap that it speaks of."""

from nnspec import Figure, Runs, SeedValues


def epoch_50(*, accuracy: str, loss: str, test_loss: str, explained: str = "") -> dict[str, Figure]:
    """Return what the log of epoch 50 prints, but for the accuracy on the test images."""
    return {
        "accuracy in epoch 50": Figure(
            accuracy, lambda runs: runs.epoch("accuracy", 50), "higher", explained=explained
        ),
        "loss in epoch 50": Figure(loss, lambda runs: runs.epoch("loss", 50), "lower", explained=explained),
        "test loss": Figure(test_loss, lambda runs: runs.test_loss, "lower", explained=explained),
    }


def lowest_test_loss(printed: str, explained: str = "") -> dict[str, Figure]:
    """Return the lowest test loss of all epochs, as it is printed."""
    return {
        "lowest test loss of all epochs": Figure(
            printed, lambda runs: runs.history["val_loss"].min(axis=1), "lower", explained=explained
        )
    }


def gap(runs: Runs, epoch: int) -> SeedValues:
    """Return training less test accuracy as the log of an epoch has them, (seeds,)."""
    return runs.epoch("accuracy", epoch) - runs.epoch("val_accuracy", epoch)

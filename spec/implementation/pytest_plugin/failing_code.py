"""Code of an author's that fails, as a file of claims has it."""

OWN = '''
from dataclasses import dataclass
from nnspec import Figure
from nnspec.data import Dataset
from nnspec.recipes.experiment import Experiment

def fails(*runs):
    values = [1]
    return values[7]  # here

def high(runs):
    """High."""
    return runs.accuracy >= 0.5

def failing(runs):
    """Fails."""
    return runs.accuracy >= fails()

def misspelt(runs):
    """Asks for what there is not."""
    return runs.metric("acuracy") > 1  # here

@dataclass(frozen=True)
class Mine(Dataset):
    def examples(self):
        return fails()

@dataclass(frozen=True)
class Perceptron(Experiment):
    wanted: int = 3
    data: Dataset = Circles(n_samples=20)
    def outcome(self, seed):
        if seed == self.wanted:
            raise ValueError("no luck\\nat all")  # here
        return {"accuracy": 1.0}
'''

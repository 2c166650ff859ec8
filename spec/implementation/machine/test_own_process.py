"""Blocks of seeds reuse the memory of earlier ones, where the C library can be told to."""

from __future__ import annotations

import subprocess
import sys

import pytest

from nnspec.machine.process import one_arena

FAULTS = """
import resource
from nnspec import train
from spec.documents.tf_classification.recipes import MODEL_7

def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt

recipe = MODEL_7.with_epochs(50)
train(recipe, range(64))
before = faults()
train(recipe, range(256))
print(faults() - before)
"""
SEEDS, EPOCHS, EXAMPLES, PAGE = 256, 50, 800, 4096


@pytest.mark.skipif(not one_arena(), reason="the C library has no arenas")
def test_the_orders_of_a_block_are_drawn_into_memory_that_is_there_already() -> None:
    command = [sys.executable, "-c", FAULTS]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  # our own code
    assert int(done.stdout) < SEEDS * EPOCHS * EXAMPLES * 8 / PAGE / 2  # 8 bytes an index, drawn once

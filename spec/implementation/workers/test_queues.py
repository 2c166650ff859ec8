"""What waits for which worker: blocks go to the process that has compiled their program, while it is idle."""

from __future__ import annotations

import threading

from nnspec.training import ENGINES
from nnspec.workers.block import importable
from nnspec.workers.own_processes import OwnProcesses, _Queues
from nnspec.workers.pool import Workers
from spec.implementation.workers.worker_samples import RECIPE, Draw, Sleeps, ignored


def test_recipes_that_share_a_program_have_a_home_in_common():
    home = ENGINES["stacked"].home
    assert home(RECIPE) == home(RECIPE.with_(epochs=7).with_learning_rate(0.5))
    assert home(RECIPE) != home(RECIPE.with_(batch_size=2))
    assert home(RECIPE) != home(RECIPE.with_hidden_activations("tanh"))


def test_what_waits_behind_a_long_block_is_taken_by_an_idle_worker():
    long, short, other = Sleeps(600.0), Sleeps(0.0), Draw()  # the first still sleeps when the test ends
    processes = OwnProcesses(2)
    homes, pool = processes.queues.homes, Workers(processes)
    long_home, short_home = (hash(importable(one)) for one in (long, short))
    try:
        pool.train(short, [0], "stacked", ignored)
        home = homes[short_home]
        homes[long_home] = home
        pool.ahead(long, [0], "stacked")
        pool.ahead(short, [1], "stacked")
        pool.ahead(other, [1], "stacked")
        assert pool.train(short, [1], "stacked", ignored).seeds.tolist() == [1]
        assert pool.train(other, [1], "stacked", ignored).seeds.tolist() == [1]
        assert homes[short_home] != home
    finally:
        pool.close()


def took(queues, place):
    """Return the recipe of the block that this worker is given."""
    _, (_, recipe) = queues.take(place)
    return recipe


def put(queues, recipe, place=0):
    """Let a block of a recipe wait."""
    queues.put(recipe, place, (None, recipe))


def queued(*recipes):
    """Return two workers' queues in which one block of each recipe waits, in turn."""
    queues = _Queues(2)
    for recipe in recipes:
        put(queues, recipe)
    return queues


def test_a_recipe_waits_for_the_worker_that_has_compiled_it_while_that_is_idle():
    queues = queued("a", "b")
    assert took(queues, 0) == "a"
    assert took(queues, 1) == "b"
    for recipe in "aab":
        put(queues, recipe)
    assert took(queues, 0) == "a"
    assert took(queues, 1) == "b"
    assert took(queues, 1) == "a"  # the worker that has compiled it is busy
    put(queues, "a")
    assert took(queues, 1) == "a"


def test_an_idle_worker_leaves_what_an_idle_worker_will_take():
    queues = queued("a", "b")
    took(queues, 0)
    waits = threading.Thread(target=queues.take, args=(0,), daemon=True)
    assert took(queues, 1) == "b"
    waits.start()
    put(queues, "b")
    waits.join(10)
    assert not waits.is_alive()  # worker 1 is busy, and 0 has nothing of its own
    queues = queued("a", "b")
    waits = threading.Thread(target=lambda: (queues.take(0), queues.take(0)), daemon=True)
    waits.start()
    waits.join(0.2)
    assert waits.is_alive()  # worker 1 has not begun, and will take "b" itself
    assert took(queues, 1) == "b"
    queues.close()
    waits.join(10)
    assert not waits.is_alive()


def test_blocks_that_are_asked_for_together_go_to_all_workers():
    queues = _Queues(2)
    for place in range(4):
        queues.put("a", place, (None, place))
    taken = [queues.take(place)[1][1] for place in (0, 1, 1, 1)]
    assert sorted(taken) == [0, 1, 2, 3]
    queues.close()
    assert queues.take(0) is None
